# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The form by which one number of an indicator is entered, and what its answers are."""

from collections.abc import Callable, Mapping
from typing import TypeVar

from hanze.goals.entering import reading
from hanze.goals.entering.ground import ground as ground_of
from hanze.goals.entering.reading import EXAMPLES, Ground, Unfit
from hanze.goals.grades import GRADES
from hanze.goals.indicators.definition import Definition, Part, Period
from hanze.goals.keeping.entered import Number
from hanze.goals.pages import told, wording
from hanze.ngsild.units import symbol
from hanze.web.forms import Choice, Field, Filled, Form
from hanze.web.language import mark as _
from hanze.web.room import Visit
from hanze.web.steps import SETTERS

ENTERERS = SETTERS
"""Roles that enter numbers: those who answer for the data of the city."""

NUMBER = "number-"
"""Begins the names of the fields of numbers, before that of a part."""

PERIODS: Mapping[Period, str] = {
    "year": _("Year"), "month": _("Month"), "week": _("Week"), "day": _("Day"), "now": _("Day"),
}  # fmt: skip

T = TypeVar("T")


def ground(visit: Visit) -> Ground:
    """What the visitor can enter. Call it in a thread of the readers."""
    site = visit.site
    return ground_of(site.store, visit.scope, told.known(visit).indicators, site.city, site.zone, visit.now)


def label(part: Part, one: Definition, language: str) -> str:
    """What is asked for a part, with its unit."""
    unit = symbol(part.unit)
    name = (part.asks or one.name)[language]
    return name if unit == "1" else f"{name} ({unit})"


def form(visit: Visit, one: Definition, ground: Ground) -> Form:
    language = visit.language
    numbers = [
        Field(name=NUMBER + part.name, label=label(part, one, language.code), kind="number", longest=40)
        for part in reading.entered(one)
    ]
    areas = tuple(Choice(code, name) for code, name in ground.areas.items())
    where = [Field(name="area", label=_("Area"), kind="choice", choices=areas)] if len(areas) > 1 else []
    example = language.say(_("Such as %(example)s.")) % {"example": EXAMPLES[one.period]}
    return Form(
        (
            *numbers,
            Field(name="period", label=PERIODS[one.period], help=example, longest=20),
            *where,
            Field(
                name="grade", label=_("How sure is it?"), kind="choice",
                choices=tuple(Choice(grade, wording.GRADES[grade]) for grade in GRADES),
            ),
            Field(
                name="source", label=_("Where does it come from?"), longest=reading.LONGEST,
                help=_("Everyone can read this. Name the list or the count, and no person."),
            ),
        ),
        _("See the result"),
    )  # fmt: skip


def numbers(visit: Visit, one: Definition, ground: Ground, filled: Filled) -> list[Number]:
    """What was answered; where something is wrong the form says it, and nothing is to be used."""

    def take(name: str, read: Callable[[str], T]) -> T | None:
        if name in filled.wrong:
            return None
        try:
            return read(filled[name])
        except Unfit as unfit:
            filled.fail(name, unfit.told(visit.language.say))
            return None

    area = take("area", lambda text: reading.area(text, ground))
    period = take("period", lambda text: reading.period(text, one, ground))
    grade, source = take("grade", reading.grade), take("source", reading.source)
    found = []
    for part in reading.entered(one):
        value = take(NUMBER + part.name, lambda text: reading.number(text, part))  # noqa: B023
        if area and period and grade and source and value is not None:
            found.append(Number(one.code, one.name.en, part.name, part.unit, area, period.start, value, grade, source))
    return found
