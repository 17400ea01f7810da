# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Steps of local time, and the number that comes of them."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanze.goals.indicators.reducing import HOUR, Grid, Over, Steps, Together, Told, reduced
from hanze.ngsild import calendar
from hanze.ngsild.calendar import Kind

AMSTERDAM = ZoneInfo("Europe/Amsterdam")
LATER = 1 << 62


def at(*moment: int) -> int:
    return int(datetime(*moment, tzinfo=UTC).timestamp()) * 1_000_000  # type: ignore[arg-type,misc]


def grid(kind: Kind, moment: int, steps: Steps) -> Grid:
    return Grid(calendar.period(kind, moment, AMSTERDAM), steps, AMSTERDAM)


def read(made: Grid, told: dict[int, float], now: int = LATER) -> Told:
    moments = np.array(sorted(told), np.int64)
    return made.read(moments, np.array([told[moment] for moment in sorted(told)], np.float64), now)


@pytest.mark.parametrize(("day", "hours"), [((2024, 3, 31, 12), 23), ((2024, 10, 27, 12), 25), ((2024, 7, 1, 12), 24)])
def test_a_local_day_has_its_hours(day: tuple[int, ...], hours: int) -> None:
    made = grid("day", at(*day), Steps("hour"))
    assert made.over(LATER) == hours
    # Noon in UTC is within; so is every hour of it.
    start = calendar.period("day", at(*day), AMSTERDAM).start
    assert read(made, {start + n * HOUR: 1.0 for n in range(-3, 30)}).coverage == 1
    assert len(read(made, {start + n * HOUR: 1.0 for n in range(-3, 30)}).values) == hours


def test_hours_are_those_that_the_clock_shows() -> None:
    # In summer 7 and 8 o'clock are 5 and 6 in UTC; on the day of the change from 3 o'clock on.
    rush = Steps("hour", hours=frozenset({7, 8}))
    summer, change = grid("day", at(2024, 7, 1, 12), rush), grid("day", at(2024, 3, 31, 12), rush)
    for made, day in ((summer, (2024, 7, 1)), (change, (2024, 3, 31))):
        told = read(made, {at(*day, hour): float(hour) for hour in range(24)})
        assert (told.values.tolist(), told.expected) == ([5, 6], 2)


def test_an_hour_that_comes_twice_counts_twice() -> None:
    made = grid("day", at(2024, 10, 27, 12), Steps("hour", hours=frozenset({2})))
    assert read(
        made, {at(2024, 10, 27, 0): 1.0, at(2024, 10, 27, 1): 3.0, at(2024, 10, 27, 2): 9.0}
    ).values.tolist() == [1, 3]


def test_nights_of_a_day_are_its_hours_before_and_after() -> None:
    night = Steps("day", "max", hours=frozenset({23, 0, 1, 2, 3, 4, 5, 6}))
    made = grid("week", at(2024, 7, 1, 12), night)
    told = read(
        made, {at(2024, 7, 1, 1): 50.0, at(2024, 7, 1, 21): 60.0, at(2024, 7, 1, 12): 90.0, at(2024, 7, 2, 1): 40.0}
    )
    assert (told.values.tolist(), told.expected) == ([60, 40], 7)


def test_weekdays() -> None:
    work = Steps("day", weekdays=frozenset(range(5)))
    told = read(grid("week", at(2024, 7, 3), work), {at(2024, 7, day, 12): float(day) for day in range(1, 8)})
    assert (told.values.tolist(), told.expected) == ([1, 2, 3, 4, 5], 5)


@pytest.mark.parametrize(("together", "value"), [("mean", 4), ("min", 1), ("max", 9), ("sum", 12), ("last", 2)])
def test_readings_of_a_step_come_together(together: Together, value: float) -> None:
    start = at(2024, 7, 1, 10)
    told = read(
        grid("day", start, Steps("hour", together)),
        {start: 9.0, start + 1: 1.0, start + HOUR - 1: 2.0, start + HOUR: 7.0},
    )
    assert told.values.tolist() == [value, 7]


def test_a_period_that_runs_expects_what_is_over() -> None:
    start = calendar.period("year", at(2024, 7, 1), AMSTERDAM).start
    made = grid("year", at(2024, 7, 1), Steps("hour"))
    told = read(made, {start + n * HOUR: 1.0 for n in range(100)}, start + 10 * HOUR + 1)
    assert (len(told.values), told.expected, told.coverage) == (10, 10, 1)
    assert (len(made_of(start).values), made_of(start).coverage) == (0, 0)


def made_of(start: int) -> Told:
    """Before the first hour is over nothing is expected."""
    return read(grid("year", start, Steps("hour")), {start: 1.0}, start + 5)


@pytest.mark.parametrize(
    ("over", "value"),
    [
        ("mean", 3),
        ("min", 1),
        ("max", 6),
        ("sum", 12),
        ("above", 1),
        ("below", 1),
        ("share above", 25),
        ("share below", 25),
    ],
)
def test_steps_become_one_number(over: Over, value: float) -> None:
    assert reduced(Told(np.array([1.0, 2.0, 3.0, 6.0]), 4), over, 1.0, 3 if "above" in over else 2) == value


def test_decibels_come_together_by_their_energy() -> None:
    # Twice the energy is 3 dB more; half of the time with 60 dB and half with nothing to speak of is 57 dB.
    assert reduced(Told(np.array([60.0, 0.0]), 2), "energy", 1.0) == pytest.approx(56.99, abs=0.005)
    start = at(2024, 7, 1, 10)
    told = read(
        grid("day", start, Steps("hour", "energy")),
        {start: 60.0, start + 1: 60.0, start + HOUR: 60.0, start + HOUR + 1: 70.0},
    )
    assert told.values.tolist() == pytest.approx([60, 67.404], abs=0.001)


def test_with_too_few_steps_there_is_none() -> None:
    told = Told(np.array([1.0, 2.0, 3.0]), 4)
    assert reduced(told, "mean", 0.75) == 2
    assert reduced(told, "mean", 0.76) is None
    assert reduced(Told(np.empty(0), 0), "sum", 0.0) is None


DAYS_OF_2024 = grid("year", at(2024, 7, 1), Steps("day", "max"))


@given(st.lists(st.tuples(st.integers(0, 400 * 24), st.floats(-1e6, 1e6)), min_size=1, unique_by=lambda one: one[0]))
def test_a_year_of_hours_by_a_plain_loop(told: list[tuple[int, float]]) -> None:
    year = calendar.period("year", at(2024, 7, 1), AMSTERDAM)
    found = read(DAYS_OF_2024, {year.start + n * HOUR: value for n, value in told})
    days: dict[object, float] = {}
    for n, value in told:
        if n < 366 * 24:
            day = datetime.fromtimestamp(year.start // 1_000_000 + n * 3600, AMSTERDAM).date()
            days[day] = max(days.get(day, -1e9), value)
    assert found.values.tolist() == [days[day] for day in sorted(days, key=str)]
    assert found.expected == 366
