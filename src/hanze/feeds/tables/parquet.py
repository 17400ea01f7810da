# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reads a Parquet file column by column; long tables of observations become series without a step per row.

pyarrow is the extra `load`, and is imported by the command only, never by the node.
"""

import contextlib
from array import array
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from hanze.errors import ConfigurationError
from hanze.feeds.tables import columns
from hanze.feeds.tables.checking import check_columns
from hanze.feeds.tables.columns import NO_TIME
from hanze.feeds.tables.mapping import Attribute, Mapping, Time, fields
from hanze.feeds.tables.shaping import (
    NO_VALUE,
    Rejected,
    Row,
    Series,
    Shaped,
    Shaper,
    attribute_name,
    entity_id,
    template,
)

BATCH = 20_000


def batches(file: Path, mapping: Mapping, skip: int = 0) -> Iterator[tuple[int, Shaped]]:
    """Each batch: how many steps are done with its end, and what they became. `skip`: steps that are done already.

    A step is a row, or where the table is taken column by column a row of one attribute. There rows come in order of
    entity, attribute and time, so that the store writes each history in one go.
    """
    # How a CSV file writes numbers says nothing about a Parquet file.
    mapping = msgspec.structs.replace(mapping, csv=msgspec.structs.replace(mapping.csv, decimal="."))
    table = _read(file, mapping)
    if _in_columns(mapping):
        yield from _by_column(table, mapping, skip)
    else:
        yield from _by_row(table, mapping, skip)


def rows(file: Path) -> int:
    """How many rows the file has."""
    return int(_open(file).metadata.num_rows)


def steps(file: Path, mapping: Mapping) -> int:
    """How many steps its load takes."""
    return rows(file) * (len(mapping.attribute) if _in_columns(mapping) else 1)


def _in_columns(mapping: Mapping) -> bool:
    numbers = all(attribute.kind == "number" for attribute in mapping.attribute)
    return mapping.time is not None and numbers and mapping.location is None


def _open(file: Path, words: Sequence[str] = ()) -> Any:
    """`words`: columns of few texts, which are read as such."""
    try:
        import pyarrow.parquet
    except ImportError:
        raise ConfigurationError("Parquet needs pyarrow; install it with: pip install 'hanze[load]'") from None
    with _readable(file):
        return pyarrow.parquet.ParquetFile(file, read_dictionary=list(words))


@contextlib.contextmanager
def _readable(file: Path) -> Iterator[None]:
    """ConfigurationError where pyarrow finds no Parquet; what the system refused stays its own error."""
    try:
        yield
    except (OSError, ValueError) as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise
        told = str(error).partition("\n")[0].rstrip(".")
        raise ConfigurationError(f"{file} cannot be read as Parquet: {told}.") from None


def _read(file: Path, mapping: Mapping) -> Any:
    opened = _open(file, [*fields(mapping.id), *(name for one in mapping.attribute for name in fields(one.name))])
    check_columns(mapping, opened.schema_arrow.names, str(file))
    for name in mapping.columns():
        columns.check(file, name, opened.schema_arrow.field(name).type)
    if _in_columns(mapping):
        for attribute in mapping.attribute:
            columns.check_numbers(file, attribute.column, opened.schema_arrow.field(attribute.column).type)
    with _readable(file):
        return opened.read(columns=mapping.columns())


def _by_row(table: Any, mapping: Mapping, skip: int) -> Iterator[tuple[int, Shaped]]:
    shaper = Shaper(mapping)
    for start in range(skip, table.num_rows, BATCH):
        part = table.slice(start, BATCH)
        texts = {name: columns.texts(part.column(name)) for name in part.column_names}
        found: list[Row | None] = [dict(zip(texts, row, strict=True)) for row in zip(*texts.values(), strict=True)]
        yield start + len(found), shaper.shape(found, start + 1)


def _by_column(table: Any, mapping: Mapping, skip: int) -> Iterator[tuple[int, Shaped]]:
    assert mapping.time is not None
    found = {name: table.column(name) for name in table.column_names}
    count = table.num_rows
    del table
    moments = columns.moments(found[mapping.time.column], mapping.time)
    bad = moments == NO_TIME
    empty = np.ones(count, dtype=bool)
    for attribute in mapping.attribute:
        empty &= np.isnan(columns.numbers(found[attribute.column]))
    if skip == 0 and (useless := _useless(found[mapping.time.column], mapping.time, moments, empty)):
        yield 0, Shaped([], [], useless)
    done = 0
    for attribute in mapping.attribute:
        values = columns.numbers(found[attribute.column])
        codes, groups = _groups(found, mapping, attribute)
        # Small codes sort fast and in little memory; of each group the times are in order as a rule.
        order = np.argsort(codes.astype(np.int16) if len(groups) < 1 << 15 else codes, kind="stable")
        ends = np.cumsum(np.bincount(codes, minlength=len(groups)))
        for start, end in pairwise([0, *ends.tolist()]):
            own = order[start:end]
            if np.any(np.diff(moments[own]) < 0):
                own = own[np.argsort(moments[own], kind="stable")]
            for part in (own[first : first + BATCH] for first in range(0, len(own), BATCH)):
                done += len(part)
                if done > skip:
                    good = part[~(bad[part] | np.isnan(values[part]))]
                    yield done, _series(mapping, attribute, groups[codes[part[0]]], good, moments, values)


def _useless(column: Any, time: Time, moments: Any, empty: Any) -> list[Rejected]:
    """Rows that give nothing, whatever the attribute."""
    found = []
    for number in np.flatnonzero(empty | (moments == NO_TIME)).tolist():
        reason = NO_VALUE
        if moments[number] == NO_TIME:
            cell = column[number].as_py()
            reason = f"{time.column} is {'empty' if cell is None else cell}: {columns.why(cell, time)}"
        found.append(Rejected(number + 1, reason))
    return found


def _series(mapping: Mapping, attribute: Attribute, row: Row, part: Any, moments: Any, values: Any) -> Shaped:
    try:
        id = entity_id(mapping, row)
        name = attribute_name(attribute, row)
    except ValueError as error:
        return Shaped([], [], [Rejected(number + 1, str(error)) for number in part.tolist()])
    finite = np.isfinite(values[part])
    rejected = [
        Rejected(number + 1, f"{attribute.column} is {values[number]}, which is no finite number")
        for number in part[~finite].tolist()
    ]
    good = part[finite]
    if not len(good):
        return Shaped([], [], rejected)
    packed = array("q", moments[good].tobytes()), array("d", columns.decimal(values[good]).tobytes())
    return Shaped([Series(id, mapping.type, name, template(attribute, name), *packed)], [], rejected)


def _groups(found: dict[str, Any], mapping: Mapping, attribute: Attribute) -> tuple[Any, list[Row]]:
    """For each row the number of its group (same id and attribute name), and for each group the columns that name it."""
    codes: Any = np.int32(0)
    groups: list[Row] = [{}]
    for name in dict.fromkeys([*fields(mapping.id), *fields(attribute.name)]):
        index, words = columns.words(found[name])
        kept, codes = _there(codes, index, len(groups) * len(words), len(words))
        groups = [{**groups[code // len(words)], name: words[code % len(words)]} for code in kept.tolist()]
    return codes, groups


def _there(codes: Any, index: Any, most: int, words: int) -> tuple[Any, Any]:
    """The combinations of group and word that the table has, and for each row which of them: of two columns of many words
    each, most combinations are not there."""
    if most > max(1_000_000, 4 * len(index)):
        kept, found = np.unique(codes * np.int64(words) + index, return_inverse=True)
        return kept, found.astype(np.int32)
    both = codes * np.int32(words) + index
    there = np.bincount(both, minlength=most) > 0
    return np.flatnonzero(there), (np.cumsum(there, dtype=np.int32) - 1)[both]
