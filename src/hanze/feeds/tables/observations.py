# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Long tables of observations become series without a step per row.

Of the whole table only moments, the values of one attribute and the order of the rows are held, each as small as can be.
"""

from array import array
from collections.abc import Iterator
from typing import Any

import numpy as np

from hanze.feeds.tables import columns
from hanze.feeds.tables.columns import NO_TIME
from hanze.feeds.tables.groups import groups
from hanze.feeds.tables.mapping import Attribute, Mapping, Time, fields
from hanze.feeds.tables.pieces import Table
from hanze.feeds.tables.shaping import NO_VALUE, Rejected, Row, Series, Shaped, attribute_name, entity_id, template

BATCH = 20_000


def batches(table: Table, mapping: Mapping, skip: int) -> Iterator[tuple[int, Shaped]]:
    """Each batch: how many steps are done with its end, and what they became. A step is a row of one attribute."""
    assert mapping.time is not None
    moments = np.empty(table.rows, np.int64)
    for before, piece in table.pieces([mapping.time.column, *(one.column for one in mapping.attribute)]):
        own = columns.moments(piece.column(mapping.time.column), mapping.time)
        moments[before : before + len(own)] = own
        if skip == 0 and (useless := _useless(before, piece, mapping.time, own, mapping)):
            yield 0, Shaped([], [], useless)
    done = 0
    for attribute in mapping.attribute:
        for row, part, values in _parts(table, mapping, attribute, moments):
            done += len(part)
            if done > skip:
                yield done, _series(mapping, attribute, row, part, moments[part], values)


def _useless(before: int, piece: Any, time: Time, moments: Any, mapping: Mapping) -> list[Rejected]:
    """Rows that give nothing, whatever the attribute."""
    useless = moments == NO_TIME
    empty = np.logical_and.reduce([np.isnan(columns.numbers(piece.column(one.column))) for one in mapping.attribute])
    found = []
    for number in np.flatnonzero(empty | useless).tolist():
        reason = NO_VALUE
        if useless[number]:
            cell = columns.cell(piece.column(time.column), number)
            reason = f"{time.column} is {'empty' if cell is None else cell}: {columns.why(cell, time)}"
        found.append(Rejected(before + number + 1, reason))
    return found


def _parts(table: Table, mapping: Mapping, attribute: Attribute, moments: Any) -> Iterator[tuple[Row, Any, Any]]:
    """The rows of each series in order of time, a batch at once: the words that name it, numbers of rows, values."""
    values: Any = None
    for row, rows in groups(table, list(dict.fromkeys([*fields(mapping.id), *fields(attribute.name)]))):
        if values is None:
            values = _values(table, attribute.column)
        own = moments[rows]
        # Of each group the times are in order as a rule.
        if np.any(own[1:] < own[:-1]):
            rows = rows[np.argsort(own, kind="stable")]
        for first in range(0, len(rows), BATCH):
            part = rows[first : first + BATCH]
            yield row, part, values[part]


def _values(table: Table, column: str) -> Any:
    values = columns.room(table.kind(column), table.rows)
    for before, piece in table.pieces([column]):
        values[before : before + piece.num_rows] = columns.numbers(piece.column(column))
    return values


def _series(mapping: Mapping, attribute: Attribute, row: Row, part: Any, moments: Any, values: Any) -> Shaped:
    there = ~((moments == NO_TIME) | np.isnan(values))
    part, moments, values = part[there], moments[there], values[there]
    try:
        id = entity_id(mapping, row)
        name = attribute_name(attribute, row)
    except ValueError as error:
        return Shaped([], [], [Rejected(number + 1, str(error)) for number in part.tolist()])
    good = np.isfinite(values)
    rejected = [
        Rejected(number + 1, f"{attribute.column} is {value}, which is no finite number")
        for number, value in zip(part[~good].tolist(), values[~good].tolist(), strict=True)
    ]
    if not good.any():
        return Shaped([], [], rejected)
    packed = array("q", moments[good].tobytes()), array("d", columns.decimal(values[good]).tobytes())
    return Shaped([Series(id, mapping.type, name, template(attribute, name), *packed)], [], rejected)
