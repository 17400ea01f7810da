# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Least squares and its errors are those of statsmodels on columns that are written out."""

import numpy as np
import pytest
import statsmodels.api as sm

from hanze.errors import ConfigurationError
from hanze.experiments.evaluate.designs.regression import (
    absorbed,
    by_cluster,
    by_moment,
    chance,
    lags,
    plain,
    regress,
    told_apart,
)

RNG = np.random.default_rng(7)
UNIT, TIME = np.repeat(np.arange(12), 9), np.tile(np.arange(9), 12)
KEPT = RNG.random(108) > 0.2
COLUMNS = RNG.normal(size=(108, 2)) + 0.1 * UNIT[:, None]
OUTCOME = COLUMNS @ [1.0, -2.0] + UNIT + RNG.normal(size=108)
WEIGHTS = RNG.uniform(0.5, 3, 108)


def _dummies() -> np.ndarray:
    both = [COLUMNS, UNIT[:, None] == np.arange(12), TIME[:, None] == np.arange(1, 9)]
    return np.column_stack(both).astype(float)[KEPT]


def test_effects_that_are_taken_out_leave_the_coefficients_of_dummies() -> None:
    groups, weights = (UNIT[KEPT], TIME[KEPT]), WEIGHTS[KEPT]
    taken = absorbed(np.column_stack([OUTCOME, COLUMNS])[KEPT], groups, weights)
    found = regress(taken[:, 0], taken[:, 1:], weights, 20)
    known = sm.WLS(OUTCOME[KEPT], _dummies(), weights=weights).fit()
    assert found.coefficients == pytest.approx(known.params[:2])
    assert found.degrees == known.df_resid
    assert np.sqrt(np.diag(plain(found))) == pytest.approx(known.bse[:2])


def test_errors_by_cluster() -> None:
    cluster = UNIT // 2
    found = regress(OUTCOME, COLUMNS)
    known = sm.OLS(OUTCOME, COLUMNS).fit(cov_type="cluster", cov_kwds={"groups": cluster})
    assert by_cluster(found, cluster, 2) == pytest.approx(known.cov_params())


@pytest.mark.parametrize("back", [0, 1, 5])
def test_errors_of_one_series_that_depends_on_itself(back: int) -> None:
    found = regress(OUTCOME, COLUMNS)
    known = sm.OLS(OUTCOME, COLUMNS).fit(cov_type="HAC", cov_kwds={"maxlags": back})
    assert by_moment(found, np.arange(108), back) == pytest.approx(known.cov_params())


def test_errors_by_moment_are_those_of_sums_over_all_units() -> None:
    found = regress(OUTCOME, COLUMNS)
    assert by_moment(found, TIME, 0) == pytest.approx(by_cluster(found, TIME, 2) / (9 / 8 * 107 / 106))


def test_how_far_back() -> None:
    assert (lags(59), lags(100), lags(72, 7)) == (3, 4, 7)


def test_chances() -> None:
    assert chance(1.959964, None) == pytest.approx(0.05)
    assert chance(-12.7062, 1.0) == pytest.approx(0.05, abs=1e-4)


def test_a_measure_that_others_explain_is_refused() -> None:
    told_apart(COLUMNS[:, 0], COLUMNS, "season")
    with pytest.raises(ConfigurationError, match="apart from season"):
        told_apart(COLUMNS[:, 0], COLUMNS[:, [0, 1, 0]] * [1, 1, 5], "season")
