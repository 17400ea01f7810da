# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""In which coordinates a file is, and all of its shapes in degrees of WGS 84.

ETRS89 passes for WGS 84: they lie less than a metre apart.
"""

import re
from collections.abc import Sequence
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from hanze.goals.areas import rd
from hanze.goals.areas.shapes import array

DEGREES = frozenset({"4326", "4258", "4979", "4937", "CRS84", "CRS84H"})
GRID = frozenset({"28992", "7415"})
"""RD New, alone and with the height NAP."""


def known(crs: Any) -> None:
    """ValueError where a `crs` member names coordinates that cannot be read. Which of those that can is told by their range,
    since degrees and RD New have none in common and programs write the member wrongly."""
    if not isinstance(crs, dict):
        return
    named = crs.get("properties")
    name = str(named.get("name", "")) if isinstance(named, dict) else ""
    code = re.split(r"[:/]", name.upper())[-1]
    if name and code not in DEGREES | GRID:
        raise ValueError(f"has the coordinates {name[:80]}; save it in WGS 84 (EPSG:4326) or RD New (EPSG:28992)")


def in_degrees(shapes: Sequence[BaseGeometry | None]) -> tuple[list[BaseGeometry | None], int | None]:
    """All shapes in degrees, or as they are with the place in the list of the first that can be neither those nor RD New."""
    every = array(shapes)
    places, owners = shapely.get_coordinates(every, return_index=True)
    round = (np.abs(places) <= np.array([180.0, 90.0])).all(axis=1)
    if round.all():
        return list(shapes), None
    grid = rd.fits(places)
    if grid.all():
        return list(shapely.set_coordinates(every, rd.degrees(places))), None
    wrong = ~round if round.mean() >= 0.5 else ~grid
    return list(shapes), int(owners[wrong][0])
