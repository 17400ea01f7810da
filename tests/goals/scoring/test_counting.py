# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which number counts in which month."""

from zoneinfo import ZoneInfo

import pytest

from hanze.goals.scoring.counting import HIDDEN, Month, Number, month, months
from hanze.ngsild import calendar, times

ZONE = ZoneInfo("Europe/Amsterdam")
NOW = times.parse("2026-03-10T13:00:00Z")


def at(day: str) -> int:
    return times.parse(f"{day}T12:00:00Z")


def told(kind: calendar.Kind, day: str, value: float | None, why: str = "") -> Number:
    when = calendar.period(kind, at(day), ZONE)
    return Number(when.start, when.end, value, why=why or ("" if value is not None else "too little"))


def of(day: str) -> Month:
    return month(at(day), NOW, ZONE)


def value(found: Number | None) -> float | None:
    return None if found is None else found.value


MONTHLY = [told("month", "2025-12-01", 12), told("month", "2026-01-01", 1), told("month", "2026-03-01", 3)]
YEARLY = [told("year", "2024-01-01", 24), told("year", "2025-01-01", 25), told("year", "2026-01-01", 26)]


@pytest.mark.parametrize(
    "day, counts", [("2025-11-01", None), ("2025-12-01", 12), ("2026-01-01", 1), ("2026-02-01", 1), ("2026-03-01", 3)]
)  # fmt: skip
def test_a_number_counts_in_its_month_and_once_more_where_no_newer_one_came(day: str, counts: float | None) -> None:
    assert value(of(day).number(MONTHLY, yearly=False)) == counts


def test_it_does_not_count_for_longer() -> None:
    assert of("2026-02-01").number(MONTHLY[:1], yearly=False) is None
    assert of("2026-01-01").number(MONTHLY[:1], yearly=False) == MONTHLY[0]


@pytest.mark.parametrize(
    "day, counts",
    [("2024-11-01", None), ("2024-12-01", 24), ("2025-11-01", 24), ("2025-12-01", 25), ("2026-02-01", 25),
     ("2026-03-01", 26)],
)  # fmt: skip
def test_a_year_counts_until_the_next_one_is_over(day: str, counts: float | None) -> None:
    assert value(of(day).number(YEARLY, yearly=True)) == counts


def test_a_year_that_runs_does_not_count_as_a_whole_one() -> None:
    assert value(of("2026-03-01").number(YEARLY, yearly=True, whole=True)) == 25
    assert value(of("2026-03-01").number(MONTHLY, yearly=False, whole=True)) == 3
    assert of("2026-03-01").number(YEARLY[:1], yearly=True) is None


def test_where_the_newest_period_has_no_number_an_earlier_one_does_not_stand_in() -> None:
    assert of("2026-01-01").number([MONTHLY[0], told("month", "2026-01-01", None)], yearly=False) is None


def test_a_period_that_runs_without_a_number_yet_leaves_the_one_before() -> None:
    running = told("month", "2026-03-01", None)
    assert value(of("2026-03-01").number([told("month", "2026-02-01", 2), running], yearly=False)) == 2


def test_what_is_hidden_is_hidden_whatever_was_told_before() -> None:
    course = [told("month", "2026-02-01", 2), told("month", "2026-03-01", None, HIDDEN)]
    assert of("2026-03-01").number(course, yearly=False) is None


def test_of_days_the_last_one_of_the_month_counts() -> None:
    days = [told("day", f"2026-02-{day:02}", day) for day in range(1, 29)] + [told("day", "2026-03-10", 310)]
    assert value(of("2026-02-01").number(days, yearly=False)) == 28
    assert value(of("2026-03-01").number(days, yearly=False)) == 310
    assert value(of("2026-01-01").number(days, yearly=False)) is None


def test_months_are_those_of_the_clocks_of_the_city() -> None:
    found = months(times.parse("2025-12-31T23:30:00Z"), NOW, ZONE)
    assert [str(one.when.date) for one in found] == ["2026-01-01", "2026-02-01", "2026-03-01"]
    assert [one.runs for one in found] == [False, False, True]
    # A month that begins at this very moment runs.
    start = calendar.period("month", NOW, ZONE).start
    assert [one.runs for one in months(start - 1, start, ZONE)] == [False, True]
