# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Stepped wedge: the mixed model as an established library fits it, planted effects, and false alarms with few groups."""

import warnings

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hanze.errors import ConfigurationError
from hanze.experiments.evaluate.designs import wedge
from hanze.experiments.evaluate.designs.steps import steps
from hanze.experiments.evaluate.panel import Panel
from hanze.experiments.evaluate.question import Question
from hanze.experiments.evaluate.table import Bools, Floats
from tests.experiments.evaluate.designs.panels import found, made, wandering

QUESTION = Question(design="stepped-wedge", outcome="noise", time="day", unit="street")


def rollout(starts: list[int], moments: int, rng: np.random.Generator) -> Bools:
    """(groups, moments): the order is drawn."""
    return np.arange(moments)[None, :] >= rng.permutation(starts)[:, None]


def noise(groups: int, moments: int, rng: np.random.Generator) -> Floats:
    common = np.cumsum(rng.normal(0, 1, moments))
    return 50 + rng.normal(0, 2, (groups, 1)) + common + wandering(groups, moments, 0.5, rng)


def people(groups: int, each: int, on: Bools, effect: float, rng: np.random.Generator) -> Panel:
    """`each` people of a group at each moment; groups have a variance of 4, people one of 9."""
    level = rng.normal(0, 2, groups)
    group, time, _person = (one.ravel() for one in np.indices((groups, on.shape[1], each)))
    outcome = 20 + level[group] + 0.5 * time + effect * on[group, time] + rng.normal(0, 3, len(group))
    plain = made(np.ones((groups, on.shape[1])), on)
    return msgspec.structs.replace(plain, unit=group, time=time, outcome=outcome)


def test_the_model_is_that_of_hussey_and_hughes() -> None:
    """Against the mixed model of statsmodels, on people: estimate, error and correlation within groups."""
    from statsmodels.regression.mixed_linear_model import MixedLM

    rng = np.random.default_rng(1)
    on = rollout([1, 2, 3, 4, 5, 6, 7, 8], 9, rng)
    panel = people(8, 12, on, -1.5, rng)
    columns = np.column_stack([panel.rows_on(), panel.time[:, None] == np.arange(9)]).astype(float)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        model = MixedLM(panel.outcome, columns, panel.unit).fit(reml=True)
    result = wedge.estimate(panel, QUESTION)
    assert result.estimate == pytest.approx(model.params[0], abs=5e-3)
    assert result.se == pytest.approx(model.bse[0], rel=0.1)
    between = float(model.cov_re[0, 0])
    assert result.details["icc"] == pytest.approx(between / (between + model.scale), rel=0.05)
    assert result.low < -1.5 < result.high < 0


def test_a_planted_effect_is_found_and_who_gained() -> None:
    rng = np.random.default_rng(2)
    on = rollout(list(range(10, 58, 4)), 60, rng)
    result = found("stepped-wedge", noise(12, 60, rng) + 1.5 * on, on)
    assert 0 < result.low < 1.5 < result.high
    assert (result.counts.clusters, result.counts.dates) == (12, 12)
    assert len(result.parts) == 12
    assert result.line[5].low is None
    assert result.line[59].low is not None
    assert result.details["lasting"] == pytest.approx(1.5, abs=0.8)


@pytest.mark.parametrize("starts", [[2, 4, 6, 8, 10, 12], [4, 4, 8, 8, 12, 12, 99, 99]])
def test_false_alarms_are_as_many_as_allowed(starts: list[int]) -> None:
    """100 roll-outs without an effect; at 5 % each, more than 11 come with a chance of 1 %."""
    alarms = 0
    for seed in range(100):
        rng = np.random.default_rng(seed)
        result = found("stepped-wedge", noise(len(starts), 16, rng), rollout(starts, 16, rng), seed=seed)
        alarms += result.low > 0 or result.high < 0
    assert alarms <= 11


def test_with_very_few_groups_an_error_says_what_lots_cannot() -> None:
    rng = np.random.default_rng(3)
    result = found("stepped-wedge", noise(4, 20, rng), rollout([5, 5, 10, 10], 20, rng))
    assert result.degrees == 2
    assert np.isfinite([result.low, result.high]).all()


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 1000), st.floats(0.01, 100.0), st.floats(-1000.0, 1000.0))
def test_scale_level_and_what_moves_all_change_nothing_else(seed: int, scale: float, level: float) -> None:
    rng = np.random.default_rng(seed)
    on = rollout([2, 4, 6, 8, 10, 12], 14, rng)
    values, common = noise(6, 14, rng), rng.normal(0, 10, 14)
    plain, other = found("stepped-wedge", values, on), found("stepped-wedge", level + scale * (values + common), on)
    for one, two in ((plain.estimate, other.estimate), (plain.low, other.low), (plain.high, other.high)):
        assert two == pytest.approx(scale * one, rel=1e-2, abs=1e-2 * scale)


def test_which_moments_of_a_period_are_known_of_a_group_does_not_matter() -> None:
    """All rise by 1 a moment; a group that is only known late in a period is not higher for it."""
    on = rollout([10, 20, 30], 40, np.random.default_rng(4))
    values = np.add.outer(np.array([0.0, 5.0, 9.0]), np.arange(40.0))
    values[0, 1:10] = np.nan
    values[2, 12:16] = np.nan
    found_ = steps(made(values, on), QUESTION)
    np.testing.assert_allclose(found_.values - found_.values[1], np.tile([[-5.0], [0.0], [4.0]], (1, 4)), atol=1e-6)


def test_a_covariate_is_taken_out() -> None:
    rng = np.random.default_rng(5)
    on = rollout([4, 8, 12, 16, 20, 24], 28, rng)
    rain, values = wandering(6, 28, 0.8, rng) * 5, noise(6, 28, rng)
    told = msgspec.structs.replace(made(values + rain + 2.0 * on, on), covariates={"rain": rain.ravel()})
    result = wedge.estimate(told, msgspec.structs.replace(QUESTION, covariates=("rain",)))
    assert result.estimate == pytest.approx(found("stepped-wedge", values + 2.0 * on, on).estimate, abs=0.7)


def test_units_of_a_cluster_are_one_group() -> None:
    rng = np.random.default_rng(6)
    on = np.repeat(rollout([4, 8, 12, 16, 20], 24, rng), 3, axis=0)
    panel = msgspec.structs.replace(made(noise(15, 24, rng), on), cluster=np.arange(15) // 3)
    result = wedge.estimate(panel, msgspec.structs.replace(QUESTION, cluster="area"))
    assert result.counts.clusters == 5
    assert (result.counts.units, result.counts.treated) == (15, 15)
    apart = msgspec.structs.replace(panel, cluster=np.arange(15) // 4)
    with pytest.raises(ConfigurationError, match="at another moment than for others of its area"):
        wedge.estimate(apart, msgspec.structs.replace(QUESTION, cluster="area"))


@pytest.mark.parametrize(
    ("starts", "told"),
    [
        ([5, 5, 5, 5], "needs 3 groups or more that begin at different moments; there are 4, and 1 of their courses"),
        ([5, 8], "there are 2"),
    ],
)
def test_what_it_takes_is_said(starts: list[int], told: str) -> None:
    with pytest.raises(ConfigurationError, match=told):
        found("stepped-wedge", np.ones((len(starts), 10)), rollout(starts, 10, np.random.default_rng(1)))


def test_a_measure_that_stops_is_for_another_design() -> None:
    on = rollout([2, 4, 6, 8], 12, np.random.default_rng(1))
    on[:, 11] = False
    with pytest.raises(ConfigurationError, match=r"switched off again.*switchback"):
        found("stepped-wedge", np.ones((4, 12)), on)
