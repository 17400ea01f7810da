# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reads what people write in one field: a number, a period, a grade, an area, a source. Pure; the same for forms and tables."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time, tzinfo

import msgspec

from hanze.goals.computing.compute import period as period_of
from hanze.goals.grades import GRADES, Grade
from hanze.goals.indicators.definition import Definition, Part, Period
from hanze.ngsild import calendar
from hanze.ngsild.checks import shown
from hanze.web.language import mark as _

LONGEST = 300
"""Characters of a source."""

FIRST_YEAR = 1900

EXAMPLES: Mapping[Period, str] = {
    "year": "2025", "month": "2025-03", "week": "2025-W10", "day": "2025-03-10", "now": "2025-03-10",
}  # fmt: skip
"""How periods are written (ISO 8601)."""

_NUMBER = re.compile(r"[+-]?[0-9]{1,15}([.,][0-9]{1,15})?")

_TWO_WAYS = re.compile(r"[+-]?[1-9][0-9]{0,2}[.,][0-9]{3}")
"""1.234 is a bit more than one in one country, and a thousand in another."""


class Unfit(Exception):
    """What cannot be used, in an English text of the catalogues with gaps, and what fills them."""

    def __init__(self, text: str, **given: str) -> None:
        super().__init__(text % given)
        self.text, self.given = text, given

    def told(self, say: Callable[[str], str]) -> str:
        return say(self.text) % self.given


class Ground(msgspec.Struct, frozen=True):
    """What can be entered: `definitions` by code, `areas` by code with their names, of which `whole` is the city, empty where none
    is; not beyond `now` (microseconds)."""

    definitions: Mapping[str, Definition]
    areas: Mapping[str, str]
    whole: str
    zone: tzinfo
    now: int


def entered(one: Definition) -> list[Part]:
    """The parts that people enter."""
    return [part for part in one.part if part.what == "entered"]


def number(text: str, part: Part) -> float:
    """With a point or a comma before the decimals, and nothing between thousands. Errors: Unfit."""
    if not _NUMBER.fullmatch(text):
        raise Unfit(_("%(value)s is no number. Write digits, such as 12.5."), value=shown(text))
    if _TWO_WAYS.fullmatch(text):
        whole, broken = re.sub("[.,]", "", text), f"{text}0"
        raise Unfit(
            _("%(value)s can be read in two ways. Write %(one)s or %(other)s."), value=text, one=whole, other=broken
        )
    found = float(text.replace(",", "."))
    if part.least is not None and found < part.least:
        raise Unfit(_("%(value)s is too small. It is %(least)s or more."), value=text, least=f"{part.least:g}")
    if part.most is not None and found > part.most:
        raise Unfit(_("%(value)s is too large. It is %(most)s or less."), value=text, most=f"{part.most:g}")
    return found


def period(text: str, one: Definition, ground: Ground) -> calendar.Period:
    """A period of the indicator that has begun. Errors: Unfit."""
    example = EXAMPLES[one.period]
    try:
        day = _day(text, one.period)
    except ValueError:
        day = None
    if day is None or day.year < FIRST_YEAR:
        raise Unfit(
            _("%(value)s is no period of this indicator. Write it like %(example)s."),
            value=shown(text),
            example=example,
        )
    noon = datetime.combine(day, time(12), ground.zone)
    found = period_of(one, int(noon.timestamp()) * 1_000_000, ground.zone)
    if found.start > ground.now:
        raise Unfit(_("%(value)s has not begun yet. Give a period until today."), value=text)
    return found


def _day(text: str, kind: Period) -> date | None:
    """The first day of a period. Errors: ValueError."""
    if not re.fullmatch(re.sub("[0-9]", "[0-9]", EXAMPLES[kind]), text):
        return None
    if kind == "week":
        return date.fromisocalendar(int(text[:4]), int(text[6:]), 1)
    return date.fromisoformat(text + {"year": "-01-01", "month": "-01"}.get(kind, ""))


def written(found: calendar.Period, one: Definition) -> str:
    """A period as `period` reads it."""
    if one.period == "week":
        year, week, _day = found.date.isocalendar()
        return f"{year:04}-W{week:02}"
    return found.date.isoformat()[: {"year": 4, "month": 7}.get(one.period, 10)]


def grade(text: str) -> Grade:
    """Errors: Unfit."""
    for one in GRADES:
        if one == text.lower():
            return one
    raise Unfit(_("%(value)s is no grade. Write one of %(grades)s."), value=shown(text), grades=", ".join(GRADES))


def area(text: str, ground: Ground) -> str:
    """The code of an area, which may be given by its name where no other has it; nothing is the city. Errors: Unfit."""
    if text in ground.areas:
        return text
    if not text:
        if not ground.whole:
            raise Unfit(_("None of the areas is the whole city. Write the code of one."))
        return ground.whole
    named = [code for code, name in ground.areas.items() if name.casefold() == text.casefold()]
    if len(named) == 1:
        return named[0]
    if named:
        raise Unfit(
            _("Several areas are called %(value)s. Write one of the codes %(codes)s."),
            value=shown(text), codes=", ".join(named[:5]),
        )  # fmt: skip
    raise Unfit(_("There is no area %(value)s. Write the code of an area, or nothing for the city."), value=shown(text))


def source(text: str) -> str:
    """Errors: Unfit."""
    if not text:
        raise Unfit(_("Say where the number comes from."))
    if len(text) > LONGEST:
        raise Unfit(
            _("The source has %(count)s signs. Give at most %(most)s."), count=str(len(text)), most=str(LONGEST)
        )
    if not text.isprintable():
        raise Unfit(_("%(value)s has signs that cannot be read. Write letters and digits only."), value=shown(text))
    return text
