# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The wild bootstrap is what one gets by making new outcomes and fitting them again."""

import numpy as np
import pytest

from hanze.experiments.evaluate.designs.bootstrap import Wild, wild
from hanze.experiments.evaluate.table import Floats

RNG = np.random.default_rng(3)
CLUSTER = np.repeat(np.arange(14), 6)
MEASURE = ((CLUSTER < 7) & (np.tile(np.arange(6), 14) >= 3)).astype(float)
OTHERS = np.column_stack([np.ones(84), CLUSTER < 7, np.tile(np.arange(6), 14) >= 3]).astype(float)
OUTCOME = RNG.normal(size=14)[CLUSTER] * (1 + MEASURE) + RNG.normal(size=84) + 0.5 * MEASURE


def _without(values: Floats) -> Floats:
    found: Floats = values - OTHERS @ np.linalg.lstsq(OTHERS, values, rcond=None)[0]
    return found


def _made(seed: int = 1, outcome: Floats = OUTCOME) -> Wild:
    both = _without(np.column_stack([outcome, MEASURE]))
    return wild(both[:, 0], both[:, 1], np.ones(84), CLUSTER, _without, seed)


def _statistic(outcome: Floats, effect: float) -> float:
    measure = _without(MEASURE[:, None])[:, 0]
    size = (measure**2).sum()
    estimate = measure @ outcome / size
    left = _without((outcome - estimate * MEASURE)[:, None])[:, 0]
    error = np.sqrt((np.bincount(CLUSTER, weights=measure * left) ** 2).sum()) / size
    return float(abs(estimate - effect) / error)


@pytest.mark.parametrize("effect", [0.0, 0.8])
def test_chances_are_those_of_outcomes_that_are_made_and_fitted_again(effect: float) -> None:
    made = _made()
    left = _without((OUTCOME - effect * MEASURE)[:, None])[:, 0]
    real = _statistic(OUTCOME, effect)
    again = [_statistic(effect * MEASURE + left * sign[CLUSTER], effect) for sign in made.signs]
    assert made.chance(effect) == pytest.approx(np.mean(np.array(again) >= real * (1 - 1e-9)), abs=1e-3)


def test_the_interval_holds_the_effects_that_are_not_unlikely() -> None:
    made = _made()
    low, high = made.interval(0.95)
    assert low < made.estimate < high
    assert made.chance(low - 0.01) <= 0.05 < made.chance(low + 0.02)
    assert made.chance(high + 0.01) <= 0.05 < made.chance(high - 0.02)


def test_few_clusters_get_six_weights_and_many_get_signs() -> None:
    assert set(np.unique(_made().signs)) == {-1, 1}
    few = CLUSTER // 2
    both = _without(np.column_stack([OUTCOME, MEASURE]))
    assert len(np.unique(wild(both[:, 0], both[:, 1], np.ones(84), few, _without, 1).signs)) == 6


def test_the_same_seed_gives_the_same_interval() -> None:
    assert _made().interval(0.95) == _made().interval(0.95) != _made(2).interval(0.95)
