# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whether the areas of one level fit together: what two of them both claim, and what lies between them in none."""

from collections.abc import Sequence

import numpy as np
import shapely
from shapely import STRtree

from hanze.goals.areas.area import Area
from hanze.goals.areas.findings import Finding
from hanze.goals.areas.shapes import array
from hanze.goals.areas.surface import square_metres

BOUND = 10_000.0
"""m²: less is how precisely borders are drawn."""

GRID = 1e-9
"""Degrees, a tenth of a millimetre: places that are nearer are one, so that a slit that no one sees opens no hole."""


def overlaps(areas: Sequence[Area], bound: float = BOUND) -> list[Finding]:
    """Pairs of mended areas that share more than `bound` m², by code; `others` is the second."""
    drawn = _drawn(areas)
    shapes = array(one.geometry for one in drawn)
    first, second = STRtree(shapes).query(shapes, predicate="intersects")
    pairs = np.array([first, second])[:, first < second]
    pairs = pairs[:, np.lexsort(pairs[::-1])]
    shared = shapely.intersection(shapes[pairs[0]], shapes[pairs[1]])
    return [
        Finding("overlap", drawn[one].code, drawn[one].name, others=(drawn[other].name,), square_metres=size)
        for one, other, size in zip(*pairs.tolist(), square_metres(shared).tolist(), strict=True)
        if size > bound
    ]


def holes(areas: Sequence[Area], bound: float = BOUND) -> list[Finding]:
    """Places of more than `bound` m² that mended areas enclose and none of them has, from the largest; `others`: those around."""
    drawn = _drawn(areas)
    shapes = array(one.geometry for one in drawn)
    whole = shapely.get_parts(shapely.union_all(shapes, grid_size=GRID))
    empty = array(shapely.Polygon(ring) for polygon in whole for ring in polygon.interiors)
    sizes, corners = square_metres(empty), shapely.bounds(empty).tolist()
    tree = STRtree(shapes)
    order = sorted(np.flatnonzero(sizes > bound).tolist(), key=lambda at: (-sizes[at], corners[at]))
    return [Finding("hole", others=_around(tree, empty[at], drawn), square_metres=float(sizes[at])) for at in order]


def _around(tree: STRtree, hole: shapely.Polygon, drawn: Sequence[Area]) -> tuple[str, ...]:
    return tuple(drawn[at].name for at in sorted(tree.query(hole, predicate="dwithin", distance=2 * GRID).tolist()))


def _drawn(areas: Sequence[Area]) -> list[Area]:
    return sorted((one for one in areas if one.geometry is not None), key=lambda one: one.code)
