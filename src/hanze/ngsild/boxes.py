# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the boxes around places tell about a geo-query: where to look at all, and which places need no closer look."""

import math
from itertools import pairwise
from typing import Any

import numpy as np
import shapely

from hanze.ngsild.geometry import METRES_PER_DEGREE, Box, bounds, metres, shape
from hanze.ngsild.selection import Geo

TINY = 1e-4
"""Degrees: the middle of a box that is narrower both ways stands for its place, to within the width of the box."""

FEW_CORNERS = 40
"""Of a polygon with more, it takes longer to look at each edge by itself."""

ROUNDING = 1e-9
"""Degrees, far more than what calculating takes away."""

MANY, PER_FIELD = 500, 16
"""Of more places, the fields of a chessboard are judged first, each with about so many places."""


def to_search(geo: Geo) -> list[Box] | None:
    """Boxes that surely hold every match; None where all must be looked at."""
    if geo.relation == "disjoint" or (geo.relation == "near" and geo.max_distance is None):
        return None
    west, south, east, north = bounds(geo.geometry)
    # The R*Tree keeps 32-bit floats, rounded outwards; a little more keeps points on the edge in.
    if geo.max_distance is None:
        return [(west - 1e-6, south - 1e-6, east + 1e-6, north + 1e-6)]
    up = geo.max_distance / METRES_PER_DEGREE * 1.001 + 1e-6
    south, north = south - up, north + up
    if south <= -90 or north >= 90:
        return [(-180.0, max(south, -90.0), 180.0, min(north, 90.0))]
    aside = up / math.cos(math.radians(max(abs(south), abs(north)))) * 1.01
    west, east = west - aside, east + aside
    if east - west >= 360:
        return [(-180.0, south, 180.0, north)]
    found = [(max(west, -180.0), south, min(east, 180.0), north)]
    if west < -180:
        found.append((west + 360, south, 180.0, north))
    if east > 180:
        found.append((-180.0, south, east - 360, north))
    return found


def judge(geo: Geo, x: Any, y: Any, width: Any) -> tuple[Any, Any]:
    """For the middles and widths of boxes (arrays of degrees; a width is NaN where the box is not tiny): which places surely
    fulfil the query, and which do not. Of all others the box does not tell."""
    target = shape(geo.geometry)
    if geo.relation == "near" and isinstance(target, shapely.Point):
        far = metres(target.x, target.y, x, y)
        least = -math.inf if geo.min_distance is None else geo.min_distance
        most = math.inf if geo.max_distance is None else geo.max_distance
        slack = width * METRES_PER_DEGREE
        return (far >= least + slack) & (far <= most - slack), (far < least - slack) | (far > most + slack)
    inside, outside = np.zeros(len(x), dtype=bool), np.zeros(len(x), dtype=bool)
    if geo.relation in ("within", "intersects") and target.is_valid and target.area > 0:
        if shapely.get_num_coordinates(target) <= FEW_CORNERS:
            return _by_edges(target, x, y, width)
        edge, known = shapely.boundary(target), np.flatnonzero(~np.isnan(width))
        shapely.prepare([target, edge])
        if len(known) > MANY:
            inside[known], outside[known] = _by_fields(target, x[known], y[known])
            known = known[~(inside[known] | outside[known])]
        points = shapely.points(x[known], y[known])
        clear = ~shapely.dwithin(edge, points, width[known])
        covered = shapely.covers(target, points)
        inside[known], outside[known] = clear & covered, clear & ~covered
    return inside, outside


def _by_edges(target: Any, x: Any, y: Any, width: Any) -> tuple[Any, Any]:
    """The same for a polygon with few corners: a place lies inside where a line to the east crosses an odd number of edges,
    which is sure of what is further than its width from the lines on which the edges lie."""
    odd, sure = np.zeros(len(x), dtype=bool), np.ones(len(x), dtype=bool)
    for ring in shapely.get_rings(shapely.get_parts(target)):
        corners = shapely.get_coordinates(ring)
        for (west, south), (east, north) in pairwise(corners[:, :2].tolist()):
            across, up = east - west, north - south
            left = (y - south) * across - (x - west) * up
            odd ^= ((south > y) != (north > y)) & ((left > 0) == (up > 0))
            sure &= abs(left) > (width + ROUNDING) * math.hypot(across, up)
    return odd & sure, ~odd & sure


def _by_fields(target: Any, x: Any, y: Any) -> tuple[Any, Any]:
    """The same as far as a chessboard tells, of which each field lies inside the target, outside, or on its edge."""
    side = int(math.sqrt(len(x) / PER_FIELD))
    column, west, width = _fields(x, side)
    row, south, height = _fields(y, side)
    field = row * side + column
    used = np.flatnonzero(np.bincount(field, minlength=side * side))
    left, bottom = west + used % side * width, south + used // side * height
    around = shapely.box(left - TINY, bottom - TINY, left + width + TINY, bottom + height + TINY)
    inside, outside = np.zeros(side * side, dtype=bool), np.zeros(side * side, dtype=bool)
    inside[used], outside[used] = shapely.covers(target, around), shapely.disjoint(target, around)
    return inside[field], outside[field]


def _fields(values: Any, count: int) -> tuple[Any, float, float]:
    """For each value which of so many equal fields it lies in, where the first begins, and how wide each is."""
    first, last = float(values.min()), float(values.max())
    width = max(last - first, TINY) / count
    return np.minimum((values - first) / width, count - 1).astype(np.int64), first, width
