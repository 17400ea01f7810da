# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A map of land cut by area: by area and use one shape, which share nothing."""

from collections.abc import Mapping, Sequence

import numpy as np
import shapely
from shapely import STRtree
from shapely.geometry.base import BaseGeometry

from hanze.goals.areas.area import Area
from hanze.goals.areas.land import Piece
from hanze.goals.areas.shapes import array
from hanze.goals.areas.surface import square_kilometres

GRID = 1e-7
"""Degrees: corners lie on it, a centimetre apart, as they are kept."""

FIRST = ("energy", "water", "homes", "work", "nature", "farmland")
"""Where pieces of a map lie over each other, the use counts that stands first here: solar panels in a field are energy."""

Land = Mapping[str, BaseGeometry]
"""By use the shape of its land, in degrees."""

Lands = Mapping[str, Land]
"""The same by the code of an area."""

Uses = dict[str, float]
"""Square kilometres by use."""


def cut(areas: Sequence[Area], pieces: Sequence[Piece]) -> dict[str, dict[str, BaseGeometry]]:
    """By the code of an area, what lies in it; an area in which nothing lies is not there."""
    shapes, land = array(one.geometry for one in areas), array(piece.shape for piece in pieces)
    at, over = STRtree(land).query(shapes, predicate="intersects")
    inside = shapely.intersection(shapes[at], land[over])
    found: dict[str, dict[str, list[BaseGeometry]]] = {}
    for area, piece, shape in zip(at.tolist(), over.tolist(), inside, strict=True):
        found.setdefault(areas[area].code, {}).setdefault(pieces[piece].use, []).append(shape)
    return {code: made for code, of in found.items() if (made := _apart(of))}


def _apart(of: Mapping[str, Sequence[BaseGeometry]]) -> dict[str, BaseGeometry]:
    taken: BaseGeometry = shapely.Polygon()
    made = {}
    for use in FIRST:
        if use in of:
            whole = polygons(shapely.set_precision(shapely.union_all(list(of[use])), GRID))
            left = polygons(shapely.difference(whole, taken))
            taken = shapely.union(taken, whole)
            if not left.is_empty:
                made[use] = left
    return made


def polygons(shape: BaseGeometry) -> BaseGeometry:
    """The same without lines and points, which have no surface."""
    parts = shapely.get_parts(shape)
    if (shapely.get_type_id(parts) == shapely.GeometryType.POLYGON).all():
        return shape
    return shapely.multipolygons(parts[shapely.get_type_id(parts) == shapely.GeometryType.POLYGON])


def surfaces(land: Land) -> Uses:
    """Square kilometres of each use, to a square metre."""
    sizes = np.round(square_kilometres(land.values()), 6).tolist()
    return {use: size for use, size in sorted(zip(land, sizes, strict=True)) if size}
