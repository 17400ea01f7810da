# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The change of a cohort against units that are like it, and the influence of each unit."""

import numpy as np
import pytest

from hanze.errors import ConfigurationError
from hanze.experiments.evaluate.designs.cohorts import Change, change
from hanze.experiments.evaluate.table import Floats

COUNT = 240
OURS = np.arange(COUNT) < 96
ALL = np.ones(COUNT, np.bool_)
RNG = np.random.default_rng(8)
SIZE = RNG.normal(size=COUNT) + 0.6 * OURS
NOISE = RNG.normal(size=COUNT)


def _found(moved: Floats, beside: Floats, kept: np.ndarray = ALL) -> Change:
    return change(moved[kept], OURS[kept], ~OURS[kept], np.ones(int(kept.sum())), beside[kept], 1, 2)


@pytest.mark.parametrize("beside", [np.zeros((COUNT, 0)), SIZE[:, None]])
def test_influence_gives_the_error_of_leaving_out_each_unit(beside: Floats) -> None:
    moved = 3 * (SIZE + SIZE**2) + NOISE
    found = _found(moved, beside)
    alone = [_found(moved, beside, np.arange(COUNT) != unit).value for unit in range(COUNT)]
    error = np.sqrt((found.influence**2).mean() / COUNT)
    assert error == pytest.approx(np.sqrt((COUNT - 1) * np.var(alone)), rel=0.05)


def test_influence_is_that_of_each_unit() -> None:
    """To first order, the value moves by it when a unit counts a little more."""
    moved = 3 * (SIZE + SIZE**2) + NOISE
    found = _found(moved, SIZE[:, None])
    for unit in (0, 50, 120, 239):
        more = 1 + 1e-4 * (np.arange(COUNT) == unit)
        shifted = change(moved, OURS, ~OURS, more, SIZE[:, None], 1, 2).value
        assert (shifted - found.value) / 1e-4 * COUNT == pytest.approx(found.influence[unit], rel=0.01, abs=1e-3)


def test_without_covariates_it_is_the_difference_of_means() -> None:
    found = _found(NOISE, np.zeros((COUNT, 0)))
    assert found.value == pytest.approx(NOISE[OURS].mean() - NOISE[~OURS].mean())
    same = _found(NOISE, np.full((COUNT, 1), 7.0))
    assert same.value == pytest.approx(found.value) and same.influence == pytest.approx(found.influence)


@pytest.mark.parametrize("power", [1, 2])
def test_either_model_that_holds_is_enough(power: int) -> None:
    """The odds hold here, the changes are a straight line in the covariate or not."""
    many = 6000
    rng = np.random.default_rng(2)
    size = rng.normal(size=many)
    ours = rng.random(many) < 1 / (1 + np.exp(-size))
    moved = 5 * size**power + rng.normal(size=many) + 1.0 * ours
    found = change(moved, ours, ~ours, np.ones(many), size[:, None], 1, 2)
    plain = change(moved, ours, ~ours, np.ones(many), np.zeros((many, 0)), 1, 2)
    assert found.value == pytest.approx(1, abs=0.6)
    assert power == 2 or abs(plain.value - 1) > 3


def test_covariates_that_tell_them_apart_are_refused() -> None:
    with pytest.raises(ConfigurationError, match="leave a covariate out"):
        _found(NOISE, OURS[:, None].astype(float))
