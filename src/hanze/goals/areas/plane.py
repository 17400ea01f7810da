# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Metres instead of degrees, around the middle of what is looked at: for lengths and distances within a city.

Source of the length of a degree on the ellipsoid: Snyder, Map Projections: A Working Manual, USGS Professional Paper 1395, 1987,
equations 4-18 to 4-20. Over the 30 km of a large city a length is right to three thousandths, near its middle to a
hundred-thousandth.
"""

from collections.abc import Iterable
from math import cos, radians, sin

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from hanze.goals.areas.shapes import array
from hanze.goals.areas.surface import EQUATOR, FLATTENING

CORNERS = 32
"""Of a quarter of a circle: its surface is then 0.04 % too small."""


class Plane:
    """`around`: shapes in degrees, in the middle of which it is exact."""

    def __init__(self, around: Iterable[BaseGeometry | None]) -> None:
        west, south, east, north = shapely.total_bounds(array(around)).tolist()
        latitude = radians((south + north) / 2)
        squared = FLATTENING * (2 - FLATTENING)
        left = 1 - squared * sin(latitude) ** 2
        # Metres of a degree of longitude and of one of latitude.
        self._scale = np.radians([EQUATOR * cos(latitude) / left**0.5, EQUATOR * (1 - squared) / left**1.5])
        self._middle = np.array([(west + east) / 2, (south + north) / 2])

    def metres(self, shapes: Iterable[BaseGeometry | None]) -> NDArray[np.object_]:
        """Shapes in degrees, in metres east and north of the middle."""
        return np.asarray(shapely.transform(array(shapes), lambda at: (at - self._middle) * self._scale))

    def degrees(self, shape: BaseGeometry) -> BaseGeometry:
        return shapely.transform(shape, lambda at: at / self._scale + self._middle)

    def near(self, shapes: Iterable[BaseGeometry | None], metres: float) -> BaseGeometry:
        """All places so near to one of the shapes, as the crow flies; both in degrees."""
        return self.degrees(shapely.buffer(shapely.union_all(self.metres(shapes)), metres, quad_segs=CORNERS))
