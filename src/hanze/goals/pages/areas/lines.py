# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The indicators of an area in plain words: how good each is, how it stands beside the city, and what is not known."""

from collections.abc import Sequence

import msgspec

from hanze.goals.indicators import apart, judging
from hanze.goals.indicators.definition import Definition
from hanze.goals.pages import numbers, told, wording
from hanze.goals.pages.numbers import Number
from hanze.goals.pages.told import Found, Place, Value
from hanze.web.language import Language
from hanze.web.language import mark as _
from hanze.web.room import Visit

BETTER, WORSE = (
    {True: _("better than %(where)s: %(amount)s more"), False: _("better than %(where)s: %(amount)s less")},
    {True: _("worse than %(where)s: %(amount)s more"), False: _("worse than %(where)s: %(amount)s less")},
)
"""By whether the number is higher."""

SAME = _("as in %(where)s")
UNSURE = _("too little was measured to tell it apart from %(where)s")

SPREAD = "spread"
BETWEEN = _("This compares neighbourhoods with each other, so it has no number for a single one.")


class Line(msgspec.Struct, frozen=True):
    """An indicator that has a number; `against`: how that stands beside the city, empty where there is nothing to compare."""

    definition: Definition
    value: Value
    name: str
    address: str
    number: Number
    against: str


class Section(msgspec.Struct, frozen=True):
    """A dimension; the line that stands worst comes first."""

    key: str
    name: str
    lines: list[Line]


class Unknown(msgspec.Struct, frozen=True):
    """Indicators without a number for one reason, as texts with their addresses."""

    why: str
    links: list[tuple[str, str]]


def sections(visit: Visit, area: Place, city: Place | None, found: Found) -> list[Section]:
    """Only dimensions of which something is known. `city`: what the area is compared with."""
    made = []
    for key, name in wording.DIMENSIONS.items():
        lines = [
            _line(visit, one, value, city, found.get((one.code, city.code)) if city else None)
            for one in told.known(visit).of_dimension(key)
            if (value := found.get((one.code, area.code))) is not None and value.value is not None
        ]
        if lines:
            made.append(Section(key, visit.language.say(name), sorted(lines, key=_place)))
    return made


def _place(line: Line) -> float:
    return judging.place(line.definition, line.value.value or 0.0)


def _line(visit: Visit, one: Definition, value: Value, city: Place | None, other: Value | None) -> Line:
    against = beside(visit.language, one, value, other, city.name) if city is not None and other is not None else ""
    address = visit.address("goals/indicator", code=one.code, area=value.facts.area)
    return Line(one, value, one.name[visit.language.code], address, numbers.number(visit, one, value), against)


def beside(language: Language, one: Definition, value: Value, other: Value, where: str) -> str:
    """How a number compares with that of another area; empty where one of them is not known."""
    first, second = number(value), number(other)
    if first is None or second is None:
        return ""
    verdict = apart.verdict(one, first, second)
    texts = {"better": BETTER, "worse": WORSE}.get(verdict)
    text = (SAME if verdict == "same" else UNSURE) if texts is None else texts[first.value > second.value]
    return language.say(text) % {"where": where, "amount": amount(language, one, abs(first.value - second.value))}


def number(value: Value | None) -> apart.Number | None:
    """A value with its ends; None where it has no number."""
    return None if value is None else apart.number(value.value, value.receipt.low, value.receipt.high)


def amount(language: Language, one: Definition, difference: float) -> str:
    """How far two numbers are apart; of two percentages in points."""
    said, unit = language.words.fixed(difference, one.digits), wording.unit(language, one)
    if unit.startswith("%"):
        return language.say(_("%(count)s percentage points")) % {"count": said}
    return wording.measured(said, unit)


def unknown(visit: Visit, area: Place, found: Found, *, smallest: bool) -> list[Unknown]:
    """What has no number in the area, by reason; the reason of most comes first. `smallest`: no area lies in it."""
    by: dict[str, list[tuple[str, str]]] = {}
    code = visit.language.code
    for one in told.known(visit).indicators.values():
        value = found.get((one.code, area.code))
        if value is None or value.value is None:
            address = visit.address("goals/indicator", code=one.code, area=area.code)
            by.setdefault(_why(visit, one, value, smallest=smallest), []).append((one.name[code], address))
    order = sorted(by.items(), key=lambda each: -len(each[1]))
    return [Unknown(why, sorted(links, key=lambda each: each[0].casefold())) for why, links in order]


def _why(visit: Visit, one: Definition, value: Value | None, *, smallest: bool) -> str:
    if smallest and compares(one) and not hides(value):
        return visit.language.say(BETWEEN)
    return numbers.number(visit, one, value).why


def compares(one: Definition) -> bool:
    """It tells how neighbourhoods differ."""
    return any(part.what == SPREAD for part in one.part)


def hides(value: Value | None) -> bool:
    """It is not shown, for it would tell of persons."""
    return value is not None and value.receipt.why == "few people"


def few(values: Sequence[Value]) -> bool:
    """Numbers of this area are hidden, for few people live there."""
    return any(map(hides, values))
