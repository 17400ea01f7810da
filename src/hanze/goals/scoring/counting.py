# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which number of an indicator counts in a month."""

from collections.abc import Sequence
from datetime import tzinfo

import msgspec

from hanze.ngsild import calendar
from hanze.ngsild.calendar import Period


class Number(msgspec.Struct, frozen=True):
    """What an indicator told of an area in the period from `start` to `end` (microseconds). `value` is None where it had no number,
    and `why` says why. `at`: when it was worked out, ISO 8601."""

    start: int
    end: int
    value: float | None
    low: float | None = None
    high: float | None = None
    why: str = ""
    simulated: bool = False
    at: str = ""


class Month(msgspec.Struct, frozen=True):
    """`until`: its end, or now where it runs. `back`: the ends of periods of at most a month that still count in it lie after
    this, those of years after `year`."""

    when: Period
    until: int
    back: int
    year: int

    @property
    def start(self) -> int:
        return self.when.start

    @property
    def runs(self) -> bool:
        return self.until < self.when.end

    def number(self, course: Sequence[Number], yearly: bool, *, whole: bool = False) -> Number | None:
        """Of the newest period that was over by the end of the month, and not longer ago than a month (a year for what is told of
        years); None where that has no number. In the month that runs: of the period that runs, where it has a number already.
        `whole`: a year that runs does not count. `course`: ascending."""
        if self.runs and not (whole and yearly):
            for one in course:
                if one.end > self.until and (one.value is not None or one.why == HIDDEN):
                    return _told(one)
        last = self.year if yearly else self.back
        return next((_told(one) for one in reversed(course) if last < one.end <= self.until), None)


HIDDEN = "few people"
"""Why a number is not told, so that an earlier one may not be either."""


def _told(one: Number) -> Number | None:
    return None if one.value is None else one


def month(moment: int, now: int, zone: tzinfo) -> Month:
    """The month of the zone in which a moment lies."""
    when = calendar.period("month", moment, zone)
    return Month(when, min(when.end, now), back(when, 1, zone).start, back(when, 12, zone).start)


def back(when: Period, months: int, zone: tzinfo) -> Period:
    """So many months before."""
    for _ in range(months):
        when = calendar.period("month", when.start - 1, zone)
    return when


def months(first: int, now: int, zone: tzinfo) -> list[Month]:
    """From the one in which `first` lies to the one that runs."""
    found = calendar.periods("month", first, now + 1, zone)
    return [month(when.start, now, zone) for when in found]
