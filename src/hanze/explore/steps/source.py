# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The step of the first source: an address of data, or a file; and then who may see what came."""

from starlette.responses import HTMLResponse, Response

from hanze.explore.connecting import asking
from hanze.explore.connecting.pages import ADD
from hanze.explore.steps import public
from hanze.feeds.health import SOURCE
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
    values = {
        "filled": FORM.empty(), "action": visit.address(ADD), "drop": visit.address("data/drop"), "there": _there(visit),
        "public": _public(visit), "say": visit.address(public.PATH),
    }  # fmt: skip
    return HTMLResponse(visit.html("explore/steps/source.html", **values))


def _there(visit: Visit) -> bool:
    """There is a source, or things that came from a file; what a room makes by itself is no data."""
    owned = visit.site.access.policy.owned
    return any(type == SOURCE or type not in owned for type in visit.site.store.types("", visit.scope))


def _public(visit: Visit) -> bool:
    return bool(visit.site.access.policy.public)


def _done(visit: Visit) -> bool:
    """There are data, and something of them is public."""
    return _there(visit) and _public(visit)


STEP = Step(
    40,
    Page(PATH, answer, roles=steps.SETTERS),
    _("First source"),
    _("Data come from an address that the site reads again and again, or from a file. Then you say who may see them."),
    _done,
)
