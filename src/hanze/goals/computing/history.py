# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Parts of the kind `history`: what things measured in a period, by area."""

from collections.abc import Callable, Mapping, Sequence
from math import fsum

import msgspec
import numpy as np

from hanze.goals.computing.figure import Figure, none, together
from hanze.goals.computing.scene import Scene, Sources
from hanze.goals.indicators.definition import Days, Part, Things
from hanze.goals.indicators.reducing import ALL_DAYS, Grid, Steps, Told, reduced
from hanze.ngsild.calendar import Period

WEEKDAYS: dict[Days, frozenset[int]] = {
    "all": ALL_DAYS, "workdays": frozenset(range(5)), "weekend": frozenset((5, 6)),
}  # fmt: skip

LOW, HIGH = 10, 90
"""Percentiles of the steps that are there, which those that are missing are taken to have been at worst and at best."""

INTERVALS = frozenset({"mean", "energy", "share above", "share below"})


def steps(part: Part) -> Steps:
    """The steps that a part looks at."""
    return Steps(part.step, part.together, frozenset(part.hours), WEEKDAYS[part.days])


def of_things(part: Part, sources: Sources, period: Period, grid: Grid, now: int) -> dict[str, Figure]:
    """What each thing comes to, by id; one that measured too little has no number, one outside of all areas is left out."""
    found, until = {}, min(period.end, now)
    for thing in sources.things(part.type, part.where):
        if thing.leaf is None and thing.geometry is not None:
            continue
        told = grid.read(*sources.measured(thing.id, part.attribute, part.unit, period.start, until), now)
        found[thing.id] = _figure(part, told)
    return found


def _figure(part: Part, told: Told) -> Figure:
    value = reduced(told, part.over, part.complete, part.limit or 0.0)
    if value is None:
        return none("too little", 1, told.coverage)
    low = high = value
    if part.over in INTERVALS and told.coverage < 1:
        ends = np.percentile(told.values, [LOW, HIGH])
        filled = (_filled(told, end) for end in ends)
        low, high = sorted(reduced(one, part.over, 0.0, part.limit or 0.0) or 0.0 for one in filled)
    return Figure(value, min(low, value), max(high, value), told.coverage, 1, 1)


def _filled(told: Told, value: float) -> Told:
    """With this value in each step that is missing."""
    return Told(np.append(told.values, np.full(told.expected - len(told.values), value)), told.expected)


def by_area(part: Part, scene: Scene, sources: Sources, found: Mapping[str, Figure]) -> dict[str, Figure]:
    """The figure of each area from those of the things that lie in it."""
    inside: dict[str, list[Figure]] = {}
    placeless: list[Figure] = []
    for thing in sources.things(part.type, part.where):
        if thing.leaf is not None:
            inside.setdefault(thing.leaf, []).append(found[thing.id])
        elif thing.geometry is None:
            placeless.append(found[thing.id])
    leaves = {leaf: _together(part, figures) for leaf, figures in inside.items()}
    told = {}
    for code in scene.places:
        mine = [leaf for leaf in scene.leaves(code) if leaf in inside]
        if part.things == "people" and mine != [code]:
            told[code] = _weighed(scene, {leaf: leaves[leaf] for leaf in mine})
        else:
            # What has no place, such as a journey, is of the city as a whole.
            whole = placeless if scene.places[code].area.parent is None else []
            told[code] = _together(part, [*(figure for leaf in mine for figure in inside[leaf]), *whole])
    return told


def _together(part: Part, figures: Sequence[Figure]) -> Figure:
    how: dict[Things, Callable[[Sequence[float]], float]] = {"sum": fsum, "min": min, "max": max}
    return together(figures, how.get(part.things, _mean), len(figures))


def _weighed(scene: Scene, leaves: Mapping[str, Figure]) -> Figure:
    """By residents; those of areas without a number count for nothing."""
    told = {leaf: figure for leaf, figure in leaves.items() if figure.value is not None}
    of = sum(figure.of for figure in leaves.values())
    people = [scene.places[leaf].people for leaf in told]
    if told and None in people:
        return none("not known", of)
    weights = [float(one or 0.0) for one in people]
    if told and not sum(weights):
        return none("not known", of)
    return msgspec.structs.replace(
        together(list(leaves.values()), lambda values: _weighted(values, weights), of),
        things=sum(figure.things for figure in told.values()),
    )


def _mean(values: Sequence[float]) -> float:
    return fsum(values) / len(values)


def _weighted(values: Sequence[float], weights: Sequence[float]) -> float:
    return fsum(value * weight for value, weight in zip(values, weights, strict=True)) / fsum(weights)
