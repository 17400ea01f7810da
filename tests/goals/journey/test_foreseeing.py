# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Forecasts of an indicator: of values that follow each other, in its own periods and bounds."""

import numpy as np

from hanze.goals.catalogue.reading import shipped
from hanze.goals.journey.foreseeing import outlook
from hanze.goals.journey.foreseen import Outlook
from hanze.ngsild import times
from tests.goals.journey.making import ZONE, months

NOW = times.parse("2026-03-10T12:00:00Z")
ONE = shipped()["waste-full"]


def told(numbers: object, until: str = "2026-02-10T00:00:00Z", *, without: int = -1) -> Outlook | None:
    values = np.asarray(numbers, np.float64)
    starts = np.array(months(until, len(values)), np.int64)
    there = np.arange(len(values)) != without
    return outlook(ONE, starts[there], values[there], ZONE, NOW)


def test_a_trend_is_foreseen_month_by_month_of_the_local_calendar() -> None:
    found = told(np.arange(24.0))
    assert found is not None and found.why == ""
    assert found.starts == (
        "2026-02-28T23:00:00Z", "2026-03-31T22:00:00Z", "2026-04-30T22:00:00Z", "2026-05-31T22:00:00Z",
    )  # fmt: skip
    assert (found.used, found.reach, found.since, found.until) == (
        24,
        4,
        "2024-02-29T23:00:00Z",
        "2026-01-31T23:00:00Z",
    )
    for lines in zip(found.lowest, found.low, found.middle, found.high, found.highest, strict=True):
        assert list(lines) == sorted(lines)
    assert found.gain is not None and found.gain > 0.3 and found.outer is not None and found.times == 16


def test_a_share_stays_between_nothing_and_all() -> None:
    up, down = told(np.arange(77.0, 101)), told(np.arange(23.0, -1, -1))
    assert up is not None and down is not None
    assert max(up.highest) == 100.0 and min(up.middle) > 99
    assert min(down.lowest) == 0.0 and max(down.middle) < 1


def test_only_values_that_follow_each_other_count() -> None:
    found = told(np.arange(40.0), without=15)
    assert found is not None and found.used == 24
    assert told(np.arange(20.0), without=15) is None
    assert told([]) is None


def test_nobody_goes_on_from_what_is_old() -> None:
    late, old = told(np.arange(24.0), "2026-01-10T00:00:00Z"), told(np.arange(24.0), "2025-12-10T00:00:00Z")
    assert late is not None and late.why == ""
    assert old is not None and (old.why, old.starts) == ("old", ())


def test_without_a_fan_it_says_how_the_trial_went() -> None:
    found = told(50 + np.random.default_rng(2).normal(size=36).cumsum())
    assert found is not None
    assert (found.why, found.starts, found.middle) == ("last value", (), ())
    assert found.gain is not None and found.gain < 0.05 and found.times == 24


def test_other_values_have_another_sum() -> None:
    one, other = told(np.arange(24.0)), told([*range(23), 23.000001])
    assert one is not None and other is not None
    assert len(one.inputs) == 64 and one.inputs != other.inputs
