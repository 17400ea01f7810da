# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""How this room says things: numbers with their units, a word for a colour, an arrow for a change, the 17 goals."""

from datetime import tzinfo

import msgspec

from hanze.goals import subjects
from hanze.goals.indicators.definition import Definition
from hanze.goals.sdsn.marks import Colour
from hanze.ngsild.units import from_ucum
from hanze.web.drawing import times
from hanze.web.drawing.words import measure
from hanze.web.language import Language
from hanze.web.language import mark as _

SAME = 1.0
"""Points of a score in a year: a smaller change is none."""

COLOURS: dict[Colour, str] = {
    "green": _("good"), "yellow": _("nearly good"), "orange": _("not good enough"), "red": _("bad"), "gray": _("not known"),
}  # fmt: skip

WHY = {
    "nothing measures": _("Nothing measures this here."),
    "too little": _("Too little was measured to tell."),
    "not entered": _("Nobody has entered this yet."),
    "not known": _("It is not known how many people live here, or how the land is used."),
    "no number": _("The sum has no result here."),
    "no value": _("This has not been worked out yet."),
    "few people": _("So few people live here that a number would tell of persons."),
}
"""Why there is no number."""

GRADES = {
    "measured": _("measured or counted"), "survey": _("from a survey"), "larger": _("from figures of a larger area"),
    "assumed": _("estimated, with assumptions"), "personal": _("the estimate of one person"),
    "unknown": _("nobody knows how it was found"),
}  # fmt: skip
"""What stands in a receipt of how good the data are (hanze.goals.grades)."""

DIMENSIONS, GOALS = subjects.DIMENSIONS, subjects.GOALS


class Trend(msgspec.Struct, frozen=True):
    """`word` is an English text of the catalogues."""

    word: str
    arrow: str


BETTER, EVEN, WORSE, NEW = (
    Trend(_("getting better"), "↑"),
    Trend(_("about the same"), "→"),
    Trend(_("getting worse"), "↓"),
    Trend(_("too new to compare"), ""),
)


def trend(change: float | None) -> Trend:
    """`change`: points of a score in a year, more is better; None where nothing can be compared."""
    if change is None:
        return NEW
    return EVEN if abs(change) < SAME else BETTER if change > 0 else WORSE


def unit(language: Language, one: Definition) -> str:
    """What stands after a number."""
    return one.words[language.code] if one.words else from_ucum(one.unit).symbol


def number(language: Language, one: Definition, value: float) -> str:
    """A number with its unit, such as 24,3 µg/m³ or 71 % of the residents."""
    return measured(language.words.fixed(value, one.digits), unit(language, one))


def measured(told: str, unit: str) -> str:
    """The percent sign stands at its number, as `measure` writes it, also where words follow."""
    return told + unit if unit.startswith("%") else measure(told, unit)


def period(language: Language, kind: str, start: int, end: int, now: int, zone: tzinfo) -> str:
    """Of when a number is, such as `2025`, `2026 so far`, `February 2026`; `kind`: as a definition says it."""
    day = times.local(start, zone)
    if kind == "now":
        return language.say(_("now"))
    said = {
        "year": str(day.year),
        "month": f"{language.words.months[day.month - 1]} {day.year}",
        "week": language.say(_("the week of %(day)s")) % {"day": times.date(day, language.words)},
    }.get(kind, times.date(day, language.words))
    return said if end <= now else language.say(_("%(period)s so far")) % {"period": said}


ASKS = {
    1: _("Nobody in the city should be so poor that they cannot live a decent life."),
    2: _("Everyone eats enough and well, and the land that feeds us stays."),
    3: _("Everyone lives in health: clean air, quiet nights, safe streets and care that is near."),
    4: _("Everyone can learn, as a child and for a whole life."),
    5: _("Women and men, girls and boys have the same chances and the same say."),
    6: _("There is clean water for all, and we use no more than there is."),
    7: _("Energy is clean, and everyone can pay for it."),
    8: _("There is decent work for all, and growth that does not use up the earth."),
    9: _("Roads, lines and networks work well, and there is room for new ideas."),
    10: _("The gap between those who have much and those who have little gets smaller."),
    11: _("The city is a good, safe and green place to live, for everyone."),
    12: _("We use less, throw away less, and use things again."),
    13: _("We do what is needed against climate change, and prepare for heat and heavy rain."),
    14: _("The water around us is clean and full of life."),
    15: _("There is room for nature, and what lives in it stays."),
    16: _("People are safe, are heard, and can see what is decided about them."),
    17: _("Cities, companies and people work together and share what they know."),
}
"""What each goal asks of a city, in our own words."""
