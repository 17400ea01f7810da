# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""From the Dutch grid (RD New, EPSG:28992) to degrees of WGS 84.

Source: F.H. Schreutelkamp and G.L. Strang van Hees, Benaderingsformules voor de transformatie tussen RD- en
WGS84-kaartcoördinaten, 2001: formula 6 with table 4. Error: on the points of the test sheet of RDNAPTRANS 2008 within the
Netherlands it lies at most 0.5 m from ETRS89; 0.3 m of it is how far WGS 84 and ETRS89 had moved apart by then.
"""

import numpy as np
from numpy.typing import NDArray

WEST, SOUTH, EAST, NORTH = 0.0, 300_000.0, 290_000.0, 640_000.0
"""Metres between which the formula holds: the Netherlands in Europe, without the open sea."""

ORIGIN = (155_000.0, 463_000.0)
"""Amersfoort, in metres."""

MIDDLE = (5.38720621, 52.15517440)
"""The same in degrees east and north."""

UNIT = 100_000.0

_EAST = {
    (1, 0): 5260.52916, (1, 1): 105.94684, (1, 2): 2.45656, (3, 0): -0.81885, (1, 3): 0.05594, (3, 1): -0.05607,
    (0, 1): 0.01199, (3, 2): -0.00256, (1, 4): 0.00128, (0, 2): 0.00022, (2, 0): -0.00022, (5, 0): 0.00026,
}  # fmt: skip
"""Seconds of longitude by the powers of x and y that they are multiplied with."""

_NORTH = {
    (0, 1): 3235.65389, (2, 0): -32.58297, (0, 2): -0.24750, (2, 1): -0.84978, (0, 3): -0.06550, (2, 2): -0.01709,
    (1, 0): -0.00738, (4, 0): 0.00530, (2, 3): -0.00039, (4, 1): 0.00033, (1, 1): -0.00012,
}  # fmt: skip
"""The same of latitude."""


def fits(places: NDArray[np.float64]) -> NDArray[np.bool_]:
    """For each place (x and y in metres, a row each) whether the formula holds there."""
    low, high = np.array([WEST, SOUTH]), np.array([EAST, NORTH])
    return np.asarray(((places >= low) & (places <= high)).all(axis=1))


def degrees(places: NDArray[np.float64]) -> NDArray[np.float64]:
    """Longitude and latitude of places, a row each."""
    x, y = ((places - np.array(ORIGIN)) / UNIT).T
    seconds = [sum(by * x**p * y**q for (p, q), by in terms.items()) for terms in (_EAST, _NORTH)]
    return np.array(MIDDLE) + np.column_stack(seconds) / 3600
