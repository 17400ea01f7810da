# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Local time is that of Amsterdam, summer time and holidays included."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hanze.feeds.havendam import clock
from tests.feeds.havendam.asking import at, steps

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


@given(st.integers(at("1996-01-01T00:00") // clock.STEP, at("2037-01-01T00:00") // clock.STEP))
@example(at("2025-03-30T00:55") // clock.STEP)
@example(at("2025-03-30T01:00") // clock.STEP)
@example(at("2025-10-26T00:55") // clock.STEP)
@example(at("2025-10-26T01:00") // clock.STEP)
def test_hour_and_weekday_are_those_of_the_zone(step: int) -> None:
    local = (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=step * clock.STEP)).astimezone(AMSTERDAM)
    found = clock.read(np.array([step]))
    assert found.hour[0] == pytest.approx(local.hour + local.minute / 60)
    assert found.weekday[0] == local.weekday()
    assert date(1970, 1, 1) + timedelta(int(found.day[0])) == local.date()


def kind_of(day: str) -> int:
    return int(clock.read(steps(f"{day}T10:00", f"{day}T11:00")).kind[0])


@pytest.mark.parametrize(
    "day",
    ["2024-01-01", "2024-04-01", "2024-05-09", "2024-05-20", "2025-04-21", "2025-04-26", "2026-04-27", "2025-12-26"],
)
def test_holidays_are_sundays(day: str) -> None:
    assert kind_of(day) == clock.SUNDAY


def test_kings_day_is_moved_from_a_sunday() -> None:
    assert kind_of("2025-04-26") == clock.SUNDAY
    assert kind_of("2025-04-28") == clock.WORKDAY


@pytest.mark.parametrize(("day", "kind"), [("2025-11-03", 0), ("2025-11-07", 0), ("2025-11-08", 1), ("2025-11-09", 2)])
def test_other_days_are_what_they_are(day: str, kind: int) -> None:
    assert kind_of(day) == kind


def test_schools_are_closed_in_summer() -> None:
    found = clock.read(steps("2025-06-01T00:00", "2025-09-01T00:00"))
    assert round(found.quiet.sum() / 24) == 6 * 7


def test_a_rhythm_is_met_at_full_hours_and_lies_between_at_others() -> None:
    day = tuple(float(hour) for hour in range(24))
    found = clock.rhythm(clock.read(steps("2025-11-02T23:00", "2025-11-03T23:00", 6)), day, day[:1] * 24, day[:1] * 24)
    assert found.tolist() == [*(k / 2 for k in range(47)), 11.5]
