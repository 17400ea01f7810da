# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What land is used for: a map of polygons with a use, and how much of each use lies in each area."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec
import numpy as np
import shapely
from shapely import STRtree
from shapely.geometry.base import BaseGeometry

from hanze.errors import ConfigurationError
from hanze.goals.areas import coordinates
from hanze.goals.areas.area import Area
from hanze.goals.areas.polygons import drawn
from hanze.goals.areas.shapes import array
from hanze.goals.areas.surface import square_kilometres

USES = ("homes", "work", "farmland", "nature", "water", "energy")

USE = "use"
"""The property that tells it."""


class Piece(msgspec.Struct, frozen=True):
    """A piece of land; `shape` in degrees of WGS 84, valid."""

    use: str
    shape: BaseGeometry


class _Feature(msgspec.Struct, frozen=True):
    geometry: msgspec.Raw
    properties: dict[str, msgspec.Raw] = {}


class _Map(msgspec.Struct, frozen=True):
    features: list[_Feature]


def read(file: Path, column: str = USE, names: Mapping[str, str] | None = None) -> list[Piece]:
    """The pieces of a GeoJSON file. `column`: the property with the use; `names`: what stands there for what it means, where it is
    none of USES. ConfigurationError names file, feature and what to do."""
    try:
        found = msgspec.json.decode(file.read_bytes(), type=_Map).features
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise ConfigurationError(f"{file.name} is no GeoJSON FeatureCollection; save it as one.") from None
    uses = [_use(file, number, one, column, names or {}) for number, one in enumerate(found, 1)]
    shapes = [_shape(file, number, one) for number, one in enumerate(found, 1)]
    moved, wrong = coordinates.in_degrees(shapes)
    if wrong is not None:
        raise ConfigurationError(
            f"{file.name}: feature {wrong + 1} has coordinates that are neither degrees nor RD New; save it in one of these."
        )
    pairs = zip(uses, shapely.make_valid(array(moved), method="structure"), strict=True)
    return [Piece(use, shape) for use, shape in pairs if shape is not None]


def _use(file: Path, number: int, one: _Feature, column: str, names: Mapping[str, str]) -> str:
    raw = one.properties.get(column)
    try:
        told = "" if raw is None else msgspec.json.decode(raw, type=str)
    except msgspec.DecodeError:
        told = ""
    use = names.get(told, told)
    if use not in USES:
        raise ConfigurationError(
            f"{file.name}: feature {number} has the {column} {told!r}; give one of {', '.join(USES)}, or say which it means."
        )
    return use


def _shape(file: Path, number: int, one: _Feature) -> BaseGeometry | None:
    try:
        return drawn(msgspec.json.decode(one.geometry)).shape
    except (ValueError, msgspec.DecodeError) as error:
        raise ConfigurationError(f"{file.name} cannot be read in feature {number}: it {error}.") from None


def lying(areas: Sequence[Area], pieces: Sequence[Piece]) -> dict[str, dict[str, float]]:
    """By the code of an area, square kilometres of each use that lies in it; what no piece covers is not told."""
    shapes = array(one.geometry for one in areas)
    land = array(piece.shape for piece in pieces)
    at, over = STRtree(land).query(shapes, predicate="intersects")
    sizes = square_kilometres(list(shapely.intersection(shapes[at], land[over])))
    found: dict[str, dict[str, float]] = {}
    for area, piece, size in zip(at.tolist(), over.tolist(), np.round(sizes, 6).tolist(), strict=True):
        of = found.setdefault(areas[area].code, {})
        use = pieces[piece].use
        of[use] = round(of.get(use, 0.0) + size, 6)
    return {code: dict(sorted(of.items())) for code, of in found.items()}
