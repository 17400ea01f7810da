# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What inequality takes off, by hand and over many spreads."""

from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanze.goals.scoring.inequality import geometric, loss

PLACES = st.floats(0, 100)
SPREADS = st.lists(st.tuples(PLACES, st.floats(1, 1e6)), min_size=1, max_size=8)


def test_two_parts_by_hand() -> None:
    # sqrt(20 * 80) = 40, beside a mean of 50.
    assert loss([(20, 100), (80, 100)]) == pytest.approx(0.2)
    # (20 * 80^3)^(1/4) beside (20 + 3 * 80) / 4.
    assert loss([(20, 1), (80, 3)]) == pytest.approx(1 - (20 * 80**3) ** 0.25 / 65)


def test_a_place_of_nothing_counts_as_one() -> None:
    assert loss([(0, 1), (100, 1)]) == pytest.approx(1 - sqrt(100) / 50.5)
    assert loss([(0, 1), (0.5, 1)]) == 0
    assert geometric([0, 100]) == pytest.approx(10)
    assert geometric([0, 0]) == 0


@pytest.mark.parametrize("spread", [[], [(20, 100)], [(20, 100), (80, 0)]])
def test_with_fewer_than_two_parts_nothing_is_taken_off(spread: list[tuple[float, float]]) -> None:
    assert loss(spread) == 0


@given(SPREADS)
def test_it_is_a_share_and_the_order_of_the_parts_changes_nothing(spread: list[tuple[float, float]]) -> None:
    assert 0 <= loss(spread) < 1
    assert loss(spread) == loss(spread[::-1]) == loss(sorted(spread))


@given(PLACES, st.lists(st.floats(1, 1e6), min_size=2, max_size=8))
def test_where_all_have_the_same_nothing_is_taken_off(place: float, people: list[float]) -> None:
    assert loss([(place, one) for one in people]) == pytest.approx(0, abs=1e-12)


@given(SPREADS, st.integers(0, 7))
def test_a_part_cut_in_two_with_equal_places_changes_nothing(spread: list[tuple[float, float]], at: int) -> None:
    place, people = spread[at % len(spread)]
    rest = [one for n, one in enumerate(spread) if n != at % len(spread)]
    if rest:
        assert loss([*rest, (place, people / 4), (place, people * 3 / 4)]) == pytest.approx(loss(spread), abs=1e-12)


@given(st.floats(2, 98), st.floats(0.1, 0.9), st.floats(0.1, 0.9), st.floats(1, 1e6))
def test_a_wider_spread_around_the_same_mean_takes_more_off(
    mean: float, near: float, far: float, people: float
) -> None:
    small, large = sorted(share * min(mean - 1, 100 - mean) for share in (near, far))
    narrow, wide = (loss([(mean - by, people), (mean + by, people)]) for by in (small, large))
    assert narrow <= wide + 1e-12


@given(st.lists(PLACES, min_size=1, max_size=17))
def test_the_geometric_mean_is_never_above_the_other(places: list[float]) -> None:
    assert 0 <= geometric(places) <= sum(places) / len(places) + 1e-9
