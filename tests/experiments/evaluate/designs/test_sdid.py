# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Synthetic difference-in-differences: the published figure from the raw file, planted effects, false alarms, and what stays."""

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hanze.errors import ConfigurationError
from hanze.experiments.evaluate.designs import sdid, weighing
from hanze.experiments.evaluate.designs.placebo import Jackknife
from hanze.experiments.evaluate.finding import Finding
from hanze.experiments.evaluate.question import Question
from tests.experiments.evaluate.designs.panels import STUDIES, found, from_, made, published, shared

QUESTION = Question(design="sdid", outcome="cigsale", unit="state", time="year", treated=("California",), start="1989")


@pytest.fixture(scope="module")
def california() -> Finding:
    if not STUDIES.exists():
        pytest.skip(f"the studies are not at {STUDIES}")
    return published("smoking.csv", QUESTION)


def test_proposition_99_comes_out_as_published(california: Finding) -> None:
    assert california.estimate == pytest.approx(-15.604, abs=1e-3)
    # Published from 200 draws: 8.4; over all others: 9.5.
    assert california.se == pytest.approx(9.5, abs=0.1)
    assert california.high < 0
    assert california.p == pytest.approx(1 / 39)
    assert sum(california.weights.values()) == pytest.approx(1, abs=1e-3)
    assert next(iter(california.weights)) == "Nevada"


def test_its_line_runs_along_the_past_and_shows_the_effect(california: Finding) -> None:
    assert [point.time for point in california.line[:2]] == ["1970.0", "1971.0"]
    after = [
        point.observed - point.expected
        for point in california.line[19:]
        if point.observed is not None and point.expected is not None
    ]
    assert len(after) == 12
    assert np.mean(after) == pytest.approx(california.estimate)
    assert all(point.low is not None for point in california.line[19:])
    assert all(point.low is None for point in california.line[:19])


def test_the_same_table_with_a_column_that_is_1_with_the_measure_gives_the_same() -> None:
    if not STUDIES.exists():
        pytest.skip(f"the studies are not at {STUDIES}")
    question = Question(
        design="sdid", outcome="PacksPerCapita", unit="State", time="Year", treated=("treated",), start="1989"
    )
    assert published("california_pysyncon.csv", question).estimate == pytest.approx(-15.604, abs=1e-3)


def test_a_planted_effect_is_found() -> None:
    values, on = shared(30, 60, np.random.default_rng(1)), from_(30, 60, 4, 40)
    result = found("sdid", values + 6.0 * on, on)
    assert result.estimate == pytest.approx(6, abs=1.0)
    assert 0 < result.low < 6 < result.high
    assert result.relative is not None
    assert result.relative == pytest.approx(6 / values[4, 40:].mean(), rel=0.2)
    assert result.parts == {"u4": pytest.approx(result.relative)}


def test_false_alarms_are_as_many_as_allowed() -> None:
    """40 panels without an effect, of 20 units; at 5 % each, more than 6 come with a chance of 1 in 300."""
    alarms = 0
    for seed in range(40):
        rng = np.random.default_rng(seed)
        result = found("sdid", shared(20, 40, rng), from_(20, 40, int(rng.integers(20)), 28))
        alarms += result.low > 0 or result.high < 0
    assert alarms <= 6


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 1000), st.floats(0.01, 100.0), st.floats(-1000.0, 1000.0))
def test_scale_level_and_order_of_units_change_nothing_else(seed: int, scale: float, level: float) -> None:
    rng = np.random.default_rng(seed)
    values, order = shared(8, 20, rng), rng.permutation(8)
    plain = found("sdid", values, from_(8, 20, 0, 14))
    other = found("sdid", level + scale * values[order], from_(8, 20, int(np.flatnonzero(order == 0)[0]), 14))
    for one, two in ((plain.estimate, other.estimate), (plain.low, other.low), (plain.high, other.high)):
        assert two == pytest.approx(scale * one, rel=1e-4, abs=1e-4 * scale)
    assert other.p == pytest.approx(plain.p, abs=1e-4)


def test_several_treated_are_judged_by_groups_of_as_many_others() -> None:
    rng = np.random.default_rng(3)
    values, on = shared(24, 50, rng), np.zeros((24, 50), np.bool_)
    on[:3, 35:] = True
    result = found("sdid", values + 3.0 * on, on)
    assert result.details["placebos"] == 199
    assert result.low < 3 < result.high
    assert set(result.parts) == {"u0", "u1", "u2"}


def test_with_hardly_more_others_units_are_left_out_in_turn() -> None:
    rng = np.random.default_rng(4)
    values, on = shared(14, 50, rng), np.zeros((14, 50), np.bool_)
    on[:7, 35:] = True
    result = found("sdid", values + 3.0 * on, on)
    assert result.degrees == 6
    assert "placebos" not in result.details
    assert result.low < 3 < result.high
    gaps = np.array([[1.0, 1.0], [0.0, 2.0], [3.0, 1.0]])
    # Half of 1 + 4.
    assert Jackknife(1.0).error(gaps[:, 0]) == pytest.approx(2.5**0.5)


def test_a_covariate_that_moves_the_outcome_is_taken_out() -> None:
    rng = np.random.default_rng(5)
    values, weather, on = shared(20, 40, rng), rng.normal(0, 1, (20, 40)), from_(20, 40, 2, 28)
    weather[2, 28:] += 4
    panel = made(values + 5 * weather + 2.0 * on, on)
    question = Question(design="sdid", outcome="noise", time="day", unit="street", covariates=("rain",))
    told = msgspec.structs.replace(panel, covariates={"rain": weather.ravel()})
    dry = found("sdid", values + 2.0 * on, on)
    result = sdid.estimate(told, question)
    assert result.estimate == pytest.approx(dry.estimate, abs=0.5)
    assert sdid.estimate(panel, msgspec.structs.replace(question, covariates=())).estimate > dry.estimate + 12
    # The line is that of the outcome as it was observed.
    assert result.line[30].observed == pytest.approx(panel.matrix(panel.outcome)[2, 30])


def test_a_covariate_that_is_not_known_is_named() -> None:
    if not STUDIES.exists():
        pytest.skip(f"the studies are not at {STUDIES}")
    with pytest.raises(ConfigurationError, match="beer is known of Rhode Island at 45%"):
        published("smoking.csv", msgspec.structs.replace(QUESTION, covariates=("beer",)))


def test_moments_of_a_long_past_are_weighted_together() -> None:
    fit = weighing.fitted(np.arange(250.0), shared(5, 250, np.random.default_rng(6)), 240, 1)
    assert fit.times.shape == (240,)
    assert fit.times.sum() == pytest.approx(1)
    assert len(np.unique(fit.times)) <= weighing.MOMENTS


def test_different_starts_are_for_another_design() -> None:
    on = from_(6, 20, 0, 10) | from_(6, 20, 1, 12)
    with pytest.raises(ConfigurationError, match=r"begins at 2 different moments.*staggered"):
        found("sdid", shared(6, 20, np.random.default_rng(7)), on)
