# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Counting by plain loops over hours and days of the town's clock: by other ways than the code that it is held against."""

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from functools import cache
from math import fsum
from zoneinfo import ZoneInfo

import msgspec

from tests.goals.demo.raw import Raw, Series, Thing

ZONE = ZoneInfo("Europe/Amsterdam")
HOUR = timedelta(hours=1)

Numbers = dict[str, float]
"""By the code of an area, or the id of a thing; who has none is not there."""


class Span(msgspec.Struct, frozen=True):
    """From a moment to another, full hours of UTC."""

    start: datetime
    end: datetime


def span(first: str, end: str) -> Span:
    """From the start of a local day (2026-01-01) to that of another, or to a full hour in UTC."""
    return Span(_hour(first), _hour(end))


def _hour(text: str) -> datetime:
    told = datetime.fromisoformat(text)
    return (told if told.tzinfo else told.replace(tzinfo=ZONE)).astimezone(UTC)


@cache
def local(hour: datetime) -> datetime:
    return hour.astimezone(ZONE)


@cache
def clock(when: Span, hours: tuple[int, ...], workdays: bool) -> tuple[datetime, ...]:
    """The hours of a span that show one of these numbers, on workdays only or on all days."""
    found, hour = [], when.start
    while hour + HOUR <= when.end:
        if local(hour).hour in hours and (not workdays or local(hour).isoweekday() <= 5):
            found.append(hour)
        hour += HOUR
    return tuple(found)


@cache
def read(moment: str) -> datetime:
    return datetime.fromisoformat(moment)


def by_hour(told: Series, when: Span) -> dict[datetime, list[float]]:
    found: dict[datetime, list[float]] = {}
    for moment, number in told:
        if when.start <= read(moment) < when.end:
            found.setdefault(read(moment).replace(minute=0, second=0, microsecond=0), []).append(number)
    return found


def by_day(told: Series, when: Span) -> dict[date, list[float]]:
    """Only days that are wholly over."""
    last = local(when.end).date()
    found: dict[date, list[float]] = {}
    for hour, numbers in by_hour(told, when).items():
        if local(hour).date() < last:
            found.setdefault(local(hour).date(), []).extend(numbers)
    return found


def days(when: Span) -> int:
    return (local(when.end).date() - local(when.start).date()).days


ALL = tuple(range(24))


def hours(
    told: Series, when: Span, complete: float = 0.75, at: Iterable[int] = ALL, *, workdays: bool = False
) -> list[float]:
    """The mean of each hour that is there; nothing where there are too few of them."""
    wanted = clock(when, tuple(at), workdays)
    there = by_hour(told, when)
    found = [mean(there[hour]) for hour in wanted if hour in there]
    return found if len(found) >= complete * len(wanted) else []


def mean(numbers: Iterable[float]) -> float:
    found = list(numbers)
    return fsum(found) / len(found)


def share(numbers: list[float], fits: Callable[[float], bool]) -> float:
    return 100 * sum(map(fits, numbers)) / len(numbers)


def each(raw: Raw, things: Iterable[Thing], attribute: str, of: Callable[[Series], float | None]) -> Numbers:
    """A number of each thing from what it measured, by its id."""
    found = {one.id: of(raw.series.get((attribute, one.id), [])) for one in things}
    return {id: number for id, number in found.items() if number is not None}


def inside(raw: Raw, code: str, things: Iterable[Thing]) -> list[Thing]:
    """What lies in an area; what has no place is of the whole town."""
    leaves = raw.leaves(code)
    return [one for one in things if one.leaf in leaves or (one.leaf == "" and not raw.areas[code].parent)]


def over_things(raw: Raw, things: list[Thing], numbers: Numbers, how: Callable[[list[float]], float] = mean) -> Numbers:
    """What the things of each area come to together."""
    found = {code: [numbers[one.id] for one in inside(raw, code, things) if one.id in numbers] for code in raw.areas}
    return {code: how(told) for code, told in found.items() if told}


def over_people(raw: Raw, things: list[Thing], numbers: Numbers) -> Numbers:
    """The mean of the neighbourhoods of each area that have a number, each by its residents."""
    found = over_things(raw, things, numbers)
    for code in raw.areas:
        told = [leaf for leaf in raw.leaves(code) if leaf in found]
        if told and told != [code]:
            people = sum(raw.areas[leaf].people for leaf in told)
            found[code] = fsum(found[leaf] * raw.areas[leaf].people for leaf in told) / people
    return found


def gap(raw: Raw, numbers: Numbers) -> Numbers:
    """The highest less the lowest of the neighbourhoods of an area, where two or more have a number."""
    found = {code: [numbers[leaf] for leaf in raw.leaves(code) if leaf in numbers] for code in raw.areas}
    return {code: max(told) - min(told) for code, told in found.items() if len(told) > 1}


def residents_over(raw: Raw, numbers: Numbers, limit: float) -> Numbers:
    """The percentage of residents of neighbourhoods with a number in which it is above a limit."""
    found = {}
    for code in raw.areas:
        told = [leaf for leaf in raw.leaves(code) if leaf in numbers]
        if len(told) > 1:
            beyond = sum(raw.areas[leaf].people for leaf in told if numbers[leaf] > limit)
            found[code] = 100 * beyond / sum(raw.areas[leaf].people for leaf in told)
    return found
