# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Days, weeks, months and years as the clocks of a place show them, as periods in UTC.

A day begins at the first moment at which the clocks of its zone show its date, and ends where the next one begins. So every
moment lies in exactly one day: a day has 23 or 25 hours where the clocks change, and one that a place left out (Samoa had no
30 December 2011) is no period at all.
"""

from bisect import bisect_left
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta, tzinfo
from typing import Literal

import msgspec

from hanze.ngsild.times import EPOCH, MICROSECOND

Kind = Literal["day", "week", "month", "year"]
"""A week begins on Monday (ISO 8601)."""

FIRST = (datetime.min.replace(tzinfo=EPOCH.tzinfo) - EPOCH) // MICROSECOND
LAST = (datetime.max.replace(tzinfo=EPOCH.tzinfo) - EPOCH) // MICROSECOND
"""The calendar begins and ends here; what lies beyond belongs to its first and last period."""


class Period(msgspec.Struct, frozen=True):
    """From `start` until just before `end`, microseconds; `date`: the local date of its first day."""

    start: int
    end: int
    date: date


def period(kind: Kind, moment: int, zone: tzinfo) -> Period:
    """The day, week, month or year of the zone in which a moment (microseconds) lies."""
    first = _first(kind, _day(moment, zone))
    try:
        end = _start(_next(kind, first), zone)
    except OverflowError:
        end = LAST
    return Period(_start(first, zone), end, first)


def periods(kind: Kind, start: int, end: int, zone: tzinfo) -> Iterator[Period]:
    """The periods that have a part in start (included) to end (not), in order; the outer ones reach beyond them."""
    while start < end:
        found = period(kind, start, zone)
        yield found
        if found.end <= start:
            return
        start = found.end


def _day(moment: int, zone: tzinfo) -> date:
    """The date of the local day, which is that of the clock or, where a clock went back over midnight, the next one."""
    day = _shown(moment, zone)
    while day < date.max and _start(day + timedelta(days=1), zone) <= moment:
        day += timedelta(days=1)
    return day


def _shown(moment: int, zone: tzinfo) -> date:
    """The date that clocks show."""
    try:
        return (EPOCH + timedelta(microseconds=moment)).astimezone(zone).date()
    except OverflowError:
        return date.min if moment < 0 else date.max


def _start(day: date, zone: tzinfo) -> int:
    """The first moment at which clocks show this date or a later one."""
    if day == date.min:
        return FIRST
    midnight = datetime.combine(day, time(), zone)
    late = (midnight - EPOCH) // MICROSECOND
    if _shown(late - 1, zone) < day:
        return late
    # No clock showed midnight, for it was put forward over it; by the time after that, midnight was before it.
    early = (midnight.replace(fold=1) - EPOCH) // MICROSECOND
    return early + bisect_left(range(early, late), True, key=lambda moment: _shown(moment, zone) >= day)


def _first(kind: Kind, day: date) -> date:
    if kind == "day":
        return day
    if kind == "week":
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if kind == "month" else day.replace(month=1, day=1)


def _next(kind: Kind, first: date) -> date:
    """The first day of the period after the one that begins on `first`; OverflowError at the end of the calendar."""
    if kind == "day" or kind == "week":
        return first + timedelta(days=1 if kind == "day" else 7)
    if kind == "month":
        return (first + timedelta(days=31)).replace(day=1)
    return (first + timedelta(days=366)).replace(month=1, day=1)
