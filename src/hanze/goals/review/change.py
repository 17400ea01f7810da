# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""How an indicator changed in a year."""

from collections.abc import Sequence

from hanze.goals.indicators import judging
from hanze.goals.indicators.definition import Definition

DAY = 86_400_000_000
YEAR = 365.25 * DAY

NEAR = 45 * DAY
"""What is compared lies a year apart, so that both are of the same season, give or take this."""


def change(one: Definition, course: Sequence[tuple[int, float]]) -> float | None:
    """Points of its scale in a year, more is better, from the last period to the one about a year before; None where there is no
    such one. `course`: starts (microseconds) and values of periods that are over, in order."""
    if not course:
        return None
    (at, value), year = course[-1], course[-1][0] - YEAR
    then, was = min(course, key=lambda one: abs(one[0] - year))
    if abs(then - year) > NEAR:
        return None
    return (judging.place(one, value) - judging.place(one, was)) * YEAR / (at - then)
