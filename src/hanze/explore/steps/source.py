# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The step of the first source: an address of data, or a file."""

from starlette.responses import HTMLResponse, Response

from hanze.explore.connecting import asking
from hanze.explore.connecting.pages import ADD
from hanze.web import steps
from hanze.web.forms import Form
from hanze.web.language import mark as _
from hanze.web.room import Page, Step, Visit

PATH = "start/source"

FORM = Form((asking.ADDRESS,), _("Look what is there"))


async def answer(visit: Visit) -> Response:
    """The form leads to the page that looks, which says what came of it."""
    return await visit.site.store.read(lambda: _answer(visit))


def _answer(visit: Visit) -> Response:
    values = {"filled": FORM.empty(), "action": visit.address(ADD), "drop": visit.address("data/drop")}
    return HTMLResponse(visit.html("explore/steps/source.html", **values))


def _done(visit: Visit) -> bool:
    """There is a source, or things that came from a file."""
    return bool(visit.site.store.types("", visit.scope))


STEP = Step(
    40,
    Page(PATH, answer, roles=steps.SETTERS),
    _("First source"),
    _("Data come from a source that the site reads by itself, again and again, or from a file that you load once."),
    _done,
)
