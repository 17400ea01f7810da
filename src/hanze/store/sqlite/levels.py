# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Aggregates of an attribute of which no single value may be seen: only whole periods of at least a given length, the level.

Periods stand on one grid for all questions, that of the level, from a Monday at midnight UTC on. What was observed is put into
*cells*: each period of the grid that has ended, lies in the window and in the period of the grant, and has at least FEWEST
values; what is left over is put together by the hour and by the day, where these are longer. An answer is the sum of whole
cells that lie in the period that was asked for. So whatever is asked, by whatever periods and windows, and however answers are
subtracted, nothing comes out but sums of cells, and there is no cell of fewer than FEWEST values. What is left over is told
nowhere. Only a value that comes in late, for a period that has ended, can be seen by the difference that it makes.

Methods are totalCount, sum, avg and stddev: min, max and the like tell single values. FEWEST is 3 since avg and stddev of two
values tell both. Only numbers and booleans that have a moment of observation count.
"""

import math
from collections.abc import Iterable, Sequence
from typing import Any

import apsw
import msgspec

from hanze.errors import NoRightToAccess, TooManyResults
from hanze.ngsild import duration, times
from hanze.ngsild.duration import Duration
from hanze.ngsild.selection import Window
from hanze.store.base import Bucket
from hanze.store.scope import FEWEST, Grant
from hanze.store.sqlite.aggregates import MOST_PERIODS, Rows, one_unit
from hanze.store.sqlite.condition import Sql
from hanze.store.sqlite.kept import Kept
from hanze.store.sqlite.lens import SOURCE, somewhere

METHODS = ("totalCount", "sum", "avg", "stddev")

BASE = times.parse("0001-01-01T00:00:00Z")
"""A Monday, where grids and months begin."""

HOUR = 3_600_000_000
DAY = 24 * HOUR

COUNTS = "s.gone = 0 AND s.observed = 1 AND h.value < ''"
"""Numbers and booleans: to SQLite they are less than any text."""

Span = tuple[int, int]
"""Microseconds: from the first up to, but not including the last."""

EVER = (BASE, times.parse("9999-12-31T00:00:00Z"))


class Stage(msgspec.Struct):
    """Cells of one width (microseconds); `spans`: where there may be some."""

    width: int
    spans: list[Span]


class Sum(msgspec.Struct):
    """What is known of some values: how many there are, their total, and those of their differences from one mean, and of the
    squares of these."""

    count: int = 0
    total: float = 0.0
    apart: float = 0.0
    squares: float = 0.0

    def add(self, other: "Sum") -> None:
        self.count += other.count
        self.total += other.total
        self.apart += other.apart
        self.squares += other.squares

    def value(self, method: str) -> float | int:
        """What a method makes of them; stddev is that of a sample (n - 1)."""
        if method == "totalCount":
            return self.count
        if method == "stddev":
            return math.sqrt(max(0.0, self.squares - self.apart * self.apart / self.count) / (self.count - 1))
        return self.total if method == "sum" else self.total / self.count


Cells = list[tuple[int, int, Sum]]
"""Start and end, microseconds, and what is in it; in order of their end."""


def stages(grants: Sequence[Grant]) -> list[Stage]:
    """From the finest on; each width is a multiple of the one before, and a grant with another level shows nothing more."""
    made: dict[int, Stage] = {}
    for grant in sorted(grants, key=lambda grant: grant.level or 0):
        span = (EVER[0] if grant.since is None else grant.since, EVER[1] if grant.until is None else grant.until)
        for width in _widths(grant.level or 0):
            made.setdefault(width, Stage(width, [])).spans.append(span)
    found: list[Stage] = []
    for width in sorted(made):
        if not found or width % found[-1].width == 0:
            found.append(made[width])
    return found


def _widths(level: int) -> list[int]:
    found = [level]
    for width in (HOUR, DAY):
        if width > found[-1] and width % found[-1] == 0:
            found.append(width)
    return found


def check(found: Sequence[Stage], methods: Sequence[str], period: Duration, window: Window, told: str) -> None:
    """NoRightToAccess where what is asked tells more than whole periods of the level do. `told`: what is asked about."""
    level = found[0].width
    floor = duration.text(level)
    for method in methods:
        if method not in METHODS:
            raise NoRightToAccess(
                f"aggrMethods has {method}, which tells single values of {told}; of it only {', '.join(METHODS)} can be seen."
            )
    if window.last is not None or window.property != "observedAt":
        what = "timeproperty" if window.last is None else "lastN"
        raise NoRightToAccess(
            f"{what} cannot be given for {told}, of which only whole periods can be seen; leave it out."
        )
    length = period.micro + 28 * DAY * period.months
    if length < level:
        asked = "PT0S, the whole window" if not length else duration.text(length)
        raise NoRightToAccess(
            f"aggrPeriodDuration is {asked}; of {told} only periods of at least {floor} can be seen. Give {floor} or more, "
            "or name other attributes in attrs."
        )
    if period.micro % level or (period.months and (period.micro or DAY % level)):
        raise NoRightToAccess(
            f"aggrPeriodDuration is no multiple of {floor}; of {told} only whole periods of {floor} together can be seen. Give "
            f"{floor} or a multiple of it."
        )


def aggregate(
    connection: apsw.Connection, kept: Kept, of: Sql, grants: Sequence[Grant], window: Window, methods: Sequence[str],
    period: Duration, now: int, told: str,
) -> list[Bucket]:  # fmt: skip
    """The periods that end by now, lie in the window and in the period of a grant, and have cells. `of`: which instances.
    NoRightToAccess where these periods are too fine; else errors as of hanze.store.sqlite.aggregates."""
    found = stages(grants)
    check(found, methods, period, window, told)
    of = _granted(of, found, grants)
    span = _within(window, now)
    if set(methods) != {"totalCount"}:
        one_unit(connection, kept, _rows(of, _whole(span, found[0].width)), told)
    made: dict[int, Sum] = {}
    for start, end, values in cells(connection, of, found, span):
        number = _number(period, start)
        if end <= period.add(BASE, number + 1):
            made.setdefault(number, Sum()).add(values)
    buckets = []
    for number in sorted(made):
        edges = period.add(BASE, number), period.add(BASE, number + 1)
        if _in(edges, [span]) and any(_in(edges, stage.spans) for stage in found):
            buckets.append(Bucket(*edges, {method: made[number].value(method) for method in methods}))
    return buckets


def cells(connection: apsw.Connection, of: Sql, found: Sequence[Stage], span: Span) -> Cells:
    """All cells of the span. Errors: TooManyResults."""
    width = found[0].width
    rows = _rows(of, _whole(span, width))
    mean = connection.execute(f"SELECT avg(h.value) FROM {SOURCE} WHERE {rows.where}", rows.values).get
    sql = (
        f"SELECT (h.at - ?) / ? AS number, count(*), total(h.value), total(h.value - ?), "
        f"total((h.value - ?) * (h.value - ?)) FROM {SOURCE} WHERE {rows.where} GROUP BY 1 ORDER BY 1 LIMIT ?"
    )
    asked = (BASE, width, mean, mean, mean, *rows.values, MOST_PERIODS + 1)
    left: list[tuple[int, Sum]] = [
        (BASE + number * width, Sum(*rest)) for number, *rest in connection.execute(sql, asked)
    ]
    if len(left) > MOST_PERIODS:
        raise TooManyResults(
            f"The window has more than {MOST_PERIODS} periods of {duration.text(width)}; give a shorter one.",
            limit=MOST_PERIODS,
        )
    made: Cells = []
    for stage in found:
        more, left = _stage(stage, left, span)
        made += more
    return made


def _stage(stage: Stage, left: list[tuple[int, Sum]], span: Span) -> tuple[Cells, list[tuple[int, Sum]]]:
    """The cells of one width, and what is in none."""
    groups: dict[int, list[tuple[int, Sum]]] = {}
    for start, values in left:
        groups.setdefault((start - BASE) // stage.width, []).append((start, values))
    made: Cells = []
    rest: list[tuple[int, Sum]] = []
    for number, parts in groups.items():
        edges = BASE + number * stage.width, BASE + (number + 1) * stage.width
        whole = Sum()
        for _, values in parts:
            whole.add(values)
        if whole.count >= FEWEST and _in(edges, [span]) and _in(edges, stage.spans):
            made.append((*edges, whole))
        else:
            rest += parts
    return made, rest


def some(grants: Sequence[Grant], window: Window, now: int, aids: Iterable[int]) -> Sql:
    """The condition that entity d has a cell of one of these attributes."""
    listed = ", ".join(map(str, aids))
    parts: list[str] = []
    values: list[object] = []
    there, places = somewhere(grants)
    for stage in stages(grants) if listed and window.property == "observedAt" else ():
        for span in stage.spans:
            first, last = _within(window, now)
            start, end = _whole((max(first, span[0]), min(last, span[1])), stage.width)
            parts.append(
                f"EXISTS (SELECT 1 FROM {SOURCE} WHERE h.eid = d.eid AND h.aid IN ({listed}) AND {COUNTS} AND h.at >= ? "
                f"AND h.at < ? AND {there} GROUP BY h.aid, s.dataset, (h.at - ?) / ? HAVING count(*) >= {FEWEST})"
            )
            values += [start, end, *places, BASE, stage.width]
    return "(" + (" OR ".join(parts) or "0") + ")", values


def datasets(
    connection: apsw.Connection, of: Sql, grants: Sequence[Grant], window: Window, now: int
) -> list[str | None]:
    """The datasetIds of which there are cells. `of`: which instances, of any dataset."""
    if window.property != "observedAt":
        return []
    span, found = _within(window, now), stages(grants)
    of = _granted(of, found, grants)
    rows = _rows(of, _whole(span, found[0].width))
    sql = f"SELECT DISTINCT s.dataset FROM {SOURCE} WHERE {rows.where}"
    named: Any = connection.execute(sql, rows.values).fetchall()
    return [
        dataset for (dataset,) in named
        if cells(connection, (f"{of[0]} AND s.dataset IS ?", [*of[1], dataset]), found, span)
    ]  # fmt: skip


def _granted(of: Sql, found: Sequence[Stage], grants: Sequence[Grant]) -> Sql:
    """The instances in the periods and areas of the grants."""
    spans = sorted({span for stage in found for span in stage.spans})
    where = " OR ".join("(h.at >= ? AND h.at < ?)" for _ in spans)
    there, places = somewhere(grants)
    return f"{of[0]} AND ({where}) AND {there}", [*of[1], *(edge for span in spans for edge in span), *places]


def _rows(of: Sql, span: Span) -> Rows:
    return Rows("h.at", (f"{of[0]} AND {COUNTS}", of[1]), ("h.at >= ? AND h.at < ?", [*span]))


def _within(window: Window, now: int) -> Span:
    """What has ended, of the window."""
    first, last = EVER
    if window.relation == "before":
        last = window.start if window.start is not None else last
    elif window.relation:
        first = window.start if window.start is not None else first
        last = window.end if window.end is not None else last
    return max(first, EVER[0]), min(last, now, EVER[1])


def _whole(span: Span, width: int) -> Span:
    """The whole periods of the span; where there is none it ends before it begins."""
    return BASE - (BASE - span[0]) // width * width, BASE + (span[1] - BASE) // width * width


def _in(edges: Span, spans: Iterable[Span]) -> bool:
    return any(start <= edges[0] and edges[1] <= end for start, end in spans)


def _number(period: Duration, moment: int) -> int:
    """Which of the periods from BASE on a moment is in."""
    if not period.months:
        return (moment - BASE) // period.micro
    there = times.EPOCH + moment * times.MICROSECOND
    return (there.year * 12 + there.month - 13) // period.months
