# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Times of a table: zones, forms, and the two days of the year on which the clock is changed."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanze.feeds.tables import times
from hanze.feeds.tables.mapping import Time
from hanze.ngsild.times import parse, text

AMSTERDAM = "Europe/Amsterdam"


def read(cell: str, zone: str = "UTC", form: str | None = None) -> str:
    return text(times.reader(Time("start", zone, form))(cell))


@pytest.mark.parametrize(
    ("cell", "zone", "moment"),
    [
        ("2026-01-31T13:00:00", "UTC", "2026-01-31T13:00:00Z"),
        ("2026-01-31 13:00", "UTC", "2026-01-31T13:00:00Z"),
        ("2026-01-31", "UTC", "2026-01-31T00:00:00Z"),
        ("20260131T130000", "UTC", "2026-01-31T13:00:00Z"),
        ("2026-01-31T13:00:00.250", "UTC", "2026-01-31T13:00:00.250Z"),
        ("2026-01-31T13:00:00", "+01:00", "2026-01-31T12:00:00Z"),
        ("2026-01-31T13:00:00", "-03:30", "2026-01-31T16:30:00Z"),
        ("2026-01-31T13:00:00", AMSTERDAM, "2026-01-31T12:00:00Z"),
        ("2026-07-31T13:00:00", AMSTERDAM, "2026-07-31T11:00:00Z"),
        ("2026-07-31T13:00:00Z", AMSTERDAM, "2026-07-31T13:00:00Z"),
        ("2026-07-31T13:00:00+05:00", AMSTERDAM, "2026-07-31T08:00:00Z"),
    ],
)
def test_a_time_without_zone_is_one_of_the_mapping(cell: str, zone: str, moment: str) -> None:
    assert read(cell, zone) == moment


@pytest.mark.parametrize(
    ("cell", "form", "moment"),
    [
        ("31.01.2026 13:00", "%d.%m.%Y %H:%M", "2026-01-31T12:00:00Z"),
        ("20260131 13", "%Y%m%d %H", "2026-01-31T12:00:00Z"),
        ("31 Jan 2026", "%d %b %Y", "2026-01-30T23:00:00Z"),
        ("2026-01-31 13:00 -0200", "%Y-%m-%d %H:%M %z", "2026-01-31T15:00:00Z"),
    ],
)
def test_a_form_of_ones_own(cell: str, form: str, moment: str) -> None:
    assert read(cell, AMSTERDAM, form) == moment


@pytest.mark.parametrize(
    ("cell", "form", "told"),
    [
        ("", None, "write it as 2026-01-31T13:00:00, or say its form with time.format"),
        ("yesterday", None, "time.format"),
        ("31-01-2026", None, "time.format"),
        ("2026-02-30", None, "time.format"),
        ("2026-01-31T24:30:00", None, "time.format"),
        ("2026-01-31", "%d.%m.%Y", "not of the form '%d.%m.%Y'"),
        ("31.01.2026 13:00", "%d.%m.%Y", "not of the form"),
    ],
)
def test_what_is_no_time_is_told_with_the_fix(cell: str, form: str | None, told: str) -> None:
    with pytest.raises(ValueError, match=told.replace(".", r"\.")):
        read(cell, "UTC", form)


def test_the_ends_of_the_calendar_are_no_accident() -> None:
    with pytest.raises(ValueError, match="calendar"):
        read("0001-01-01T00:00:00", AMSTERDAM)
    assert read("9999-12-31T23:59:59") == "9999-12-31T23:59:59Z"


def test_the_day_of_23_hours_has_no_third_hour() -> None:
    """29 March 2026: at 02:00 the clock goes to 03:00."""
    assert read("2026-03-29T01:59:59", AMSTERDAM) == "2026-03-29T00:59:59Z"
    for cell in ("2026-03-29T02:00:00", "2026-03-29T02:30:00", "2026-03-29T02:59:59.999999"):
        with pytest.raises(ValueError, match="did not exist in Europe/Amsterdam, where the clock was put forward"):
            read(cell, AMSTERDAM)
    assert read("2026-03-29T03:00:00", AMSTERDAM) == "2026-03-29T01:00:00Z"
    with pytest.raises(ValueError, match="did not exist"):
        read("29.03.2026 02:30", AMSTERDAM, "%d.%m.%Y %H:%M")


def test_on_the_day_of_25_hours_a_doubtful_time_is_the_first() -> None:
    """25 October 2026: at 03:00 the clock goes back to 02:00."""
    assert read("2026-10-25T01:59:00", AMSTERDAM) == "2026-10-24T23:59:00Z"
    assert read("2026-10-25T02:30:00", AMSTERDAM) == "2026-10-25T00:30:00Z"
    assert read("2026-10-25T02:30:00+01:00", AMSTERDAM) == "2026-10-25T01:30:00Z"
    assert read("2026-10-25T03:00:00", AMSTERDAM) == "2026-10-25T02:00:00Z"


def test_a_zone_that_is_not_known() -> None:
    for name in ("Europe/Nowhere", "+1", "01:00", "+24:00", "", "../etc/passwd"):
        with pytest.raises(ValueError, match=r"."):
            times.zone(name)


MOMENTS = st.datetimes(datetime(1950, 1, 1), datetime(2060, 1, 1), timezones=st.just(UTC))


@given(MOMENTS, st.sampled_from([AMSTERDAM, "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu"]))
def test_local_times_lead_back_to_their_moment(moment: datetime, name: str) -> None:
    local = moment.astimezone(ZoneInfo(name))
    found = times.to_utc(local.replace(tzinfo=None, fold=0), times.zone(name))
    expected = parse(moment.isoformat())
    # Only where the hour came twice can it be another one: the first.
    assert found == expected or (local.fold == 1 and found < expected)


@given(MOMENTS, st.integers(-23 * 60, 23 * 60))
def test_a_fixed_offset_is_taken_off(moment: datetime, minutes: int) -> None:
    sign = "-" if minutes < 0 else "+"
    there = times.zone(f"{sign}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}")
    local = (moment + timedelta(minutes=minutes)).replace(tzinfo=None)
    assert times.to_utc(local, there) == parse(moment.isoformat())
    assert times.fixed_offset(there) == minutes * 60_000_000
