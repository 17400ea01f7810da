# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""How a value went at one place: from a day to all years."""

from datetime import date, datetime, time, timedelta, tzinfo

import msgspec
import numpy as np

from hanze.errors import BadRequestData
from hanze.explore.measured import Measured
from hanze.ngsild.checks import shown
from hanze.ngsild.selection import Window
from hanze.ngsild.times import EPOCH, MICROSECOND
from hanze.store.base import Numbers, Store
from hanze.store.scope import Scope
from hanze.web.drawing.times import local
from hanze.web.language import mark as _

DAYS = {"day": 1, "week": 7, "month": 31, "year": 366}
SPANS = {"day": _("Day"), "week": _("Week"), "month": _("Month"), "year": _("Year"), "all": _("All years")}
"""How long a chart is to what a page calls it."""


class Period(msgspec.Struct, frozen=True):
    """`start` and `end` in microseconds, both None for all years. `until`: the last day where one was asked for, else empty."""

    span: str
    start: int | None
    end: int | None
    until: str = ""

    @property
    def window(self) -> Window:
        if self.start is None or self.end is None:
            return Window()
        return Window(relation="between", start=self.start, end=self.end)


def period(span: str, until: str, now: int, zone: tzinfo) -> Period:
    """The period that an address asks for: it ends now, or with the day `until` (YYYY-MM-DD) in the zone.

    Errors: BadRequestData.
    """
    span = span or "week"
    if span not in SPANS:
        raise BadRequestData(f"range is {shown(span)}; give one of {', '.join(SPANS)}.")
    if span == "all":
        return Period(span, None, None)
    # The moment itself belongs to it.
    end = now + 1 if not until else _midnight(_day(until) + timedelta(1), zone)
    begin = local(end, zone) - timedelta(DAYS[span])
    return Period(span, (begin - EPOCH) // MICROSECOND, end, until)


def steps(period: Period, now: int, zone: tzinfo) -> tuple[str, str | None]:
    """The last days of the periods before and after it; None: there is none after it, empty: it ends now."""
    if period.start is None or period.end is None:
        return "", None
    last = local(period.end - 1, zone).date()
    days = timedelta(DAYS[period.span])
    before = (last - days).isoformat()
    if not period.until:
        return before, None
    after = last + days
    return before, "" if after >= local(now, zone).date() else after.isoformat()


def read(store: Store, scope: Scope, id: str, measured: Measured, period: Period) -> Numbers:
    """The values in the unit of the newest; earlier ones in another unit are left out."""
    found = store.numbers("", id, measured.attribute, None, period.window, scope)
    return found[-1] if found else nothing()


def nothing() -> Numbers:
    """Where there are no values."""
    return Numbers(None, np.empty(0, np.int64), np.empty(0, np.float64))


def _day(text: str) -> date:
    try:
        found = date.fromisoformat(text)
        if not 1900 < found.year < 2200:
            raise ValueError
        return found
    except ValueError:
        raise BadRequestData(f"until is {shown(text)}; give a day such as 2026-03-31.") from None


def _midnight(day: date, zone: tzinfo) -> int:
    return (datetime.combine(day, time(), zone) - EPOCH) // MICROSECOND
