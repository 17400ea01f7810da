# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Days, weeks, months and years of a place: their ends in UTC, and that none of them leaves a gap."""

from datetime import UTC, date, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hanze.ngsild.calendar import FIRST, LAST, Kind, period, periods
from hanze.ngsild.times import EPOCH, parse, text

HOUR, DAY = 3_600_000_000, 86_400_000_000
AMSTERDAM = ZoneInfo("Europe/Amsterdam")
KINDS: tuple[Kind, ...] = ("day", "week", "month", "year")

ODD = (
    "Europe/Amsterdam", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Kiritimati",
    "Pacific/Apia", "Pacific/Kwajalein", "Asia/Manila", "America/Juneau", "America/Sao_Paulo", "Asia/Beirut",
    "Africa/Cairo", "America/Havana", "America/St_Johns", "Asia/Tehran", "Africa/Monrovia", "Antarctica/Troll",
    "America/Toronto", "Asia/Gaza", "Africa/Casablanca", "UTC",
)  # fmt: skip
"""Clocks that change by half an hour or a day, at midnight or just after it, twice a year or never."""

ZONES = st.sampled_from([ZoneInfo(name) for name in ODD])
MOMENTS = st.integers(parse("1840-01-01T00:00:00Z"), parse("2040-01-01T00:00:00Z"))


@pytest.mark.parametrize(
    ("kind", "moment", "start", "end", "first"),
    [
        ("day", "2026-01-31T23:30:00Z", "2026-01-31T23:00:00Z", "2026-02-01T23:00:00Z", date(2026, 2, 1)),
        ("day", "2026-03-29T12:00:00Z", "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z", date(2026, 3, 29)),
        ("day", "2026-10-25T12:00:00Z", "2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z", date(2026, 10, 25)),
        ("week", "2026-03-29T12:00:00Z", "2026-03-22T23:00:00Z", "2026-03-29T22:00:00Z", date(2026, 3, 23)),
        ("week", "2026-01-01T12:00:00Z", "2025-12-28T23:00:00Z", "2026-01-04T23:00:00Z", date(2025, 12, 29)),
        ("month", "2026-03-31T21:59:59Z", "2026-02-28T23:00:00Z", "2026-03-31T22:00:00Z", date(2026, 3, 1)),
        ("month", "2028-02-29T12:00:00Z", "2028-01-31T23:00:00Z", "2028-02-29T23:00:00Z", date(2028, 2, 1)),
        ("month", "2026-12-31T22:59:59Z", "2026-11-30T23:00:00Z", "2026-12-31T23:00:00Z", date(2026, 12, 1)),
        ("year", "2028-12-31T22:59:59Z", "2027-12-31T23:00:00Z", "2028-12-31T23:00:00Z", date(2028, 1, 1)),
    ],
)
def test_periods_of_amsterdam(kind: Kind, moment: str, start: str, end: str, first: date) -> None:
    found = period(kind, parse(moment), AMSTERDAM)
    assert (text(found.start), text(found.end), found.date) == (start, end, first)


@pytest.mark.parametrize(
    ("zone", "noon", "start", "hours"),
    [
        ("Europe/Amsterdam", "2026-03-29T12:00:00Z", "2026-03-28T23:00:00Z", 23),
        ("Europe/Amsterdam", "2026-10-25T12:00:00Z", "2026-10-24T22:00:00Z", 25),
        ("Australia/Lord_Howe", "2026-04-05T01:00:00Z", "2026-04-04T13:00:00Z", 24.5),
        # At midnight clocks went to one o'clock: the day has no midnight.
        ("America/Sao_Paulo", "2018-11-04T12:00:00Z", "2018-11-04T03:00:00Z", 23),
        # At midnight they went back to eleven of the day before, which therefore is the longer one.
        ("America/Sao_Paulo", "2018-02-17T12:00:00Z", "2018-02-17T02:00:00Z", 25),
        # At one they went back to midnight, which came twice.
        ("America/Havana", "2025-11-02T15:00:00Z", "2025-11-02T04:00:00Z", 25),
        # At one minute past midnight they went back to 23:01: the day began with the first midnight.
        ("America/St_Johns", "2010-11-07T15:00:00Z", "2010-11-07T02:30:00Z", 25),
        # At half past eleven in the evening clocks went to half past twelve.
        ("America/Toronto", "1919-03-31T16:00:00Z", "1919-03-31T04:30:00Z", 23.5),
    ],
)
def test_days_that_are_not_24_hours_long(zone: str, noon: str, start: str, hours: float) -> None:
    found = period("day", parse(noon), ZoneInfo(zone))
    assert (text(found.start), (found.end - found.start) / HOUR) == (start, hours)


def test_samoa_had_no_30_december_2011() -> None:
    apia = ZoneInfo("Pacific/Apia")
    start, end = parse("2011-12-28T12:00:00Z"), parse("2012-01-01T12:00:00Z")
    days = [(found.date.day, text(found.start)) for found in periods("day", start, end, apia)]
    assert days == [
        (28, "2011-12-28T10:00:00Z"), (29, "2011-12-29T10:00:00Z"), (31, "2011-12-30T10:00:00Z"),
        (1, "2011-12-31T10:00:00Z"), (2, "2012-01-01T10:00:00Z"),
    ]  # fmt: skip
    week = period("week", start, apia)
    assert week.end - week.start == 6 * DAY
    december = period("month", start, apia)
    assert december.end - december.start == 30 * DAY


@given(ZONES, MOMENTS, st.sampled_from(KINDS))
@example(ZoneInfo("America/St_Johns"), parse("2010-11-07T02:30:30Z"), "day")
@example(ZoneInfo("America/Juneau"), parse("1867-10-19T00:33:00Z"), "day")
@example(ZoneInfo("Pacific/Apia"), parse("2011-12-30T10:00:00Z"), "day")
def test_each_moment_lies_in_exactly_one_period(zone: ZoneInfo, moment: int, kind: Kind) -> None:
    """Its own; and the moments around the ends of that one lie where they must, with no gap and nothing shared."""
    found = period(kind, moment, zone)
    assert found.start <= moment < found.end
    assert period(kind, found.start, zone) == period(kind, found.end - 1, zone) == found
    following, before = period(kind, found.end, zone), period(kind, found.start - 1, zone)
    assert following.start == found.end and before.end == found.start
    assert before.date < found.date < following.date


@given(ZONES, MOMENTS)
def test_a_day_begins_when_clocks_first_show_its_date(zone: ZoneInfo, moment: int) -> None:
    found = period("day", moment, zone)

    def shown(at: int) -> date:
        return (EPOCH + timedelta(microseconds=at)).astimezone(zone).date()

    assert shown(found.start) == found.date > shown(found.start - 1)
    assert shown(moment) in (found.date, found.date - timedelta(days=1))


@given(ZONES, MOMENTS, st.sampled_from(("week", "month", "year")))
def test_longer_periods_begin_with_a_day(zone: ZoneInfo, moment: int, kind: Kind) -> None:
    found = period(kind, moment, zone)
    assert period("day", found.start, zone).start == found.start
    assert period("day", found.end, zone).start == found.end


@given(st.sampled_from(KINDS), MOMENTS, st.integers(1, 40 * DAY))
def test_periods_cover_what_was_asked_for(kind: Kind, start: int, length: int) -> None:
    end = start + length
    found = list(periods(kind, start, end, AMSTERDAM))
    assert found[0].start <= start < found[0].end and found[-1].start < end <= found[-1].end
    assert all(one.end == two.start for one, two in pairwise(found))


def test_no_time_has_no_periods() -> None:
    assert list(periods("day", 5, 5, AMSTERDAM)) == list(periods("day", 5, 4, AMSTERDAM)) == []


@pytest.mark.parametrize("year", [2025, 2026, 2028])
def test_a_year_has_its_days_in_either_kind_of_zone(year: int) -> None:
    """Also in those where clocks go forward in the northern autumn."""
    for name in ("Europe/Amsterdam", "Australia/Sydney", "UTC"):
        zone = ZoneInfo(name)
        whole = period("year", parse(f"{year}-07-01T00:00:00Z"), zone)
        days = list(periods("day", whole.start, whole.end, zone))
        assert len(days) == (366 if year == 2028 else 365)
        lengths = sorted((one.end - one.start) // HOUR for one in days)
        assert lengths[:2] + lengths[-2:] == ([24] * 4 if name == "UTC" else [23, 24, 24, 25])
        assert whole.end - whole.start == len(days) * DAY


@pytest.mark.parametrize("zone", [UTC, ZoneInfo("Pacific/Kiritimati"), ZoneInfo("Pacific/Pago_Pago")])
@pytest.mark.parametrize("kind", KINDS)
def test_at_the_ends_of_the_calendar(kind: Kind, zone: ZoneInfo) -> None:
    for moment in (FIRST, FIRST + HOUR, LAST - 30 * HOUR, LAST - 1):
        found = period(kind, moment, zone)
        assert FIRST <= found.start <= moment < found.end <= LAST
        assert text(found.start) and text(found.end)
    assert len(list(periods(kind, LAST - HOUR, LAST + DAY, zone))) in (1, 2)
    assert period(kind, -(1 << 62), zone).start == FIRST and period(kind, 1 << 62, zone).end == LAST


def test_it_agrees_with_the_calendar_in_utc() -> None:
    found = period("month", parse("2026-02-10T00:00:00Z"), UTC)
    assert (found.start, found.end) == (parse("2026-02-01T00:00:00Z"), parse("2026-03-01T00:00:00Z"))
    assert (text(FIRST), text(LAST)) == ("0001-01-01T00:00:00Z", "9999-12-31T23:59:59.999999Z")
