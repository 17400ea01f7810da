# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What land is used for: a map of polygons with a use."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec
import shapely
from shapely.geometry.base import BaseGeometry

from hanze.errors import ConfigurationError
from hanze.goals.areas import coordinates, geopackage
from hanze.goals.areas.naming import text
from hanze.goals.areas.polygons import drawn
from hanze.goals.areas.shapes import array
from hanze.store.geopackage import is_one

USES = ("homes", "work", "farmland", "nature", "water", "energy")

USE = "use"
"""The property that tells it."""


class Piece(msgspec.Struct, frozen=True):
    """A piece of land; `shape` in degrees of WGS 84, valid."""

    use: str
    shape: BaseGeometry


class _Feature(msgspec.Struct, frozen=True):
    """`wrong`: why its geometry cannot be read."""

    geometry: Any = None
    properties: dict[str, Any] | None = None
    wrong: str = ""


class _Map(msgspec.Struct, frozen=True):
    features: list[_Feature]
    crs: Any = None


def read(file: Path, column: str = USE, names: Mapping[str, str] | None = None, layer: str = "") -> list[Piece]:
    """The pieces of a GeoJSON file, or of a layer of a GeoPackage. `column`: the property with the use; `names`: what stands there
    for what it means, where it is none of USES. ConfigurationError names file, feature and what to do."""
    found = _map(file, layer)
    try:
        coordinates.known(found.crs)
    except ValueError as error:
        raise ConfigurationError(f"{file.name} {error}.") from None
    uses = [_use(file, number, one, column, names or {}) for number, one in enumerate(found.features, 1)]
    shapes = [_shape(file, number, one) for number, one in enumerate(found.features, 1)]
    moved, wrong = coordinates.in_degrees(shapes)
    if wrong is not None:
        raise ConfigurationError(
            f"{file.name}: feature {wrong + 1} has coordinates that are neither degrees nor RD New; save it in one of these."
        )
    pairs = zip(uses, shapely.make_valid(array(moved), method="structure"), strict=True)
    return [Piece(use, shape) for use, shape in pairs if shape is not None]


def _map(file: Path, layer: str) -> _Map:
    body = file.read_bytes()
    try:
        if is_one(body):
            return msgspec.convert(geopackage.document(file, layer), _Map)
        return msgspec.json.decode(body, type=_Map)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise ConfigurationError(
            f"{file.name} is neither a GeoJSON FeatureCollection nor a GeoPackage; save it as one."
        ) from None


def _use(file: Path, number: int, one: _Feature, column: str, names: Mapping[str, str]) -> str:
    told = text((one.properties or {}).get(column))
    use = names.get(told, told)
    if use not in USES:
        raise ConfigurationError(
            f"{file.name}: feature {number} has the {column} {told!r}; give one of {', '.join(USES)}, or say which it means."
        )
    return use


def _shape(file: Path, number: int, one: _Feature) -> BaseGeometry | None:
    try:
        if one.wrong:
            raise ValueError(one.wrong)
        return drawn(one.geometry).shape
    except ValueError as error:
        raise ConfigurationError(f"{file.name} cannot be read in feature {number}: it {error}.") from None
