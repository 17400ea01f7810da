# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The step of the first indicator: which ones have a number from the data already, and one that waits for somebody to enter it."""

from collections.abc import Iterator
from functools import partial

from starlette.datastructures import FormData
from starlette.responses import HTMLResponse, RedirectResponse, Response

from hanze.goals.entering import reading
from hanze.goals.entering.asking import ENTERERS
from hanze.goals.entering.pages import PATH
from hanze.goals.entering.pages import STEP as HERE
from hanze.goals.model import ENTERED
from hanze.goals.pages import numbers, told
from hanze.ngsild.selection import EntitySelection, TypeIs
from hanze.web.forms import Choice, Field, Filled, Form
from hanze.web.language import mark as _
from hanze.web.room import Page, Step, Visit


def form(visit: Visit) -> Form:
    """A question for one of the indicators that people enter."""
    known = [one for one in told.known(visit).indicators.values() if reading.entered(one)]
    choices = [Choice(one.code, one.name[visit.language.code]) for one in known]
    choices.sort(key=lambda one: one.text.casefold())
    asked = Field(
        name="indicator", label=_("Which number do you know?"), kind="choice", choices=tuple(choices),
        help=_("Such as one from a yearly report. You enter it on the next page."),
    )  # fmt: skip
    return Form((asked,), _("Enter this number"))


async def answer(visit: Visit) -> Response:
    return await visit.site.store.read(lambda: _page(visit, form(visit).empty()))


async def take(visit: Visit, data: FormData) -> Response:
    """Goes on to the page on which it is entered, which leads back."""
    filled = form(visit).read(data)
    if not filled.good:
        return await visit.site.store.read(partial(_page, visit, filled))
    return RedirectResponse(visit.address(PATH, indicator=filled["indicator"], then="start"), 303)


def _page(visit: Visit, filled: Filled) -> Response:
    found = [
        (name, visit.address("goals/indicator", code=code), number.told) for code, name, number in _measured(visit)
    ]
    values = {"filled": filled, "found": sorted(found), "kept": visit.asked("kept"), "all": visit.address("goals")}
    return HTMLResponse(visit.html("goals/entering/step.html", **values), 200 if filled.good else 422)


def _measured(visit: Visit) -> Iterator[tuple[str, str, numbers.Number]]:
    """The indicators that have a number for the city: code, name, number. What is open to everyone tells nothing of the city."""
    known = told.known(visit).indicators
    city = told.city(visit)
    for (code, _area), value in told.found(visit, known, [told.code_of(city)]).items():
        one = known[code]
        if value.value is not None and any(part.what != "open" for part in one.part):
            yield code, one.name[visit.language.code], numbers.number(visit, one, value)


def _done(visit: Visit) -> bool:
    """An indicator has a number, or will have it within a minute."""
    entered = EntitySelection(types=TypeIs(ENTERED.iri))
    if visit.site.store.query("", entered, visit.scope, limit=1).entities:
        return True
    return next(_measured(visit), None) is not None


STEPS = (
    Step(
        50,
        Page(HERE, answer, post=take, roles=ENTERERS),
        _("First indicator"),
        _(
            "An indicator says in one number how the city stands on something. Some come from your data; others somebody enters."
        ),
        _done,
    ),
)
