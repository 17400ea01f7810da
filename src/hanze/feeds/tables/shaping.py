# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""From rows of a table to observations (with a time) or facts (without), by the mapping; bad rows with their reason."""

from array import array
from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import lru_cache, partial
from typing import Any
from urllib.parse import quote

import msgspec

from hanze.errors import BadRequestData
from hanze.feeds.tables import checking, times
from hanze.feeds.tables.mapping import Attribute, Mapping, fields, fill
from hanze.ngsild import checks
from hanze.ngsild.entity import Entity, Instance

NO_VALUE = "no column of the mapping has a value in this row"
MOST_REMEMBERED = 10_000
"""Ids, names and times that are worked out once."""

Row = dict[str, str]


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
    """What a row says of one entity without time: NGSI-LD attributes in normalised form, names as written."""

    row: int
    id: str
    type: str
    attributes: dict[str, Instance]


class Rejected(msgspec.Struct, frozen=True):
    """A row that was not taken; `row` counts from 1 below the header, `line` from 1 in the file, where there are lines."""

    row: int
    reason: str
    line: int | None = None


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
        self._time = lru_cache(MOST_REMEMBERED)(times.reader(mapping.time)) if mapping.time else None
        self._id = _remembered(partial(entity_id, mapping), fields(mapping.id))
        self._attributes = [
            (one.column, _remembered(partial(attribute_name, one), fields(one.name)), _reader(one, mapping), one)
            for one in mapping.attribute
        ]

    def shape(self, rows: Sequence[Row | None], first: int) -> Shaped:
        """`first`: number of the first row. None stands for a row that has nothing to take."""
        shaped = Shaped([], [], [])
        series: dict[tuple[str, str], list[tuple[int, Any]]] = {}
        units: dict[str, Instance] = {}
        places: dict[str, Facts] = {}
        for number, row in enumerate(rows, first):
            if row is None:
                continue
            try:
                self._row(number, row, series, units, shaped.facts, places)
            except ValueError as error:
                shaped.rejected.append(Rejected(number, str(error)))
        shaped.facts += places.values()
        for (id, name), found in series.items():
            found.sort(key=lambda pair: pair[0])
            values = [value for _, value in found]
            packed = array("d", values) if all(type(value) is float for value in values) else values
            moments = array("q", [moment for moment, _ in found])
            shaped.series.append(Series(id, self._mapping.type, name, units[name], moments, packed))
        return shaped

    def _row(
        self, number: int, row: Row, series: dict[tuple[str, str], list[tuple[int, Any]]], units: dict[str, Instance],
        facts: list[Facts], places: dict[str, Facts],
    ) -> None:  # fmt: skip
        mapping = self._mapping
        id = self._id(row)
        found: dict[str, Any] = {}
        for column, naming, read, attribute in self._attributes:
            text = row[column]
            if attribute.values:
                text = attribute.values.get(text.strip(), text)
            if missing(text, mapping):
                continue
            name = naming(row)
            found[name] = read(text)
            if name not in units:
                units[name] = template(attribute, name)
        place = _place(mapping, row)
        if not found and place is None:
            raise ValueError(NO_VALUE)
        if self._time is None or mapping.time is None:
            facts.append(
                Facts(
                    number, id, mapping.type, {**{n: instance(units[n], v) for n, v in found.items()}, **(place or {})}
                )
            )
            return
        try:
            moment = self._time(row[mapping.time.column].strip())
        except ValueError as error:
            raise ValueError(f"{mapping.time.column} is {row[mapping.time.column]!r}: {error}") from None
        for name, value in found.items():
            series.setdefault((id, name), []).append((moment, value))
        if place:
            places[id] = Facts(number, id, mapping.type, place)


def _remembered(make: Callable[[Row], str], columns: list[str]) -> Callable[[Row], str]:
    """The same function of these columns, each outcome worked out once."""

    @lru_cache(MOST_REMEMBERED)
    def of(*texts: str) -> str:
        return make(dict(zip(columns, texts, strict=True)))

    return lambda row: of(*[row[column] for column in columns])


def entity_id(mapping: Mapping, row: Row) -> str:
    """The entity's id; ValueError where a column it needs is empty, or where it would be no URI."""
    for name in fields(mapping.id):
        if missing(row[name], mapping):
            raise ValueError(f"{name} is empty, so the row has no id")
    id = fill(mapping.id, {name: quote(row[name].strip(), safe="-._~:") for name in fields(mapping.id)})
    try:
        return checks.uri(id, "the id")
    except BadRequestData as error:
        raise ValueError(error.detail.rstrip(".")) from None


def attribute_name(attribute: Attribute, row: Row) -> str:
    """The attribute's name; ValueError where the row makes one that no attribute can have."""
    name = fill(attribute.name, {column: row[column].strip() for column in fields(attribute.name)})
    name = attribute.rename.get(name, name)
    try:
        return checking.attribute_name(name, "the attribute's name")
    except BadRequestData as error:
        raise ValueError(f"{error.detail.rstrip('.')}, or rename it in the mapping") from None


def missing(text: str, mapping: Mapping) -> bool:
    """The cell has no value."""
    word = text.strip()
    return not word or word in mapping.csv.missing


def template(attribute: Attribute, name: str) -> Instance:
    """What all instances of the attribute have in common."""
    unit = attribute.units.get(name, attribute.unit)
    kind = "Relationship" if attribute.kind == "relationship" else "Property"
    return {"type": kind, "unitCode": unit} if unit else {"type": kind}


def instance(common: Instance, value: Any) -> Instance:
    """One instance of the attribute that has this in common."""
    return {**common, ("object" if common["type"] == "Relationship" else "value"): value}


def _place(mapping: Mapping, row: Row) -> dict[str, Instance] | None:
    where = mapping.location
    if where is None or missing(row[where.lon], mapping) or missing(row[where.lat], mapping):
        return None
    lon, lat = (_number(name, row[name], mapping.csv.decimal) for name in (where.lon, where.lat))
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise ValueError(f"{where.lon}, {where.lat} is {lon}, {lat}: longitude is -180 to 180, latitude -90 to 90")
    return {"location": {"type": "GeoProperty", "value": {"type": "Point", "coordinates": [lon, lat]}}}


def _number(name: str, text: str, decimal: str) -> float:
    # Python takes 1_000 for a number; a table does not mean that.
    foreign = "_" if decimal == "." else "_."
    try:
        if any(sign in text for sign in foreign):
            raise ValueError
        value = float(text.replace(decimal, "."))
    except ValueError:
        raise ValueError(f"{name} is {text!r}, which is no number with {decimal!r} as its decimal sign") from None
    if value - value != 0:
        raise ValueError(f"{name} is {text!r}, which is no finite number")
    return value


def _scaled(value: float, factor: Decimal) -> float:
    # In decimals, since 61 * 0.1 is 6.1 to who wrote the table, not 6.1000000000000005.
    return float(Decimal(repr(value)) * factor)


def _reader(attribute: Attribute, mapping: Mapping) -> Callable[[str], Any]:
    column = attribute.column
    if attribute.kind == "number" and attribute.factor != 1:
        factor = Decimal(repr(attribute.factor))
        return lambda text: _scaled(_number(column, text, mapping.csv.decimal), factor)
    if attribute.kind == "number":
        return lambda text: _number(column, text, mapping.csv.decimal)
    if attribute.kind == "boolean":
        return lambda text: _boolean(column, text)
    if attribute.kind == "relationship":
        return lambda text: _relationship(column, text)
    return str


def _boolean(name: str, text: str) -> bool:
    word = text.strip().lower()
    if word in ("true", "1", "yes"):
        return True
    if word in ("false", "0", "no"):
        return False
    raise ValueError(f"{name} is {text!r}; a boolean is true or false")


def _relationship(name: str, text: str) -> str:
    try:
        return checks.uri(text.strip(), name)
    except BadRequestData as error:
        raise ValueError(error.detail.rstrip(".")) from None
