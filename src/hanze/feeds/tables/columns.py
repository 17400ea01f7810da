# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Columns of a Parquet file as arrays: moments, numbers, words; what a column cannot hold is told before a row is read."""

from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np

from hanze.errors import ConfigurationError
from hanze.feeds.tables import times
from hanze.feeds.tables.mapping import Time

NO_TIME = np.iinfo(np.int64).min
"""Stands for a moment that is missing, cannot be read or was skipped by the clock."""


def check(file: Path, name: str, kind: Any) -> None:
    """ConfigurationError where cells of this type cannot be taken at all."""
    from pyarrow import types

    if types.is_dictionary(kind):
        kind = kind.value_type
    if (
        types.is_nested(kind)
        or types.is_binary(kind)
        or types.is_large_binary(kind)
        or types.is_fixed_size_binary(kind)
    ):
        raise ConfigurationError(
            f"{file}: column {name} holds {kind}; a column holds numbers, texts, booleans or times."
        )


def check_numbers(file: Path, name: str, kind: Any) -> None:
    """ConfigurationError where cells of this type are no numbers."""
    from pyarrow import types

    if not (types.is_floating(kind) or types.is_integer(kind) or types.is_decimal(kind) or types.is_null(kind)):
        fix = "boolean" if types.is_boolean(kind) else "text"
        raise ConfigurationError(
            f'{file}: column {name} holds {kind}, not numbers; give its attribute kind = "{fix}" in the mapping.'
        )


def room(kind: Any, count: int) -> Any:
    """An array for so many `numbers` of this type, not filled yet."""
    from pyarrow import types

    return np.empty(count, np.float32 if types.is_float32(kind) else np.float64)


def numbers(column: Any) -> Any:
    """Numbers as floats, missing ones as NaN."""
    import pyarrow as pa

    if not pa.types.is_floating(column.type):
        column = column.cast(pa.float64(), safe=False)
    found = column.to_numpy()
    return found if found.dtype in (np.float32, np.float64) else found.astype(np.float64)


def decimal(found: Any) -> Any:
    """Numbers as float64; 32-bit floats as the decimal numbers that they stand for (7.16, not 7.15999985)."""
    wide = found.astype(np.float64)
    if found.dtype != np.float32:
        return wide
    with np.errstate(all="ignore"):
        scale = 10.0 ** (6 - np.floor(np.log10(np.abs(wide))))
        decimal = np.round(wide * scale) / scale
    return np.where(decimal.astype(np.float32) == found, decimal, wide)


def texts(column: Any) -> list[str]:
    """What the cells would be in a CSV file; missing ones are empty."""
    import pyarrow as pa

    if pa.types.is_floating(column.type):
        found = numbers(column)
        return ["" if value != value else repr(value) for value in decimal(found).tolist()]
    return ["" if value is None else str(value) for value in _in_micro(column).to_pylist()]


def cell(column: Any, number: int) -> Any:
    """The value of one row."""
    return _in_micro(column.slice(number, 1))[0].as_py()


def words(column: Any) -> tuple[Any, list[str]]:
    """For each row the number of its word, and the words; a missing one is empty."""
    chunk = column.combine_chunks()
    encoded = chunk if hasattr(chunk, "indices") else chunk.dictionary_encode()
    missing = len(encoded.dictionary)
    index = encoded.indices.cast("int32").fill_null(missing).to_numpy()
    # Of a file's dictionary of many words, a piece of it has few.
    there = np.bincount(index, minlength=missing + 1) > 0
    found = texts(encoded.dictionary.filter(there[:missing])) + [""] * int(there[missing])
    return (np.cumsum(there, dtype=np.int32) - 1)[index], found


def moments(column: Any, time: Time) -> Any:
    """Microseconds since 1970 in UTC of a column of timestamps or texts, or NO_TIME."""
    import pyarrow as pa

    there = times.zone(time.zone)
    kind = column.type
    if not pa.types.is_timestamp(kind):
        read = times.reader(time)
        return np.array([_moment(read, text) for text in texts(column)], dtype=np.int64)
    if kind.tz:
        return _micro(column)
    offset = times.fixed_offset(there)
    if offset is None:
        return _local(column, str(there))
    found = _micro(column)
    return np.where(found == NO_TIME, found, found - offset)


def why(cell: Any, time: Time) -> str:
    """Why this cell is no moment."""
    if cell is None:
        return "the time is missing"
    if isinstance(cell, datetime):
        return times.skipped(times.zone(time.zone))
    try:
        times.reader(time)(str(cell).strip())
    except ValueError as error:
        return str(error)
    raise AssertionError(cell)


def _local(column: Any, zone: str) -> Any:
    """Times of a zone whose clock is put forward and back; one that came twice is the first one."""
    import pyarrow.compute as pc

    before, after = (
        _micro(pc.assume_timezone(column, zone, ambiguous="earliest", nonexistent=choice))
        for choice in ("earliest", "latest")
    )
    return np.where(before == after, before, NO_TIME)


def _micro(column: Any) -> Any:
    import pyarrow as pa

    return _in_micro(column).cast(pa.int64()).fill_null(NO_TIME).to_numpy()


def _in_micro(column: Any) -> Any:
    """Times without what is below a microsecond, which Python has no value for; all else as it is."""
    import pyarrow as pa

    if not pa.types.is_timestamp(column.type):
        return column
    return column.cast(pa.timestamp("us", column.type.tz), safe=False)


def _moment(read: Any, text: str) -> int:
    try:
        return int(read(text.strip()))
    except ValueError:
        return int(NO_TIME)
