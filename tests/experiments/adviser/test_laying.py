# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A layout is laid over the past as it would be over the future."""

import numpy as np
import pytest
from msgspec.structs import replace

from hanze.errors import ConfigurationError
from hanze.experiments.adviser.laying import Layout, alike, laid, lasting, switched
from tests.experiments.adviser.city import town

NAMES = tuple(f"street {number}" for number in range(1, 13))


def test_a_measure_begins_at_its_start_and_later_moments_are_not_there() -> None:
    layout = Layout(design="did", treatable=NAMES[:2], count=2, controls=NAMES[2:6])
    made = laid(layout, town(), 50, 12, np.random.default_rng(1))
    assert made.units == NAMES[:6] and len(made.times) == 62
    assert made.on[:2, 50:].all() and made.on.sum() == 24


def test_no_more_before_it_is_there_than_will_be_used() -> None:
    layout = Layout(design="did", treatable=NAMES[:2], count=2, controls=NAMES[2:6], before=20)
    made = laid(layout, town(), 50, 12, np.random.default_rng(1))
    assert len(made.times) == 32 and made.start == 20


def test_who_gets_it_is_drawn_and_the_others_are_compared_with() -> None:
    layout = Layout(design="did", treatable=NAMES[:6], count=2, controls=NAMES[6:])
    chosen = {
        tuple(np.flatnonzero(laid(layout, town(), 50, 12, np.random.default_rng(seed)).treated)) for seed in range(20)
    }
    assert len(chosen) > 5 and all(len(one) == 2 and max(one) < 6 for one in chosen)
    assert laid(layout, town(), 50, 12, np.random.default_rng(1)).units == NAMES


def test_waves_are_equally_long_and_nobody_waits_for_ever() -> None:
    layout = Layout(design="stepped-wedge", treatable=NAMES[:6], count=6, waves=3, controls=NAMES[6:])
    made = laid(layout, town(), 40, 12, np.random.default_rng(1))
    assert sorted(made.first.tolist()) == [40, 40, 44, 44, 48, 48]
    assert set(made.units) == set(NAMES[:6])


def test_what_is_switched_is_on_half_of_the_time_in_blocks_and_has_no_before() -> None:
    layout = Layout(design="switchback", treatable=NAMES[:1], count=1, block=3)
    made = laid(layout, town(), 40, 24, np.random.default_rng(1))
    assert len(made.times) == 24 and made.on.sum() == 12
    assert {tuple(block) for block in made.on[0].reshape(8, 3)} == {(True,) * 3, (False,) * 3}
    drawn = np.array([switched(24, 3, np.random.default_rng(seed)) for seed in range(30)]).reshape(30, 4, 2, 3)
    assert (drawn[:, :, 0] != drawn[:, :, 1]).all() and len(np.unique(drawn.reshape(30, 24), axis=0)) > 10


def test_a_week_is_as_many_moments_as_it_is() -> None:
    assert lasting(town(), 12) == 12


def test_the_streets_that_went_alike_are_found() -> None:
    past = town(shared=0.0)
    values = past.matrix(past.outcome)
    twin = values[0] * np.random.default_rng(1).normal(2, 0.01, values.shape[1])
    outcome = past.outcome.copy()
    outcome[past.unit == 7] = twin[past.time[past.unit == 7]]
    assert alike(replace(past, outcome=outcome), NAMES[:1], NAMES[1:], 80, 3)[0] == "street 8"


def test_units_without_values_cannot_be_tried() -> None:
    past = town()
    rows = past.unit != 0
    kept = replace(past, unit=past.unit[rows], time=past.time[rows], outcome=past.outcome[rows])
    with pytest.raises(ConfigurationError, match="no values in this period"):
        laid(Layout(design="its", treatable=NAMES[:1], count=1), kept, 50, 12, np.random.default_rng(1))
