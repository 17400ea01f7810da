# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""From rows of a table to observations (with a time) or facts (without), by the mapping; bad rows with their reason."""

from array import array
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import quote

import msgspec

from hanze.feeds.tables import times
from hanze.feeds.tables.mapping import Attribute, Mapping, fields, fill
from hanze.ngsild.entity import Entity, Instance


class Series(msgspec.Struct):
    """Observations of one attribute of one entity in order of time; names as written, not expanded."""

    id: str
    type: str
    attribute: str
    template: Instance
    moments: array  # type: ignore[type-arg]
    values: Any
    """array('d') of numbers, or a list."""


class Facts(msgspec.Struct):
    """What rows without time say of one entity: NGSI-LD attributes in normalised form, names as written."""

    id: str
    type: str
    attributes: dict[str, Instance]


class Rejected(msgspec.Struct, frozen=True):
    """A row that was not taken; `row` counts from 1 below the header."""

    row: int
    reason: str


class Shaped(msgspec.Struct):
    """What a batch of rows became."""

    series: list[Series]
    facts: list[Facts]
    rejected: list[Rejected]
    entities: list[Entity] = []


class Shaper:
    """Shapes batches of rows of text, as a CSV file has them."""

    def __init__(self, mapping: Mapping) -> None:
        self._mapping = mapping
        self._time = times.reader(mapping.time) if mapping.time else None
        self._readers = [_reader(attribute, mapping) for attribute in mapping.attribute]

    def shape(self, rows: Sequence[dict[str, str]], first: int) -> Shaped:
        """`first`: number of the first row."""
        shaped = Shaped([], [], [])
        series: dict[tuple[str, str], list[tuple[int, Any]]] = {}
        units: dict[str, Instance] = {}
        for number, row in enumerate(rows, first):
            try:
                self._row(row, series, units, shaped.facts)
            except ValueError as error:
                shaped.rejected.append(Rejected(number, str(error)))
        for (id, name), found in series.items():
            found.sort(key=lambda pair: pair[0])
            values = [value for _, value in found]
            packed = array("d", values) if all(type(value) is float for value in values) else values
            moments = array("q", [moment for moment, _ in found])
            shaped.series.append(Series(id, self._mapping.type, name, units[name], moments, packed))
        return shaped

    def _row(
        self, row: dict[str, str], series: dict[tuple[str, str], list[tuple[int, Any]]], units: dict[str, Instance],
        facts: list[Facts],
    ) -> None:  # fmt: skip
        mapping = self._mapping
        id = entity_id(mapping, row)
        found: dict[str, Any] = {}
        for attribute, read in zip(mapping.attribute, self._readers, strict=True):
            text = row[attribute.column]
            if text in mapping.csv.missing:
                continue
            name = attribute_name(attribute, row)
            units.setdefault(name, template(attribute, name))
            found[name] = read(text)
        place = _place(mapping, row)
        if not found and place is None:
            raise ValueError("no column of the mapping has a value in this row")
        if self._time is None or mapping.time is None:
            facts.append(
                Facts(id, mapping.type, {**{n: _instance(units[n], v) for n, v in found.items()}, **(place or {})})
            )
            return
        try:
            moment = self._time(row[mapping.time.column])
        except ValueError as error:
            raise ValueError(f"{mapping.time.column} is {row[mapping.time.column]!r}: {error}") from None
        for name, value in found.items():
            series.setdefault((id, name), []).append((moment, value))
        if place:
            facts.append(Facts(id, mapping.type, place))


def entity_id(mapping: Mapping, row: dict[str, str]) -> str:
    """The entity's id; ValueError where a column it needs is empty."""
    for name in fields(mapping.id):
        if not row[name] or row[name] in mapping.csv.missing:
            raise ValueError(f"{name} is empty, so the row has no id")
    return fill(mapping.id, {name: quote(row[name], safe="-._~:") for name in fields(mapping.id)})


def attribute_name(attribute: Attribute, row: dict[str, str]) -> str:
    name = fill(attribute.name, {name: row[name] for name in fields(attribute.name)})
    return attribute.rename.get(name, name)


def template(attribute: Attribute, name: str) -> Instance:
    """What all instances of the attribute have in common."""
    unit = attribute.units.get(name, attribute.unit)
    kind = "Relationship" if attribute.kind == "relationship" else "Property"
    return {"type": kind, "unitCode": unit} if unit else {"type": kind}


def _instance(common: Instance, value: Any) -> Instance:
    return {**common, ("object" if common["type"] == "Relationship" else "value"): value}


def _place(mapping: Mapping, row: dict[str, str]) -> dict[str, Instance] | None:
    where = mapping.location
    if where is None or row[where.lon] in mapping.csv.missing or row[where.lat] in mapping.csv.missing:
        return None
    lon, lat = (_number(name, row[name], mapping.csv.decimal) for name in (where.lon, where.lat))
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise ValueError(f"{where.lon}, {where.lat} is {lon}, {lat}: longitude is -180 to 180, latitude -90 to 90")
    return {"location": {"type": "GeoProperty", "value": {"type": "Point", "coordinates": [lon, lat]}}}


def _number(name: str, text: str, decimal: str) -> float:
    try:
        value = float(text.replace(decimal, ".") if decimal != "." else text)
    except ValueError:
        raise ValueError(f"{name} is {text!r}, which is no number") from None
    if value - value != 0:
        raise ValueError(f"{name} is {text!r}, which is no finite number")
    return value


def _reader(attribute: Attribute, mapping: Mapping) -> Callable[[str], Any]:
    if attribute.kind == "number":
        return lambda text: _number(attribute.column, text, mapping.csv.decimal)
    if attribute.kind == "boolean":
        return lambda text: _boolean(attribute.column, text)
    return str


def _boolean(name: str, text: str) -> bool:
    if text.lower() in ("true", "1", "yes"):
        return True
    if text.lower() in ("false", "0", "no"):
        return False
    raise ValueError(f"{name} is {text!r}; a boolean is true or false")
