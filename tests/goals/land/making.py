# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Made land: rectangles on a grid of about a hundred metres, so that surfaces and lengths are known by hand."""

from shapely import box
from shapely.geometry.base import BaseGeometry

from hanze.goals.areas.area import Area
from hanze.goals.areas.land import Piece
from hanze.goals.areas.surface import square_kilometres

EAST, NORTH = 0.00146, 0.0009
"""Degrees of a cell, about 100 metres each at 52 degrees north."""

WEST, SOUTH = 5.0, 52.0


def cells(left: float, bottom: float, right: float, top: float) -> BaseGeometry:
    """From column and row to column and row."""
    return box(WEST + left * EAST, SOUTH + bottom * NORTH, WEST + right * EAST, SOUTH + top * NORTH)


def piece(use: str, left: float, bottom: float, right: float, top: float) -> Piece:
    return Piece(use, cells(left, bottom, right, top))


def area(code: str, left: float, bottom: float, right: float, top: float, people: float | None = None) -> Area:
    return Area(code, f"Name of {code}", "neighbourhood", "C", cells(left, bottom, right, top), people)


def size(left: float, bottom: float, right: float, top: float) -> float:
    """Square kilometres."""
    return float(square_kilometres([cells(left, bottom, right, top)])[0])
