# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The local level model says what a general library says, and its error is as wide as it should be."""

import warnings

import numpy as np
import pytest

from hanze.errors import ConfigurationError
from hanze.experiments.evaluate.designs.wandering import each, fitted, smoothed
from hanze.experiments.evaluate.table import Floats


def _values(count: int = 80, ratio: float = 0.2, seed: int = 3) -> Floats:
    """Outcome, a measure from three quarters on, and a covariate."""
    rng = np.random.default_rng(seed)
    beside = rng.normal(size=count)
    level = np.cumsum(rng.normal(size=count)) * np.sqrt(ratio)
    on = (np.arange(count) >= 3 * count // 4).astype(np.float64)
    return np.column_stack([level + rng.normal(size=count) + 2 * on + 0.5 * beside, on, beside])


@pytest.mark.parametrize("seed", [3, 4])
def test_ratio_coefficients_and_errors_are_those_of_statsmodels(seed: int) -> None:
    from statsmodels.tsa.statespace.structural import UnobservedComponents

    values = _values(seed=seed)
    values[[7, 30, 31]] = [np.nan, 0, 0]
    found = fitted(values, np.zeros(2, np.bool_))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        known = UnobservedComponents(values[:, 0], level="local level", exog=values[:, 1:]).fit(disp=0)
        beside = UnobservedComponents(values[:, 0], level="local level", exog=values[:, 1:], mle_regression=False)
        smooth = beside.smooth([found.variance, found.variance * found.ratio])
    # The other search stops where the likelihood is flat.
    assert found.ratio == pytest.approx(known.params[1] / known.params[0], rel=0.01)
    assert found.coefficients == pytest.approx(known.params[2:], rel=1e-3)
    assert np.sqrt(np.diag(found.covariance)) == pytest.approx(
        np.sqrt(np.diag(smooth.smoothed_state_cov[1:, 1:, -1])), rel=1e-3
    )
    level, sure = smoothed(np.column_stack([values[:, 0] - values[:, 1:] @ found.coefficients]), found.ratio)
    assert level[:, 0] == pytest.approx(smooth.smoothed_state[0], abs=1e-3)
    assert (sure > 0).all() and found.error >= 0.9 * np.sqrt(found.covariance[0, 0])


def test_what_is_new_at_each_moment_is_independent_and_of_one_size() -> None:
    found = fitted(_values(400, seed=8), np.zeros(2, np.bool_))
    assert len(found.residuals) == 399
    assert found.residuals.std() == pytest.approx(1, abs=0.02)
    assert abs(np.corrcoef(found.residuals[1:], found.residuals[:-1])[0, 1]) < 0.1


def test_each_unit_gets_the_coefficient_that_it_would_have_alone() -> None:
    one, other = _values(seed=5), _values(seed=6)
    both = each(np.column_stack([one[:, 0], other[:, 0]]), one[:, 1:], 0.3)
    assert both == pytest.approx([each(values[:, :1], one[:, 1:], 0.3)[0] for values in (one, other)])


@pytest.mark.parametrize("ratio", [0.0, 0.05, 1.0])
def test_false_alarms_are_as_many_as_they_should_be(ratio: float) -> None:
    """120 series of 60 moments without an effect, also where the level hardly wanders, which looks like a level that does not."""
    alarms = 0
    for seed in range(120):
        values = _values(60, ratio, seed)[:, :2]
        values[:, 0] -= 2 * values[:, 1]
        found = fitted(values, np.zeros(1, np.bool_))
        alarms += abs(found.coefficients[0]) > 2.0 * found.error
    assert alarms <= 13


@pytest.mark.parametrize("times", [1e-6, 1e6])
def test_units_of_outcome_and_covariate_are_no_matter(times: float) -> None:
    values = _values()
    found, other = (fitted(one, np.zeros(2, np.bool_)) for one in (values, values * [times, 1, times]))
    assert other.ratio == pytest.approx(found.ratio, rel=1e-6)
    assert other.coefficients == pytest.approx(found.coefficients * [times, 1], rel=1e-6)
    assert other.error == pytest.approx(found.error * times, rel=1e-6)


def test_an_outcome_that_never_changes_is_refused() -> None:
    values = _values()
    values[:, 0] = 5
    with pytest.raises(ConfigurationError, match="the same at all moments"):
        fitted(values, np.zeros(2, np.bool_))
