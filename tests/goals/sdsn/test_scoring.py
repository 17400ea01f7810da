# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Scores, ranks and colours of units, by hand."""

from random import Random

import pytest

from hanze.goals.sdsn.codebook import Indicator
from hanze.goals.sdsn.marks import Colour
from hanze.goals.sdsn.raw import Unit
from hanze.goals.sdsn.scoring import Scored, score
from tests.goals.sdsn.making import indicator, member, unit


def of(codebook: list[Indicator], *units: Unit) -> dict[str, Scored]:
    return {one.id: one for one in score(codebook, units)}


def test_a_goal_is_the_mean_of_its_indicators_and_the_score_that_of_the_goals() -> None:
    book = [indicator("a", 1), indicator("b", 1), indicator("c", 2)]
    found = of(book, unit("X", a=10, b=30, c=80))["X"]
    assert (found.goals["1"].score, found.goals["2"].score, found.goals["3"].score) == (20, 80, None)
    assert (found.score, found.rank) == (50, 1)


def test_a_missing_goal_is_that_of_the_region_in_the_score_only() -> None:
    book = [indicator(code, goal) for code, goal in (("a", 1), ("b", 1), ("c", 1), ("d", 1), ("e", 2))]
    full = dict.fromkeys("abcd", 50.0)
    units = [
        unit("X", "north", **full, e=100),
        unit("Y", "north", **full, e=60),
        unit("Z", "north", **full),
        unit("S", "south", **full),
    ]
    found = of(book, *units)
    assert (found["Z"].score, found["Z"].goals["2"].score, found["Z"].goals["2"].colour) == (
        (50 + 80) / 2,
        None,
        "gray",
    )
    # Nobody in the south has goal 2: it is left out there.
    assert found["S"].score == 50


def test_a_unit_without_a_region_lends_nothing_to_others() -> None:
    book = [indicator(code, goal) for code, goal in (("a", 1), ("b", 1), ("c", 1), ("d", 1), ("e", 2))]
    full = dict.fromkeys("abcd", 50.0)
    assert of(book, unit("X", **full, e=100), unit("Y", **full))["Y"].score == 50


def test_who_misses_more_than_a_fifth_has_colours_and_no_score() -> None:
    book = [indicator(code, 1) for code in "abcdefghij"]
    eight = dict.fromkeys("abcdefgh", 90.0)
    found = of(book, unit("X", **eight), unit("Z", **dict.fromkeys("abcdefg", 90.0)))
    assert found["X"].rank == 1
    assert (found["Z"].score, found["Z"].rank, found["Z"].goals["1"].score, found["Z"].goals["1"].colour) == (
        None,
        None,
        None,
        "green",
    )
    assert (found["Z"].indicators["a"].normalised, found["Z"].indicators["a"].colour) == (None, "green")


def test_equal_scores_share_a_rank_and_the_next_is_behind_both() -> None:
    found = of([indicator()], unit("W", a=1), unit("X", a=5), unit("Y", a=5), unit("Z", a=2))
    assert [found[id].rank for id in "WXYZ"] == [4, 1, 1, 3]


@pytest.mark.parametrize(
    ("values", "colour"),
    [
        ({"a": 90, "b": 95, "c": 85}, "green"),
        ({"a": 100, "b": 79, "c": 100}, "yellow"),  # the mean of both is above 2, but one is yellow
        ({"a": 60, "b": 62, "c": 100}, "yellow"),
        ({"a": 45, "b": 55, "c": 100}, "orange"),
        ({"a": 0, "b": 41, "c": 100}, "orange"),  # the mean is below 1, but one is orange
        ({"a": 0, "b": 39, "c": 100}, "red"),
        ({"a": 70, "b": 70}, "yellow"),
        ({"a": 10}, "gray"),  # a third of the goal's indicators
    ],
)
def test_the_two_worst_indicators_colour_a_goal(values: dict[str, float], colour: Colour) -> None:
    book = [indicator("a"), indicator("b"), indicator("c")]
    assert of(book, unit("X", **values))["X"].goals["1"].colour == colour


def test_one_indicator_alone_gives_its_colour() -> None:
    book = [indicator("a"), indicator("b")]
    assert of(book, unit("X", a=41))["X"].goals["1"].colour == "orange"


def test_members_of_the_oecd_are_coloured_by_a_longer_list_and_scored_by_the_same() -> None:
    book = [indicator("a"), indicator("b", is_global=False), indicator("c", oecd=False)]
    values: dict[str, float] = {"a": 90, "b": 0, "c": 50}
    found = of(book, member(unit("X", **values)), unit("Y", **values))
    assert (found["X"].score, found["Y"].score) == (70, 70)
    # Worst two: of a and b; of a and c.
    assert (found["X"].goals["1"].colour, found["Y"].goals["1"].colour) == ("orange", "yellow")
    assert (found["X"].indicators["c"].colour, found["Y"].indicators["b"].colour) == (None, "red")
    assert (found["X"].indicators["b"].normalised, found["X"].indicators["c"].normalised) == (None, 50)


def test_the_order_of_rows_and_columns_changes_nothing() -> None:
    chance = Random(7)
    book = [indicator(f"i{n}", 1 + n % 17, best=chance.uniform(50, 100)) for n in range(60)]
    units = [
        unit(f"U{n}", f"r{n % 4}", **{one.code: chance.uniform(0, 100) for one in book if chance.random() > 0.1})
        for n in range(40)
    ]
    found = of(book, *units)
    chance.shuffle(book)
    chance.shuffle(units)
    again = of(book, *units)
    assert again == found
    assert len({one.score for one in found.values()}) > 30


def test_a_unit_that_joins_moves_ranks_and_its_region_alone() -> None:
    book = [indicator(code, goal) for code, goal in (("a", 1), ("b", 1), ("c", 1), ("d", 1), ("e", 2))]
    full = dict.fromkeys("abcd", 50.0)
    units = [unit("X", "north", **full, e=60), unit("Z", "north", **full), unit("S", "south", **full, e=55)]
    before, after = of(book, *units), of(book, *units, unit("N", "north", **full, e=100))
    assert after["Z"].score == (50 + 80) / 2 and before["Z"].score == (50 + 60) / 2
    assert {id: after[id].score for id in "XS"} == {id: before[id].score for id in "XS"}
    assert [after[id].rank for id in "NZXS"] == [1, 2, 3, 4]
