# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What pages of people answer: a form, onward, or a sentence."""

from typing import Any

from starlette.responses import HTMLResponse, RedirectResponse, Response

from hanze.web import cookies
from hanze.web.entrance import onward
from hanze.web.forms import Filled
from hanze.web.outbox import Mail
from hanze.web.people import letters, links
from hanze.web.people.entering import Door, Entered
from hanze.web.people.tickets import Purpose
from hanze.web.room import Visit

MICROSECONDS = 1_000_000


def page(visit: Visit, template: str, status: int = 200, **values: Any) -> Response:
    return HTMLResponse(visit.html(f"web/people/{template}.html", **values), status)


def asked(visit: Visit, template: str, filled: Filled, status: int | None = None, **values: Any) -> Response:
    """A page with a form; 422 where something is wrong with it."""
    return page(visit, template, status or (200 if filled.good else 422), filled=filled, **values)


def go(address: str) -> Response:
    """To another page after a form did its work."""
    return RedirectResponse(address, 303)


def letter(visit: Visit, purpose: Purpose, mail: str, token: str) -> Mail:
    """A link by mail, in the language of the page."""
    root = visit.site.address or visit.site.base
    link = links.address(root, visit.language.code, purpose, token)
    return letters.letter(visit.language, visit.site.city, purpose, mail, link)


def door(visit: Visit) -> Door:
    return Door(visit.site.chance, visit.agent, "" if visit.session is None else visit.session.hash)


def enter(visit: Visit, entered: Entered) -> Response:
    """The browser gets what it has to show from now on, and goes where the person wanted to go."""
    if entered.changed:
        visit.site.access.forget_keys()
    seconds = max(1, (entered.until - visit.real) // MICROSECONDS)
    if entered.half:
        answer = go(visit.address("sign-in/code", next=visit.asked("next")))
        visit.jar.give(answer, cookies.STEP, entered.token, seconds)
        return answer
    answer = go(onward(visit, "desk" if entered.person.desk else "account"))
    visit.jar.give(answer, cookies.SESSION, entered.token, seconds)
    visit.jar.take(answer, cookies.STEP)
    return answer
