# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The polygons of a GeoJSON geometry, also of one that a stricter reader would refuse.

Source: RFC 7946, clauses 3.1.6 to 3.1.8. A ring may be open or have too few positions: it is closed, and `mending` says what is
left of it.
"""

from collections.abc import Iterator
from typing import Any

import numpy as np
import shapely
from msgspec import Struct
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

LEAST = 4
"""Positions of a closed ring."""

DEEPEST = 20
"""Collections in one another."""


class Drawn(Struct):
    """`shape`: None where there is no polygon. `others`: the kinds of what is no polygon. `closed`: a ring was open."""

    shape: BaseGeometry | None
    others: tuple[str, ...]
    closed: bool


def drawn(geometry: Any) -> Drawn:
    """What a geometry holds; ValueError says what is wrong with it. None, or one without a type, holds nothing."""
    polygons: list[BaseGeometry] = []
    others: list[str] = []
    closed = False
    for kind, coordinates in _parts(geometry, 0):
        if kind not in ("Polygon", "MultiPolygon"):
            others.append(kind)
            continue
        for rings in [coordinates] if kind == "Polygon" else _list(coordinates):
            polygon, mended = _polygon(_list(rings))
            polygons += [] if polygon is None else [polygon]
            closed = closed or mended
    shape = polygons[0] if len(polygons) == 1 else shapely.multipolygons(polygons) if polygons else None
    return Drawn(shape, tuple(dict.fromkeys(others)), closed)


def _parts(geometry: Any, depth: int) -> Iterator[tuple[str, Any]]:
    """Kind and coordinates of each geometry, those of collections one by one."""
    if geometry is None:
        return
    if not isinstance(geometry, dict):
        raise ValueError("its geometry is no object with a type")
    kind = geometry.get("type")
    if kind == "GeometryCollection":
        if depth == DEEPEST:
            raise ValueError(f"has more than {DEEPEST} collections in one another")
        for one in _list(geometry.get("geometries")):
            yield from _parts(one, depth + 1)
    elif isinstance(kind, str):
        yield kind, geometry.get("coordinates")
    elif kind is not None:
        raise ValueError(f"its geometry has the type {kind!r}, which is no text")


def _polygon(rings: list[Any]) -> tuple[BaseGeometry | None, bool]:
    """A polygon, and whether a ring of it was open; None where it has no ring."""
    lines = [_line(ring) for ring in rings]
    open = any(len(line) and (line[0] != line[-1]).any() for line in lines)
    closed = [_closed(line) for line in lines if len(line)]
    if not closed:
        return None, False
    return shapely.Polygon(closed[0], closed[1:]), open


def _line(ring: Any) -> NDArray[np.float64]:
    """Two numbers a row; heights are left out."""
    if isinstance(ring, np.ndarray):
        return ring
    positions = _list(ring)
    try:
        found = np.array([position[:2] for position in positions], dtype=float).reshape(-1, 2)
    except (ValueError, TypeError, OverflowError):
        found = np.empty((0, 2))
    if len(found) != len(positions) or not np.isfinite(found).all():
        raise ValueError("has a position that is not two numbers")
    return found


def _closed(line: NDArray[np.float64]) -> NDArray[np.float64]:
    if len(line) < LEAST or (line[0] != line[-1]).any():
        line = np.concatenate([line, np.repeat(line[:1], max(1, LEAST - len(line)), axis=0)])
    return line


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise ValueError("its coordinates are no lists of lists")
    return value
