# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""One place for time: ISO 8601 text in UTC to and from microseconds since 1970."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from time import time_ns
from typing import Any

from hanze.errors import BadRequestData
from hanze.ngsild.checks import shown

Clock = Callable[[], int]
"""Gives the present as microseconds since 1970-01-01T00:00:00Z."""

Sleep = Callable[[float], Awaitable[None]]
"""Waits until so many seconds of a Clock have passed."""

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
_START = EPOCH.replace(tzinfo=None)


def parse(text: str, field: str = "observedAt") -> int:
    """Microseconds of an ISO 8601 date and time with zone; BadRequestData names `field` where it is none."""
    try:
        moment = datetime.fromisoformat(text)
        if "T" not in text or moment.tzinfo is None:
            raise ValueError
        if moment.tzinfo is not UTC:
            # In UTC it may lie outside the calendar, and then could not be written.
            moment = moment.astimezone(UTC)
        return (moment - EPOCH) // MICROSECOND
    except (ValueError, TypeError, OverflowError):
        raise BadRequestData(
            f"{field} is {shown(text)}; give a date and time in UTC such as 2026-01-31T12:00:00Z."
        ) from None


def utc(value: Any, field: str) -> str:
    """A DateTime of clause 4.6.3: with Z, since the difference to a local time has no place in it."""
    parse(value, field)
    if value[-1:] != "Z":
        raise BadRequestData(f"{field} is {shown(value)}; give it in UTC with Z, such as 2026-01-31T12:00:00Z.")
    found: str = value
    return found


def text(moment: int) -> str:
    """ISO 8601 in UTC with Z; a fraction only where there is one, with milliseconds or microseconds."""
    seconds, micro = divmod(moment, 1_000_000)
    # isoformat takes half the time of strftime, and a year below 1000 keeps its four digits.
    plain = (_START + timedelta(seconds=seconds)).isoformat()
    if not micro:
        return plain + "Z"
    return f"{plain}.{micro:06d}Z" if micro % 1000 else f"{plain}.{micro // 1000:03d}Z"


def system() -> int:
    """The clock of the machine; only node and cli hand it in."""
    return time_ns() // 1_000
