# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The town as GeoJSON geometries in WGS 84: its outline, districts, neighbourhoods, water, green, roads and bus lines."""

from collections.abc import Iterable
from functools import cache
from typing import Any

import msgspec
import shapely
from shapely.geometry.base import BaseGeometry

from hanze.feeds.havendam import chance
from hanze.feeds.havendam.drawing import (
    BUSES,
    CORNERS,
    DISTRICTS,
    EDGE,
    FARMLAND,
    NEIGHBOURHOODS,
    OLD_TOWN,
    ORIGIN,
    PARKS,
    ROADS,
    WATER,
    Spot,
)  # fmt: skip

NAME = "Havendam"

EAST = 1 / 67_160
NORTH = 1 / 111_260
"""Degrees of a metre at this latitude."""

Point = tuple[float, float]
"""Longitude and latitude."""

Geometry = dict[str, Any]
"""A GeoJSON geometry."""


class District(msgspec.Struct, frozen=True):
    name: str
    population: int
    geometry: Geometry


class Neighbourhood(District, frozen=True):
    district: str


class Area(msgspec.Struct, frozen=True):
    """A piece of water, a park or farmland."""

    name: str
    geometry: Geometry


class Road(msgspec.Struct, frozen=True):
    """`kind`: ring, main or street. `loops`: where traffic is counted."""

    name: str
    kind: str
    geometry: Geometry
    loops: tuple[Point, ...]


class Stop(msgspec.Struct, frozen=True):
    name: str
    point: Point


class BusLine(msgspec.Struct, frozen=True):
    name: str
    stops: tuple[Stop, ...]
    geometry: Geometry


def point(spot: tuple[float, float]) -> Point:
    """Degrees of a spot of the drawing, to a decimetre."""
    return round(ORIGIN[0] + spot[0] * EAST, 6), round(ORIGIN[1] + spot[1] * NORTH, 6)


def outline() -> Geometry:
    """The boundary of the municipality, water and farmland included."""
    return _polygon(CORNERS[name] for name in EDGE)


def old_town() -> Geometry:
    return _polygon(OLD_TOWN)


@cache
def districts() -> tuple[District, ...]:
    """They cover the outline and do not overlap."""
    return tuple(
        District(name, population, _polygon(CORNERS[corner] for corner in corners))
        for name, (population, corners) in DISTRICTS.items()
    )


@cache
def neighbourhoods() -> tuple[Neighbourhood, ...]:
    """Those of a district cover it and do not overlap, and its residents are theirs together."""
    return tuple(
        Neighbourhood(name, population, _polygon(CORNERS[corner] for corner in corners), district)
        for district, within in NEIGHBOURHOODS.items()
        for name, (population, corners) in within.items()
    )


def water() -> tuple[Area, ...]:
    return _areas(WATER)


def parks() -> tuple[Area, ...]:
    return _areas(PARKS)


def farmland() -> tuple[Area, ...]:
    return _areas(FARMLAND)


@cache
def roads() -> tuple[Road, ...]:
    """Loops lie at equal distances on a road."""
    return tuple(
        Road(name, kind, _line(line), tuple(_along(line, (k + 0.5) / count) for k in range(count)))
        for name, (kind, count, line) in ROADS.items()
    )


def bus_lines() -> tuple[BusLine, ...]:
    return tuple(
        BusLine(
            name, tuple(Stop(stop, point(spot)) for stop, spot in stops), _line([spot for _, spot in stops])
        )
        for name, stops in BUSES.items()
    )  # fmt: skip


def district_at(at: Point) -> str:
    """The name of the district that holds the point; on a border the first of them."""
    where = shapely.Point(at)
    for name, shape in _shapes().items():
        if shape.covers(where):
            return name
    raise ValueError(f"{at} is not in {NAME}")


@cache
def spots(district: str, what: str, count: int) -> tuple[Point, ...]:
    """Places of `count` things in the built-up part of a district, the same at each call."""
    area = _shapes()[district].difference(_open())
    west, south, east, north = area.bounds
    found: list[Point] = []
    key = chance.key(0, "spots", district, what)
    tried = 0
    while len(found) < count:
        x, y = chance.uniform(key, chance.indexes(2 * tried, 2)).tolist()
        tried += 1
        at = round(west + x * (east - west), 6), round(south + y * (north - south), 6)
        if area.contains(shapely.Point(at)):
            found.append(at)
    return tuple(found)


@cache
def _shapes() -> dict[str, BaseGeometry]:
    return {one.name: shapely.geometry.shape(one.geometry) for one in districts()}


@cache
def _open() -> BaseGeometry:
    """Water and farmland."""
    return shapely.union_all([shapely.geometry.shape(one.geometry) for one in (*water(), *farmland())])


def _areas(drawn: dict[str, tuple[Spot, ...]]) -> tuple[Area, ...]:
    return tuple(Area(name, _polygon(corners)) for name, corners in drawn.items())


def polygon(shape: shapely.Polygon) -> Geometry:
    """A polygon of the drawing that turns as GeoJSON wants it, its holes too."""
    rings = [[list(point(corner)) for corner in ring.coords] for ring in (shape.exterior, *shape.interiors)]
    return {"type": "Polygon", "coordinates": rings}


def _polygon(corners: Iterable[Spot]) -> Geometry:
    ring = [list(point(corner)) for corner in corners]
    # GeoJSON wants the outer ring counter-clockwise.
    if not shapely.LinearRing(ring).is_ccw:
        ring.reverse()
    return {"type": "Polygon", "coordinates": [[*ring, ring[0]]]}


def _line(line: Iterable[Spot]) -> Geometry:
    return {"type": "LineString", "coordinates": [list(point(spot)) for spot in line]}


def _along(line: tuple[Spot, ...], part: float) -> Point:
    at = shapely.LineString(line).interpolate(part, normalized=True)
    return point((at.x, at.y))
