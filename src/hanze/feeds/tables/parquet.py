# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reads a Parquet file: long tables of observations column by column, others row by row."""

from collections.abc import Iterator
from pathlib import Path

import msgspec

from hanze.errors import ConfigurationError
from hanze.feeds.tables import columns, observations
from hanze.feeds.tables.checking import check_columns
from hanze.feeds.tables.mapping import Mapping, fields
from hanze.feeds.tables.observations import BATCH
from hanze.feeds.tables.pieces import Table
from hanze.feeds.tables.shaping import Row, Shaped, Shaper


def batches(file: Path, mapping: Mapping, skip: int = 0) -> Iterator[tuple[int, Shaped]]:
    """Each batch: how many steps are done with its end, and what they became. `skip`: steps that are done already.

    A step is a row, or where the table is taken column by column a row of one attribute. There rows come in order of
    entity, attribute and time, so that the store writes each history in one go.
    """
    # How a CSV file writes numbers says nothing about a Parquet file.
    mapping = msgspec.structs.replace(mapping, csv=msgspec.structs.replace(mapping.csv, decimal="."))
    table = Table(file, [*fields(mapping.id), *(name for one in mapping.attribute for name in fields(one.name))])
    _check(table, mapping)
    yield from (observations.batches if _in_columns(mapping) else _by_row)(table, mapping, skip)


def rows(file: Path) -> int:
    """How many rows the file has."""
    return Table(file).rows


def steps(file: Path, mapping: Mapping) -> int:
    """How many steps its load takes."""
    return rows(file) * (len(mapping.attribute) if _in_columns(mapping) else 1)


def _in_columns(mapping: Mapping) -> bool:
    numbers = all(one.kind == "number" and one.factor == 1 and not one.values for one in mapping.attribute)
    return mapping.time is not None and numbers and mapping.location is None


def _check(table: Table, mapping: Mapping) -> None:
    if mapping.wide:
        raise ConfigurationError(
            f"{table.file} is Parquet, but [wide] is for CSV; make a row of each cell, or write CSV."
        )
    check_columns(mapping, table.columns, str(table.file))
    for name in mapping.columns():
        columns.check(table.file, name, table.kind(name))
    if _in_columns(mapping):
        for attribute in mapping.attribute:
            columns.check_numbers(table.file, attribute.column, table.kind(attribute.column))


def _by_row(table: Table, mapping: Mapping, skip: int) -> Iterator[tuple[int, Shaped]]:
    shaper = Shaper(mapping)
    for before, piece in table.pieces(mapping.columns(), BATCH):
        first = max(before, skip)
        part = piece.slice(first - before)
        texts = {name: columns.texts(part.column(name)) for name in part.column_names}
        found: list[Row | None] = [dict(zip(texts, row, strict=True)) for row in zip(*texts.values(), strict=True)]
        if found:
            yield first + len(found), shaper.shape(found, first + 1)
