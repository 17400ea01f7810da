# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""From longitude and latitude to pixels: a plane around the middle of the view, and shapes clipped and simplified in it."""

import math
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np
import shapely
from msgspec import Struct
from numpy.typing import NDArray

from hanze.ngsild.geometry import METRES_PER_DEGREE
from hanze.ngsild.geometry import Box as Degrees
from hanze.web.drawing.svg import Box

LEAST = 0.004
"""Degrees: a view is not smaller, so that a single point stands in its surroundings."""

MARGIN = 0.04
"""Of the view, on every side."""

COARSE = 0.5
"""Pixels by which a simplified line may differ."""

_SMALLEST = 0.3

Shape = Any
"""A shape of shapely, which publishes no types."""


class Projection(Struct, frozen=True):
    """Equirectangular, true to scale at the latitude `north`; (`east`, `north`) in degrees lies at the pixel (`x`, `y`).

    Within a city it differs by less than a pixel from a projection that keeps angles.
    """

    east: float
    north: float
    x: float
    y: float
    per_degree: float
    """Pixels of a degree of latitude."""

    def at(self, lon: Any, lat: Any) -> tuple[Any, Any]:
        """Pixels of numbers or arrays of degrees; what lies nearer over the date line is reached over it."""
        aside = np.subtract(lon, self.east)
        aside = aside - 360.0 * np.round(aside / 360.0)
        up = np.subtract(lat, self.north)
        return self.x + aside * self.per_degree * _stretch(self.north), self.y - up * self.per_degree

    @property
    def metres(self) -> float:
        """Metres of a pixel."""
        return METRES_PER_DEGREE / self.per_degree


def around(shapes: Iterable[Shape], lons: NDArray[np.float64], lats: NDArray[np.float64]) -> Degrees | None:
    """The view of all shapes and points with a margin, over the date line where that is shorter; None where there are none."""
    parts = np.array([part for shape in shapes for part in shapely.get_parts(shape)], dtype=object)
    west, south, east, north = shapely.bounds(parts).T if len(parts) else np.empty((4, 0))
    xs, ys = np.concatenate([west, east, lons]), np.concatenate([south, north, lats])
    known = np.isfinite(xs) & np.isfinite(ys)
    if not known.any():
        return None
    xs, ys = xs[known], ys[known]
    if np.ptp(xs) > 180:
        over = np.where(xs < 0, xs + 360, xs)
        xs = over if np.ptp(over) < np.ptp(xs) else xs
    wide, high = max(float(np.ptp(xs)), LEAST) * MARGIN, max(float(np.ptp(ys)), LEAST) * MARGIN
    return float(xs.min()) - wide, float(ys.min()) - high, float(xs.max()) + wide, float(ys.max()) + high


def proportion(view: Degrees) -> float:
    """How high the view is, when it is 1 wide."""
    wide, high = _spans(view)
    return high / wide


def fit(view: Degrees, window: Box) -> Projection:
    """The largest projection in which the window holds the view, its middle in the middle; west > east goes over the date line."""
    west, south, east, north = view
    wide, high = _spans(view)
    per_degree = min((window.right - window.left) / wide, (window.bottom - window.top) / high)
    lon = (west + east + 360 * (west > east)) / 2
    x, y = (window.left + window.right) / 2, (window.top + window.bottom) / 2
    return Projection(lon, (south + north) / 2, x, y, per_degree)


def _spans(view: Degrees) -> tuple[float, float]:
    """Width and height of a view in degrees of latitude."""
    west, south, east, north = view
    wide = max(east - west + 360 * (west > east), LEAST)
    return wide * _stretch((south + north) / 2), max(north - south, LEAST)


def drawn(shape: Shape, projection: Projection, window: Box) -> Shape:
    """The shape in pixels, simplified, and cut off a little outside the window."""
    if shape.is_empty:
        return shape
    flat = shapely.transform(
        shape, lambda places: np.column_stack(projection.at(places[:, 0], places[:, 1])), include_z=False
    )
    flat = shapely.simplify(flat, COARSE)
    if not flat.is_valid:
        flat = shapely.make_valid(flat)
    room = window.wider(8)
    return shapely.intersection(flat, shapely.box(room.left, room.top, room.right, room.bottom))


def areas(shape: Shape) -> list[Shape]:
    """The polygons of a shape that are large enough to be seen."""
    return [part for part in _parts(shape) if part.geom_type == "Polygon" and part.area >= _SMALLEST]


def lines(shape: Shape) -> list[Shape]:
    """The lines of a shape."""
    return [part for part in _parts(shape) if part.geom_type in ("LineString", "LinearRing")]


def path(parts: Iterable[Shape]) -> str:
    """Polygons and lines as the data of an SVG path; holes are such by the rule evenodd."""
    return "".join(
        _line(ring) + "Z" * (part.geom_type == "Polygon")
        for part in parts
        for ring in ((part.exterior, *part.interiors) if part.geom_type == "Polygon" else (part,))
    )


def _line(line: Shape) -> str:
    """Steps from corner to corner in tenths of a pixel, which take half the letters of places."""
    corners = np.round(shapely.get_coordinates(line) * 10).astype(np.int64)
    steps = np.diff(corners, axis=0)
    steps = steps[steps.any(axis=1)]
    (x, y), moved = corners[0].tolist(), steps.tolist()
    return f"M{x / 10:g} {y / 10:g}" + ("l" + " ".join(f"{dx / 10:g} {dy / 10:g}" for dx, dy in moved) if moved else "")


def _parts(shape: Shape) -> Iterator[Shape]:
    for part in shapely.get_parts(shape):
        if part.geom_type.startswith("Multi") or part.geom_type == "GeometryCollection":
            yield from _parts(part)
        elif not part.is_empty:
            yield part


def _stretch(lat: float) -> float:
    return max(math.cos(math.radians(lat)), 0.02)
