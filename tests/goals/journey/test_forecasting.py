# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Forecasts of series of which it is known what can be known of them, and rules that hold for any series."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from hanze.goals.journey import fan, smoothing
from hanze.goals.journey.fan import Fan
from hanze.goals.journey.forecasting import GAIN, LEAST, LONGEST, MOST, PIECES, Way, forecast, reach

Floats = NDArray[np.float64]

SERIES = st.lists(st.floats(-1e6, 1e6, allow_subnormal=False), min_size=LEAST, max_size=40)


def noise(many: int, seed: int = 1) -> Floats:
    return np.random.default_rng(seed).normal(size=many)


def wave(many: int) -> Floats:
    return np.asarray(np.sin(np.arange(many) * 2 * np.pi / 12))


def test_a_trend_goes_on_and_slows_down() -> None:
    made = forecast(10 + 2 * np.arange(60.0))
    assert made.fan is not None and made.trial is not None
    assert made.trial.gain > 0.5
    steps = np.diff(made.fan.middle, prepend=128.0)
    assert (steps > 1.2).all() and (steps < 2.05).all()
    assert (np.diff(steps) < 0).all()


def test_a_season_comes_back() -> None:
    made = forecast(5 + 3 * wave(60), 12)
    assert made.fan is not None and made.trial is not None
    assert made.fan.middle == pytest.approx(5 + 3 * wave(70)[60:], abs=1e-6)
    assert made.trial.outer == made.trial.inner == 1.0
    noisy = forecast(5 + 3 * wave(72) + 0.5 * noise(72), 12)
    assert noisy.fan is not None
    assert np.abs(noisy.fan.middle - (5 + 3 * wave(84)[72:])).max() < 1.0


def test_a_season_that_grows_is_learned() -> None:
    made = forecast(np.linspace(1, 3, 120) * wave(120) + 0.1 * noise(120), 12)
    assert made.fan is not None
    assert np.abs(made.fan.middle - 3 * wave(144)[120:][: len(made.fan.middle)]).max() < 0.4


def test_a_season_that_nobody_told_of_is_not_found() -> None:
    assert forecast(5 + 3 * wave(60) + 0.5 * noise(60)).fan is None


@pytest.mark.parametrize(("many", "season"), [(12, 0), (18, 12), (36, 12), (60, 0)])
def test_a_random_walk_has_no_fan(many: int, season: int) -> None:
    made = [forecast(noise(many, seed).cumsum(), season) for seed in range(60)]
    fans = sum(one.fan is not None for one in made)
    # By chance one of twenty may pass.
    assert fans <= 3
    assert {one.why for one in made if one.fan is None} <= {"last value", "season"}


def test_noise_around_a_level_gives_the_level_and_the_noise() -> None:
    made = [forecast(100 + 4 * noise(120, seed)) for seed in range(20)]
    assert all(one.fan is not None for one in made)
    middles = np.array([one.fan.middle[0] for one in made if one.fan])
    assert np.abs(middles - 100).max() < 3
    # Half of a normal distribution lies within 0.674 of its spread, 80 % within 1.282.
    assert np.mean([one.fan.inner[0] for one in made if one.fan]) == pytest.approx(4 * 0.674, rel=0.2)
    assert np.mean([one.fan.outer[0] for one in made if one.fan]) == pytest.approx(4 * 1.282, rel=0.2)


def test_after_a_step_the_last_value_says_more() -> None:
    step = np.repeat([0.0, 10.0], 20)
    assert forecast(step).why == "last value"
    assert forecast(step + noise(40)).fan is None


def test_where_a_season_ago_says_more_there_is_no_fan() -> None:
    """Each month of the year goes its own way from year to year, so that what the months share says nothing."""
    chance = np.random.default_rng(0)
    made = forecast((chance.normal(size=(10, 12)).cumsum(axis=0) * 5 + chance.normal(size=12) * 30).ravel(), 12)
    assert (made.fan, made.why) == (None, "season")
    assert made.trial is not None and made.trial.gain > 0.5
    assert made.trial.season is not None and made.trial.season < 1


def test_what_never_differs_or_is_too_short_has_no_fan() -> None:
    assert forecast([3.0] * 50).why == "flat"
    short = forecast(np.arange(LEAST - 1.0))
    assert (short.why, short.reach, short.fan, short.trial) == ("short", 0, None, None)
    assert forecast([]).why == "short"


def test_the_bands_hold_what_they_say() -> None:
    trials = [forecast(noise(90, seed)).trial for seed in range(30)]
    assert np.mean([one.inner for one in trials if one]) == pytest.approx(0.5, abs=0.08)
    assert np.mean([one.outer for one in trials if one]) == pytest.approx(0.8, abs=0.08)


def test_the_reach_follows_from_what_can_be_tested() -> None:
    assert [reach(many) for many in (0, 11, 12, 18, 24, 60, 120, 100_000)] == [0, 0, 1, 3, 4, 10, 20, LONGEST]
    for many in range(LEAST, MOST):
        assert reach(many) * PIECES <= many - max(6, many // 3)


def test_only_the_newest_values_count() -> None:
    series = np.arange(600.0) + noise(600)
    assert str(forecast(series)) == str(forecast(series[-MOST:]))


def test_the_loss_by_hand() -> None:
    made = Fan(np.array([10.0]), np.array([2.0]), np.array([4.0]))
    # Lines 6, 8, 10, 12, 14 for 10, 25, 50, 75, 90 %; 13 came.
    losses = [0.1 * 7, 0.25 * 5, 0.5 * 3, 0.75 * 1, 0.1 * 1]
    assert made.loss(np.array([13.0])) == pytest.approx(sum(losses) / 5)
    assert [one.tolist() for one in made.within(np.array([13.0]))] == [[False], [True]]


def test_only_what_was_known_counts_for_the_bands() -> None:
    errors = np.arange(12.0).reshape(6, 2)
    # After 3 values: what was said after 0, 1 and 2 of the next one, and after 0 and 1 of the one behind it.
    assert np.isfinite(fan.known(errors, 3)).tolist() == [[True, True], [True, True], [True, False], *[[False] * 2] * 3]


@settings(max_examples=40, deadline=None)
@given(SERIES, st.sampled_from([0, 7, 12]), st.integers(6, 11))
def test_nothing_that_came_later_has_a_part(series: list[float], season: int, at: int) -> None:
    season = season if at > season else 0
    whole = smoothing.said(np.array(series), season, 3)
    before = smoothing.said(np.array(series[:at]), season, 3)
    assert np.array_equal(whole.ahead[: at + 1], before.ahead, equal_nan=True)


@settings(max_examples=40, deadline=None)
@given(SERIES, st.sampled_from([0, 7]), st.integers(9, 11))
def test_the_fan_of_a_moment_knows_nothing_of_what_came(series: list[float], season: int, at: int) -> None:
    whole, before = (Way.smoothed(np.array(known), season, 3).fan(at) for known in (series, series[:at]))
    for one, other in zip(
        (whole.middle, whole.inner, whole.outer), (before.middle, before.inner, before.outer), strict=True
    ):
        assert np.array_equal(one, other)


@settings(max_examples=50, deadline=None)
@given(SERIES, st.sampled_from([0, 7]))
def test_bands_are_in_order_and_never_become_narrower(series: list[float], season: int) -> None:
    made = forecast(series, season)
    assert (made.fan is None) == bool(made.why)
    if made.fan is not None and made.trial is not None:
        assert made.trial.gain >= GAIN
        assert len(made.fan.middle) == made.reach
        assert np.isfinite(made.fan.middle).all()
        assert (made.fan.inner >= 0).all() and (made.fan.inner <= made.fan.outer).all()
        assert (np.diff(made.fan.inner) >= 0).all() and (np.diff(made.fan.outer) >= 0).all()


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 1000), st.floats(1e-3, 1e3), st.floats(-1e3, 1e3))
def test_another_unit_gives_the_same_in_that_unit(seed: int, factor: float, moved: float) -> None:
    series = np.arange(40) + noise(40, seed)
    one, other = forecast(series), forecast(series * factor + moved)
    assert one.why == other.why and one.fan is not None and other.fan is not None
    assert other.fan.middle == pytest.approx(one.fan.middle * factor + moved, rel=1e-6, abs=1e-6)
    assert other.fan.outer == pytest.approx(one.fan.outer * factor, rel=1e-6, abs=1e-9)
    assert one.trial is not None and other.trial is not None
    assert other.trial.loss == pytest.approx(one.trial.loss * factor, rel=1e-6)
    assert other.trial.gain == pytest.approx(one.trial.gain)
