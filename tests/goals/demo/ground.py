# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Surfaces and distances in the town, on a plane of metres of our own."""

from collections.abc import Callable, Iterable
from math import cos, radians, sin, sqrt
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from tests.goals.demo.plain import Numbers
from tests.goals.demo.raw import Raw, Thing

RADIUS, FLATTENING = 6_378_137.0, 1 / 298.257223563
"""The ellipsoid of WGS 84."""


def plane(raw: Raw) -> Callable[[BaseGeometry], BaseGeometry]:
    """Degrees around the middle of the town to metres, by the two radii of curvature there."""
    whole = next(one.shape for one in raw.areas.values() if not one.parent)
    west, south = whole.centroid.x, whole.centroid.y
    square = FLATTENING * (2 - FLATTENING)
    bent = 1 - square * sin(radians(south)) ** 2
    east = radians(1) * RADIUS / sqrt(bent) * cos(radians(south))
    north = radians(1) * RADIUS * (1 - square) / bent**1.5

    def metres(shape: BaseGeometry) -> BaseGeometry:
        moved: Any = shapely.transform(shape, lambda at: (at - [west, south]) * [east, north])
        return moved

    return metres


def near(raw: Raw, things: Iterable[Thing], distance: float) -> Numbers:
    """The percentage of the homes of each neighbourhood that lies so near to one of the things, of all of it where the latest map
    has no homes there, and of larger areas by residents."""
    metres = plane(raw)
    reached = shapely.union_all([metres(one.shape).buffer(distance, 64) for one in things if one.shape is not None])
    shapes = {code: metres(one.shape) for code, one in raw.areas.items() if raw.leaves(code) == [code]}
    homes = shapely.union_all([metres(shape) for use, shape in raw.land[max(raw.land)] if use == "homes"])
    lived = {code: shape.intersection(homes) if shape.intersects(homes) else shape for code, shape in shapes.items()}
    found = {code: 100 * shape.intersection(reached).area / shape.area for code, shape in lived.items()}
    for code in raw.areas:
        if code not in shapes and raw.people(code):
            people = {leaf: raw.areas[leaf].people for leaf in raw.leaves(code)}
            found[code] = sum(found[leaf] * number for leaf, number in people.items()) / sum(people.values())
    return found


def land(raw: Raw, year: int, *uses: str) -> Numbers:
    """Square metres with these uses in each area, by the latest map of that year or before."""
    metres = plane(raw)
    drawn = raw.land[max(one for one in raw.land if one <= year)]
    used = shapely.union_all([metres(shape) for use, shape in drawn if use in uses])
    found = {code: metres(one.shape).intersection(used).area for code, one in raw.areas.items()}
    return {code: sum(found[leaf] for leaf in raw.leaves(code)) for code in raw.areas}
