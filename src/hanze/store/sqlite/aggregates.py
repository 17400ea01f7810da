# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Aggregates one attribute over periods: in SQL where every value is a number or a boolean, in Python for the rest.

The first period begins at timeAt, or without a lower bound at the first instance; none ends later than the window does.
Source: ETSI GS CIM 009 V1.8.1, clause 4.5.19.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby, islice
from typing import Any

import apsw
import msgspec

from hanze.errors import InvalidRequest, TooManyResults
from hanze.ngsild import times, units
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

NUMBERS = "total(h.value < '')"
"""How many are numbers: to SQLite every number is less than any text, and this is sooner seen than what type it is."""

COUNTED = frozenset({"totalCount"})
"""Methods that do not ask what a value is."""

MOST_PERIODS = 50_000


def aggregate(
    connection: apsw.Connection, kept: Kept, rows: Rows, window: Window, methods: Sequence[str], period: Duration,
    attribute: str,
) -> list[Bucket]:  # fmt: skip
    """The periods that have instances, in order. `attribute`: what errors call it.

    InvalidRequest where a method cannot be taken of the values or they have several units, TooManyResults for more than
    MOST_PERIODS.
    """
    sql = (
        f"SELECT min({rows.key}), max({rows.key}), count(*), {NUMBERS}, avg(h.value), min(h.sid), max(h.sid) "
        f"FROM {SOURCE} WHERE {rows.where}"
    )
    first, last, found, numbers, mean, *shapes = next(connection.execute(sql, rows.values))
    if not found:
        return []
    if shapes[0] != shapes[1] and not COUNTED.issuperset(methods):
        one_unit(connection, kept, rows, attribute)
    base = window.start if window.start is not None and window.relation != "before" else first
    edges = Edges(base, _end(window, last, period), period)
    if numbers < found:
        made = _in_python(connection, kept, rows, edges, last, methods, attribute)
    else:
        made = _in_sql(connection, rows, edges, last, methods, mean)
    buckets = [edges.bucket(number, _named(methods, values)) for number, *values in islice(made, MOST_PERIODS + 1)]
    if len(buckets) > MOST_PERIODS:
        raise TooManyResults(
            f"aggrPeriodDuration gives more than {MOST_PERIODS} periods of {attribute}; give a longer one.",
            limit=MOST_PERIODS,
        )
    return buckets


def one_unit(connection: apsw.Connection, kept: Kept, rows: Rows, attribute: str) -> None:
    """InvalidRequest where numbers have several units. What is no number, a text or an object, needs none."""
    sql = f"SELECT DISTINCT h.sid, h.value < '' FROM {SOURCE} WHERE {rows.where}"
    found: Any = connection.execute(sql, rows.values).fetchall()
    all_units = {(kept.shape(sid).template.get("unitCode"), number) for sid, number in found}
    names = sorted({units.label(unit) for unit, number in all_units if number or unit is not None})
    if len(names) > 1:
        raise InvalidRequest(
            f"{attribute} has values with {' and with '.join(names)} in this window; values in different units are not "
            "aggregated together. Choose a window (timeAt, endTimeAt) or a datasetId with one unit, name other attributes "
            "in attrs, or ask for totalCount alone."
        )


def _in_sql(
    connection: apsw.Connection, rows: Rows, edges: Edges, last: int, methods: Sequence[str], mean: float
) -> Iterator[Any]:
    """Per period its number and what each method makes."""
    columns = ", ".join(IN_SQL[method] for method in methods)
    means = [mean] * columns.count("?")
    width = edges.period.fixed
    if width is not None:
        sql = f"SELECT ({rows.key} - ?) / ?, {columns} FROM {SOURCE} WHERE {rows.where} GROUP BY 1 ORDER BY 1"
        yield from connection.execute(sql, (edges.base, width or BEYOND, *means, *rows.values))
    else:
        # The periods lie within the window, so its bounds are left out: the index is to find each period by itself.
        starts = _starts(edges, last)
        between = f"{rows.key} >= (e.value ->> 0) AND {rows.key} < (e.value ->> 1)"
        sql = (
            f"SELECT e.key, {columns} FROM json_each(?) e CROSS JOIN {SOURCE} "
            f"WHERE {rows.others[0]} AND {between} GROUP BY e.key ORDER BY e.key"
        )
        pairs = list(zip(starts, [*starts[1:], last + 1], strict=True))
        yield from connection.execute(sql, (*means, msgspec.json.encode(pairs).decode(), *rows.others[1]))


BEYOND = 1 << 62
"""Longer than any history, in microseconds."""

LATEST = times.parse("9999-12-31T23:59:59Z")


def _end(window: Window, last: int, period: Duration) -> int:
    if window.relation == "between" and window.end is not None:
        return window.end
    if window.relation == "before" and window.start is not None:
        return window.start
    return last if period == WHOLE else LATEST


def _starts(edges: Edges, last: int) -> list[int]:
    """Starts of all periods up to the one that holds the last instance."""
    starts = [edges.base]
    # At the end of the calendar a period begins where the one before it did.
    while starts[-1] < (start := edges.start(len(starts))) <= last:
        starts.append(start)
    return starts


def _named(methods: Sequence[str], values: Sequence[Any]) -> dict[str, Any]:
    return {method: value for method, value in zip(methods, values, strict=True) if value is not None}


def _in_python(
    connection: apsw.Connection, kept: Kept, rows: Rows, edges: Edges, last: int, methods: Sequence[str], attribute: str
) -> Iterator[Any]:
    """The same for values of any kind."""
    sql = f"SELECT {rows.key}, {COLUMNS} FROM {SOURCE} WHERE {rows.where} ORDER BY {rows.key}, h.number"
    number = _numbering(edges, last)
    found: Any = connection.execute(sql, rows.values)
    for n, group in groupby(found, key=lambda row: number(row[0])):
        values = [measures.value(kept.instance(row[1:]).doc, methods, attribute) for row in group]
        yield n, *(measures.take(method, values) for method in methods)


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
