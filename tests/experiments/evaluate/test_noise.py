# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The closed form agrees with Frison & Pocock where that holds, and with lotteries where things wander over time."""

import numpy as np
import pytest
from numpy.typing import NDArray

from hanze.experiments.evaluate.noise import Noise, detectable, noise


def wandering(units: int, moments: int, rho: float, seed: int) -> NDArray[np.float64]:
    """Series around 100 with a standard deviation of 10, correlated by `rho` from one moment to the next; all share a shock."""
    rng = np.random.default_rng(seed)
    steps = rng.normal(0, 10 * np.sqrt(1 - rho**2), (units, moments + 200))
    found = np.zeros_like(steps)
    for place in range(1, steps.shape[1]):
        found[:, place] = rho * found[:, place - 1] + steps[:, place]
    return np.asarray(100 + found[:, 200:] + rng.normal(0, 20, moments), np.float64)


def test_equal_correlations_give_the_formula_of_frison_and_pocock() -> None:
    before, after, rho = 6, 3, 0.4
    equal = Noise((0.01,) + (0.01 * rho,) * 20)
    expected = 0.01 * (1 - rho) * (1 / before + 1 / after) * 2
    # No degrees of freedom are lost where two units are not compared by their own spread.
    assert detectable(equal, before, after, 1, 1) == pytest.approx(2.80158 * expected**0.5, rel=1e-4)


@pytest.mark.parametrize("rho", [0.0, 0.5, 0.8])
def test_the_promise_is_kept_by_a_lottery(rho: float) -> None:
    before, after = 40, 12
    size = detectable(noise(wandering(30, 150, rho, 1)), before, after, 5, 25, level=0.95)
    values = wandering(30 * 400, before + after, rho, 2).reshape(400, 30, -1)
    change = values[:, :, before:].mean(axis=2) / values[:, :, :before].mean(axis=2) - 1
    found = change[:, :5].mean(axis=1) - change[:, 5:].mean(axis=1)
    assert size == pytest.approx(2.897 * float(np.std(found)), rel=0.12)


def test_the_season_of_a_single_series_is_no_noise() -> None:
    season = np.arange(120) % 12
    series = wandering(1, 120, 0.0, 3) + 50 * np.sin(2 * np.pi * season / 12)
    with_it, without = (detectable(noise(series, codes), 60, 4) for codes in (season, None))
    assert with_it < 0.75 * without


def test_gaps_do_not_make_it_quieter() -> None:
    values = wandering(20, 200, 0.3, 5)
    holes = np.where(np.random.default_rng(1).random(values.shape) < 0.2, np.nan, values)
    assert detectable(noise(holes), 50, 12, 5, 15) == pytest.approx(detectable(noise(values), 50, 12, 5, 15), rel=0.1)


def test_more_of_everything_sees_more() -> None:
    found = noise(wandering(20, 200, 0.5, 5))
    base = detectable(found, 50, 12, 5, 15)
    assert detectable(found, 50, 24, 5, 15) < base < detectable(found, 50, 12, 3, 15)
    assert base < detectable(found, 50, 12, 5, 15, level=0.99)
