# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Switchback: effects that were planted, what outlives a block, and false alarms however the blocks were drawn."""

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hanze.errors import ConfigurationError
from hanze.experiments.evaluate.designs import switchback
from hanze.experiments.evaluate.designs.blocks import blocks
from hanze.experiments.evaluate.panel import panel
from hanze.experiments.evaluate.question import Question
from hanze.experiments.evaluate.table import Bools, Floats, Table
from tests.experiments.evaluate.designs.panels import found, made, wandering

HOURS = 20_000 + np.arange(28 * 24) / 24


def by_day(units: int, days: int, rng: np.random.Generator) -> Bools:
    """As many days on as off, by lot for each unit."""
    return np.repeat(rng.permuted(np.tile(np.arange(days) % 2 == 1, (units, 1)), axis=1), 24, axis=1)


def noise(units: int, moments: int, rng: np.random.Generator) -> Floats:
    """Around 50, with what moves all of them, a daily wave and what wanders for hours."""
    wave = 2 * np.sin(2 * np.pi * np.arange(moments) / 24)
    common: Floats = 50 + 2 * wandering(1, moments, 0.95, rng) + wave
    values: Floats = common + rng.normal(0, 5, (units, 1)) + wandering(units, moments, 0.9, rng)
    return values


def carried(on: Bools, kept: float) -> Floats:
    """(N, T): an effect of 1 that is there for all but `kept` of it each moment after a switch."""
    state = on.astype(np.float64)
    for place in range(1, on.shape[1]):
        state[:, place] = on[:, place] + kept * (state[:, place - 1] - on[:, place])
    return state


def test_least_squares_beside_units_and_moments_is_the_effect() -> None:
    rng = np.random.default_rng(1)
    on = by_day(3, 8, rng)
    values = noise(3, 8 * 24, rng) + 2.0 * on
    unit, time = np.divmod(np.arange(values.size), values.shape[1])
    columns = np.column_stack([on.ravel(), unit[:, None] == np.arange(3), time[:, None] == np.arange(values.shape[1])])
    expected = np.linalg.lstsq(columns.astype(float), values.ravel(), rcond=None)[0][0]
    assert found("switchback", values, on).estimate == pytest.approx(expected)


def test_a_planted_effect_is_found() -> None:
    rng = np.random.default_rng(2)
    on = by_day(6, 28, rng)
    result = found("switchback", noise(6, 28 * 24, rng) - 3.0 * on, on, moments=HOURS)
    assert result.low < -3 < result.high < 0
    assert result.details["blocks"] == 28
    assert result.details["block_length"] == 24
    assert result.details["burn_in"] == 0
    assert result.counts.clusters == 28
    assert set(result.parts) == {f"u{one}" for one in range(6)}
    assert all(-0.09 < part < -0.03 for part in result.parts.values())
    point = next(one for one in result.line if one.low is not None)
    assert point.observed is not None
    assert point.expected is not None
    assert point.expected > point.observed


def test_one_street_alone_is_compared_beside_the_hour_of_the_day() -> None:
    """In blocks of six hours, by day 40 more than at night would hide an effect of 6."""
    rng = np.random.default_rng(3)
    on = np.repeat(rng.permutation(np.arange(28 * 4) % 2 == 1), 6)[None]
    rush = 20 * np.sin(2 * np.pi * np.arange(28 * 24) / 24)
    result = found("switchback", noise(1, 28 * 24, rng) + rush + 6.0 * on, on, moments=HOURS)
    assert 0 < result.low < 6 < result.high < 9
    assert result.parts == {}


def test_what_outlives_a_block_is_seen_and_left_out() -> None:
    rng = np.random.default_rng(4)
    on = by_day(6, 28, rng)
    result = found("switchback", noise(6, 28 * 24, rng) + 5.0 * carried(on, 0.6), on, moments=HOURS)
    assert result.details["burn_in"] in (6, 12)
    assert result.details["carry_over_p"] >= 0.05
    assert result.low < 5 < result.high
    assert result.estimate == pytest.approx(5, abs=0.8)


def test_the_part_that_is_left_of_an_effect_is_told() -> None:
    """A day that begins with half of the effect of the day before, for a quarter of it: half of 4 is left then."""
    rng = np.random.default_rng(5)
    days = rng.permuted(np.tile(np.arange(8) % 2 == 1, (4, 1)), axis=1)
    on = np.repeat(days, 8, axis=1)
    effect = on.astype(np.float64)
    early = np.arange(64) % 8 < 2
    before = np.repeat(np.concatenate([days[:, :1], days[:, :-1]], axis=1), 8, axis=1).astype(float)
    effect[:, early] = (effect[:, early] + before[:, early]) / 2
    panel_ = made(4 * effect + rng.normal(0, 0.01, on.shape), on)
    question = Question(design="switchback", outcome="noise", time="day", unit="street")
    found_blocks = blocks(on, np.ones_like(on), 0, "switchback")
    values = panel_.matrix(panel_.outcome)
    first = switchback.fit(panel_, question, values, found_blocks, 0)
    assert first.carried is not None
    assert first.carried[0] == pytest.approx(2, abs=0.05)
    assert first.carried[1] < 0.05
    assert switchback.estimate(panel_, question).estimate == pytest.approx(4, abs=0.05)


@pytest.mark.parametrize("kind", ["own", "same", "mirror", "pairs", "coins"])
def test_false_alarms_are_as_many_as_allowed_however_blocks_were_drawn(kind: str) -> None:
    """40 trials without an effect; at 5 % each, more than 6 come with a chance of 1 in 300."""
    alarms = 0
    for seed in range(40):
        rng = np.random.default_rng(1000 + seed)
        states = drawn(kind, 4, 16, rng)
        result = found("switchback", noise(4, 16 * 8, rng), np.repeat(states, 8, axis=1), seed=seed)
        alarms += result.low > 0 or result.high < 0
    assert alarms <= 6


def drawn(kind: str, units: int, count: int, rng: np.random.Generator) -> Bools:
    half = np.arange(count) % 2 == 1
    if kind == "own":
        return rng.permuted(np.tile(half, (units, 1)), axis=1)
    if kind == "coins":
        return rng.random((units, count)) < 0.5
    lot = rng.permutation(half)
    if kind == "pairs":
        first = rng.random(count // 2) < 0.5
        lot = np.column_stack([first, ~first]).ravel()
    other = ~lot if kind == "mirror" else lot
    return np.array([lot if unit % 2 else other for unit in range(units)])


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 1000), st.floats(0.01, 100.0), st.floats(-1000.0, 1000.0))
def test_scale_and_level_change_nothing_else(seed: int, scale: float, level: float) -> None:
    rng = np.random.default_rng(seed)
    on = np.repeat(drawn("own", 3, 10, rng), 6, axis=1)
    values = noise(3, 60, rng)
    plain, other = found("switchback", values, on), found("switchback", level + scale * values, on)
    for one, two in ((plain.estimate, other.estimate), (plain.low, other.low), (plain.high, other.high)):
        assert two == pytest.approx(scale * one, rel=1e-6, abs=1e-6 * scale)


def test_a_start_says_since_when_lots_were_drawn() -> None:
    days = [f"2026-{4 + place // 28:02}-{place % 28 + 1:02}" for place in range(84)]
    rng = np.random.default_rng(6)
    states = np.concatenate([np.zeros(40, bool), rng.permutation(np.arange(44) % 2 == 1)])
    table = Table(
        {
            "day": days, "on": [str(int(one)) for one in states],
            "noise": [str(one) for one in (50 + rng.normal(0, 1, 84) + 3 * states).tolist()],
        },
        "",
    )  # fmt: skip
    question = Question(design="switchback", outcome="noise", time="day", treated=("on",), start=days[40])
    made_ = panel(table, question)
    assert (made_.on[0] == states).all()
    result = switchback.estimate(made_, question)
    assert result.details["blocks"] == 44
    assert result.low < 3 < result.high
    assert result.low > 0


def test_with_few_blocks_an_error_says_what_lots_cannot() -> None:
    rng = np.random.default_rng(7)
    on = np.repeat([[True, False, False, True, False, True]], 10, axis=1)
    result = found("switchback", noise(1, 60, rng), on)
    assert result.degrees == 4
    assert np.isfinite([result.low, result.high]).all()


def test_what_goes_along_with_the_switch_cannot_stand_beside() -> None:
    rng = np.random.default_rng(8)
    on = np.repeat(drawn("own", 2, 10, rng), 6, axis=1)
    told = msgspec.structs.replace(made(noise(2, 60, rng), on), covariates={"lamp": 2.0 * on.ravel()})
    question = Question(design="switchback", outcome="noise", time="day", unit="street", covariates=("lamp",))
    with pytest.raises(ConfigurationError, match="on and off together with what is taken out"):
        switchback.estimate(told, question)


def test_moments_that_are_not_known_do_no_harm() -> None:
    rng = np.random.default_rng(9)
    on = by_day(5, 14, rng)
    values = noise(5, 14 * 24, rng) + 4.0 * on
    values[rng.random(values.shape) < 0.1] = np.nan
    result = found("switchback", values, on, moments=HOURS[: 14 * 24])
    assert result.details["blocks"] == 14
    assert result.low < 4 < result.high
    assert result.low > 0
