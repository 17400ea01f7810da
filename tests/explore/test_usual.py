# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""How a value compares with other days: the same hour on the wall, enough days, the same places."""

from zoneinfo import ZoneInfo

import pytest

from hanze.explore import usual
from hanze.explore.usual import Range
from hanze.ngsild import times

ZONE = ZoneInfo("Europe/Amsterdam")


def test_the_hour_is_that_of_the_clock_on_the_wall() -> None:
    """The clock went forward on 29 March 2026: 10:00 was an hour later in UTC the day before."""
    found = usual.hours(times.parse("2026-03-30T08:20:00Z"), ZONE)
    starts = [times.text(one.start) for one in found if one.start is not None]
    assert starts[:2] == ["2026-03-29T08:00:00Z", "2026-03-28T09:00:00Z"]
    assert len(starts) == usual.DAYS
    assert all(one.end is not None and one.start is not None and one.end - one.start == 3_600_000_000 for one in found)


@pytest.mark.parametrize(
    ("value", "verdict", "beyond"),
    [(10.0, "as usual", 0), (20.0, "as usual", 0), (25.0, "higher", 0.5), (5.0, "lower", 0.5), (40.0, "higher", 2)],
)
def test_outside_of_the_range_is_not_usual(value: float, verdict: str, beyond: float) -> None:
    found = Range(10.0, 20.0, 7)
    assert found.verdict(value) == verdict
    assert found.beyond(value) == beyond


def test_where_it_was_always_the_same_a_change_counts_by_its_own_size() -> None:
    assert Range(4.0, 4.0, 7).beyond(6.0) == 0.5
    assert Range(0.0, 0.0, 7).beyond(2.0) == 2.0


def test_too_few_days_are_no_range() -> None:
    assert usual.of((1.0, None, 2.0, None)) is None
    assert usual.of((1.0, None, 2.0, 0.5)) == Range(0.5, 2.0, 3)


def test_a_day_counts_on_which_half_of_the_places_have_a_value() -> None:
    courses = [(1.0, 2.0, 3.0, 9.0), (3.0, 4.0, None, None), (5.0, None, 7.0, None)]
    assert usual.together(courses) == Range(3.0, 5.0, 3)
    assert usual.together([]) is None
