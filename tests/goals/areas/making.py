# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Made areas: squares, and a quilt of as many irregular ones as are wanted."""

from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from hanze.goals.areas.area import Area, Level

WEST, SOUTH, WIDE, HIGH = 4.0, 51.5, 3.0, 2.0
"""Degrees that the quilt covers."""


SIDE = 2.0**-7
"""Degrees: a square of about 0.5 km²."""


def square(x: float, y: float, side: float = SIDE) -> BaseGeometry:
    """From its lower left corner, in degrees."""
    return shapely.box(x, y, x + side, y + side)


def area(code: str, geometry: BaseGeometry | None = None, level: Level = "neighbourhood", parent: str | None = None,
         name: str = "") -> Area:  # fmt: skip
    return Area(code, name or f"Area {code}", level, parent, geometry)


def feature(geometry: Any, id: Any = None, **properties: Any) -> dict[str, Any]:
    return {"type": "Feature", "id": id, "properties": properties, "geometry": geometry}


def polygon(*rings: list[Any]) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": list(rings)}


def ring(x: float, y: float, side: float) -> list[list[float]]:
    return [[x, y], [x + side, y], [x + side, y + side], [x, y + side], [x, y]]


def collection(*features: dict[str, Any], **members: Any) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": list(features), **members}


def written(folder: Path, document: Any) -> Path:
    file = folder / "areas.json"
    file.write_bytes(document if isinstance(document, bytes) else msgspec.json.encode(document))
    return file


def quilt(count: int, seed: int = 1, steps: int = 8) -> list[Area]:
    """Neighbourhoods that cover a part of the globe without overlaps and holes, their crooked borders shared; `steps`: lines of
    each of their four sides."""
    across = int(np.ceil(count**0.5))
    fine = across * steps + 1
    random = np.random.default_rng(seed)
    x, y = np.meshgrid(np.linspace(0, across, fine), np.linspace(0, across, fine))
    # Borders stay where they are but for less than half a line, so that none crosses another.
    x, y = (side + random.uniform(-0.4, 0.4, side.shape) / steps for side in (x, y))
    places = np.stack([WEST + x * WIDE / across, SOUTH + y * HIGH / across], axis=-1)
    cells = [(row, column) for row in range(across) for column in range(across)][:count]
    return [area(f"N{n:05}", shapely.Polygon(_around(places, *cell, steps))) for n, cell in enumerate(cells)]


def scatter(count: int, seed: int = 2) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Longitudes and latitudes of places that lie evenly over the quilt."""
    random = np.random.default_rng(seed)
    return random.uniform(WEST, WEST + WIDE, count), random.uniform(SOUTH, SOUTH + HIGH, count)


def _around(places: NDArray[np.float64], row: int, column: int, steps: int) -> NDArray[np.float64]:
    low, left = row * steps, column * steps
    high, right = low + steps, left + steps
    sides = [
        places[low, left:right],
        places[low:high, right],
        places[high, left + 1 : right + 1][::-1],
        places[low + 1 : high + 1, left][::-1],
    ]
    return np.concatenate(sides)
