# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Spread over areas: cases by hand, and what always holds."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanze.errors import BadRequestData
from hanze.goals.areas import spread
from hanze.goals.areas.spread import Value


def values(*pairs: tuple[float, float]) -> list[Value]:
    return [Value(f"a{at}", value, people) for at, (value, people) in enumerate(pairs)]


THREE = values((10, 100), (20, 300), (40, 100))


def test_the_mean_counts_people() -> None:
    assert spread.mean(THREE) == (1000 + 6000 + 4000) / 500


def test_gini_by_hand() -> None:
    """Of four people, three have nothing and one has all: 3/4. Of two with 1 and 3, the mean difference of any two of all four
    pairs is 1, the mean 2: 1/4."""
    assert spread.gini(values((0, 3), (5, 1))) == 0.75
    assert spread.gini(values((1, 1), (3, 1))) == 0.25
    assert spread.gini(values((7, 2), (7, 5))) == 0
    assert spread.gini(values((0, 2), (0, 5))) == 0
    assert spread.gini(THREE) == pytest.approx((300 * 100 * 10 + 100 * 100 * 30 + 300 * 100 * 20) / (500 * 500 * 22))


def test_gini_is_never_below_zero() -> None:
    """These sums come out as -5e-17."""
    assert spread.gini(values((1, 0.4), (1, 0.6), (1, 0.5))) == 0


def test_where_nobody_lives_nothing_is_known() -> None:
    empty = values((1, 0), (2, 0))
    assert (spread.mean(empty), spread.gini(empty), spread.under(empty, 1), spread.over([], 1)) == (None,) * 4
    assert spread.spread([], True) == spread.Spread(None, None, None, None, None)


def test_shares_under_and_over_a_threshold() -> None:
    """Who is on it is neither under nor over."""
    assert (spread.under(THREE, 20), spread.over(THREE, 20)) == (0.2, 0.2)
    assert (spread.under(THREE, 41), spread.over(THREE, 41)) == (1, 0)


def test_best_and_worst_by_the_direction() -> None:
    up, down = spread.spread(THREE, True), spread.spread(THREE, False)
    assert (up.best, up.worst, up.gap) == (THREE[2], THREE[0], 30)
    assert (down.best, down.worst, down.gap) == (THREE[0], THREE[2], 30)
    assert up.mean == down.mean == 22


def test_hidden_areas_count_but_are_not_named() -> None:
    found = spread.spread(THREE, True, {"a2"})
    assert (found.best, found.worst, found.gap, found.mean) == (THREE[1], THREE[0], 10, 22)
    assert spread.spread(THREE, True, {"a0", "a1", "a2"}).best is None


def test_of_equal_ones_the_first_by_code() -> None:
    equal = values((5, 1), (5, 1))[::-1]
    found = spread.spread(equal, False)
    assert found.best is not None and found.worst is not None
    assert (found.best.code, found.worst.code, found.gap) == ("a0", "a0", 0)


def test_values_below_zero_have_no_gini() -> None:
    cold = values((-1, 10), (5, 10))
    with pytest.raises(BadRequestData, match="Area a0 has the value -1; a Gini coefficient needs values of 0 and more"):
        spread.gini(cold)
    found = spread.spread(cold, True)
    assert (found.gini, found.mean, found.gap) == (None, 2, 6)


@pytest.mark.parametrize(
    ("one", "told"),
    [
        (Value("a", float("nan"), 1), "Area a has the value nan; leave out areas without a value"),
        (Value("a", float("inf"), 1), "Area a has the value inf"),
        (Value("a", 1, -3), "Area a has -3 people; give 0 or more"),
        (Value("a", 1, float("nan")), "Area a has nan people"),
    ],
)
def test_what_cannot_be_counted_is_told_by_area(one: Value, told: str) -> None:
    for work in (spread.mean, spread.gini, lambda all: spread.under(all, 1), lambda all: spread.spread(all, True)):
        with pytest.raises(BadRequestData, match=told):
            work([*THREE, one])


def slowly(areas: Sequence[Value]) -> float:
    """By its definition, all pairs of people."""
    people = sum(one.people for one in areas)
    whole = sum(one.value * one.people for one in areas)
    pairs = sum(one.people * other.people * abs(one.value - other.value) for one in areas for other in areas)
    return pairs / (2 * people * whole) if whole else 0.0


AREAS = st.lists(st.tuples(st.floats(0, 1e6) | st.integers(0, 5), st.integers(1, 10_000)), min_size=1, max_size=12).map(
    lambda pairs: values(*pairs)
)


@given(AREAS)
def test_gini_is_what_its_definition_says(areas: list[Value]) -> None:
    found = spread.gini(areas)
    assert found is not None and 0 <= found < 1
    assert found == pytest.approx(slowly(areas), abs=1e-9)


@given(AREAS, st.floats(1e-3, 1e3))
def test_gini_does_not_depend_on_the_unit(areas: list[Value], by: float) -> None:
    scaled = [Value(one.code, one.value * by, one.people) for one in areas]
    assert spread.gini(scaled) == pytest.approx(spread.gini(areas), abs=1e-9)


@given(AREAS, st.randoms(use_true_random=False))
def test_the_order_changes_nothing_at_all(areas: list[Value], random: object) -> None:
    shuffled = list(areas)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert spread.spread(shuffled, True) == spread.spread(areas, True)
    assert spread.under(shuffled, 2) == spread.under(areas, 2)


@given(AREAS, st.integers(2, 5))
def test_the_same_city_several_times_has_the_same_spread(areas: list[Value], times: int) -> None:
    again = [Value(f"{one.code}-{at}", one.value, one.people) for one in areas for at in range(times)]
    assert spread.gini(again) == pytest.approx(spread.gini(areas), abs=1e-9)
    assert spread.mean(again) == pytest.approx(spread.mean(areas))
    assert spread.over(again, 2) == pytest.approx(spread.over(areas, 2))


@given(AREAS)
def test_an_area_cut_in_two_changes_nothing(areas: list[Value]) -> None:
    first = areas[0]
    cut = [Value("x", first.value, first.people / 4), Value("y", first.value, first.people * 3 / 4), *areas[1:]]
    assert spread.gini(cut) == pytest.approx(spread.gini(areas), abs=1e-9)


@given(AREAS)
def test_giving_to_those_who_have_least_makes_it_more_even(areas: list[Value]) -> None:
    least, most = min(one.value for one in areas), max(one.value for one in areas)
    raised = [Value(one.code, max(one.value, (least + most) / 2), one.people) for one in areas]
    before, after = spread.gini(areas), spread.gini(raised)
    assert before is not None and after is not None and after <= before + 1e-9
