# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""How large a shape is on the earth.

Method: the surface of the ellipsoid of WGS 84 between a side of a polygon and the equator is known in closed form at each
latitude; along the side, which is straight in degrees (RFC 7946, clause 3.1.1), it is added up by Simpson's rule, which for sides
of 20 km is right to a billionth. Against sides that are geodesics municipalities of the Netherlands differ by less than 0.06 %.
Source: J.P. Snyder, Map Projections: A Working Manual, USGS Professional Paper 1395, 1987, equation 3-12.
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

_SQUARED = FLATTENING * (2 - FLATTENING)
_ECCENTRICITY = _SQUARED**0.5


def square_metres(shapes: Iterable[BaseGeometry | None]) -> NDArray[np.float64]:
    """The surface of each shape in degrees: of its polygons, which are taken to lie beside each other; 0 where it has none."""
    row = array(shapes)
    polygons, owners = shapely.get_parts(row, return_index=True)
    rings, within = shapely.get_rings(polygons, return_index=True)
    # The first ring of a polygon is its outside, the others are holes.
    outside = np.diff(within, prepend=-1) > 0
    found = np.bincount(owners[within], np.where(outside, 1, -1) * np.abs(_enclosed(rings)), minlength=len(row))
    return np.asarray(found, dtype=np.float64)


def square_kilometres(shapes: Iterable[BaseGeometry | None]) -> NDArray[np.float64]:
    return square_metres(shapes) / 1e6


def _enclosed(rings: NDArray[np.object_]) -> NDArray[np.float64]:
    """m² within each ring, below 0 where it runs against the clock."""
    places, owners = shapely.get_coordinates(rings, return_index=True)
    start, end = places[:-1], places[1:]
    under = (_under(start[:, 1]) + 4 * _under((start[:, 1] + end[:, 1]) / 2) + _under(end[:, 1])) / 6
    sides = np.radians(end[:, 0] - start[:, 0]) * under * (owners[:-1] == owners[1:])
    return np.asarray(np.bincount(owners[:-1], sides, minlength=len(rings)), dtype=np.float64)


def _under(latitude: NDArray[np.float64]) -> NDArray[np.float64]:
    """m² from the equator to a latitude, for each radian of longitude."""
    sine = np.sin(np.radians(latitude))
    q = (1 - _SQUARED) * (sine / (1 - _SQUARED * sine**2) + np.arctanh(_ECCENTRICITY * sine) / _ECCENTRICITY)
    return np.asarray(EQUATOR**2 * q / 2)
