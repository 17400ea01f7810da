# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Aggregates one attribute over periods: in SQL where every value is a number or a boolean, in Python for the rest.

Every value can be counted. Of numbers and booleans (true is 1) all methods can be taken; of lists all but stddev and sumsq,
of their lengths; of texts min and max. stddev is that of a sample (n - 1), so a period with one value has none.

The first period begins at timeAt, or without a lower bound at the first instance. The last one ends where the window does.
Source: ETSI GS CIM 009 V1.8.1, clause 4.5.19 and table 4.5.19.1-1.
"""

import statistics
from collections.abc import Callable, Sequence
from itertools import count, groupby, takewhile
from typing import Any

import apsw
import msgspec

from hanze.errors import InvalidRequest
from hanze.ngsild.duration import Duration
from hanze.ngsild.entity import VALUE_MEMBER, Instance
from hanze.ngsild.selection import Window
from hanze.store.base import Bucket
from hanze.store.sqlite.condition import Parameters
from hanze.store.sqlite.kept import COLUMNS, Kept
from hanze.store.sqlite.lens import SOURCE

METHODS = ("totalCount", "distinctCount", "sum", "avg", "min", "max", "stddev", "sumsq")

IN_SQL = {
    "totalCount": "count(*)",
    "distinctCount": "count(DISTINCT h.value)",
    "sum": "total(h.value)",
    "avg": "avg(h.value)",
    "min": "min(h.value) + 0.0",
    "max": "max(h.value) + 0.0",
    "sumsq": "total(h.value * h.value)",
    "stddev": "CASE WHEN count(*) > 1 THEN "
    "sqrt(max(0, (total((h.value - :m) * (h.value - :m)) - total(h.value - :m) * total(h.value - :m) / count(*))) "
    "/ (count(*) - 1)) END",
}
"""`:m` is the mean of all, so that the squares do not swallow what differs."""


class Rows(msgspec.Struct, frozen=True):
    """The instances to aggregate: `key` is the moment of one, `where` with `values` says which."""

    key: str
    where: str
    values: Parameters


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
    named = [f"{IN_SQL[method].replace(':m', repr(float(mean)))} AS {method}" for method in methods]
    columns = ", ".join(named)
    if period.fixed is not None:
        width = period.fixed or BEYOND
        sql = f"SELECT ({rows.key} - ?) / ?, {columns} FROM {SOURCE} WHERE {rows.where} GROUP BY 1 ORDER BY 1"
        made = connection.execute(sql, (base, width, *rows.values))
    else:
        starts = _starts(edges, last)
        between = f"{rows.key} >= (e.value ->> 0) AND {rows.key} < (e.value ->> 1)"
        sql = (
            f"SELECT e.key, {columns} FROM json_each(?) e CROSS JOIN {SOURCE} "
            f"WHERE {rows.where} AND {between} GROUP BY e.key ORDER BY e.key"
        )
        pairs = list(zip(starts, [*starts[1:], last + 1], strict=True))
        made = connection.execute(sql, (msgspec.json.encode(pairs).decode(), *rows.values))
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
        values = [_value(kept.instance(row[1:]).doc, methods, attribute) for row in group]
        buckets.append(edges.bucket(n, _named(methods, [TAKE[method](values) for method in methods])))
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


def _value(instance: Instance, methods: Sequence[str], attribute: str) -> Any:
    """The value in the form that is aggregated, after a check that every method can be taken of it."""
    kind = instance["type"]
    value = instance.get(VALUE_MEMBER[kind])
    if isinstance(value, dict) and "@value" in value:
        value = value["@value"]
    if kind not in ("Property", "ListProperty"):
        what, fits = kind, COUNTS
    elif isinstance(value, list):
        what, fits = "list", LISTS
    elif isinstance(value, str):
        what, fits = "text", TEXTS
    else:
        what, fits = ("object", COUNTS) if isinstance(value, dict) or value is None else ("number", METHODS)
    for method in methods:
        if method not in fits:
            raise InvalidRequest(
                f"aggrMethods has {method}, which cannot be taken of {attribute}: it has a value that is a {what}; "
                f"ask for {', '.join(fits)}, or name other attributes in attrs."
            )
    return value


COUNTS = ("totalCount", "distinctCount")
LISTS = (*COUNTS, "sum", "avg", "min", "max")
TEXTS = (*COUNTS, "min", "max")


def _sizes(values: list[Any]) -> list[float]:
    return [float(len(value)) if isinstance(value, list) else float(value) for value in values]


def _ordered(values: list[Any], pick: Callable[[Any], Any]) -> Any:
    texts = [value for value in values if isinstance(value, str)]
    return pick(texts) if len(texts) == len(values) else pick(_sizes([value for value in values if value not in texts]))


TAKE: dict[str, Callable[[list[Any]], Any]] = {
    "totalCount": len,
    "distinctCount": lambda values: len({msgspec.json.encode(value, order="deterministic") for value in values}),
    "sum": lambda values: sum(_sizes(values)),
    "avg": lambda values: statistics.fmean(_sizes(values)),
    "min": lambda values: _ordered(values, min),
    "max": lambda values: _ordered(values, max),
    "sumsq": lambda values: sum(value * value for value in _sizes(values)),
    "stddev": lambda values: statistics.stdev(_sizes(values)) if len(values) > 1 else None,
}
