# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Counts per exposure: the interval allows for what it should."""

import numpy as np
import pytest

from hanze.errors import ConfigurationError
from hanze.experiments.evaluate.finding import Finding
from tests.experiments.evaluate.designs.tried import days, find, series

TIMES = days(72, step=31)


def _found(counts: np.ndarray, start: int = 48, **asked: object) -> Finding:
    return find(series(counts, start, n=[1000.0] * len(counts)), "its", treated=("on",), exposure="n", **asked)


def _counts(mean: float, spread: float, change: float = 1.0, seed: int = 1, count: int = 72) -> np.ndarray:
    """`spread`: variance as a multiple of the mean."""
    rng = np.random.default_rng(seed)
    means = np.where(np.arange(count) >= 48, mean * change, mean)
    if spread == 1:
        return rng.poisson(means).astype(float)
    return rng.negative_binomial(means / (spread - 1), 1 / spread).astype(float)


def test_a_ratio_that_was_put_in_comes_out() -> None:
    found = _found(_counts(400, 1, 0.8))
    assert found.low < 0.8 < found.high and found.high < 1
    assert found.details["dispersion"] == pytest.approx(1, abs=0.35)
    assert found.change == pytest.approx(-80, abs=20)


def test_without_a_season_the_plain_interval_stands_only_where_all_say_the_same() -> None:
    clear, doubtful = _found(_counts(400, 8, 0.6)), None
    assert (clear.low, clear.high) == pytest.approx((clear.details["poisson_low"], clear.details["poisson_high"]))
    for seed in range(200):
        found = _found(_counts(100, 12, 1.0, seed))
        if found.details["poisson_p"] < 0.05 < max(found.details["spread_p"], found.details["hac_p"]):
            doubtful = found
            break
    assert doubtful is not None and doubtful.low < 1 < doubtful.high
    assert "the widest of three" in doubtful.method.said()


def test_false_alarms_without_a_season_are_those_of_the_widest_interval() -> None:
    found = [_found(_counts(60, 6, 1.0, seed)) for seed in range(100)]
    alarms = sum(not one.low <= 1 <= one.high for one in found)
    assert alarms <= 10


def test_with_a_season_the_interval_is_as_wide_as_the_counts_swing() -> None:
    calm, wild = (_found(_counts(300, spread), period=12) for spread in (1, 9))
    assert wild.se == pytest.approx(3 * calm.se, rel=0.35)
    assert (wild.low, wild.high) == pytest.approx((wild.details["spread_low"], wild.details["spread_high"]))


def test_more_exposure_with_as_many_more_counts_is_no_effect() -> None:
    exposure = np.where(np.arange(72) >= 48, 3000.0, 1000.0)
    counts = np.random.default_rng(2).poisson(exposure / 10).astype(float)
    found = find(series(counts, 48, n=exposure.tolist()), "its", treated=("on",), exposure="n")
    assert found.estimate == pytest.approx(1, abs=0.08) and found.low < 1 < found.high


def test_covariates_are_taken_along() -> None:
    beside = np.random.default_rng(4).normal(size=72)
    counts = np.random.default_rng(5).poisson(300 * np.exp(0.3 * beside)).astype(float)
    with_it = find(
        series(counts, 48, n=[1.0] * 72, x=beside.tolist()), "its", treated=("on",), exposure="n", covariates=("x",)
    )
    assert with_it.details["dispersion"] < 2 < _found(counts).details["dispersion"]
    assert "Adjusted for x." in with_it.method.said()


def test_the_line_is_in_counts_and_covers_what_was_observed_before() -> None:
    found = _found(_counts(400, 3, 0.7))
    before = [point for point in found.line[:48] if point.low is not None and point.high is not None]
    inside = sum(point.low <= (point.observed or 0) <= point.high for point in before if point.low and point.high)
    assert 43 <= inside <= 48
    assert found.line[60].expected == pytest.approx(400, rel=0.1)


@pytest.mark.parametrize(("counts", "fix"), [(np.zeros(72), "0 at all moments"), (np.full(72, -1.0), "values below 0")])
def test_counts_that_are_none_are_refused(counts: np.ndarray, fix: str) -> None:
    with pytest.raises(ConfigurationError, match=fix):
        _found(counts)
