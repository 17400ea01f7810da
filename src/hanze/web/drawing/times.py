# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Time on an axis and in a sentence: local midnights, months and years of a zone, and dates as people write them."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta, tzinfo

from msgspec import Struct

from hanze.ngsild.times import EPOCH, MICROSECOND
from hanze.web.drawing.words import Words

SECOND = 1_000_000
MINUTE, HOUR, DAY = 60 * SECOND, 3600 * SECOND, 86_400 * SECOND
MONTH, YEAR = 30 * DAY, 365 * DAY

EARLIEST = (datetime(2, 1, 1, tzinfo=UTC) - EPOCH) // MICROSECOND
LATEST = (datetime(9998, 12, 31, tzinfo=UTC) - EPOCH) // MICROSECOND
"""The calendar of Python ends here; a year less on both sides leaves room for any zone and step."""


class Tick(Struct, frozen=True):
    """A mark on the axis of time. `under`: the larger unit, where it is not that of the mark before; else empty."""

    moment: int
    label: str
    under: str = ""


def local(moment: int, zone: tzinfo) -> datetime:
    """The date and time in a zone of microseconds since 1970."""
    return (EPOCH + timedelta(microseconds=min(max(moment, EARLIEST), LATEST))).astimezone(zone)


def ticks(start: int, end: int, most: int, zone: tzinfo, words: Words) -> list[Tick]:
    """At most about so many marks from start to end (microseconds), each at a round time of the zone."""
    start, end = max(start, EARLIEST), min(end, LATEST)
    room = (end - start) / max(most, 1)
    level = next((level for level in _LEVELS if level.count * level.unit >= room), _LEVELS[-1])
    found: list[Tick] = []
    before = ""
    for wall in level.walls(local(start, zone), local(end, zone), level.count, level.unit):
        moment = (wall.replace(tzinfo=zone) - EPOCH) // MICROSECOND
        # A time that the clock jumps over is the moment of its jump, which the next time may be too.
        if start <= moment <= end and (not found or moment > found[-1].moment):
            at = local(moment, zone)
            under = level.under(at, words)
            found.append(Tick(moment, level.label(at, words), under if under != before else ""))
            before = under
    return found


def date(moment: datetime, words: Words) -> str:
    """Such as 3 March 2026."""
    return f"{moment.day} {words.months[moment.month - 1]} {moment.year}"


def clock(moment: datetime) -> str:
    """Hours and minutes, with seconds where there are any."""
    return f"{moment:%H:%M:%S}" if moment.second else f"{moment:%H:%M}"


def when(moment: datetime, words: Words) -> str:
    """A date, with the time of the day where it is not midnight."""
    return date(moment, words) if clock(moment) == "00:00" else f"{date(moment, words)}, {clock(moment)}"


_Walls = Callable[[datetime, datetime, int, int], Iterator[datetime]]
_Text = Callable[[datetime, Words], str]


def _clock(first: datetime, last: datetime, count: int, unit: int) -> Iterator[datetime]:
    """Times of the day, so many units apart, which are a part of a day."""
    midnight, apart = datetime(first.year, first.month, first.day), timedelta(microseconds=count * unit)
    # Some hours more on both sides, since the clock may be set back or forth between.
    begin, end = first.replace(tzinfo=None) - 3 * _HOUR, last.replace(tzinfo=None) + 3 * _HOUR
    at = midnight + (begin - midnight) // apart * apart
    while at <= end:
        yield at
        at += apart


def _days(first: datetime, last: datetime, count: int, unit: int) -> Iterator[datetime]:
    """Midnights; where a week or more lies between them, those of Mondays."""
    number = first.toordinal()
    for day in range(number - (number - 1) % count, last.toordinal() + 1, count):
        yield datetime.fromordinal(day)


def _months(first: datetime, last: datetime, count: int, unit: int) -> Iterator[datetime]:
    """The first midnights of months; where years lie between them, of round years."""
    apart = count * (12 if unit == YEAR else 1)
    number = first.year * 12 + first.month - 1
    for month in range(number - number % apart, last.year * 12 + last.month, apart):
        if month >= 12:
            yield datetime(month // 12, month % 12 + 1, 1)


_HOUR = timedelta(hours=1)


class _Level(Struct, frozen=True):
    """How far marks are apart, at which times of the wall they are, and what stands at them and under them."""

    count: int
    unit: int
    walls: _Walls
    label: _Text
    under: _Text


def _levels(unit: int, counts: tuple[int, ...], walls: _Walls, label: _Text, under: _Text) -> list[_Level]:
    return [_Level(count, unit, walls, label, under) for count in counts]


def _short(at: datetime, words: Words) -> str:
    return f"{at.day} {words.short_months[at.month - 1]}"


def _short_date(at: datetime, words: Words) -> str:
    return f"{_short(at, words)} {at.year}"


def _year(at: datetime, words: Words) -> str:
    return str(at.year)


_LEVELS = [
    *_levels(SECOND, (1, 2, 5, 15, 30), _clock, lambda at, words: f"{at:%H:%M:%S}", _short_date),
    *_levels(MINUTE, (1, 2, 5, 15, 30), _clock, lambda at, words: clock(at), _short_date),
    *_levels(HOUR, (1, 2, 3, 6, 12), _clock, lambda at, words: clock(at), _short_date),
    *_levels(DAY, (1, 2, 4, 7, 14), _days, _short, _year),
    *_levels(MONTH, (1, 2, 3, 6), _months, lambda at, words: words.short_months[at.month - 1], _year),
    *_levels(YEAR, (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000), _months, _year, lambda at, words: ""),
]
