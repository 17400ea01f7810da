# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Periods of the chart: local days, also of 23 and 25 hours, and what lies before and after."""

from zoneinfo import ZoneInfo

import pytest

from hanze.errors import BadRequestData
from hanze.explore import course
from hanze.ngsild import times

ZONE = ZoneInfo("Europe/Amsterdam")
NOW = times.parse("2026-03-31T10:00:00Z")
HOUR = 3_600_000_000


@pytest.mark.parametrize(
    ("until", "start", "end", "hours"),
    [
        ("2026-03-28", "2026-03-27T23:00:00Z", "2026-03-28T23:00:00Z", 24),
        ("2026-03-29", "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z", 23),
        ("2026-10-25", "2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z", 25),
    ],
)
def test_a_day_is_local(until: str, start: str, end: str, hours: int) -> None:
    found = course.period("day", until, NOW, ZONE)
    assert (found.start, found.end) == (times.parse(start), times.parse(end))
    assert found.end is not None and found.start is not None
    assert found.end - found.start == hours * HOUR


def test_without_a_day_it_ends_now_and_holds_this_moment() -> None:
    found = course.period("", "", NOW, ZONE)
    assert (found.span, found.end) == ("week", NOW + 1)
    assert found.window.start == times.parse("2026-03-24T11:00:00Z") + 1


def test_all_years_have_no_bounds() -> None:
    found = course.period("all", "2020-01-01", NOW, ZONE)
    assert found.window.relation == "" and (found.start, found.end, found.until) == (None, None, "")
    assert course.steps(found, NOW, ZONE) == ("", None)


def test_steps_lead_back_and_forth() -> None:
    now = course.period("week", "", NOW, ZONE)
    assert course.steps(now, NOW, ZONE) == ("2026-03-24", None)
    before = course.period("week", "2026-03-17", NOW, ZONE)
    assert course.steps(before, NOW, ZONE) == ("2026-03-10", "2026-03-24")
    last = course.period("week", "2026-03-24", NOW, ZONE)
    assert course.steps(last, NOW, ZONE) == ("2026-03-17", "")


@pytest.mark.parametrize(
    ("span", "until"), [("century", ""), ("day", "x"), ("day", "0001-01-01"), ("day", "2026-02-30")]
)
def test_what_is_no_period(span: str, until: str) -> None:
    with pytest.raises(BadRequestData, match=r"range is|until is"):
        course.period(span, until, NOW, ZONE)
