# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""How uses of land, square kilometres and ranges are said."""

from hanze.goals.land.change import ELSE
from hanze.goals.plans.assumptions import Range
from hanze.web.drawing.words import Words, measure
from hanze.web.language import mark as _

USES = {
    "homes": _("Homes"),
    "work": _("Work"),
    "farmland": _("Farmland"),
    "nature": _("Nature and parks"),
    "water": _("Water"),
    "energy": _("Energy"),
    ELSE: _("Not on the map"),
}  # fmt: skip

KM2, KM = "km²", "km"

NONE = 5e-5
"""km²: fifty square metres, less than which is not said."""


def surface(words: Words, size: float, beside: float = 0.0) -> str:
    """Square kilometres; small ones in hectares, as people know them of fields, but not where they stand `beside` a large one."""
    if 0 < max(size, beside) < 1:
        return measure(words.number(float(f"{100 * size:.2g}")), "ha")
    return measure(words.number(float(f"{size:.3g}")), KM2)


def count(words: Words, told: Range) -> str:
    """A range of people or homes, to two digits, for it is not known better."""
    return between(*(words.fixed(_round(one), 0) for one in (told.low, told.high)))


def share(words: Words, told: Range) -> str:
    """A range of percents."""
    return measure(between(*(words.fixed(one, 0) for one in (told.low, told.high))), "%")


def between(low: str, high: str) -> str:
    return low if low == high else f"{low}\u2013{high}"


def _round(value: float) -> float:
    return float(f"{value:.2g}")
