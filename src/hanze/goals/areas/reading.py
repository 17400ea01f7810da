# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Areas from a file: GeoJSON, TopoJSON or GeoPackage, in degrees of WGS 84 or in RD New."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NoReturn

import msgspec
import shapely

from hanze.errors import ConfigurationError
from hanze.goals.areas import coordinates, geopackage, naming
from hanze.goals.areas.area import LEVELS, Area, Level
from hanze.goals.areas.findings import Finding
from hanze.goals.areas.naming import GUESSED, Columns
from hanze.goals.areas.polygons import Drawn, drawn
from hanze.goals.areas.topojson import Topology
from hanze.store.geopackage import is_one

MOST_TOLD = 5
"""Features that one error names."""


class Reading(msgspec.Struct, frozen=True):
    """The areas of one level in the order of the file, each code once; shapes as they are drawn, for `mending.mend`."""

    areas: list[Area]
    findings: list[Finding]


class _Feature(msgspec.Struct):
    number: int
    code: str
    name: str
    parent: str | None
    drawn: Drawn
    people: float | None


def read(file: Path, level: Level | None = None, columns: Columns = GUESSED, layer: str = "") -> Reading:
    """What is not told is guessed. `layer`: of a TopoJSON or GeoPackage. ConfigurationError names file, feature and what to do."""
    body = _File(file)
    return body.areas(body.features(layer), level, columns)


def every(file: Path, level: Level | None = None, columns: Columns = GUESSED, layer: str = "") -> list[Reading]:
    """The same of a file whose areas may say that they are of several levels, each of them by itself, the largest first."""
    body = _File(file)
    features = body.features(layer)
    said = naming.said([one.properties for one in features])
    if level is not None or None in said or len(set(said)) < 2:
        return [body.areas(features, level, columns)]
    of = {one: [feature for feature, kind in zip(features, said, strict=True) if kind == one] for one in LEVELS}
    return [body.areas(found, one, columns) for one, found in of.items() if found]


class _Raw(msgspec.Struct, frozen=True):
    """A feature as it stands in the file, with its number there."""

    number: int
    raw: Mapping[str, Any]

    @property
    def properties(self) -> Mapping[str, Any]:
        told = self.raw.get("properties")
        return told if isinstance(told, dict) else {}


class _File:
    """Its name stands in what is said of it."""

    def __init__(self, file: Path) -> None:
        self._file, self._name = file, file.name

    def features(self, layer: str) -> list[_Raw]:
        return [_Raw(number, raw) for number, raw in enumerate(self._features(layer), 1)]

    def areas(self, features: Sequence[_Raw], level: Level | None, columns: Columns) -> Reading:
        properties = [one.properties for one in features]
        level = level or naming.level(properties)
        if level is None:
            self._wrong("does not tell of what level its areas are; say city, district or neighbourhood")
        try:
            columns = naming.guessed(
                properties, level, columns, any(naming.text(one.raw.get("id")) for one in features)
            )
        except ValueError as error:
            self._wrong(str(error))
        found = [self._feature(one.number, one.raw, one.properties, columns) for one in features]
        if all(one.drawn.shape is None for one in found):
            kinds = ", ".join(sorted({kind for one in found for kind in one.drawn.others}))
            self._wrong(f"has no polygon{f', only {kinds}' if kinds else ''}; areas are drawn as polygons")
        findings = [finding for one in found for finding in _told(one)]
        self._move(found)
        return self._joined(found, level, findings)

    def _document(self, layer: str) -> dict[str, Any]:
        body = self._file.read_bytes()
        if is_one(body):
            return geopackage.document(self._file, layer)
        try:
            return msgspec.json.decode(body.removeprefix(b"\xef\xbb\xbf"), type=dict[str, Any])
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            self._wrong("is neither GeoJSON nor TopoJSON nor a GeoPackage")

    def _features(self, layer: str) -> list[Mapping[str, Any]]:
        """The features of a document; in a topology those of a layer."""
        document = self._document(layer)
        kind = document.get("type")
        try:
            coordinates.known(document.get("crs"))
            if kind == "Topology":
                return self._layer(Topology(document), layer)
        except ValueError as error:
            self._wrong(str(error))
        features = (
            document.get("features") if kind == "FeatureCollection" else [document] if kind == "Feature" else None
        )
        if not isinstance(features, list) or not all(isinstance(one, dict) for one in features):
            self._wrong(f"has the type {kind!r} and no features; areas are features with a code and a name")
        return features

    def _layer(self, topology: Topology, layer: str) -> list[Mapping[str, Any]]:
        """The layer that is told, or the one that has polygons."""
        layers = topology.layers
        if layer and layer not in layers:
            self._wrong(f"has no layer {layer!r}; there are {', '.join(layers)}")
        fitting = [layer] if layer else [name for name, one in layers.items() if _polygonal(one)]
        if len(fitting) != 1:
            self._wrong(
                f"has {len(fitting)} layers with polygons among {', '.join(layers) or 'none'}; say which to read"
            )
        coordinates.known(layers[fitting[0]].get("crs"))
        return list(topology.features(fitting[0]))

    def _feature(
        self, number: int, raw: Mapping[str, Any], properties: Mapping[str, Any], columns: Columns
    ) -> _Feature:
        def told(column: str) -> str:
            return naming.text(raw.get("id") if column == naming.ID else properties.get(column)) if column else ""

        code, name = told(columns.code), told(columns.name)
        if not code:
            self._wrong(
                f"has no {columns.code} in feature {number} ({name or 'without a name'}); give each area a code"
            )
        try:
            if "wrong" in raw:
                raise ValueError(raw["wrong"])
            people = _counted(told(columns.people))
            return _Feature(
                number, code, name or code, told(columns.parent) or None, drawn(raw.get("geometry")), people
            )
        except ValueError as error:
            self._wrong(f"cannot be read in feature {number}, {name or code}: it {error}")

    def _move(self, found: Sequence[_Feature]) -> None:
        shapes, wrong = coordinates.in_degrees([one.drawn.shape for one in found])
        if wrong is not None:
            x, y = shapely.get_coordinates(shapes[wrong])[0]
            self._wrong(
                f"has coordinates such as {x:g}, {y:g} in feature {found[wrong].number}, {found[wrong].name}, that are neither "
                "degrees (longitude first) nor metres of RD New; save it in one of these"
            )
        for one, shape in zip(found, shapes, strict=True):
            one.drawn.shape = shape

    def _joined(self, found: Sequence[_Feature], level: Level, findings: list[Finding]) -> Reading:
        """Features of one code and name are parts of one area; ConfigurationError where their names differ."""
        of: dict[str, list[_Feature]] = {}
        for one in found:
            of.setdefault(one.code, []).append(one)
        clashes = [same for same in of.values() if len({one.name for one in same}) > 1]
        if clashes:
            told = "; ".join(
                f"{same[0].code} in " + ", ".join(f"feature {one.number} ({one.name})" for one in same[:MOST_TOLD])
                for same in clashes[:MOST_TOLD]
            )
            self._wrong(f"gives a code to several areas: {told}; give each a code of its own")
        areas = [
            Area(code, same[0].name, level, _parent(same), _whole(same), same[0].people) for code, same in of.items()
        ]
        numbers = {code: tuple(one.number for one in same) for code, same in of.items() if len(same) > 1}
        findings += [Finding("merged", code, of[code][0].name, features=many) for code, many in numbers.items()]
        return Reading(areas, findings)

    def _wrong(self, what: str) -> NoReturn:
        raise ConfigurationError(f"{self._name} {what}.")


def _told(one: _Feature) -> list[Finding]:
    """What is wrong with the shape of a feature."""
    kinds, found = one.drawn.others, []
    if one.drawn.shape is None:
        found.append(Finding("no polygon" if kinds else "no shape", one.code, one.name, (one.number,), kinds))
    elif kinds:
        found.append(Finding("left out", one.code, one.name, (one.number,), kinds))
    if one.drawn.closed:
        found.append(Finding("closed", one.code, one.name, (one.number,)))
    return found


def _counted(text: str) -> float | None:
    """A number of people; None for what is none, such as the -99999999 of CBS for what is not told."""
    try:
        found = float(text)
    except ValueError:
        return None
    return found if 0 <= found < math.inf else None


def _parent(same: Sequence[_Feature]) -> str | None:
    """The one that most features of an area name."""
    named = Counter(one.parent for one in same if one.parent)
    return min(named, key=lambda parent: (-named[parent], parent)) if named else None


def _whole(same: Sequence[_Feature]) -> Any:
    shapes = [one.drawn.shape for one in same if one.drawn.shape is not None]
    if len(shapes) < 2:
        return shapes[0] if shapes else None
    return shapely.multipolygons([part for shape in shapes for part in shapely.get_parts(shape)])


def _polygonal(layer: Mapping[str, Any]) -> bool:
    """Whether it has a polygon in it, at any depth."""
    kind, inner = layer.get("type"), layer.get("geometries")
    if kind == "GeometryCollection" and isinstance(inner, list):
        return any(isinstance(one, dict) and _polygonal(one) for one in inner)
    return kind in ("Polygon", "MultiPolygon")
