# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Periods of ISO 8601 such as P1M or PT15M, added to moments in UTC."""

import calendar
import re
from datetime import datetime, timedelta
from typing import NamedTuple

from hanze.errors import BadRequestData
from hanze.ngsild.checks import shown
from hanze.ngsild.times import EPOCH, MICROSECOND

_FORM = re.compile(
    r"P(?=.)(?:(\d{1,6})Y)?(?:(\d{1,6})M)?(?:(\d{1,6})W)?(?:(\d{1,7})D)?"
    r"(?:T(?=\d)(?:(\d{1,9})H)?(?:(\d{1,9})M)?(?:(\d{1,9}(?:\.\d{1,6})?)S)?)?",
    re.ASCII,
)


class Duration(NamedTuple):
    """`months` of the calendar, and microseconds."""

    months: int
    micro: int

    @property
    def fixed(self) -> int | None:
        """Microseconds, where the length is the same everywhere; else None."""
        return None if self.months else self.micro

    def add(self, moment: int, times: int) -> int:
        """The moment so many periods later; the day of the month is that of `moment`, or the month's last."""
        if not self.months:
            return moment + times * self.micro
        start = EPOCH + timedelta(microseconds=moment)
        year, month = divmod(start.year * 12 + start.month - 1 + times * self.months, 12)
        if not 1 <= year <= 9999:
            return (datetime.max.replace(tzinfo=EPOCH.tzinfo) - EPOCH) // MICROSECOND
        day = min(start.day, calendar.monthrange(year, month + 1)[1])
        return (start.replace(year=year, month=month + 1, day=day) - EPOCH) // MICROSECOND + times * self.micro


def text(micro: int) -> str:
    """Microseconds as a period: PT15M, PT1H, P1D, P7D."""
    days, rest = divmod(micro, 86_400_000_000)
    hours, rest = divmod(rest, 3_600_000_000)
    minutes, rest = divmod(rest, 60_000_000)
    seconds = f"{rest / 1_000_000:g}S" if rest else ""
    time = "".join(f"{number}{letter}" for number, letter in ((hours, "H"), (minutes, "M")) if number) + seconds
    return ("P" + (f"{days}D" if days else "") + (f"T{time}" if time else "")) if micro else "PT0S"


def parse(text: str, field: str = "aggrPeriodDuration") -> Duration:
    """A period; PT0S is the whole. BadRequestData names the field."""
    found = _FORM.fullmatch(text)
    if found is None:
        raise BadRequestData(f"{field} is {shown(text)}; give a period such as P1D, P1M or PT15M.")
    years, months, weeks, days, hours, minutes = (int(part or 0) for part in found.groups()[:6])
    seconds = round(float(found[7] or 0) * 1_000_000)
    whole = ((weeks * 7 + days) * 24 + hours) * 3600 + minutes * 60
    return Duration(years * 12 + months, whole * 1_000_000 + seconds)
