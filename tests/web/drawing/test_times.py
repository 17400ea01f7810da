# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Marks of time stand at round local times, also where the clock jumps, and are called as people call them."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanze.ngsild.times import EPOCH, MICROSECOND, parse
from hanze.web.drawing import times
from hanze.web.drawing.words import EN, NL

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
ZONES = ["Europe/Amsterdam", "America/New_York", "Asia/Kolkata", "Pacific/Apia", "America/Sao_Paulo", "UTC"]


def told(start: str, end: str, most: int = 6, zone: str = "Europe/Amsterdam") -> list[str]:
    """Labels, each with what stands under it."""
    found = times.ticks(parse(start), parse(end), most, ZoneInfo(zone), EN)
    return [f"{tick.label}|{tick.under}" if tick.under else tick.label for tick in found]


def test_a_day() -> None:
    assert told("2026-03-04T23:00:00Z", "2026-03-05T23:00:00Z") == [
        "00:00|5 Mar 2026", "06:00", "12:00", "18:00", "00:00|6 Mar 2026",
    ]  # fmt: skip


def test_some_minutes() -> None:
    assert told("2026-03-05T12:01:00Z", "2026-03-05T12:03:10Z") == [
        "13:01:00|5 Mar 2026", "13:01:30", "13:02:00", "13:02:30", "13:03:00",
    ]  # fmt: skip


def test_a_week_and_a_month() -> None:
    assert told("2025-12-29T00:00:00Z", "2026-01-04T00:00:00Z") == [
        "30 Dec|2025", "31 Dec", "1 Jan|2026", "2 Jan", "3 Jan", "4 Jan",
    ]  # fmt: skip
    found = times.ticks(parse("2026-03-01T00:00:00Z"), parse("2026-03-31T00:00:00Z"), 6, AMSTERDAM, EN)
    assert {times.local(tick.moment, AMSTERDAM).weekday() for tick in found} == {0}


def test_a_year_and_decades() -> None:
    assert told("2025-02-03T00:00:00Z", "2026-02-03T00:00:00Z") == ["Apr|2025", "Jul", "Oct", "Jan|2026"]
    assert told("1974-02-03T00:00:00Z", "2026-02-03T00:00:00Z") == ["1980", "1990", "2000", "2010", "2020"]
    assert told("0001-01-01T00:00:00Z", "9999-12-31T00:00:00Z") == ["2000", "4000", "6000", "8000"]


def test_the_other_language() -> None:
    found = times.ticks(parse("2025-02-20T00:00:00Z"), parse("2025-06-10T00:00:00Z"), 6, AMSTERDAM, NL)
    assert [tick.label for tick in found] == ["mrt", "apr", "mei", "jun"]


def test_the_clock_is_set_forth_and_back() -> None:
    assert told("2026-03-28T23:00:00Z", "2026-03-29T04:00:00Z") == [
        "00:00|29 Mar 2026", "01:00", "03:00", "04:00", "05:00", "06:00",
    ]  # fmt: skip
    assert told("2026-10-24T22:00:00Z", "2026-10-25T04:00:00Z", 7) == [
        "00:00|25 Oct 2026", "01:00", "02:00", "03:00", "04:00", "05:00",
    ]  # fmt: skip


def test_a_day_without_midnight_begins_later() -> None:
    # In 2018 the clocks of São Paulo went from 23:59 to 01:00.
    zone = ZoneInfo("America/Sao_Paulo")
    found = times.ticks(parse("2018-11-03T00:00:00Z"), parse("2018-11-06T12:00:00Z"), 5, zone, EN)
    assert [f"{times.local(tick.moment, zone):%d %H:%M}" for tick in found] == [
        "03 00:00", "04 01:00", "05 00:00", "06 00:00",
    ]  # fmt: skip


MOMENTS = st.datetimes(datetime(1, 1, 1), datetime(9999, 12, 31)).map(
    lambda at: (at.replace(tzinfo=UTC) - EPOCH) // MICROSECOND
)


@given(MOMENTS, MOMENTS, st.integers(1, 15), st.sampled_from(ZONES))
def test_any_period_has_few_marks_in_order_at_round_times(one: int, other: int, most: int, name: str) -> None:
    zone = ZoneInfo(name)
    start, end = min(one, other), max(one, other)
    found = times.ticks(start, end, most, zone, EN)
    assert len(found) <= 2 * most + 2
    moments = [tick.moment for tick in found]
    assert moments == sorted(set(moments))
    assert all(start <= moment <= end for moment in moments)
    assert all(moment % times.SECOND == 0 for moment in moments)
    if end - start > 3 * times.DAY * most:
        at = [times.local(moment, zone) for moment in moments]
        # Local time before there were zones was a fraction of a minute off, and some days begin at one.
        assert all(one.hour in (0, 1) for one in at)


@given(MOMENTS, st.integers(times.DAY, 40 * times.YEAR), st.integers(3, 15))
def test_a_period_from_a_day_to_decades_has_marks(start: int, long: int, most: int) -> None:
    end = min(start + long, times.LATEST)
    if end - start >= times.DAY and start > times.EARLIEST:
        assert len(times.ticks(start, end, most, AMSTERDAM, EN)) >= int(most / 2.6)


@pytest.mark.parametrize(
    ("text", "dutch", "english"),
    [
        ("2026-03-05T12:30:00Z", "5 maart 2026, 13:30", "5 March 2026, 13:30"),
        ("2026-08-04T22:00:00Z", "5 augustus 2026", "5 August 2026"),
        ("2026-03-05T12:30:07Z", "5 maart 2026, 13:30:07", "5 March 2026, 13:30:07"),
        ("0001-01-01T00:00:00Z", "1 januari 2, 00:19:32", "1 January 2, 00:19:32"),
    ],
)
def test_a_moment_in_a_sentence(text: str, dutch: str, english: str) -> None:
    at = times.local(parse(text), AMSTERDAM)
    assert (times.when(at, NL), times.when(at, EN)) == (dutch, english)
