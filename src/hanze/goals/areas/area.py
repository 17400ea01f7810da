# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What an area is."""

from typing import Literal, get_args

import msgspec
from shapely.geometry.base import BaseGeometry

Level = Literal["city", "district", "neighbourhood"]

LEVELS: tuple[Level, ...] = get_args(Level)
"""From the largest to the smallest."""


class Area(msgspec.Struct, frozen=True):
    """`parent`: the code of the area of an upper level that it lies in. `geometry`: a Polygon or MultiPolygon in degrees of
    WGS 84; None where its shape is not known. `people`: who live there; None where that is not told. `simulated`: it is made up."""

    code: str
    name: str
    level: Level
    parent: str | None = None
    geometry: BaseGeometry | None = None
    people: float | None = None
    simulated: bool = False
