# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""An event study shows each lead and lag against just before."""

import numpy as np
import pytest

from hanze.errors import ConfigurationError
from hanze.experiments.evaluate.finding import Finding
from hanze.experiments.evaluate.table import Floats
from tests.experiments.evaluate.designs.tried import begun, close, judge, units


def _values(count: int = 50, moments: int = 8, seed: int = 1) -> Floats:
    rng = np.random.default_rng(seed)
    return 50 + rng.normal(size=(count, 1)) * 5 + rng.normal(size=moments) + rng.normal(size=(count, moments))


def _found(values: Floats, treated: int = 20, start: int = 4) -> Finding:
    return judge(units(values, begun(values, [start] * treated)), "event-study")


def test_leads_and_lags_are_differences_of_means_against_the_moment_before() -> None:
    values = _values()
    since = values - values[:, [3]]
    apart = since[:20].mean(axis=0) - since[20:].mean(axis=0)
    found = _found(values)
    details = [found.details[name] for name in ("lead 4", "lead 3", "lead 2", "lag 0", "lag 1", "lag 2", "lag 3")]
    assert details == pytest.approx(apart[[0, 1, 2, 4, 5, 6, 7]].tolist())
    assert found.estimate == pytest.approx(apart[4:].mean())
    change = since[:, 4:].mean(axis=1)
    error = np.sqrt(change[:20].var(ddof=1) / 20 + change[20:].var(ddof=1) / 30)
    assert found.se == pytest.approx(error, rel=0.05)


def test_groups_that_went_apart_before_are_seen_together() -> None:
    values = _values()
    assert _found(values).details["pretrend_p"] > 0.05
    values[:20] += np.arange(8)
    assert _found(values).details["pretrend_p"] < 1e-6


def test_the_joint_test_is_wrong_as_often_as_it_should_be() -> None:
    chances = [_found(_values(40, 7, seed)).details["pretrend_p"] for seed in range(100)]
    assert 1 <= sum(one < 0.1 for one in chances) <= 20


def test_many_moments_are_put_together() -> None:
    values = _values(60, 100)
    values[:20, 60:] += 4
    found = _found(values, 20, 60)
    assert found.details["moments_each"] == 5 and len([name for name in found.details if name.startswith("lead")]) == 22
    assert found.estimate == pytest.approx(4, abs=4 * found.se)
    assert "Each is 5 moments long" in found.method.said()


def test_few_moments_before_many_after() -> None:
    found = _found(_values(20, 60), 8, 5)
    assert found.details["moments_each"] == 2 and found.counts.before == 5


def test_few_groups_have_no_joint_test_that_would_be_empty() -> None:
    found = _found(_values(5), 1)
    assert "pretrend_p" not in found.details and found.degrees == 3


def test_units_of_the_outcome_are_no_matter() -> None:
    values = _values()
    assert close(_found(values * 7 + 3), _found(values), 7)


def test_several_dates_are_refused() -> None:
    values = _values()
    with pytest.raises(ConfigurationError, match="use the design staggered"):
        judge(units(values, begun(values, [4, 5])), "event-study")


def test_one_moment_before_is_too_few() -> None:
    with pytest.raises(ConfigurationError, match="2 moments before"):
        _found(_values(), 20, 1)
