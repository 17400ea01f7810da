# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What inequality between the parts of an area takes off, as in the Inequality-adjusted Human Development Index.

Source: UNDP, Human Development Report, Technical notes, note 2: A = 1 - geometric mean / arithmetic mean, which is the measure of
Atkinson (1970) with an aversion to inequality of 1.
"""

from collections.abc import Iterable
from math import exp, fsum, log

FLOOR = 1.0
"""A geometric mean with a zero in it is zero, whatever else there is; so a place counts as no less than this, which is the smallest
difference that is shown. UNDP puts the smallest positive incomes in the place of those of zero and less."""

Spread = Iterable[tuple[float, float]]
"""Places from 0 to 100, each with the residents who have it."""


def loss(spread: Spread) -> float:
    """The share that is taken off, below 1; 0 where all have the same, or where fewer than two parts with residents are known."""
    told = [(max(place, FLOOR), people) for place, people in spread if people > 0]
    if len(told) < 2:
        return 0.0
    people = fsum(weight for _, weight in told)
    mean = fsum(place * weight for place, weight in told) / people
    geometric = exp(fsum(log(place / mean) * weight for place, weight in told) / people)
    return min(1.0, max(0.0, 1.0 - geometric))


def geometric(places: Iterable[float]) -> float:
    """The geometric mean of places from 0 to 100, all with the same weight; never above the arithmetic one."""
    told = list(places)
    mean = fsum(told) / len(told)
    if len(told) == 1:
        return mean
    return min(mean, exp(fsum(log(max(place, FLOOR)) for place in told) / len(told)))
