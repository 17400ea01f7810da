# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A thinned series has the extremes, the mean and the gaps of the whole one."""

import time
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from hanze.web.drawing.thin import Columns, thin

MINUTE = 60_000_000
NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
MOMENTS = st.integers(-62_135_596_800_000_000, 253_402_300_799_000_000)


def series(*pairs: tuple[int, float]) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    return np.array([at for at, _ in pairs], dtype=np.int64), np.array([value for _, value in pairs], dtype=np.float64)


def every_minute(values: Any) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    found = np.asarray(values, dtype=np.float64)
    return np.arange(len(found), dtype=np.int64) * MINUTE, found


@given(st.lists(st.tuples(MOMENTS, st.one_of(NUMBERS, st.just(float("nan")))), max_size=60), st.integers(1, 20))
def test_any_series(pairs: list[tuple[int, float]], most: int) -> None:
    found = thin(*series(*pairs), most)
    known = sorted((at, value) for at, value in pairs if value == value)
    assert len(found) <= most
    assert int(found.count.sum()) == len(known)
    assert all(
        len(getattr(found, name)) == len(found) for name in ("first", "last", "low", "mean", "high", "after_gap")
    )
    if not known:
        assert len(found) == 0 and found.gaps == 0
        return
    assert found.low.min() == min(value for _, value in known)
    assert found.high.max() == max(value for _, value in known)
    assert (found.first[0], found.last[-1]) == (known[0][0], known[-1][0])
    assert (found.low <= found.mean).all() and (found.mean <= found.high).all()
    assert np.isfinite(found.mean).all()
    assert (found.first <= found.last).all() and (found.last[:-1] <= found.first[1:]).all()
    assert np.count_nonzero(found.after_gap) <= found.gaps
    for number in range(len(found)):
        inside = [value for at, value in known if found.first[number] <= at <= found.last[number]]
        assert found.low[number] >= min(inside) and found.high[number] <= max(inside)


@given(st.lists(NUMBERS, min_size=1, max_size=50))
def test_a_short_series_stays_as_it_is(values: list[float]) -> None:
    moments, numbers = every_minute(values)
    found = thin(moments, numbers, len(values))
    for column in (found.low, found.mean, found.high):
        assert column.tolist() == values
    assert found.first.tolist() == found.last.tolist() == found.middle.tolist() == moments.tolist()
    assert found.gaps == 0


def test_columns_are_equally_long_and_know_their_values() -> None:
    found = thin(*every_minute([1, 3, 2, 10, 20, 60, 5, 5, 5]), 3)
    assert found.low.tolist() == [1, 10, 5]
    assert found.mean.tolist() == [2, 30, 5]
    assert found.high.tolist() == [3, 60, 5]
    assert found.count.tolist() == [3, 3, 3]
    assert found.middle.tolist() == [MINUTE, 4 * MINUTE, 7 * MINUTE]


def test_the_mean_of_very_large_numbers_is_one_of_them() -> None:
    assert thin(*every_minute([1.7e308] * 5), 1).mean.tolist() == pytest.approx([1.7e308])
    assert thin(*every_minute([1.7e308, -1.7e308]), 1).mean.tolist() == [0.0]


def _gaps(found: Columns) -> list[tuple[int, int]]:
    """Minutes from and to which there is nothing."""
    at = np.flatnonzero(found.after_gap)
    pairs = zip(found.last[at - 1].tolist(), found.first[at].tolist(), strict=True)
    return [(one // MINUTE, other // MINUTE) for one, other in pairs]


def test_gaps_stay_gaps() -> None:
    moments, values = every_minute(np.arange(1000))
    values[100:150] = np.nan
    values[500:800] = np.inf
    values[900:902] = np.nan
    for most in (1000, 100, 40):
        found = thin(moments, values, most)
        assert _gaps(found) == [(99, 150), (499, 800)], most
        assert found.gaps == 2
    within = thin(moments, values, 2)
    assert within.gaps == 2, "a gap inside a column is counted"
    assert thin(moments, values, 1000, factor=1.5).gaps == 3


def test_a_gap_is_longer_than_so_many_usual_steps() -> None:
    three, more = series(*((at, 0.0) for at in (0, 10, 20, 50, 60))), series(*((at, 0.0) for at in (0, 10, 20, 51, 61)))
    assert thin(*three, 9).gaps == 0
    assert thin(*more, 9).after_gap.tolist() == [False, False, False, True, False]


def test_values_of_one_moment_make_no_gaps_of_all_others() -> None:
    pairs = [(at, value) for at in range(0, 100, 10) for value in (1.0, 2.0, 3.0)]
    assert thin(*series(*pairs), 50).gaps == 0
    assert thin(*series((5, 1.0), (5, 2.0)), 5).gaps == 0


def test_the_order_does_not_matter() -> None:
    moments, values = every_minute(np.random.default_rng(1).normal(size=500))
    order = np.random.default_rng(2).permutation(500)
    one, other = thin(moments, values, 30), thin(moments[order], values[order], 30)
    assert one.mean.tolist() == other.mean.tolist() and one.first.tolist() == other.first.tolist()


def test_a_long_series_with_a_rhythm_has_its_gaps() -> None:
    # Bursts of three: most steps are a minute, every third a quarter of an hour, which is longer than three.
    steps = np.tile(np.array([1, 15, 1], dtype=np.int64) * MINUTE, 110_000)
    moments = np.cumsum(steps)
    assert thin(moments, np.zeros(len(moments)), 500).gaps == 110_000


def test_a_million_values_take_a_moment() -> None:
    chance = np.random.default_rng(1)
    moments = np.cumsum(chance.integers(1, 1_000_000, 1_000_000))
    values = chance.normal(size=1_000_000)

    def once() -> float:
        began = time.process_time()
        thin(moments, values, 1000)
        return time.process_time() - began

    assert min(once() for _ in range(5)) < 0.05
