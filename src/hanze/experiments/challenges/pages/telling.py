# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages on which somebody asks to be told of calls that fit, says yes, and stops it."""

from functools import partial
from typing import Any

from starlette.datastructures import FormData
from starlette.responses import HTMLResponse, Response

from hanze.experiments.challenges import letters, watching
from hanze.experiments.challenges.eligibility import KIND, PLACE, SIZE
from hanze.experiments.challenges.matching import Wanted
from hanze.experiments.challenges.vaults import WATCHERS
from hanze.experiments.challenges.watching import Watcher
from hanze.experiments.organisations.keeping import KINDS, LOCALITIES, SIZES
from hanze.goals.subjects import GOALS
from hanze.store.base import UnitOfWork
from hanze.web import outbox
from hanze.web.forms import Choice, Field, Filled, Form
from hanze.web.language import mark as _
from hanze.web.people import waiting
from hanze.web.room import Visit

PATH, YES, STOP = "challenges/tell", "challenges/tell/yes", "challenges/tell/stop"

SAY_YES = Form((), _("Yes, tell me"))
SAY_STOP = Form((), _("Stop these mails"))

GONE = 410


def _form(visit: Visit) -> Form:
    goals = tuple(Choice(str(number), f"{number}. {visit.language.say(name)}") for number, name in GOALS.items())
    return Form(
        (
            Field(name="mail", label=_("Mail address"), kind="mail", autocomplete="email", longest=200,
                  help=_("You first get a mail to say yes. After that one for each call that fits.")),
            Field(name="goals", label=_("What is it about, what you make?"), kind="options", required=False, choices=goals,
                  help=_("Nothing chosen: all.")),
            Field(name="kind", label=_("What are you?"), kind="choice", required=False,
                  choices=tuple(Choice(one, KIND[one]) for one in KINDS)),
            Field(name="size", label=_("With how many do you work?"), kind="choice", required=False,
                  choices=tuple(Choice(one, SIZE[one]) for one in SIZES)),
            Field(name="place", label=_("Where is your seat?"), kind="choice", required=False,
                  choices=tuple(Choice(one, PLACE[one]) for one in LOCALITIES)),
        ),
        _("Tell me by mail"),
    )  # fmt: skip


async def ask(visit: Visit) -> Response:
    known = {} if visit.person is None else {"mail": visit.person.mail}
    return _page(visit, "ask", filled=_form(visit).empty(known), feed=_feed(visit))


def _feed(visit: Visit) -> str:
    return visit.address("challenges.atom")


async def take(visit: Visit, data: FormData) -> Response:
    filled = _form(visit).read(data)
    if not visit.site.mails:
        filled.fail("", _("This site sends no mail. Use the feed instead."))
    elif filled.good and (waited := visit.site.callers.take(visit.client, visit.real)):
        filled.fail("", waiting.told(waited))
    if not filled.good:
        return _page(visit, "ask", 422, filled=filled, feed=_feed(visit))
    await visit.site.store.write(partial(_ask, visit, filled["mail"], _wanted(filled)))
    return _page(visit, "asked", mail=filled["mail"])


def _wanted(filled: Filled) -> Wanted:
    return Wanted(
        tuple(map(int, filled.all("goals"))), next((one for one in KINDS if one == filled["kind"]), ""),
        next((one for one in SIZES if one == filled["size"]), ""), next((one for one in LOCALITIES if one == filled["place"]), ""),
    )  # fmt: skip


def _ask(visit: Visit, mail: str, wanted: Wanted, uow: UnitOfWork) -> None:
    made = watching.ask(uow, visit.site.chance, mail, wanted, visit.language.code)
    if made is not None:
        outbox.put(uow, letters.confirm(visit.site, visit.language, made))


async def yes(visit: Visit) -> Response:
    """Asks before it does it: programs that look through mail open links too."""
    return _gone(visit) if _found(visit) is None else _page(visit, "yes", filled=SAY_YES.empty())


async def confirm(visit: Visit, data: FormData) -> Response:
    found = await visit.site.store.write(lambda uow: watching.confirm(uow, visit.asked("token")))
    return _gone(visit) if found is None else _page(visit, "done")


async def stopping(visit: Visit) -> Response:
    return _page(visit, "stopped") if _found(visit) is None else _page(visit, "stop", filled=SAY_STOP.empty())


async def stop(visit: Visit, data: FormData) -> Response:
    """By our own page, or by a mail program in one click (RFC 8058)."""
    await visit.site.store.write(lambda uow: watching.stop(uow, visit.asked("token")))
    return _page(visit, "stopped")


def _found(visit: Visit) -> Watcher | None:
    return watching.find(visit.site.store.vault(WATCHERS), visit.asked("token"))


def _gone(visit: Visit) -> Response:
    return _page(visit, "gone", GONE)


def _page(visit: Visit, what: str, status: int = 200, **values: Any) -> Response:
    """`what`: which of the steps the page is at."""
    told = {"what": what, "filled": None, "mail": "", "feed": "", **values}
    return HTMLResponse(visit.html("experiments/challenges/tell.html", **told), status)
