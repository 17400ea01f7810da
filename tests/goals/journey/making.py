# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Values of an indicator by month, without what they were made of."""

from collections.abc import Iterable
from zoneinfo import ZoneInfo

from hanze.goals.catalogue.reading import shipped
from hanze.goals.computing.compute import period
from hanze.goals.keeping import values
from hanze.goals.keeping.values import Worth
from hanze.goals.model import Receipt
from hanze.ngsild import calendar, times
from hanze.store.base import Store

ZONE = ZoneInfo("Europe/Amsterdam")
RECEIPT = Receipt("", 1, "", 1.0, None, None, 1, 1, "", "measured", "2026-01-01T00:00:00Z", "0")


def months(until: str, many: int) -> list[int]:
    """The starts of so many months, the last one that in which `until` (ISO 8601) lies; microseconds."""
    found = [calendar.period("month", times.parse(until), ZONE).start]
    while len(found) < many:
        found.append(calendar.period("month", found[-1] - 1, ZONE).start)
    return found[::-1]


def kept(store: Store, city: str, code: str, area: str, starts: Iterable[int], numbers: Iterable[float]) -> None:
    """These values are worked out."""
    one = shipped()[code]
    worths = []
    for start, number in zip(starts, numbers, strict=True):
        when = period(one, start, ZONE)
        worths.append(Worth(code, one.name.en, one.unit, area, when.start, when.end, float(number), RECEIPT))
    store.submit(lambda uow: values.write(uow, city, worths)).result()
