# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""How large a shape is on the earth.

Method: its corners go to a cylindrical equal-area projection of the ellipsoid of WGS 84, and the polygon's surface is taken in
that plane, so that the surface between any two meridians and parallels is exact. Sides are straight in degrees (RFC 7946, clause
3.1.1) and bent in the plane; cut into pieces of STEP they come within 0.001 % of that. Against geodesic sides municipalities of
the Netherlands differ by less than 0.06 %. Source: J.P. Snyder, Map Projections: A Working Manual, USGS Professional Paper 1395,
1987, equations 3-12, 10-14 and 10-15 with the equator as standard parallel.
"""

from collections.abc import Iterable

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from hanze.goals.areas.shapes import array

EQUATOR = 6_378_137.0
"""Radius in metres, of WGS 84."""

FLATTENING = 1 / 298.257223563

STEP = 0.01
"""Degrees."""

_SQUARED = FLATTENING * (2 - FLATTENING)
_ECCENTRICITY = _SQUARED**0.5


def square_metres(shapes: Iterable[BaseGeometry | None]) -> NDArray[np.float64]:
    """The surface of each shape in degrees; 0 for None and for what is no polygon."""
    flat = shapely.transform(shapely.segmentize(array(shapes), STEP), _flat)
    found: NDArray[np.float64] = np.nan_to_num(shapely.area(flat))
    return found


def square_kilometres(shapes: Iterable[BaseGeometry | None]) -> NDArray[np.float64]:
    return square_metres(shapes) / 1e6


def _flat(places: NDArray[np.float64]) -> NDArray[np.float64]:
    """Metres east and north in the plane, of degrees."""
    sine = np.sin(np.radians(places[:, 1]))
    q = (1 - _SQUARED) * (sine / (1 - _SQUARED * sine**2) + np.arctanh(_ECCENTRICITY * sine) / _ECCENTRICITY)
    return np.column_stack([EQUATOR * np.radians(places[:, 0]), EQUATOR * q / 2])
