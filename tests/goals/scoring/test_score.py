# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Scores of a goal and of a dimension, by hand and over many numbers."""

from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanze.goals.scoring.score import Score, scored
from hanze.goals.scoring.standing import Standing, standing
from hanze.goals.sdsn.marks import Colour
from hanze.goals.subjects import Subject
from tests.goals.scoring.making import dimension, goal, number, stood
from tests.goals.sdsn.making import indicator


def of(subject: Subject, *standings: Standing, of: int | None = None) -> Score:
    codes = list(subject.goals)[: len(standings)]
    return scored(subject, dict(zip(codes, standings, strict=True)), len(subject.goals) if of is None else of)


def test_a_goal_is_the_plain_mean_of_its_indicators() -> None:
    found = of(goal("a", "b", "c"), stood("a", 20), stood("b", 60, [(20, 1), (100, 1)]), stood("c", 100))
    assert (found.score, found.plain, found.told) == (60, 60, 3)
    assert found.parts == {"a": 20, "b": 60, "c": 100}


def test_a_dimension_is_the_geometric_mean_of_its_goals() -> None:
    found = of(dimension(a=(1,), b=(1,), c=(2, 3)), stood("a", 20), stood("b", 60), stood("c", 90))
    # Goals 1, 2 and 3 have 40, 90 and 90.
    assert found.score == pytest.approx((40 * 90 * 90) ** (1 / 3), abs=1e-6)
    assert found.plain == found.score


def test_inequality_takes_off_from_a_dimension() -> None:
    # Half of the residents have 20 and half 80: sqrt(20 * 80) / 50 is left of it.
    found = of(dimension(a=(1,), b=(2,)), stood("a", 50, [(20, 100), (80, 100)]), stood("b", 90))
    assert found.parts == {"a": 40, "b": 90}
    assert found.score == 60
    assert found.plain == pytest.approx(sqrt(50 * 90), abs=1e-6)


def test_less_may_be_better() -> None:
    noise = indicator("noise", best=40, worst=80, green=50, red=70)
    found = standing(noise, "d", number(60.0, low=55.0, high=75.0), [("x", 60.0, 10.0)])
    assert found is not None
    assert (found.plain.place, found.plain.low, found.plain.high) == (50, 12.5, 62.5)
    assert found.plain.shade == (1.5, "yellow")
    assert standing(noise, "d", number(None), []) is None


def test_missing_hours_widen_it() -> None:
    found = of(goal("a", "b"), stood("a", 50, low=40, high=70), stood("b", 90))
    assert (found.low, found.score, found.high) == (65, 70, 80)


@pytest.mark.parametrize(
    "places, of_, colour",
    [
        ([90, 90, 90], 3, "green"),
        ([90, 90, 30], 3, "yellow"),
        ([90, 90, 10], 3, "orange"),
        ([90, 30], 3, "yellow"),
        ([90, 30, 30], 3, "red"),
        ([90], 2, "green"),
        ([90], 3, "gray"),
        ([], 1, "gray"),
    ],
)
def test_a_goal_has_the_colour_of_its_worst_two(places: list[float], of_: int, colour: Colour) -> None:
    found = of(goal("a", "b", "c"), *(stood("x", place) for place in places), of=of_)
    assert found.colour == colour


def test_a_dimension_has_the_mean_colour_of_its_goals() -> None:
    subject = dimension(a=(1,), b=(2,), c=(3,))
    # Places of colours 2.5, 2.5 and 1.5; 3, 3 and 0.75: a red one among them.
    assert of(subject, stood("a", 90), stood("b", 90), stood("c", 60)).colour == "green"
    assert of(subject, stood("a", 100), stood("b", 100), stood("c", 30)).colour == "yellow"
    assert of(subject, stood("a", 30), stood("b", 30), stood("c", 60)).colour == "orange"
    assert of(subject, stood("a", 30), of=3).colour == "gray"


def test_inequality_darkens_a_colour() -> None:
    spread = [(100.0, 50.0), (60.0, 50.0)]
    assert of(dimension(a=(1,)), stood("a", 81)).colour == "green"
    assert of(dimension(a=(1,)), stood("a", 81, spread)).colour == "yellow"
    assert of(goal("a"), stood("a", 81, spread)).colour == "green"


def test_what_it_was_made_of_has_a_sum() -> None:
    first = stood("a", 50, [(20, 100), (80, 100)])
    assert first.inputs == stood("a", 50, [(20, 100), (80, 100)]).inputs
    others = [stood("a", 51, [(20, 100), (80, 100)]), stood("a", 50, [(20, 101), (80, 100)]), stood("b", 50)]
    assert first.inputs not in {one.inputs for one in others}


NUMBERS = st.floats(-20, 120)
PARTS = st.lists(st.tuples(NUMBERS, st.floats(0, 1e5)), max_size=5)
TOLD = st.lists(st.tuples(NUMBERS, PARTS, st.floats(0, 30), st.floats(0, 30)), min_size=1, max_size=6)
SUBJECTS = st.sampled_from(
    [
        goal(*"abcdef"),
        dimension(a=(1, 2), b=(1,), c=(2, 3), d=(3,), e=(4, 11), f=(1, 11)),
        dimension(a=(1,), b=(1,), c=(1,), d=(1,), e=(1,), f=(1,)),
    ]
)
Drawn = list[tuple[float, list[tuple[float, float]], float, float]]


def made(subject: Subject, told: Drawn, wider: float = 0.0) -> Score:
    standings = {
        code: stood(code, value, parts, low=value - down - wider, high=value + up + wider)
        for code, (value, parts, down, up) in zip(subject.goals, told, strict=False)
    }
    return scored(subject, standings, 6)


@given(SUBJECTS, TOLD)
def test_inequality_only_takes_off(subject: Subject, told: Drawn) -> None:
    found = made(subject, told)
    assert found.score is not None and found.plain is not None and found.low is not None and found.high is not None
    assert 0 <= found.score <= found.plain <= 100
    assert found.low <= found.score <= found.high


@given(SUBJECTS, TOLD, st.floats(0, 50))
def test_fewer_hours_never_narrow_it(subject: Subject, told: Drawn, wider: float) -> None:
    narrow, wide = made(subject, told), made(subject, told, wider)
    assert narrow.low is not None and narrow.high is not None and wide.low is not None and wide.high is not None
    assert wide.low <= narrow.low <= narrow.high <= wide.high
    assert wide.score == narrow.score


@given(SUBJECTS, TOLD)
def test_the_order_of_rows_changes_nothing(subject: Subject, told: Drawn) -> None:
    standings = {
        code: stood(code, value, parts) for code, (value, parts, _, _) in zip(subject.goals, told, strict=False)
    }
    turned = {
        code: stood(code, value, parts[::-1])
        for code, (value, parts, _, _) in reversed(list(zip(subject.goals, told, strict=False)))
    }
    assert scored(subject, standings, 6) == scored(subject, turned, 6)


@given(SUBJECTS, st.lists(NUMBERS, min_size=1, max_size=6), st.floats(1, 1e5))
def test_equal_areas_take_nothing_off(subject: Subject, values: list[float], people: float) -> None:
    """And one more area that has the same changes nothing."""
    two, three = (
        scored(subject, {code: stood(code, one, [(one, people)] * n) for code, one in zip(subject.goals, values, strict=False)}, 6)
        for n in (2, 3)
    )  # fmt: skip
    assert two.score == pytest.approx(two.plain, abs=1e-5)
    assert three.score == pytest.approx(two.score, abs=1e-5)
