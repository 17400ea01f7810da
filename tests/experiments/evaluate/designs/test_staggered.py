# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Starts at different times give what Callaway and Sant'Anna published."""

from typing import Any

import numpy as np
import pytest

from hanze.errors import ConfigurationError
from hanze.experiments.evaluate.finding import Finding
from hanze.experiments.evaluate.table import Floats
from tests.experiments.evaluate.designs.tried import begun, close, judge, published, recorded, units

TEENS: dict[str, Any] = {"outcome": "lemp", "unit": "countyreal", "time": "year", "first_treated": "first.treat"}


def _values(count: int, moments: int = 10, seed: int = 1) -> Floats:
    rng = np.random.default_rng(seed)
    return 50 + rng.normal(size=(count, 1)) * 5 + rng.normal(size=moments) + rng.normal(size=(count, moments))


def _found(values: Floats, first: list[int], **asked: Any) -> Finding:
    return judge(units(values, begun(values, first), **asked), "staggered")


@recorded
def test_minimum_wages_and_the_employment_of_teens() -> None:
    found = published("did/mpdta.csv", "staggered", **TEENS)
    assert found.estimate == pytest.approx(-0.0400, abs=1e-4)
    assert found.details["dynamic"] == pytest.approx(-0.0772, abs=1e-4)
    assert found.details["group"] == pytest.approx(-0.0310, abs=1e-4)
    assert found.se == pytest.approx(0.012, abs=5e-4) and found.details["dynamic_se"] == pytest.approx(0.020, abs=1e-3)
    assert found.details["lag 2"] == pytest.approx(-0.1373, abs=1e-4)
    assert found.counts.dates == 3 and len(found.parts) == 191


@recorded
def test_the_same_against_counties_of_the_same_size() -> None:
    found = published("did/mpdta.csv", "staggered", covariates=("lpop",), **TEENS)
    assert found.estimate == pytest.approx(-0.0418, abs=1e-4) and found.se == pytest.approx(0.0115, abs=5e-4)
    assert found.details["dynamic"] == pytest.approx(-0.0804, abs=2e-4)


def test_effects_that_grow_come_out_where_two_way_effects_would_be_wrong() -> None:
    values = _values(60)
    for unit, start in enumerate([3] * 20 + [6] * 20):
        values[unit, start:] += 2 * (1 + np.arange(10 - start))
    found = _found(values, [3] * 20 + [6] * 20)
    grown = [2.0 * (1 + time - start) for start in (3, 6) for time in range(start, 10)]
    assert found.estimate == pytest.approx(np.mean(grown), abs=4 * found.se)
    assert found.details["lag 0"] == pytest.approx(2, abs=1) and found.details["lag 6"] == pytest.approx(14, abs=1.5)


def test_one_date_is_difference_in_differences_against_the_moment_before() -> None:
    values = _values(30)
    change = values[:, 6:].mean(axis=1) - values[:, 5]
    found = _found(values, [6] * 12)
    assert found.estimate == pytest.approx(change[:12].mean() - change[12:].mean())
    error = np.sqrt(change[:12].var() / 12 + change[12:].var() / 18) * np.sqrt(30 / 29)
    assert found.se == pytest.approx(error)


def test_without_units_that_never_have_it_those_are_compared_with_that_get_it_later() -> None:
    values = _values(30)
    first = [3] * 10 + [6] * 10 + [8] * 10
    found = _found(values, first)
    assert found.details["not_yet"] == 1 and found.counts.after == 5
    # At 8 and 9 everybody has it, so that nothing of then is used.
    values[:, 8:] = np.random.default_rng(2).normal(size=(30, 2))
    assert close(found, _found(values, first))
    early = values[:10, 3] - values[:10, 2], values[10:, 3] - values[10:, 2]
    assert "not have the measure yet" in found.method.said()
    assert _found(values[:, :4], [3] * 10).estimate == pytest.approx(early[0].mean() - early[1].mean())


def test_units_that_got_it_meanwhile_are_no_longer_compared_with() -> None:
    values, first = _values(60), [3] * 20 + [5] * 20 + [8] * 20
    for unit, start in enumerate(first):
        values[unit, start:] += 10
    found = _found(values, first)
    assert found.estimate == pytest.approx(10, abs=1) and found.details["lag 4"] == pytest.approx(10, abs=1.5)


def test_cohorts_of_one_are_as_uncertain_as_the_others_swing() -> None:
    found = _found(_values(12), [4, 6, 8])
    assert found.se > 0.3 and "few of them began together" in found.method.said()
    assert found.degrees == 8


def test_false_alarms_are_as_many_as_they_should_be() -> None:
    for first in ([3, 5, 7], [3] * 4 + [5] * 4 + [7] * 4):
        alarms = 0
        for seed in range(80):
            found = _found(np.cumsum(_values(26, 10, seed) - 50, axis=1), first)
            alarms += not found.low <= 0 <= found.high
        assert alarms <= 10


def test_weights_of_units_are_copies() -> None:
    values = _values(20)
    weights = np.repeat([2.0, 1.0], [5 * 10, 15 * 10])
    copied = values[[*range(5), *range(5), *range(5, 20)]]
    cluster = np.array([*range(5), *range(5), *range(5, 20)])
    found = _found(values, [4] * 8, weights=weights)
    other = _found(copied, [4] * 13, cluster=cluster)
    assert (found.estimate, found.se) == pytest.approx((other.estimate, other.se))


def test_units_in_one_cluster_are_one_draw() -> None:
    values = np.repeat(_values(20), 4, axis=0)
    found = _found(values, [4] * 32, cluster=np.repeat(np.arange(20), 4))
    assert found.se == pytest.approx(_found(values[::4], [4] * 8).se)


def test_units_that_are_not_known_at_all_moments_are_left_out() -> None:
    values = _values(30)
    whole = _found(np.delete(values, [2, 25], axis=0), [4] * 11)
    values[2, 3] = values[25, 9] = np.nan
    found = _found(values, [4] * 12)
    assert close(found, whole) and found.details["left_out"] == 2 and "2 units are left out" in found.method.said()


def test_units_of_the_outcome_are_no_matter() -> None:
    values, first = _values(30), [3] * 8 + [6] * 8
    assert close(_found(values * 9 - 4, first), _found(values, first), 9)


def test_a_date_at_which_groups_went_apart_is_seen_before() -> None:
    values = _values(60)
    assert _found(values, [6] * 20).details["pretrend_p"] > 0.01
    values[:20, 3:] += 4
    assert _found(values, [6] * 20).details["pretrend_p"] < 1e-6


@pytest.mark.parametrize(
    ("first", "fix"), [([4] * 9, "2 units to compare with"), ([0] * 4, "begin after the first moment")]
)
def test_nobody_to_compare_with_is_refused(first: list[int], fix: str) -> None:
    with pytest.raises(ConfigurationError, match=fix):
        _found(_values(10), first)


def test_covariates_that_tell_the_treated_apart_are_refused() -> None:
    values = _values(30)
    beside = np.repeat((np.arange(30) < 12).astype(float), 10).reshape(30, 10)
    with pytest.raises(ConfigurationError, match="leave a covariate out"):
        judge(units(values, begun(values, [4] * 12), {"x": beside}), "staggered", covariates=("x",))


def test_a_covariate_takes_out_what_it_did() -> None:
    rng = np.random.default_rng(6)
    size = rng.normal(size=(200, 1)) + (np.arange(200) < 80)[:, None]
    values = _values(200) + size * np.arange(10)
    beside = np.repeat(size, 10, axis=1)
    first = [5] * 40 + [7] * 40
    plain = _found(values, first)
    found = judge(units(values, begun(values, first), {"x": beside}), "staggered", covariates=("x",))
    assert plain.low > 1 and found.low < 0 < found.high and abs(found.estimate) < 0.5


def _jackknife(values: Floats, first: list[int]) -> float:
    """The error from leaving out each unit in turn."""
    starts = np.array(first + [-1] * (len(values) - len(first)))
    found = []
    for unit in range(len(values)):
        kept = np.arange(len(values)) != unit
        left = [int(one) for one in starts[kept] if one >= 0]
        found.append(_found(values[kept], left).estimate)
    return float(np.sqrt((len(found) - 1) * np.var(found)))


def test_the_error_knows_that_sizes_of_groups_are_drawn_too() -> None:
    values, first = 0.1 * _values(30, 6), [3] * 8 + [4] * 8
    values[:8, 3:] += 10
    found = _found(values, first)
    assert found.se == pytest.approx(_jackknife(values, first), rel=0.06) and found.se > 0.3


def test_a_small_group_has_the_error_of_draws_from_all_groups() -> None:
    values = _values(12)
    change = values[:, 6:].mean(axis=1) - values[:, 5]
    ours, others = change[:3], change[3:]
    spread = (((ours - ours.mean()) ** 2).sum() + ((others - others.mean()) ** 2).sum()) / 10
    found = _found(values, [6] * 3)
    assert found.se == pytest.approx(np.sqrt(spread / 3 + others.var(ddof=1) / 9)) and found.degrees == 10
