# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""An interval holds those effects that lots do not exclude, one by one."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hanze.experiments.evaluate.designs.lots import DRAWS, Lots, groups, judge, orders
from hanze.experiments.evaluate.table import Floats


def drawn(seed: int, count: int = 40) -> Lots:
    rng = np.random.default_rng(seed)
    return Lots(
        np.concatenate([[rng.normal(2, 1)], rng.normal(0, 1, count - 1)]),
        np.concatenate([[1.0], rng.uniform(-0.9, 0.9, count - 1)]),
    )


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from([0.9, 0.95]))
def test_effects_inside_are_likely_and_others_are_not(seed: int, level: float) -> None:
    lots = drawn(seed)
    low, high = lots.interval(level)
    for effect in np.linspace(low - 2, high + 2, 60):
        assert (lots.chance(float(effect)) > 1 - level + 1e-9) == (low <= effect <= high)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 1000), st.floats(0.1, 100.0), st.floats(-50.0, 50.0))
def test_an_interval_moves_and_grows_with_what_is_measured(seed: int, scale: float, shift: float) -> None:
    lots = drawn(seed)
    other = Lots(scale * (lots.found + shift * lots.share), lots.share)
    expected = [scale * (one + shift) for one in lots.interval(0.95)]
    np.testing.assert_allclose(other.interval(0.95), expected, rtol=1e-6, atol=1e-6)


def test_too_few_lots_exclude_nothing_so_that_an_error_is_needed() -> None:
    lots = Lots(np.array([3.0, 0.1, -0.2, 0.3]), np.array([1.0, 0.0, 0.0, 0.0]))
    assert lots.interval(0.95) == (-np.inf, np.inf)
    found = judge(lots, 0.5, 2.0, 0.95)
    assert found.rank == 0.25
    assert found.degrees == 2.0
    # 4.3027: Student's t with 2 degrees of freedom.
    np.testing.assert_allclose([found.low, found.high], [3 - 4.3027 * 0.5, 3 + 4.3027 * 0.5], atol=1e-4)
    assert found.p == pytest.approx(0.02667, abs=1e-4)


def test_a_lot_that_shows_more_than_the_real_one_excludes_nothing() -> None:
    share: Floats = np.concatenate([[1.0], np.full(39, 1.5)])
    assert Lots(np.ones(40), share).interval(0.95) == (-np.inf, np.inf)


def test_all_groups_and_orders_are_taken_where_there_are_few() -> None:
    rng = np.random.default_rng(1)
    few = groups(np.array([False, True, False, True, False]), rng)
    assert few[0].tolist() == [1, 3]
    assert len({tuple(one) for one in few.tolist()}) == len(few) == 10
    many = groups(np.arange(40) < 5, rng)
    assert len(many) == DRAWS + 1
    assert many[0].tolist() == [0, 1, 2, 3, 4]
    assert len(orders(4, rng)) == 24
    assert orders(9, rng).shape == (DRAWS + 1, 9)
    assert orders(9, rng)[0].tolist() == list(range(9))
