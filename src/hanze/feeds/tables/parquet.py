# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reads a Parquet file column by column; long tables of observations become series without a step per row.

pyarrow is the extra `load`, and is imported by the command only, never by the node.
"""

from array import array
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from hanze.errors import ConfigurationError
from hanze.feeds.tables import times
from hanze.feeds.tables.mapping import Attribute, Mapping, fields
from hanze.feeds.tables.shaping import Rejected, Series, Shaped, Shaper, attribute_name, entity_id, template

BATCH = 20_000


def batches(file: Path, mapping: Mapping, skip: int = 0) -> Iterator[tuple[int, Shaped]]:
    """Each batch: how many rows are done with its end, and what they became. `skip`: rows that are done already.

    Rows are taken in order of entity, attribute and time, so that the store writes each history in one go.
    """
    table = _read(file, mapping)
    if mapping.time is None or any(attribute.kind != "number" for attribute in mapping.attribute) or mapping.location:
        yield from _by_row(table, mapping, skip)
    else:
        yield from _by_column(table, mapping, skip)


def rows(file: Path) -> int:
    """How many rows the file has."""
    return int(_parquet().ParquetFile(file).metadata.num_rows)


def _parquet() -> Any:
    try:
        import pyarrow.parquet
    except ImportError:
        raise ConfigurationError("Parquet needs pyarrow; install it with: pip install 'hanze[load]'") from None
    return pyarrow.parquet


def _read(file: Path, mapping: Mapping) -> Any:
    parquet = _parquet()
    try:
        mapping.check(parquet.ParquetFile(file).schema_arrow.names, str(file))
        names = list(dict.fromkeys([*fields(mapping.id), *(f for a in mapping.attribute for f in fields(a.name))]))
        return parquet.read_table(file, columns=mapping.columns(), read_dictionary=names)
    except (OSError, ValueError) as error:
        raise ConfigurationError(f"{file} cannot be read as Parquet: {error}.") from None


def _by_row(table: Any, mapping: Mapping, skip: int) -> Iterator[tuple[int, Shaped]]:
    shaper = Shaper(mapping)
    for start in range(skip, table.num_rows, BATCH):
        found = table.slice(start, BATCH).to_pylist()
        texts = [{name: "" if value is None else str(value) for name, value in row.items()} for row in found]
        yield start + len(texts), shaper.shape(texts, start + 1)


def _by_column(table: Any, mapping: Mapping, skip: int) -> Iterator[tuple[int, Shaped]]:
    assert mapping.time is not None
    columns = {name: table.column(name) for name in table.column_names}
    del table
    moments = _moments(columns.pop(mapping.time.column), times.zone(mapping.time.zone), mapping)
    done = 0
    for attribute in mapping.attribute:
        values = _numbers(columns[attribute.column], attribute)
        codes, rows = _groups(columns, mapping, attribute)
        order = np.lexsort((moments, codes))
        ends = np.flatnonzero(np.diff(codes[order])) + 1
        for start, end in pairwise([0, *ends.tolist(), len(order)]):
            for first in range(start, end, BATCH):
                part = order[first : min(first + BATCH, end)]
                done += len(part)
                if done > skip:
                    yield done, _series(mapping, attribute, rows[codes[part[0]]], part, moments, values)


def _series(
    mapping: Mapping, attribute: Attribute, row: dict[str, str], part: Any, moments: Any, values: Any
) -> Shaped:
    try:
        id = entity_id(mapping, row)
        name = attribute_name(attribute, row)
    except ValueError as error:
        return Shaped([], [], [Rejected(int(number) + 1, str(error)) for number in part])
    when, what = moments[part], _decimal(values[part])
    good = np.isfinite(what) & (when != _NO_TIME)
    rejected = [Rejected(int(number) + 1, "the time or the value is missing") for number in part[~good]]
    packed = array("q", when[good].tobytes()), array("d", what[good].tobytes())
    return Shaped([Series(id, mapping.type, name, template(attribute, name), *packed)], [], rejected)


_NO_TIME = np.iinfo(np.int64).min


def _groups(columns: dict[str, Any], mapping: Mapping, attribute: Attribute) -> tuple[Any, list[dict[str, str]]]:
    """For each row the number of its group (same id and attribute name), and for each group the columns that name it."""
    names = list(dict.fromkeys([*fields(mapping.id), *fields(attribute.name)]))
    codes: Any = np.int32(0)
    groups: list[dict[str, str]] = [{}]
    for name in names:
        column = columns[name].combine_chunks()
        encoded = column if hasattr(column, "indices") else column.dictionary_encode()
        words = ["" if word is None else str(word) for word in encoded.dictionary.to_pylist()] + [""]
        index = encoded.indices.fill_null(len(words) - 1).to_numpy(zero_copy_only=False)
        codes = codes * np.int32(len(words)) + index.astype(np.int32)
        groups = [{**group, name: word} for group in groups for word in words]
    return codes, groups


def _moments(column: Any, zone: Any, mapping: Mapping) -> Any:
    """Microseconds since 1970 in UTC of a column of timestamps or texts."""
    import pyarrow as pa
    import pyarrow.compute as pc

    assert mapping.time is not None
    kind = column.type
    if pa.types.is_timestamp(kind):
        offset = 0 if kind.tz else times.fixed_offset(zone)
        if offset is None:
            column = pc.assume_timezone(column, str(zone), ambiguous="earliest", nonexistent="earliest")
        plain = column.cast(pa.timestamp("us", kind.tz or ("UTC" if offset is None else None)))
        found = plain.cast(pa.int64()).fill_null(_NO_TIME).to_numpy()
        return np.where(found == _NO_TIME, found, found - (offset or 0))
    read = times.reader(mapping.time)
    return np.array([_moment(read, text) for text in column.to_pylist()], dtype=np.int64)


def _moment(read: Any, text: object) -> int:
    try:
        return int(read(str(text)))
    except ValueError:
        return int(_NO_TIME)


def _numbers(column: Any, attribute: Attribute) -> Any:
    """The numbers of a column, missing ones as NaN."""
    import pyarrow as pa

    if not (pa.types.is_floating(column.type) or pa.types.is_integer(column.type)):
        raise ConfigurationError(f'column {attribute.column} holds {column.type}, not numbers; give it kind = "text".')
    return column.to_numpy()


def _decimal(found: Any) -> Any:
    """Numbers as float64; 32-bit floats as the decimal numbers that they stand for (7.16, not 7.15999985)."""
    wide = found.astype(np.float64)
    if found.dtype != np.float32:
        return wide
    with np.errstate(all="ignore"):
        scale = 10.0 ** (6 - np.floor(np.log10(np.abs(wide))))
        decimal = np.round(wide * scale) / scale
    return np.where(decimal.astype(np.float32) == found, decimal, wide)
