# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""How evenly a value is spread over areas, each counted by the people who live there."""

import math
from collections.abc import Container, Sequence

import msgspec

from hanze.errors import BadRequestData


class Value(msgspec.Struct, frozen=True):
    """Of one area: `people` live there, 0 or more."""

    code: str
    value: float
    people: float


class Spread(msgspec.Struct, frozen=True):
    """`best` and `worst` are among the areas that may be shown, None where there is none; `gap`: how far they are apart, in the
    unit of the values. `mean` and `gini` are over all; None where nobody lives, `gini` also where a value is below 0."""

    mean: float | None
    best: Value | None
    worst: Value | None
    gap: float | None
    gini: float | None


def spread(values: Sequence[Value], more_is_better: bool, hidden: Container[str] = ()) -> Spread:
    """`hidden`: codes of areas whose value is not shown (`suppression`). BadRequestData names an area that cannot be counted."""
    shown = sorted((one for one in values if one.code not in hidden), key=lambda one: one.code)
    best, worst = _ends(shown, more_is_better)
    gap = abs(best.value - worst.value) if best and worst else None
    return Spread(mean(values), best, worst, gap, gini(values) if all(one.value >= 0 for one in values) else None)


def mean(values: Sequence[Value]) -> float | None:
    """What a person has on average; None where nobody lives."""
    _check(values)
    people = math.fsum(one.people for one in values)
    return math.fsum(one.value * one.people for one in values) / people if people else None


def gini(values: Sequence[Value]) -> float | None:
    """From 0, where all people have the same, towards 1, where one has all; None where nobody lives.

    Half the mean difference of any two people, divided by the mean; 0 where nobody has anything. Differences within an area are
    not known, so that it is a lower bound. Values below 0 are refused with BadRequestData, since it has no meaning for them.
    """
    _check(values)
    if below := next((one for one in values if one.value < 0), None):
        raise BadRequestData(
            f"Area {below.code} has the value {below.value:g}; a Gini coefficient needs values of 0 and more."
        )
    order = sorted((one.value, one.people) for one in values)
    people = math.fsum(weight for _, weight in order)
    whole = math.fsum(value * weight for value, weight in order)
    if not people or not whole:
        return 0.0 if people else None
    # Each person stands in all pairs; those who have less stand before, those who have more after.
    terms, before = [], 0.0
    for value, weight in order:
        terms.append(value * weight * (2 * before + weight - people))
        before += weight
    return max(0.0, math.fsum(terms) / (people * whole))


def under(values: Sequence[Value], threshold: float) -> float | None:
    """The share of people, from 0 to 1, in areas whose value is below the threshold; None where nobody lives."""
    return _share(values, [one for one in values if one.value < threshold])


def over(values: Sequence[Value], threshold: float) -> float | None:
    """The same of areas above it; what lies on the threshold is neither."""
    return _share(values, [one for one in values if one.value > threshold])


def _share(values: Sequence[Value], part: Sequence[Value]) -> float | None:
    _check(values)
    people = math.fsum(one.people for one in values)
    return math.fsum(one.people for one in part) / people if people else None


def _ends(shown: Sequence[Value], more_is_better: bool) -> tuple[Value | None, Value | None]:
    """The best and the worst; the first in the row of equal ones."""
    if not shown:
        return None, None
    most, least = max(shown, key=lambda one: one.value), min(shown, key=lambda one: one.value)
    return (most, least) if more_is_better else (least, most)


def _check(values: Sequence[Value]) -> None:
    for one in values:
        if not math.isfinite(one.value):
            raise BadRequestData(f"Area {one.code} has the value {one.value}; leave out areas without a value.")
        if not (math.isfinite(one.people) and one.people >= 0):
            raise BadRequestData(f"Area {one.code} has {one.people:g} people; give 0 or more.")
