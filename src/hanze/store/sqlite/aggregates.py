# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Aggregates one attribute over periods: in SQL where every value is a number or a boolean, in Python for the rest.

The first period begins at timeAt, or without a lower bound at the first instance; none ends later than the window does.
Source: ETSI GS CIM 009 V1.8.1, clause 4.5.19.
"""

from collections.abc import Callable, Sequence
from itertools import count, groupby, takewhile
from typing import Any

import apsw
import msgspec

from hanze.ngsild.duration import Duration
from hanze.ngsild.selection import Window
from hanze.store.base import Bucket
from hanze.store.sqlite import measures
from hanze.store.sqlite.condition import Parameters, Sql
from hanze.store.sqlite.kept import COLUMNS, Kept
from hanze.store.sqlite.lens import SOURCE

IN_SQL = {
    "totalCount": "count(*)",
    "distinctCount": "count(DISTINCT h.value)",
    "sum": "total(h.value)",
    "avg": "avg(h.value)",
    "min": "min(h.value) + 0.0",
    "max": "max(h.value) + 0.0",
    "sumsq": "total(h.value * h.value)",
    "stddev": "CASE WHEN count(*) > 1 THEN "
    "sqrt(max(0, total((h.value - ?) * (h.value - ?)) - total(h.value - ?) * total(h.value - ?) / count(*)) "
    "/ (count(*) - 1)) END",
}
"""`?` is the mean of all periods, so that the squares do not swallow what differs."""


class Rows(msgspec.Struct, frozen=True):
    """The instances to aggregate: `key` is the moment of one; `bounds` are those of the window."""

    key: str
    others: Sql
    bounds: Sql

    @property
    def where(self) -> str:
        return f"{self.others[0]} AND {self.bounds[0]}"

    @property
    def values(self) -> Parameters:
        """What `where` needs."""
        return [*self.others[1], *self.bounds[1]]


class Edges(msgspec.Struct, frozen=True):
    """Where the periods begin: from `base` on each `period`; none ends later than `end`."""

    base: int
    end: int
    period: Duration

    def start(self, number: int) -> int:
        return self.period.add(self.base, number)

    def bucket(self, number: int, values: dict[str, Any]) -> Bucket:
        """The period of this number."""
        end = self.end if self.period == WHOLE else min(self.start(number + 1), self.end)
        return Bucket(self.start(number), end, values)


WHOLE = Duration(0, 0)


def aggregate(
    connection: apsw.Connection, kept: Kept, rows: Rows, window: Window, methods: Sequence[str], period: Duration,
    attribute: str,
) -> list[Bucket]:  # fmt: skip
    """The periods that have instances, in order. InvalidRequest where a method cannot be taken of the values."""
    sql = (
        f"SELECT min({rows.key}), max({rows.key}), count(*), sum(typeof(h.value) IN ('integer', 'real')), avg(h.value) "
        f"FROM {SOURCE} WHERE {rows.where}"
    )
    first, last, found, numbers, mean = next(connection.execute(sql, rows.values))
    if not found:
        return []
    base = window.start if window.start is not None and window.relation != "before" else first
    edges = Edges(base, _end(window, last, period), period)
    if numbers < found:
        return _in_python(connection, kept, rows, edges, last, methods, attribute)
    columns = ", ".join(IN_SQL[method] for method in methods)
    means = [mean] * columns.count("?")
    if period.fixed is not None:
        width = period.fixed or BEYOND
        sql = f"SELECT ({rows.key} - ?) / ?, {columns} FROM {SOURCE} WHERE {rows.where} GROUP BY 1 ORDER BY 1"
        made = connection.execute(sql, (base, width, *means, *rows.values))
    else:
        # The periods lie within the window, so its bounds are left out: the index is to find each period by itself.
        starts = _starts(edges, last)
        between = f"{rows.key} >= (e.value ->> 0) AND {rows.key} < (e.value ->> 1)"
        sql = (
            f"SELECT e.key, {columns} FROM json_each(?) e CROSS JOIN {SOURCE} "
            f"WHERE {rows.others[0]} AND {between} GROUP BY e.key ORDER BY e.key"
        )
        pairs = list(zip(starts, [*starts[1:], last + 1], strict=True))
        made = connection.execute(sql, (*means, msgspec.json.encode(pairs).decode(), *rows.others[1]))
    return [edges.bucket(number, _named(methods, values)) for number, *values in made]


BEYOND = 1 << 62
"""Longer than any history, in microseconds."""


def _end(window: Window, last: int, period: Duration) -> int:
    if window.relation == "between" and window.end is not None:
        return window.end
    if window.relation == "before" and window.start is not None:
        return window.start
    return last if period == WHOLE else BEYOND


def _starts(edges: Edges, last: int) -> list[int]:
    """Starts of all periods up to the one that holds the last instance."""
    return list(takewhile(lambda start: start <= last, map(edges.start, count())))


def _named(methods: Sequence[str], values: Sequence[Any]) -> dict[str, Any]:
    return {method: value for method, value in zip(methods, values, strict=True) if value is not None}


def _in_python(
    connection: apsw.Connection, kept: Kept, rows: Rows, edges: Edges, last: int, methods: Sequence[str], attribute: str
) -> list[Bucket]:
    sql = f"SELECT {rows.key}, {COLUMNS} FROM {SOURCE} WHERE {rows.where} ORDER BY {rows.key}, h.number"
    number = _numbering(edges, last)
    buckets = []
    for n, group in groupby(connection.execute(sql, rows.values), key=lambda row: number(row[0])):
        values = [measures.value(kept.instance(row[1:]).doc, methods, attribute) for row in group]
        taken = [measures.take(method, values) for method in methods]
        buckets.append(edges.bucket(n, _named(methods, taken)))
    return buckets


def _numbering(edges: Edges, last: int) -> Callable[[int], int]:
    """From a moment to the number of its period; moments come in order."""
    width = edges.period.fixed
    if width is not None:
        return lambda moment: (moment - edges.base) // (width or BEYOND)
    starts = _starts(edges, last)
    at = 0

    def number(moment: int) -> int:
        nonlocal at
        while at + 1 < len(starts) and starts[at + 1] <= moment:
            at += 1
        return at

    return number
