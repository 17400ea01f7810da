# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The urban edge: the border between built land (homes, work) and open land (farmland, nature)."""

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import STRtree
from shapely.geometry.base import BaseGeometry

from hanze.goals.areas.plane import Plane
from hanze.goals.land.change import BUILT, OPEN
from hanze.goals.land.cutting import Land, Lands

TOUCH = 1.0
"""Metres: land that lies so near to other land touches it, for few maps draw one line twice alike."""


def edges(lands: Lands) -> dict[str, float]:
    """Kilometres by area. A piece of edge belongs to the area in which the built land lies, wherever the open land does, so that
    those of several areas add up to that of all. Where the edge ends, up to TOUCH metres are too much."""
    codes = list(lands)
    plane = Plane(shape for land in lands.values() for shape in land.values())
    built, open = (plane.metres(_of(lands[code], uses) for code in codes) for uses in (BUILT, OPEN))
    lengths = _lengths(built, open[~shapely.is_empty(open)])
    return {code: round(length / 1000, 6) for code, length in zip(codes, lengths, strict=True)}


def _of(land: Land, uses: tuple[str, ...]) -> BaseGeometry:
    return shapely.union_all([land[use] for use in uses if use in land])


def _lengths(built: NDArray[np.object_], open: NDArray[np.object_]) -> list[float]:
    tree = STRtree(open)
    found = []
    for shape in built:
        if shape.is_empty:
            found.append(0.0)
            continue
        near = open[tree.query(shape, predicate="dwithin", distance=TOUCH)]
        reach = shapely.union_all(shapely.buffer(_around(near, shape), TOUCH))
        found.append(float(shapely.length(shapely.intersection(shapely.boundary(shape), reach))))
    return found


def _around(open: NDArray[np.object_], shape: BaseGeometry) -> NDArray[np.object_]:
    """Only what lies around a shape, so that little is drawn wider."""
    west, south, east, north = shape.bounds
    room = shapely.box(west - 2 * TOUCH, south - 2 * TOUCH, east + 2 * TOUCH, north + 2 * TOUCH)
    return np.asarray(shapely.intersection(open, room))
