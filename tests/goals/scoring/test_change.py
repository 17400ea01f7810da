# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""How much a score changed in a year."""

import pytest

from hanze.goals.scoring.change import NONE, Change, change
from tests.goals.scoring.making import dimension, goal

NO = frozenset[str]()


def test_over_the_indicators_that_were_told_then_and_now() -> None:
    subject = goal("a", "b", "c")
    assert change(subject, {"a": 60, "b": 80, "c": 0}, {12: {"a": 50, "b": 60}}, NO) == Change(15, 2, 12)


def test_of_less_than_a_year_it_is_what_it_would_be_in_one() -> None:
    assert change(goal("a"), {"a": 60}, {3: {"a": 58}}, NO) == Change(8, 1, 3)


def test_of_a_dimension_it_is_between_geometric_means() -> None:
    found = change(dimension(a=(1,), b=(2,)), {"a": 40, "b": 90}, {12: {"a": 90, "b": 90}}, NO)
    assert found.points == pytest.approx(60 - 90)


def test_that_month_counts_in_which_most_was_told() -> None:
    now = {"a": 60.0, "b": 60.0}
    before = {12: {"a": 0.0}, 9: {"a": 51.0, "b": 51.0}, 6: {"a": 0.0, "b": 0.0}}
    assert change(goal("a", "b"), now, before, NO) == Change(12, 2, 9)


def test_a_year_is_compared_with_another_one_only() -> None:
    before = {12: {"a": 50.0}, 6: {"a": 60.0, "b": 50.0}}
    found = change(goal("a", "b"), {"a": 60, "b": 60}, before, frozenset({"a"}))
    assert found == Change(10, 1, 12)
    assert change(goal("a"), {"a": 60}, {6: {"a": 60.0}}, frozenset({"a"})) == NONE


@pytest.mark.parametrize("before", [{}, {2: {"a": 1.0}}, {13: {"a": 1.0}}, {12: {"b": 1.0}}])
def test_where_nothing_can_be_compared_there_is_none(before: dict[int, dict[str, float]]) -> None:
    assert change(goal("a", "b"), {"a": 60}, before, NO) == NONE
