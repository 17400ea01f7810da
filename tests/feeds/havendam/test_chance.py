# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Numbers of a row are the same wherever one begins, and spread as they should."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from hanze.feeds.havendam import chance

SEEDS = st.integers(-(2**40), 2**40)
FIRSTS = st.integers(-(2**40), 2**40)


def test_bits_are_those_of_splitmix64() -> None:
    """The published first numbers of the generator with seed 0."""
    found = chance.bits(np.uint64(0), chance.indexes(1, 3)).tolist()
    assert found == [0xE220A8397B1DCDAF, 0x6E789E6AA1B965F4, 0x06C45D188009454F]


@given(SEEDS, FIRSTS, st.integers(1, 50), st.integers(1, 400))
def test_any_part_of_a_row_is_the_same(seed: int, first: int, count: int, period: int) -> None:
    row = chance.key(seed, "row")
    steps = chance.indexes(first, count)
    for make in (chance.uniform, chance.normal):
        assert [float(make(row, steps[k : k + 1])[0]) for k in range(count)] == make(row, steps).tolist()
    whole = chance.smooth(row, steps, period)
    assert [float(chance.smooth(row, steps[k : k + 1], period)[0]) for k in range(count)] == whole.tolist()
    assert chance.smooth(row, steps[::-1], period).tolist() == whole[::-1].tolist()


def test_rows_of_other_names_are_others() -> None:
    keys = {
        chance.key(*names) for names in ((1, "a", "b"), (1, "ab"), (1, "b", "a"), (2, "a", "b"), (1, "a"), (12, "b"))
    }
    assert len(keys) == 6
    one, other = (chance.normal(chance.key(1, name), chance.indexes(0, 20_000)) for name in "ab")
    assert abs(np.corrcoef(one, other)[0, 1]) < 0.03


def test_uniform_numbers_fill_their_range() -> None:
    found = chance.uniform(chance.key(1), chance.indexes(0, 100_000))
    assert found.min() >= 0 and found.max() < 1
    assert np.all(np.abs(np.histogram(found, 10, (0, 1))[0] - 10_000) < 500)


def test_normal_numbers_have_their_spread() -> None:
    found = chance.normal(chance.key(1), chance.indexes(0, 100_000))
    assert abs(found.mean()) < 0.02 and abs(found.std() - 1) < 0.02
    assert abs(found).max() < 3.47
    assert abs(np.corrcoef(found[1:], found[:-1])[0, 1]) < 0.02


def test_smooth_curves_change_slowly_and_spread_the_same_everywhere() -> None:
    found = chance.smooth(chance.key(1), chance.indexes(0, 400_000), 40).reshape(-1, 40)
    assert np.all(np.abs(found.std(axis=0) - 1) < 0.05)
    flat = found.ravel()
    assert abs(np.diff(flat)).max() < 0.4
    assert np.corrcoef(flat[1:], flat[:-1])[0, 1] > 0.99
    assert abs(np.corrcoef(flat[200:], flat[:-200])[0, 1]) < 0.05
