# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Writes a Parquet file, for a worker: lines of JSON become typed columns, a group of rows at a time.

Geometries are WKB with the metadata of GeoParquet 1.1 (OGC), in WGS 84 longitude and latitude, which is its default.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
import pyarrow as pa
from pyarrow import parquet

from hanze.web.parquet.kinds import VALUE, Kind, both, geometry, kind

ROWS, BYTES = 10_000, 16 << 20
"""Of one group: as many rows as stand in so many bytes of lines."""

TYPES: Mapping[Kind, Any] = {
    "none": pa.string(), "truth": pa.bool_(), "whole": pa.int64(), "number": pa.float64(),
    "moment": pa.timestamp("us", tz="UTC"), "geometry": pa.binary(), "text": pa.string(),
}  # fmt: skip

Row = dict[str, Any]


def write(lines: str, target: str, about: Mapping[str, str]) -> None:
    """`lines`: a file with one record a line; `target`: the file that is made; `about`: what stands in its metadata."""
    kinds, shapes = _looked_through(lines)
    metadata = {**about, **({"geo": _geo(shapes)} if shapes else {})}
    schema = pa.schema([pa.field(name, TYPES[one]) for name, one in kinds.items()], metadata=metadata)
    with parquet.ParquetWriter(target, schema, compression="zstd") as writer:
        for rows in _groups(lines):
            columns = [_column([row.get(name) for row in rows], one) for name, one in kinds.items()]
            writer.write_table(pa.Table.from_arrays(columns, schema=schema))


def _looked_through(lines: str) -> tuple[dict[str, Kind], dict[str, set[str]]]:
    """The kind of each column in order, and of those with geometries which ones they have."""
    kinds: dict[str, Kind] = {}
    shapes: dict[str, set[str]] = {}
    for rows in _groups(lines):
        for row in rows:
            for name, value in row.items():
                here = kind(value)
                kinds[name] = both(kinds.get(name, "none"), here)
                if here == "geometry":
                    shape = geometry(value)
                    shapes.setdefault(name, set()).add(shape.geom_type + (" Z" if shape.has_z else ""))
    return kinds, {name: found for name, found in shapes.items() if kinds[name] == "geometry"}


def _groups(lines: str) -> Iterator[list[Row]]:
    with open(lines, "rb") as file:
        group: list[Row] = []
        size = 0
        for line in file:
            group.append(msgspec.json.decode(line, type=Row))
            size += len(line)
            if len(group) == ROWS or size >= BYTES:
                yield group
                group, size = [], 0
        if group:
            yield group


def _column(values: list[Any], one: Kind) -> Any:
    made = VALUE[one]
    return pa.array([None if value is None else made(value) for value in values], TYPES[one])


def _geo(shapes: Mapping[str, set[str]]) -> str:
    columns = {name: {"encoding": "WKB", "geometry_types": sorted(found)} for name, found in shapes.items()}
    primary = next((name for name in ("location", "geometry") if name in columns), next(iter(columns)))
    return msgspec.json.encode({"version": "1.1.0", "primary_column": primary, "columns": columns}).decode()
