# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Geometry of geo-queries: predicates in the plane of longitude and latitude, distances in metres on the globe.

Distances use the mean radius of the earth (the error against the ellipsoid stays below 0.6 %). The distance of two shapes is
that of their closest points, found in a plane stretched for their latitude. Source: ETSI GS CIM 009 V1.8.1, clause 4.10.
"""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import shapely
from shapely.geometry import shape as _shape
from shapely.geometry.base import BaseGeometry
from shapely.ops import nearest_points

from hanze.errors import BadRequestData
from hanze.ngsild.checks import shown
from hanze.ngsild.selection import Geo

RADIUS = 6_371_008.8
"""Mean radius of the earth in metres."""

METRES_PER_DEGREE = RADIUS * math.pi / 180

Box = tuple[float, float, float, float]
"""West, south, east, north in degrees."""


def shape(geojson: dict[str, Any]) -> BaseGeometry:
    """The shape of a GeoJSON geometry; BadRequestData where it is none."""
    try:
        found: BaseGeometry = _shape(geojson)
    except (shapely.errors.ShapelyError, ValueError, TypeError, KeyError, AttributeError, IndexError):
        raise BadRequestData(f"The geometry {shown(geojson)} cannot be read; give a GeoJSON geometry.") from None
    return found


def bounds(geojson: dict[str, Any]) -> Box:
    """The box around a geometry."""
    west, south, east, north = shape(geojson).bounds
    return west, south, east, north


def metres(lon1: Any, lat1: Any, lon2: Any, lat2: Any) -> Any:
    """Great-circle distance of points in degrees (haversine); takes numbers or arrays."""
    p1, p2 = np.radians(lat1), np.radians(lat2)
    dp, dl = p2 - p1, np.radians(np.subtract(lon2, lon1))
    h = np.sin(dp / 2) ** 2 + np.cos(p1) * np.cos(p2) * np.sin(dl / 2) ** 2
    return 2 * RADIUS * np.arcsin(np.minimum(1.0, np.sqrt(h)))


def distance(one: BaseGeometry, other: BaseGeometry) -> float:
    """Metres between the closest points of two shapes, also over the date line; 0 where they touch."""
    return min(_distance(one, _moved(other, shift, 1.0)) for shift in (0.0, 360.0, -360.0))


def _distance(one: BaseGeometry, other: BaseGeometry) -> float:
    middle = math.radians((one.centroid.y + other.centroid.y) / 2)
    stretch = max(math.cos(middle), 1e-6)
    near, far = nearest_points(_moved(one, 0.0, stretch), _moved(other, 0.0, stretch))
    return float(metres(near.x / stretch, near.y, far.x / stretch, far.y))


def _moved(shape: BaseGeometry, east: float, stretch: float) -> BaseGeometry:
    """The shape moved east by degrees, its longitudes then multiplied."""
    moved: BaseGeometry = shapely.transform(shape, lambda at: (at + np.array([east, 0.0])) * np.array([stretch, 1.0]))
    return moved


def holds(geo: Geo, candidate: BaseGeometry) -> bool:
    """The candidate stands in the relation to the query's geometry."""
    target = shape(geo.geometry)
    if geo.relation == "near":
        far = distance(target, candidate)
        if geo.max_distance is not None and far > geo.max_distance:
            return False
        return geo.min_distance is None or far >= geo.min_distance
    return bool(_PREDICATES[geo.relation](candidate, target))


def _safe(predicate: Any) -> Any:
    """A shape that crosses itself is made valid where the predicate cannot work with it."""

    def work(one: BaseGeometry, other: BaseGeometry) -> bool:
        try:
            return bool(predicate(one, other))
        except shapely.errors.GEOSException:
            return bool(predicate(shapely.make_valid(one), shapely.make_valid(other)))

    return work


_PREDICATES = {
    "within": _safe(shapely.covered_by),
    "contains": _safe(shapely.covers),
    "intersects": _safe(shapely.intersects),
    "equals": _safe(shapely.equals),
    "disjoint": _safe(shapely.disjoint),
    "overlaps": _safe(shapely.overlaps),
}


def points_hold(geo: Geo, xs: Sequence[float], ys: Sequence[float]) -> list[bool]:
    """`holds` for many points at once."""
    if not xs:
        return []
    target = shape(geo.geometry)
    if geo.relation == "near" and isinstance(target, shapely.Point):
        far = metres(target.x, target.y, np.asarray(xs), np.asarray(ys))
        fits = np.full(len(xs), True)
        if geo.max_distance is not None:
            fits &= far <= geo.max_distance
        if geo.min_distance is not None:
            fits &= far >= geo.min_distance
        return list(map(bool, fits))
    points = shapely.points(np.asarray(xs), np.asarray(ys))
    if geo.relation in ("within", "intersects") and target.is_valid:
        shapely.prepare(target)
        return list(map(bool, shapely.covers(target, points)))
    return [holds(geo, point) for point in points]
