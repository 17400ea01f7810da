# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the land of one map became on another: square kilometres from use to use."""

from collections.abc import Iterable, Mapping
from math import fsum

import numpy as np
import shapely

from hanze.goals.areas.shapes import array
from hanze.goals.areas.surface import square_kilometres
from hanze.goals.land.cutting import Land, surfaces

ELSE = "unmapped"
"""Land that one of the maps does not show."""

NOISE = 1e-5
"""km²: ten square metres, less than which lies between two drawings of one line."""

OPEN, BUILT = ("farmland", "nature"), ("homes", "work")

Changes = Mapping[str, Mapping[str, float]]
"""From the use before to the one after, km²; also what stayed as it was."""


def changed(before: Land, after: Land) -> dict[str, dict[str, float]]:
    """A row for each use before; the rows add up to the uses before, the columns to those after."""
    old, new = surfaces(before), surfaces(after)
    found = _overlaid(before, after)
    gone = {use: old[use] - fsum(found.get(use, {}).values()) for use in old}
    came = {use: new[use] - fsum(row.get(use, 0.0) for row in found.values()) for use in new}
    for use, size in gone.items():
        if size > NOISE:
            found.setdefault(use, {})[ELSE] = round(size, 6)
    told = {use: round(size, 6) for use, size in came.items() if size > NOISE}
    return {**found, ELSE: told} if told else found


def _overlaid(before: Land, after: Land) -> dict[str, dict[str, float]]:
    pairs = [(one, other) for one in before for other in after]
    common = shapely.intersection(array(before[one] for one, _ in pairs), array(after[other] for _, other in pairs))
    found: dict[str, dict[str, float]] = {}
    for (one, other), size in zip(pairs, np.round(square_kilometres(list(common)), 6).tolist(), strict=True):
        if size > NOISE:
            found.setdefault(one, {})[other] = size
    return found


def together(several: Iterable[Changes]) -> dict[str, dict[str, float]]:
    """Those of several areas as one."""
    sums: dict[str, dict[str, list[float]]] = {}
    for one in several:
        for before, row in one.items():
            for after, size in row.items():
                sums.setdefault(before, {}).setdefault(after, []).append(size)
    return {before: {after: fsum(sizes) for after, sizes in row.items()} for before, row in sums.items()}


def between(changes: Changes, of: Iterable[str], into: Iterable[str]) -> float:
    """km² that were one of these uses, and became one of those."""
    after = list(into)
    return fsum(changes.get(one, {}).get(other, 0.0) for one in of for other in after)


def outwards(changes: Changes, before: float, after: float) -> float | None:
    """Metres by which the urban edge moved out, as the mean over its length (km `before` and `after`): the open land that was
    built on, less the built land that became open, as if all of it lay along the edge. None where there is no edge."""
    length = (before + after) / 2
    net = between(changes, OPEN, BUILT) - between(changes, BUILT, OPEN)
    return 1000 * net / length if length else None
