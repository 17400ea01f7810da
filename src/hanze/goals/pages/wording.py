# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""How this room says things: numbers with their units, a word for a colour, an arrow for a change, the 17 goals."""

import msgspec

from hanze.goals.indicators.definition import Definition
from hanze.goals.sdsn.marks import Colour
from hanze.ngsild.units import from_ucum
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
    "few people": _("So few people live here that a number would tell of persons."),
}
"""Why there is no number."""

DIMENSIONS = {
    "liveability": _("Liveable"), "sustainability": _("Sustainable"), "inclusivity": _("Inclusive"),
}  # fmt: skip

GOALS = {
    1: _("No poverty"),
    2: _("Zero hunger"),
    3: _("Good health and well-being"),
    4: _("Quality education"),
    5: _("Gender equality"),
    6: _("Clean water and sanitation"),
    7: _("Affordable and clean energy"),
    8: _("Decent work and economic growth"),
    9: _("Industry, innovation and infrastructure"),
    10: _("Reduced inequalities"),
    11: _("Sustainable cities and communities"),
    12: _("Responsible consumption and production"),
    13: _("Climate action"),
    14: _("Life below water"),
    15: _("Life on land"),
    16: _("Peace, justice and strong institutions"),
    17: _("Partnerships for the goals"),
}
"""The Sustainable Development Goals of the United Nations by number."""


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
