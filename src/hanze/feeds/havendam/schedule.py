# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Pilots as a person plans them, one effect a line, and how a plan may change: what has been told is never told otherwise.

intensity -25% on Bruggestraat from 2027-03-01 to 2027-06-01
no2 -12% on Bruggestraat from 2027-03-01
occupancy +10% in Oude Rede, Weidepoort from 2027-03-01T07:00:00Z
"""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import msgspec

from hanze.errors import BadRequestData, ConfigurationError
from hanze.feeds.havendam.pilots import Effect
from hanze.ngsild import calendar, times
from hanze.ngsild.checks import shown

LINE = re.compile(
    r"(?P<attribute>\w+) (?P<size>[+-]?\d+(?:\.\d+)?) ?%(?: in (?P<districts>.+?))?(?: on (?P<roads>.+?))?"
    r" from (?P<start>\S+)(?: to (?P<end>\S+))?"
)

ZONE = ZoneInfo("Europe/Amsterdam")

FORM = "write it such as: intensity -25% on Bruggestraat from 2027-03-01 to 2027-06-01"


def read(lines: Sequence[str]) -> list[Effect]:
    """The effects, one a line. Errors: ConfigurationError, which names the line and what to write."""
    found: list[Effect] = []
    for number, line in enumerate(lines, 1):
        try:
            found.append(_effect(line))
        except (ConfigurationError, BadRequestData) as error:
            raise ConfigurationError(f"pilots, line {number}: {error.detail}") from None
        if _same(found[-1]) in map(_same, found[:-1]):
            raise ConfigurationError(f"pilots, line {number}: it is there twice; take one of the two away.")
    return found


def _effect(line: str) -> Effect:
    match = LINE.fullmatch(" ".join(line.split()))
    if match is None:
        raise ConfigurationError(f"{shown(line)} is no effect; {FORM}.")
    end = match["end"]
    return Effect(
        attribute=match["attribute"], size=float(match["size"]) / 100, start=_moment(match["start"], "from"),
        end=None if end is None else _moment(end, "to"), districts=_names(match["districts"]), roads=_names(match["roads"]),
    )  # fmt: skip


def _names(told: str | None) -> tuple[str, ...]:
    return () if told is None else tuple(sorted(name.strip() for name in told.split(",")))


def _moment(told: str, field: str) -> int:
    """Of a date the beginning of that day in the town."""
    try:
        day = date.fromisoformat(told)
    except ValueError:
        return times.parse(told, field)
    noon = datetime.combine(day, time(12), ZONE)
    return calendar.period("day", (noon - times.EPOCH) // times.MICROSECOND, ZONE).start


def revised(before: Iterable[Effect], given: Sequence[Effect], told: int) -> tuple[Effect, ...]:
    """What is planted from now on, where all until `told` (microseconds, not included) has been told already.

    One that has begun may end at another time, and where it is taken away it ends now. What is over stays, for the parts of
    the past that are told later. Errors: ConfigurationError where the past would have to change.
    """
    known = {_same(one): one for one in before}
    kept = [_known(number, one, known.pop(_same(one), None), told) for number, one in enumerate(given, 1)]
    gone = [one for one in known.values() if one.start < told]
    return (*kept, *(one if _over(one, told) else msgspec.structs.replace(one, end=told) for one in gone))


def _known(number: int, one: Effect, was: Effect | None, told: int) -> Effect:
    if was == one or (was is None and one.start >= told):
        return one
    until = times.text(told)
    if was is None:
        raise ConfigurationError(
            f"pilots, line {number}: it begins at {times.text(one.start)}, and the past is not told anew; let it begin at {until} "
            "or later."
        )
    if _over(was, told) or _over(one, told):
        raise ConfigurationError(
            f"pilots, line {number}: its end would change what has been told; write the end that it had, or one after {until}."
        )
    return one


def _over(one: Effect, told: int) -> bool:
    return one.end is not None and one.end < told


def _same(one: Effect) -> Effect:
    """What an effect is known by: all but its end."""
    return msgspec.structs.replace(one, end=None)
