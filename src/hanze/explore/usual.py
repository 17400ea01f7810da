# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""How a value compares with the same hour of the days before: a range, never a judgement."""

from collections.abc import Iterable, Sequence
from datetime import timedelta, tzinfo
from statistics import median
from typing import Literal

import msgspec
import numpy as np

from hanze.explore.measured import Measured
from hanze.ngsild.selection import Window
from hanze.ngsild.times import EPOCH, MICROSECOND
from hanze.store.base import Numbers, Store
from hanze.store.scope import Scope
from hanze.web.drawing.times import HOUR, local

DAYS = 7
FEWEST = 3
"""Days before that are looked at, and with how many of them something can be compared."""

MOST = 10_000
"""Places that are remembered."""

Course = tuple[float | None, ...]
"""The average in this hour of the day, yesterday first; None where there was no value."""

Verdict = Literal["as usual", "higher", "lower"]


class Range(msgspec.Struct, frozen=True):
    """The lowest and the highest of so many days."""

    low: float
    high: float
    days: int

    def verdict(self, value: float) -> Verdict:
        return "higher" if value > self.high else "lower" if value < self.low else "as usual"

    def beyond(self, value: float) -> float:
        """How far outside it is, in widths of the range; 0 where it is not."""
        off = max(value - self.high, self.low - value, 0.0)
        return off / ((self.high - self.low) or abs(self.high) or 1.0)


def hours(now: int, zone: tzinfo) -> list[Window]:
    """This hour of the day on each of the days before, yesterday first; the clock on the wall counts."""
    here = local(now, zone).replace(minute=0, second=0, microsecond=0)
    starts = ((here - timedelta(day) - EPOCH) // MICROSECOND for day in range(1, DAYS + 1))
    return [Window(relation="between", start=one, end=one + HOUR) for one in starts]


class Memory:
    """What places had on the days before, as each scope sees it: read once in an hour, since it stays the same for so long. What
    comes later for an earlier day counts from the next hour on."""

    def __init__(self) -> None:
        self._start: int | None = None
        self._known: dict[tuple[bytes, str, Measured, str | None], Course] = {}

    def read(
        self, store: Store, scope: Scope, id: str, one: Measured, unit: str | None, windows: Sequence[Window]
    ) -> Course:
        start = windows[0].start
        if start != self._start or len(self._known) >= MOST:
            self._start, self._known = start, {}
        # Another thread may begin a new hour meanwhile; what is read here then stays with the old one.
        known = self._known
        key = (msgspec.json.encode(scope), id, one, unit)
        if key not in known:
            known[key] = read(store, scope, id, one, unit, windows)
        return known[key]


def read(store: Store, scope: Scope, id: str, one: Measured, unit: str | None, windows: Sequence[Window]) -> Course:
    """What one place had in these windows, in this unit."""
    # One question for all days is quicker than one for each.
    whole = Window(relation="between", start=windows[-1].start, end=windows[0].end)
    for found in store.numbers("", id, one.attribute, None, whole, scope):
        if found.unit == unit:
            return tuple(_average(found, window) for window in windows)
    return (None,) * len(windows)


def _average(found: Numbers, window: Window) -> float | None:
    assert window.start is not None and window.end is not None
    first, last = np.searchsorted(found.moments, (window.start, window.end))
    return float(found.values[first:last].mean()) if last > first else None


def of(course: Course) -> Range | None:
    """The range of one place; None where too few days are known."""
    known = [value for value in course if value is not None]
    return Range(min(known), max(known), len(known)) if len(known) >= FEWEST else None


def together(courses: Iterable[Course]) -> Range | None:
    """The range of the middle values of several places; a day counts on which half of them have a value."""
    every = list(courses)
    days = [[value for value in day if value is not None] for day in zip(*every, strict=True)]
    return of(tuple(median(day) if len(day) * 2 >= len(every) else None for day in days if day))
