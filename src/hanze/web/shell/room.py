# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages of the shell, made from what the other rooms offer."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from starlette.responses import HTMLResponse, Response

from hanze.web.language import mark as _
from hanze.web.room import Help, Page, Room, Visit
from hanze.web.shell import front, parts, privacy
from hanze.web.shell.glossary import TERMS
from hanze.web.steps import ordered
from hanze.web.steps.room import pages as stairs


def room(rooms: Sequence[Room]) -> Room:
    """Front page, help for each page that has one, and what stands in the foot."""
    drawers = tuple(one.front() for one in rooms if one.front is not None)
    steps = ordered(rooms)
    helped = [
        Page(
            path="",
            handler=partial(front.answer, drawers, steps),
            help=Help(_("Read the front page"), "web/help/front.html"),
        ),
        *(page for one in rooms for page in one.pages),
    ]
    helps = [(about(page.path), page.help) for page in helped if page.help is not None]
    pages = (
        helped[0],
        Page("help", partial(_plain, "web/helps.html", helps=helps), foot=_("Help")),
        *(Page(path, partial(_plain, one.template, title=one.title)) for path, one in helps),
        Page("words", _words, foot=_("Words on this site")),
        Page("accessibility", partial(_plain, "web/accessibility.html"), foot=_("Accessibility")),
        Page("privacy", _privacy, foot=_("Privacy")),
        Page(parts.PATH, parts.answer),
        Page("about", partial(_plain, "web/about.html"), foot=_("About this site")),
        *stairs(steps),
    )
    return Room("web", pages)


def about(path: str) -> str:
    """Where the help for a page stands."""
    return "help/" + (path or "front").replace("/", "-")


async def _plain(template: str, visit: Visit, **values: Any) -> Response:
    return HTMLResponse(visit.html(template, **values))


async def _words(visit: Visit) -> Response:
    told = sorted(TERMS.items(), key=lambda one: visit.language.say(one[1].word).casefold())
    return HTMLResponse(visit.html("web/words.html", told=told))


async def _privacy(visit: Visit) -> Response:
    return HTMLResponse(visit.html("web/privacy.html", kept=privacy.kept(visit.site.vaults), cookies=privacy.COOKIES))
