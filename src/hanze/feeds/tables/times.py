# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Times of a table to microseconds since 1970 in UTC, by the zone that the mapping names."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from hanze.errors import ConfigurationError
from hanze.feeds.tables.mapping import Time
from hanze.ngsild.times import EPOCH, MICROSECOND

_OFFSET = re.compile(r"([+-])(\d\d):(\d\d)")


def zone(name: str) -> tzinfo:
    """The zone of a name such as Europe/Amsterdam, +01:00 or UTC."""
    offset = _OFFSET.fullmatch(name)
    if offset:
        minutes = int(offset[2]) * 60 + int(offset[3])
        return timezone(timedelta(minutes=minutes if offset[1] == "+" else -minutes))
    try:
        return UTC if name == "UTC" else ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ConfigurationError(
            f'time.zone is "{name}", which this machine does not know; give one such as "Europe/Amsterdam" or "+01:00".'
        ) from None


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
        back = local.astimezone(UTC).astimezone(there)
        if back.replace(tzinfo=None) != local.replace(tzinfo=None):
            raise ValueError(f"{local:%Y-%m-%d %H:%M} does not exist in {there}: the clock was put forward")
    return (local - EPOCH) // MICROSECOND


def reader(time: Time) -> Callable[[str], int]:
    """A function from the text of a cell to microseconds; it raises ValueError."""
    there = zone(time.zone)
    form = time.format
    if form is None:
        return lambda text: to_utc(datetime.fromisoformat(text), there)
    return lambda text: to_utc(datetime.strptime(text, form), there)
