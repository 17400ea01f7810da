# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Times of a table to microseconds since 1970 in UTC, by the zone that the mapping names."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from hanze.feeds.tables.mapping import Time
from hanze.ngsild.times import EPOCH, MICROSECOND

_OFFSET = re.compile(r"([+-])([01]\d|2[0-3]):([0-5]\d)")


def zone(name: str) -> tzinfo:
    """The zone of a name such as Europe/Amsterdam, +01:00 or UTC; ValueError where this machine knows none."""
    offset = _OFFSET.fullmatch(name)
    if offset:
        minutes = int(offset[2]) * 60 + int(offset[3])
        return timezone(timedelta(minutes=minutes if offset[1] == "+" else -minutes))
    try:
        return UTC if name == "UTC" else ZoneInfo(name)
    except (ZoneInfoNotFoundError, OSError):
        raise ValueError(f"this machine knows no zone {name!r}") from None


def fixed_offset(there: tzinfo) -> int | None:
    """Microseconds that the zone is ahead of UTC; None where that differs over the year."""
    if isinstance(there, ZoneInfo):
        return None
    ahead = there.utcoffset(None)
    assert ahead is not None
    return ahead // MICROSECOND


def to_utc(local: datetime, there: tzinfo) -> int:
    """Microseconds of a local time; ValueError where the clock skipped it. A time that came twice is the first one."""
    if local.tzinfo is None:
        local = local.replace(tzinfo=there)
        try:
            back = local.astimezone(UTC).astimezone(there)
        except OverflowError:
            raise ValueError("the calendar does not go so far") from None
        if back.replace(tzinfo=None) != local.replace(tzinfo=None):
            raise ValueError(skipped(there))
    return (local - EPOCH) // MICROSECOND


def skipped(there: tzinfo) -> str:
    """Why a local time cannot be taken."""
    return f"that time did not exist in {there}, where the clock was put forward"


def reader(time: Time) -> Callable[[str], int]:
    """A function from the text of a cell to microseconds; it raises ValueError with the reason."""
    there = zone(time.zone)
    form = time.format

    def read(text: str) -> int:
        try:
            local = datetime.fromisoformat(text) if form is None else datetime.strptime(text, form)
        except ValueError:
            raise ValueError(
                "write it as 2026-01-31T13:00:00, or say its form with time.format" if form is None
                else f"that is not of the form {form!r} (time.format)"
            ) from None  # fmt: skip
        return to_utc(local, there)

    return read
