# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Difference-in-differences gives what was published, and an error that fits the number of groups."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hanze.errors import ConfigurationError
from hanze.experiments.evaluate.finding import Finding
from hanze.experiments.evaluate.table import Floats, Table
from tests.experiments.evaluate.designs.tried import begun, close, find, judge, made, published, recorded, units

BURGERS: dict[str, Any] = {"outcome": "fte", "unit": "id", "time": "d", "treated": ("nj",), "start": "1"}
SMOKING: dict[str, Any] = {"outcome": "cigsale", "unit": "state", "time": "year", "start": "1989"}


def _values(count: int, moments: int = 12, seed: int = 1) -> Floats:
    rng = np.random.default_rng(seed)
    return 50 + rng.normal(size=(count, 1)) * 5 + rng.normal(size=moments) + rng.normal(size=(count, moments))


def _found(values: Floats, treated: int, start: int = 6, **asked: Any) -> Finding:
    return judge(units(values, begun(values, [start] * treated), **asked), "did")


@recorded
def test_card_and_krueger() -> None:
    found = published("did/card_krueger.csv", "did", **BURGERS)
    assert found.estimate == pytest.approx(2.754, abs=1e-3)
    assert found.se == pytest.approx(1.31, abs=0.02) and found.low > 0
    assert found.counts.clusters == 410


@recorded
def test_proposition_99() -> None:
    found = published("synth/smoking.csv", "did", treated=("California",), **SMOKING)
    assert found.estimate == pytest.approx(-27.349, abs=1e-3)
    # One treated state: errors by cluster would be 2.8. Published with an error of 17.7, by jackknife.
    assert found.se == pytest.approx(17.7, abs=1) and found.details["cluster_se"] < 3
    assert found.low < 0 < found.high and found.parts == {"California": pytest.approx(-0.312, abs=1e-3)}


def test_the_effect_is_the_difference_of_the_differences_of_means() -> None:
    values = _values(10)
    changes = values[:, 6:].mean(axis=1) - values[:, :6].mean(axis=1)
    found = _found(values, 4)
    assert found.estimate == pytest.approx(changes[:4].mean() - changes[4:].mean())
    ours, others = changes[:4], changes[4:]
    spread = (((ours - ours.mean()) ** 2).sum() + ((others - others.mean()) ** 2).sum()) / 8
    assert found.se == pytest.approx(np.sqrt(spread * (1 / 4 + 1 / 6))) and found.degrees == 8


def test_few_groups_have_a_wild_bootstrap_and_many_do_not() -> None:
    few, many = _found(_values(20), 8), _found(_values(44), 20)
    assert "wild bootstrap" in few.method.said() and few.p == few.details["wild_p"]
    assert few.low < few.estimate < few.high and few.low == pytest.approx(
        few.estimate - 2.1 * few.se, abs=0.25 * few.se
    )
    assert many.degrees == 43 and many.se == many.details["cluster_se"]


def test_errors_by_cluster_are_those_of_statsmodels() -> None:
    import statsmodels.api as sm

    values = _values(44, 6)
    found = _found(values, 20, 3)
    unit, time = np.repeat(np.arange(44), 6), np.tile(np.arange(6), 44)
    on = ((unit < 20) & (time >= 3)).astype(float)
    columns = np.column_stack([on, unit[:, None] == np.arange(44), time[:, None] == np.arange(1, 6)]).astype(float)
    known = sm.OLS(values.ravel(), columns).fit(cov_type="cluster", cov_kwds={"groups": unit})
    nested = (264 - columns.shape[1]) / (264 - columns.shape[1] + 43)
    assert (found.estimate, found.se) == pytest.approx((known.params[0], known.bse[0] * np.sqrt(nested)), rel=1e-3)


def test_units_in_one_cluster_are_one_draw() -> None:
    values = np.repeat(_values(12), 5, axis=0) + 1e-3 * _values(60)
    found = _found(values, 15, cluster=np.repeat(np.arange(12), 5))
    alone = _found(values[::5], 3)
    assert found.counts.clusters == 12 and found.se == pytest.approx(alone.se, rel=0.02)


def test_clusters_of_both_kinds_need_to_be_six() -> None:
    values = _values(10)
    with pytest.raises(ConfigurationError, match="with the measure and without"):
        _found(values, 4, cluster=np.arange(10) % 5)
    found = _found(_values(24), 12, cluster=np.arange(24) % 12)
    assert "wild bootstrap by 12" in found.method.said()


def test_weights_are_copies() -> None:
    values = _values(8)
    weights = np.repeat([2.0] + [1.0] * 7, 12)
    copied = values[[0, 0, *range(1, 8)]]
    found, other = _found(values, 3, weights=weights), _found(copied, 4, cluster=np.array([0, 0, *range(1, 8)]))
    assert (found.estimate, found.relative) == pytest.approx((other.estimate, other.relative))
    assert found.se == pytest.approx(other.se, rel=1e-6)


def test_a_covariate_takes_out_what_it_did() -> None:
    values, beside = _values(44), np.random.default_rng(9).normal(size=(44, 12))
    beside[:20, 6:] += 1
    plain = _found(values, 20)
    moved = units(values + 3 * beside, begun(values, [6] * 20), {"x": beside})
    found = judge(moved, "did", covariates=("x",))
    assert found.estimate == pytest.approx(plain.estimate, abs=0.3) and "Adjusted for x." in found.method.said()


def test_rows_that_are_missing_do_not_let_the_level_of_a_unit_through() -> None:
    values = _values(44)
    values[3] += 500
    values[3, 6:9] = np.nan
    assert _found(values, 20).estimate == pytest.approx(0, abs=1)


def test_counts_per_exposure_are_compared_as_rates() -> None:
    values, exposure = _values(44), np.full(44 * 12, 20.0)
    rates = _found(values * 20, 20, exposure=exposure)
    assert rates.estimate == pytest.approx(_found(values, 20).estimate)


def test_false_alarms_are_as_many_as_they_should_be() -> None:
    alarms = {3: 0, 8: 0}
    for treated in alarms:
        for seed in range(60):
            found = _found(np.cumsum(_values(16, 10, seed) - 50, axis=1), treated, 5)
            alarms[treated] += not found.low <= 0 <= found.high
    assert max(alarms.values()) <= 8


@settings(max_examples=10)
@given(st.floats(0.01, 1000), st.floats(-1000, 1000))
def test_units_of_the_outcome_are_no_matter(times: float, more: float) -> None:
    values = _values(9)
    assert close(_found(values * times + more, 3), _found(values, 3), times)


def test_the_order_of_rows_is_no_matter() -> None:
    values = _values(20)
    whole = made({
        "u": [f"u{unit:02}" for unit in range(20) for _moment in range(12)], "t": [*range(12)] * 20, "y": values.ravel().tolist(),
    })  # fmt: skip
    order = np.random.default_rng(2).permutation(240)
    turned = Table({name: [column[place] for place in order] for name, column in whole.columns.items()}, "")
    asked: dict[str, Any] = {"unit": "u", "treated": tuple(f"u{unit:02}" for unit in range(8)), "start": "6"}
    found, other = (find(one, "did", **asked) for one in (whole, turned))
    assert close(found, other)


def test_what_was_expected_runs_with_the_others() -> None:
    values = _values(44)
    values[:20, 6:] += 10
    found = _found(values, 20)
    gaps = [point.observed - point.expected for point in found.line if point.observed and point.expected]
    assert np.mean(gaps[:6]) == pytest.approx(0, abs=1e-9) and np.mean(gaps[6:]) == pytest.approx(found.estimate)
    assert found.relative == pytest.approx(0.2, abs=0.02) and len(found.parts) == 20
    assert np.mean(found.residuals[6:]) == pytest.approx(0, abs=1e-9)


@pytest.mark.parametrize(
    ("first", "fix"),
    [([6, 8], "use the design staggered"), ([6] * 10, "use the design its"), ([0, 0], "moments before"), ([6] * 9, "")],
)
def test_what_cannot_be_compared_is_refused_with_what_to_do(first: list[int], fix: str) -> None:
    values = _values(10)
    if not fix:
        assert judge(units(values, begun(values, first)), "did").degrees == 8
        return
    with pytest.raises(ConfigurationError, match=fix):
        judge(units(values, begun(values, first)), "did")


def test_a_measure_that_ends_is_refused() -> None:
    values = _values(10)
    on = begun(values, [6, 6])
    on[0, 10:] = False
    with pytest.raises(ConfigurationError, match="use the design switchback"):
        judge(units(values, on), "did")


def test_one_against_one_is_refused() -> None:
    with pytest.raises(ConfigurationError, match="It takes 3 groups"):
        _found(_values(2), 1)


def test_the_interval_of_a_moment_is_as_wide_as_units_of_each_kind_go_apart() -> None:
    values = _values(44)
    values[:20] += 5 * _values(20, seed=3)
    changes = values - values[:, :6].mean(axis=1, keepdims=True)
    last = _found(values, 20).line[-1]
    wide = 1.96 * np.sqrt(changes[:20, -1].var(ddof=1) / 20 + changes[20:, -1].var(ddof=1) / 24)
    assert last.low is not None and last.high is not None
    assert last.high - last.low == pytest.approx(2 * wide, rel=1e-3)


def test_numbers_without_noise_have_no_interval() -> None:
    values = np.tile(np.arange(12.0), (20, 1))
    values[:8, 6:] += 3
    found = _found(values, 8)
    assert found.estimate == pytest.approx(3) and found.high - found.low < 1e-6
