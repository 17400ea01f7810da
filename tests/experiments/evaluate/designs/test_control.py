# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Synthetic control: published weights and effects from raw files, planted effects, false alarms, and what stays."""

import time

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hanze.errors import ConfigurationError
from hanze.experiments.evaluate.designs import placebo
from hanze.experiments.evaluate.finding import Finding
from hanze.experiments.evaluate.question import Design, Question
from tests.experiments.evaluate.designs.panels import STUDIES, found, from_, published, shared, wandering

CALIFORNIA = Question(
    design="synthetic-control", outcome="cigsale", unit="state", time="year", treated=("California",), start="1989"
)
GERMANY = Question(
    design="synthetic-control", outcome="gdp", unit="country", time="year", treated=("West Germany",), start="1990",
    covariates=("trade", "infrate", "industry", "schooling", "invest80"), better="higher",
)  # fmt: skip

there = pytest.mark.skipif(not STUDIES.exists(), reason=f"the studies are not at {STUDIES}")


@pytest.fixture(scope="module")
def germany() -> Finding:
    return published("germany.csv", GERMANY)


@there
def test_proposition_99_on_the_outcome_only() -> None:
    began = time.perf_counter()
    result = published("smoking.csv", CALIFORNIA)
    assert time.perf_counter() - began < 10
    assert result.estimate == pytest.approx(-19.587, abs=1e-3)
    assert result.details["placebos"] == 38
    assert result.details["pre_rmspe"] == pytest.approx(1.7, abs=0.05)
    assert result.high < 0
    assert result.p == result.details["placebo_p"] == pytest.approx(1 / 39)
    assert list(result.weights)[:4] == ["Utah", "Montana", "Nevada", "Connecticut"]


@there
def test_west_germany_is_mixed_as_published(germany: Finding) -> None:
    """Abadie, Diamond & Hainmueller 2015, table 1; the effect on 2003 in figure 2 is about -3 400."""
    wanted = {"Austria": 0.42, "USA": 0.22, "Japan": 0.16, "Switzerland": 0.11, "Netherlands": 0.09}
    assert set(germany.weights) == set(wanted)
    for country, weight in wanted.items():
        assert germany.weights[country] == pytest.approx(weight, abs=0.011)
    last = germany.line[-1]
    assert last.observed is not None
    assert last.expected is not None
    assert last.observed - last.expected == pytest.approx(-3379, abs=60)
    assert germany.estimate == pytest.approx(-1600, abs=60)


@there
def test_neither_seed_nor_order_of_covariates_changes_the_weights(germany: Finding) -> None:
    other = msgspec.structs.replace(GERMANY, covariates=GERMANY.covariates[::-1], seed=2)
    for country, weight in published("germany.csv", other).weights.items():
        assert germany.weights[country] == pytest.approx(weight, abs=0.005)


@there
def test_a_covariate_that_is_never_known_before_is_named() -> None:
    with pytest.raises(ConfigurationError, match="beer is not known of Rhode Island before the measure"):
        published("smoking.csv", msgspec.structs.replace(CALIFORNIA, start="1980", covariates=("beer",)))


def test_a_planted_effect_is_found() -> None:
    values, on = shared(30, 60, np.random.default_rng(1)), from_(30, 60, 4, 40)
    result = found("synthetic-control", values - 8.0 * on, on)
    assert result.estimate == pytest.approx(-8, abs=1.5)
    assert result.low < -8 < result.high < 0


def test_false_alarms_are_as_many_as_allowed() -> None:
    """40 panels without an effect, of 20 units; at 5 % each, more than 6 come with a chance of 1 in 300."""
    alarms = 0
    for seed in range(40):
        rng = np.random.default_rng(seed)
        result = found("synthetic-control", shared(20, 40, rng), from_(20, 40, int(rng.integers(20)), 28))
        alarms += result.low > 0 or result.high < 0
    assert alarms <= 6


@settings(max_examples=6, deadline=None)
@given(st.integers(0, 1000), st.floats(0.01, 100.0), st.floats(-1000.0, 1000.0))
def test_scale_level_and_order_of_units_change_nothing_else(seed: int, scale: float, level: float) -> None:
    rng = np.random.default_rng(seed)
    values, order = shared(8, 20, rng), rng.permutation(8)
    plain = found("synthetic-control", values, from_(8, 20, 0, 14))
    place = int(np.flatnonzero(order == 0)[0])
    other = found("synthetic-control", level + scale * values[order], from_(8, 20, place, 14))
    assert other.estimate == pytest.approx(scale * plain.estimate, rel=1e-3, abs=1e-3 * scale)
    assert other.high - other.low == pytest.approx(scale * (plain.high - plain.low), rel=1e-3)


def test_a_unit_that_is_a_mixture_has_its_weights() -> None:
    values = shared(9, 40, np.random.default_rng(2))
    values[0] = 0.6 * values[1] + 0.4 * values[2]
    on = from_(9, 40, 0, 30)
    result = found("synthetic-control", values + 5.0 * on, on)
    assert result.weights["u1"] == pytest.approx(0.6, abs=0.02)
    assert result.weights["u2"] == pytest.approx(0.4, abs=0.02)
    assert result.estimate == pytest.approx(5, abs=0.1)
    assert result.details["hull"] == 1.0


def test_several_treated_have_mixtures_of_their_own() -> None:
    rng = np.random.default_rng(3)
    values, on = shared(24, 50, rng), from_(24, 50, 0, 35) | from_(24, 50, 1, 35)
    effect = np.zeros((24, 1))
    effect[:2, 0] = 4, 8
    result = found("synthetic-control", values + effect * on, on)
    assert result.estimate == pytest.approx(6, abs=1.5)
    assert result.parts["u1"] > result.parts["u0"] > 0


@pytest.mark.parametrize("design", ["sdid", "synthetic-control"])
def test_the_treated_stand_out_as_often_as_any_other(design: Design) -> None:
    """Of 8 units without an effect, the one that was drawn has the first rank in 1 of 8 panels: in 100 of them, more than 21 come
    with a chance of 1 in 150. With weights that know less of the treated than of others, there would be about 20."""
    first = 0
    for seed in range(100):
        rng = np.random.default_rng(seed)
        values = 50 + wandering(8, 40, 0.5, rng) * rng.choice([1.0, 1.0, 2.0], (8, 1)) + wandering(1, 40, 0.9, rng)
        first += found(design, values, from_(8, 40, int(rng.integers(8)), 28)).details["placebo_p"] == 1 / 8
    assert first <= 21


def test_of_very_many_others_some_are_tried() -> None:
    treated = np.arange(500) == 7
    tried = placebo.chosen(treated, seed=1)
    assert len(tried) == placebo.MOST + 1
    assert 7 in tried


def test_with_few_others_a_rank_says_nothing_and_an_error_does() -> None:
    values, on = shared(7, 60, np.random.default_rng(4)), from_(7, 60, 0, 40)
    result = found("synthetic-control", values, on)
    assert result.degrees == 3.5
    assert np.isfinite([result.low, result.high]).all()
    assert result.details["placebo_p"] >= 1 / 7
