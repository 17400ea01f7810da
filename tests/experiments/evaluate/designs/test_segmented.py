# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Straight lines: the errors of Newey and West for one unit, and of the mean of all for many."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hanze.errors import ConfigurationError
from hanze.experiments.evaluate.designs.regression import lags
from hanze.experiments.evaluate.finding import Finding
from hanze.experiments.evaluate.table import Floats
from tests.experiments.evaluate.designs.tried import begun, close, days, find, judge, series, units


def _values(count: int = 40, seed: int = 1) -> Floats:
    rng = np.random.default_rng(seed)
    return 50 + 0.2 * np.arange(count) + np.convolve(rng.normal(size=count + 2), [1, 0.5, 0.3], "valid")


def _found(values: Floats, start: int = 30) -> Finding:
    return find(series(values, start), "its", treated=("on",))


def test_one_series_has_the_numbers_of_statsmodels() -> None:
    import statsmodels.api as sm

    values, place = _values(), np.arange(40)
    columns = sm.add_constant(np.column_stack([place >= 30, place, np.maximum(place - 30, 0)]).astype(float))
    known = sm.OLS(values, columns).fit(cov_type="HAC", cov_kwds={"maxlags": lags(40), "use_correction": False})
    found = _found(values)
    assert (found.estimate, found.details["hac_se"]) == pytest.approx((known.params[1], known.bse[1]))
    assert (found.details["trend_change"], found.details["trend_change_se"]) == pytest.approx(
        (known.params[3], known.bse[3])
    )
    assert list(found.residuals) == pytest.approx(known.resid)


def test_many_units_have_the_effect_of_a_mixed_model_and_the_error_of_their_mean() -> None:
    import statsmodels.api as sm

    rng = np.random.default_rng(2)
    values = _values() + rng.normal(size=(20, 1)) * 10 + rng.normal(size=(20, 40))
    found = judge(units(values, begun(values, [30] * 20)), "its")
    place = np.tile(np.arange(40), 20)
    columns = sm.add_constant(np.column_stack([place >= 30, place, np.maximum(place - 30, 0)]).astype(float))
    mixed = sm.MixedLM(values.ravel(), columns, np.repeat(np.arange(20), 40)).fit()
    assert found.estimate == pytest.approx(mixed.params[1], rel=1e-5)
    assert found.details["unit_se"] == pytest.approx(mixed.bse[1], rel=1e-2)
    alone = _found(values.mean(axis=0))
    assert (found.se, found.p) == pytest.approx((alone.se, alone.p))
    assert np.mean([*found.parts.values()]) == pytest.approx(alone.relative, rel=0.05)


def test_a_unit_that_is_missing_for_a_while_does_not_move_the_mean_by_its_level() -> None:
    values = np.array([_values(seed=place) + 100 * place for place in range(4)])
    whole = judge(units(values, begun(values, [30] * 4)), "its")
    values[3, 25:35] = np.nan
    found = judge(units(values, begun(values, [30] * 4)), "its")
    assert found.estimate == pytest.approx(whole.estimate, abs=2)
    assert len(found.parts) == 3


def test_weights_of_units_are_those_of_copies() -> None:
    values = np.array([_values(seed=place) for place in range(2)])
    weights = np.repeat([3.0, 1.0], 40)
    found = judge(units(values, begun(values, [30] * 2), weights=weights), "its")
    copied = values[[0, 0, 0, 1]]
    assert close(found, judge(units(copied, begun(copied, [30] * 4)), "its"))


@settings(max_examples=12)
@given(st.floats(0.01, 1000), st.floats(-1000, 1000))
def test_units_of_the_outcome_are_no_matter(times: float, more: float) -> None:
    values = _values(30)
    found, other = _found(values, 20), _found(values * times + more, 20)
    assert close(other, found, times)
    assert found.p == pytest.approx(other.p, rel=1e-5)


def test_days_depend_on_a_week_at_least_and_have_weekdays() -> None:
    week = np.tile([5, 0, 0, 0, 0, -4, -6], 9)[:60]
    found = find(series(_values(60) + week, 40, days(60)), "its", treated=("on",))
    assert found.details["hac_lags"] == 7 and found.details["period"] == 7
    assert abs(found.estimate) < 3 * found.se and found.se < 1.5


def test_the_effect_in_the_mean_holds_the_change_of_trend() -> None:
    values = 10 + np.where(np.arange(40) >= 30, 3 + 0.5 * (np.arange(40) - 30), 0.0) + 1e-6 * _values()
    found = _found(values)
    assert found.estimate == pytest.approx(3, abs=1e-3) and found.details["trend_change"] == pytest.approx(
        0.5, abs=1e-3
    )
    assert found.details["average"] == pytest.approx(3 + 0.5 * 4.5, abs=1e-3)


def test_more_covariates_than_moments_can_tell_are_refused() -> None:
    more = {f"x{place}": np.random.default_rng(place).normal(size=14).tolist() for place in range(9)}
    with pytest.raises(ConfigurationError, match="fewer covariates"):
        find(series(_values(14), 10, None, **more), "its", treated=("on",), covariates=tuple(more))
