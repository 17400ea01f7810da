# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Days and moments as plans write them: 2026-03-01, or 2026-03-01T07:00, by the clocks of the city."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, tzinfo
from itertools import pairwise

import msgspec

from hanze.ngsild import calendar
from hanze.ngsild.times import EPOCH, MICROSECOND

EARLIEST, LATEST = 1950, 2150


class Stretch(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`since`, `until`: the first and the last day, both within it; where a time stands there too, `until` is the moment at which
    it is over."""

    since: str
    until: str


def day(text: str) -> date | None:
    """None where it is none."""
    try:
        found = date.fromisoformat(text)
    except ValueError:
        return None
    return found if len(text) == 10 and EARLIEST <= found.year <= LATEST else None


def is_edge(text: str) -> bool:
    """It is a day, or a day with a time."""
    return _parsed(text) is not None


def since(text: str, zone: tzinfo) -> int:
    """The moment (microseconds) at which a stretch begins that is written so."""
    found = _parsed(text)
    assert found is not None
    return _start(found, zone) if isinstance(found, datetime) else _midnight(found, zone).start


def until(text: str, zone: tzinfo) -> int:
    """The moment (microseconds) at which a stretch that is written so is over."""
    found = _parsed(text)
    assert found is not None
    return _start(found, zone) if isinstance(found, datetime) else _midnight(found, zone).end


def text(moment: int, zone: tzinfo) -> str:
    """The day of the city in which a moment (microseconds) lies, such as 2026-03-01."""
    return calendar.period("day", moment, zone).date.isoformat()


def holds(stretches: Iterable[Stretch], moment: int, zone: tzinfo) -> bool:
    """One of them holds the moment (microseconds)."""
    return any(since(one.since, zone) <= moment < until(one.until, zone) for one in stretches)


def ordered(stretches: Sequence[Stretch], zone: tzinfo) -> bool:
    """Each ends after it begins, and before the next one begins."""
    edges = [edge for one in stretches for edge in (since(one.since, zone), until(one.until, zone))]
    return all(one < other if number % 2 == 0 else one <= other for number, (one, other) in enumerate(pairwise(edges)))


def _parsed(text: str) -> date | datetime | None:
    if len(text) != 16:
        return day(text)
    try:
        return datetime.strptime(text, "%Y-%m-%dT%H:%M") if day(text[:10]) else None
    except ValueError:
        return None


def _midnight(found: date, zone: tzinfo) -> calendar.Period:
    noon = (datetime(found.year, found.month, found.day, 12, tzinfo=zone) - EPOCH) // MICROSECOND
    return calendar.period("day", noon, zone)


def _start(found: datetime, zone: tzinfo) -> int:
    return (found.replace(tzinfo=zone) - EPOCH) // MICROSECOND
