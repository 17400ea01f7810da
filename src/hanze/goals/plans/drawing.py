# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What people draw becomes one shape: corners line by line, GeoJSON, or a circle around a neighbourhood."""

import re
from collections.abc import Iterator
from typing import Any

import msgspec
import shapely
from shapely.geometry.base import BaseGeometry

from hanze.errors import BadRequestData
from hanze.goals.areas import coordinates
from hanze.goals.areas.plane import Plane
from hanze.goals.areas.polygons import drawn
from hanze.goals.areas.surface import square_metres
from hanze.goals.land.cutting import polygons
from hanze.web.language import mark as _

MOST_CORNERS = 10_000
LEAST, MOST = 100.0, 1e9
"""m²: a garden, and a province."""

_NUMBER = re.compile(r"-?\d+([.,]\d+)?")


def shape(text: str) -> BaseGeometry:
    """The polygon that a text holds: GeoJSON, or a corner on each line, longitude first. Errors: BadRequestData, whose sentence is
    one of the catalogues."""
    return of_document(_document(text)) if text.lstrip().startswith("{") else _whole([_corners(text)])


def of_document(document: dict[str, Any]) -> BaseGeometry:
    """The polygons of a GeoJSON document as one. Errors as those of `shape`."""
    try:
        coordinates.known(document.get("crs"))
        found = [one for geometry in _geometries(document) if (one := drawn(geometry).shape) is not None]
    except ValueError:
        raise BadRequestData(_("The GeoJSON cannot be read. Save it in WGS 84 and try again.")) from None
    return _whole(found)


def _document(text: str) -> dict[str, Any]:
    try:
        return msgspec.json.decode(text, type=dict[str, Any])
    except (msgspec.DecodeError, RecursionError):
        raise BadRequestData(_("This begins like GeoJSON but is none. Copy all of it.")) from None


def _geometries(document: dict[str, Any]) -> Iterator[Any]:
    kind = document.get("type")
    if kind == "FeatureCollection":
        features = document.get("features")
        for one in features if isinstance(features, list) else []:
            yield one.get("geometry") if isinstance(one, dict) else None
    else:
        yield document.get("geometry") if kind == "Feature" else document


def _corners(text: str) -> BaseGeometry:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    places = [_corner(line) for line in lines]
    if len(set(places)) < 3:
        raise BadRequestData(_("Give at least three corners, each on a line of its own."))
    return shapely.Polygon(places)


def _corner(line: str) -> tuple[float, float]:
    """Longitude and latitude, with a point or a comma in each, and space, a comma or a semicolon between them."""
    parts = [part.rstrip(",") for part in re.split(r"[\s;]+", line)]
    if len(parts) == 1:
        parts = line.split(",")
    if len(parts) != 2 or not all(map(_NUMBER.fullmatch, parts)):
        raise BadRequestData(_("One of the lines is no corner. Write it like 4.9912, 52.9034: first east, then north."))
    east, north = (float(part.replace(",", ".")) for part in parts)
    return east, north


def _whole(shapes: list[BaseGeometry]) -> BaseGeometry:
    """One valid shape in degrees."""
    if sum(map(shapely.get_num_coordinates, shapes)) > MOST_CORNERS:
        raise BadRequestData(_("The drawing has too many corners. Make its lines simpler."))
    moved, wrong = coordinates.in_degrees(shapes)
    if wrong is not None:
        raise BadRequestData(_("The corners are neither degrees nor metres of RD New. First comes east, then north."))
    found = polygons(shapely.union_all([shapely.make_valid(one, method="structure") for one in moved]))
    if not LEAST <= float(square_metres([found])[0]) <= MOST:
        raise BadRequestData(_("The drawing has no surface, or is far too large. Draw around a piece of land."))
    return shapely.orient_polygons(found)


def circle(around: BaseGeometry, metres: float) -> BaseGeometry:
    """Around the middle of an area."""
    return Plane([around]).near([shapely.point_on_surface(around)], metres)
