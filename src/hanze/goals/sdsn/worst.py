# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The colour of a goal by the two of its indicators that stand worst, so that a good mean hides nothing bad."""

from collections.abc import Iterable
from math import fsum

from hanze.goals.sdsn.marks import Colour

LEAST = 0.5
"""A subject of which fewer of the indicators are known has no colour."""

ORDER: tuple[Colour, ...] = ("red", "orange", "yellow", "green")

Shade = tuple[float, Colour]
"""The place of an indicator on the scale of colours, from 0 to 3 (`marks.rescaled`), and its colour."""


def colour(shades: Iterable[Shade], of: int) -> Colour:
    """Green or red only where both of the worst two are; one alone gives its colour. `of`: how many there could be."""
    told = list(shades)
    if not told or len(told) < LEAST * of:
        return "gray"
    worst = two(told)
    if len(worst) == 1:
        return worst[0][1]
    colours = {colour for _, colour in worst}
    found = band(place(worst))
    if found in ("green", "red") and colours != {found}:
        return "yellow" if found == "green" else "orange"
    return found


def two(shades: Iterable[Shade]) -> list[Shade]:
    """The worst two, the worst first; one where there is one only."""
    return sorted(shades, key=lambda one: (one[0], ORDER.index(one[1])))[:2]


def place(worst: Iterable[Shade]) -> float:
    """Where they stand together, from 0 to 3."""
    places = [at for at, _ in worst]
    return fsum(places) / len(places)


def band(at: float) -> Colour:
    """The colour of a place from 0 to 3."""
    return "green" if at >= 2 else "yellow" if at >= 1.5 else "orange" if at >= 1 else "red"
