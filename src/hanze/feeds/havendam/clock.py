# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What time it is for the people of the town: steps of five minutes become hours of the day, weekdays and holidays."""

from datetime import date, timedelta
from functools import cache
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt

from hanze.feeds.havendam.chance import Floats, Whole

STEP = 300_000_000
"""Microseconds from one reading to the next; a step is a number of them since 1970."""

HOUR = 12
DAY = 288
"""Steps."""

WORKDAY, SATURDAY, SUNDAY = 0, 1, 2

_SECONDS = STEP // 1_000_000


class Clock(msgspec.Struct, frozen=True):
    """Local time of each step in Europe/Amsterdam, as arrays.

    `day`: days since 1970; `hour`: 0 up to 24; `weekday`: 0 is Monday; `kind`: WORKDAY, SATURDAY or SUNDAY, which
    a public holiday is too; `quiet`: true in school holidays; `season`: the part of the year that has gone, 0 to 1, in UTC.
    """

    steps: Whole
    day: Whole
    hour: Floats
    weekday: Whole
    kind: Whole
    quiet: npt.NDArray[np.bool_]
    season: Floats


def read(steps: Whole) -> Clock:
    local = steps * _SECONDS + ahead(steps)
    day = np.floor_divide(local, 86_400)
    weekday = (day + 3) % 7
    first, last = _year(int(day.min())), _year(int(day.max()))
    kind = np.select([weekday == 5, weekday == 6], [SATURDAY, SUNDAY], WORKDAY)
    kind = np.where(np.isin(day, [one for year in range(first, last + 1) for one in free_days(year)]), SUNDAY, kind)
    quiet = np.zeros(len(steps), np.bool_)
    for year in range(first, last + 1):
        for begin, end in _school_holidays(year):
            quiet |= (day >= begin) & (day <= end)
    utc = (steps * _SECONDS).astype("datetime64[s]")
    start = utc.astype("datetime64[Y]").astype("datetime64[s]")
    season = (utc - start).astype(np.float64) / (365.25 * 86_400)
    return Clock(steps, day, (local % 86_400) / 3600, weekday, kind, quiet, season)


def ahead(steps: Whole) -> Whole:
    """Seconds that local time is ahead of UTC: by the rule of the EU, from the last Sunday of March, 01:00 UTC, to October's."""
    seconds = steps * _SECONDS
    year = seconds.astype("datetime64[s]").astype("datetime64[Y]")
    return np.where((seconds >= _change(year, 3)) & (seconds < _change(year, 10)), 7200, 3600)


def _change(year: Any, month: int) -> Whole:
    """Both months have 31 days."""
    first = (year.astype("datetime64[M]") + (month - 1)).astype("datetime64[D]").astype(np.int64)
    last = first + 30
    found: Whole = (last - (last + 4) % 7) * 86_400 + 3600
    return found


@cache
def free_days(year: int) -> tuple[int, ...]:
    """The public holidays of the Netherlands as days since 1970."""
    easter = _easter(year)
    kings = date(year, 4, 27)
    if kings.weekday() == 6:
        kings -= timedelta(1)
    fixed = (date(year, 1, 1), kings, date(year, 12, 25), date(year, 12, 26))
    moving = (easter + timedelta(days) for days in (0, 1, 39, 49, 50))
    return tuple(sorted((one - date(1970, 1, 1)).days for one in (*fixed, *moving)))


def _school_holidays(year: int) -> list[tuple[int, int]]:
    """First and last days, about when they are in the north: winter, May, summer, autumn and Christmas."""
    spans = (
        ((1, 1), (1, 5)),
        ((2, 18), (2, 26)),
        ((4, 27), (5, 5)),
        ((7, 8), (8, 18)),
        ((10, 15), (10, 23)),
        ((12, 23), (12, 31)),
    )
    epoch = date(1970, 1, 1)
    return [((date(year, *begin) - epoch).days, (date(year, *end) - epoch).days) for begin, end in spans]


def _easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher)."""
    golden, century, rest = year % 19, year // 100, year % 100
    leap, short = divmod(century, 4)
    moon = (19 * golden + century - leap - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    four, left = divmod(rest, 4)
    week = (32 + 2 * short + 2 * four - moon - left) % 7
    late = (golden + 11 * moon + 22 * week) // 451
    month, day = divmod(moon + week - 7 * late + 114, 31)
    return date(year, month, day + 1)


def _year(day: int) -> int:
    return (date(1970, 1, 1) + timedelta(day)).year


def rhythm(clock: Clock, workday: tuple[float, ...], saturday: tuple[float, ...], sunday: tuple[float, ...]) -> Floats:
    """What 24 values each, at full hours of a day of that kind, come to between them."""
    table = np.array([(*day, day[0]) for day in (workday, saturday, sunday)])
    before = clock.hour.astype(np.int64)
    part = clock.hour - before
    left, right = table[clock.kind, before], table[clock.kind, before + 1]
    found: Floats = left + (right - left) * part
    return found
