# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Scores, ranks and colours of all units: pure functions of codebook and raw values."""

from collections.abc import Sequence
from math import fsum

import msgspec

from hanze.goals.sdsn import marks, worst
from hanze.goals.sdsn.codebook import GOALS, Indicator
from hanze.goals.sdsn.marks import Colour
from hanze.goals.sdsn.raw import Unit

MOST_MISSING = 0.2
"""A unit that misses more of the global indicators has no score."""


class Goal(msgspec.Struct, frozen=True):
    """`score`: from 0 to 100, None where it has none."""

    score: float | None
    colour: Colour


class Mark(msgspec.Struct, frozen=True):
    """Of one indicator; None where there is no value, or where it does not count for this unit."""

    normalised: float | None
    colour: Colour | None


class Scored(msgspec.Struct, frozen=True):
    """A unit. `score`: from 0 to 100; None, as `rank`, where too many values are missing. `goals`: by number, as text."""

    id: str
    score: float | None
    rank: int | None
    goals: dict[str, Goal]
    indicators: dict[str, Mark]


Normalised = dict[str, float]
Goals = dict[int, float]


def score(codebook: Sequence[Indicator], units: Sequence[Unit]) -> list[Scored]:
    """All units, in their order. Equal scores share a rank."""
    normal = {unit.id: values for unit in units if (values := _normalised(codebook, unit)) is not None}
    goals = {id: _goals(codebook, values) for id, values in normal.items()}
    regions = _regions([unit for unit in units if unit.id in goals], goals)
    whole = {unit.id: _whole(goals[unit.id], regions[unit.region]) for unit in units if unit.id in goals}
    ranks = _ranks(whole)
    return [
        Scored(
            unit.id,
            whole.get(unit.id),
            ranks.get(unit.id),
            {str(goal): Goal(goals.get(unit.id, {}).get(goal), _colour(codebook, unit, goal)) for goal in GOALS},
            {one.code: _mark(one, unit, normal.get(unit.id, {})) for one in codebook},
        )
        for unit in units
    ]


def _normalised(codebook: Sequence[Indicator], unit: Unit) -> Normalised | None:
    """The global indicators; None where too many are missing."""
    counted = [one for one in codebook if one.is_global]
    found = {one.code: marks.normalised(one, unit.values[one.code]) for one in counted if one.code in unit.values}
    enough = bool(found) and len(counted) - len(found) <= MOST_MISSING * len(counted)
    return found if enough else None


def _goals(codebook: Sequence[Indicator], values: Normalised) -> Goals:
    """The mean of what there is of each goal."""
    of: dict[int, list[float]] = {}
    for one in codebook:
        if one.code in values:
            of.setdefault(one.goal, []).append(values[one.code])
    return {goal: _mean(found) for goal, found in of.items()}


def _regions(units: Sequence[Unit], goals: dict[str, Goals]) -> dict[str, Goals]:
    """The mean of each goal over the scored units of a region. Units without a region stand alone."""
    of: dict[str, dict[int, list[float]]] = {unit.region: {} for unit in units}
    for unit in units:
        for goal, value in goals[unit.id].items() if unit.region else ():
            of[unit.region].setdefault(goal, []).append(value)
    return {region: {goal: _mean(values) for goal, values in found.items()} for region, found in of.items()}


def _whole(goals: Goals, region: Goals) -> float:
    """The mean of the goals, all with the same weight; where a goal is missing that of the region stands in, if there is one."""
    return _mean([value for goal in GOALS if (value := goals.get(goal, region.get(goal))) is not None])


def _ranks(whole: dict[str, float]) -> dict[str, int]:
    order = sorted(whole.values(), reverse=True)
    first: dict[float, int] = {}
    for place, value in enumerate(order, 1):
        first.setdefault(value, place)
    return {id: first[value] for id, value in whole.items()}


def _colour(codebook: Sequence[Indicator], unit: Unit, goal: int) -> Colour:
    counted = [one for one in codebook if one.goal == goal and one.counts(unit.member)]
    told = [(one, unit.values[one.code]) for one in counted if one.code in unit.values]
    return worst.colour([(marks.rescaled(*one), marks.colour(*one)) for one in told], len(counted))


def _mark(indicator: Indicator, unit: Unit, values: Normalised) -> Mark:
    value = unit.values.get(indicator.code)
    # Members of the OECD have a list of their own; other units show what they have.
    told = value is not None and (indicator.oecd or not unit.member)
    return Mark(values.get(indicator.code), marks.colour(indicator, value) if told and value is not None else None)


def _mean(values: Sequence[float]) -> float:
    """Exactly rounded, so that the order of rows and columns changes nothing."""
    return fsum(values) / len(values)
