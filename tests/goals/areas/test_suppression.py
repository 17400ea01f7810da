# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Small areas stay hidden: by hand, and with all that can be worked out from what is shown."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanze.goals.areas.suppression import Count, hidden


def family(parent: str | None = None, **people: float) -> list[Count]:
    return [Count(code, parent, number, 10) for code, number in people.items()]


def test_large_ones_are_shown() -> None:
    assert hidden(family(a=50, b=51, c=1000)) == {}
    assert hidden([]) == {}


def test_one_small_one_takes_the_next_smallest_with_it() -> None:
    assert hidden(family(a=49, b=200, c=100, d=300)) == {"a": "few people", "c": "protects others"}


def test_of_equal_ones_the_first_by_code() -> None:
    assert hidden(family(z=100, y=100, a=49)) == {"a": "few people", "y": "protects others"}


def test_two_small_ones_protect_each_other() -> None:
    assert hidden(family(a=49, b=48, c=100)) == {"a": "few people", "b": "few people"}


def test_two_that_are_few_people_together_take_another() -> None:
    """What is left of the whole without those that are shown would be the mean of 24 people."""
    assert hidden(family(a=10, b=14, c=100, d=200)) == {"a": "few people", "b": "few people", "c": "protects others"}


def test_few_things_measured() -> None:
    areas = [Count("a", None, 500, 2), Count("b", None, 300, 3), Count("c", None, 400, 30)]
    assert hidden(areas, things=3) == {"a": "few things", "b": "protects others"}
    assert hidden(areas, things=4) == {"a": "few things", "b": "few things"}
    assert hidden(areas) == {}


def test_the_bounds_are_told() -> None:
    assert hidden(family(a=9, b=20, c=30), people=10) == {"a": "few people", "b": "protects others"}
    assert hidden(family(a=9, b=20), people=0) == {}


def test_an_area_without_people_or_measurements_protects_nobody() -> None:
    empty = [Count("e", None, 0, 10), Count("m", None, 400, 0), *family(a=60, s=40, z=90)]
    assert hidden(empty) == {"e": "few people", "m": "few things", "s": "few people", "a": "protects others"}


def test_an_empty_area_needs_no_protection() -> None:
    assert hidden([*family(a=60, b=70), Count("e", None, 0, 10)]) == {"e": "few people"}


def test_of_two_both_are_hidden() -> None:
    assert hidden(family(a=49, b=2000)) == {"a": "few people", "b": "protects others"}


def test_alone_in_a_larger_one_it_hides_that_too() -> None:
    areas = [*family(p=60, q=500, r=400), Count("a", "p", 30, 10), *family("q", b=200, c=300)]
    found = hidden(areas)
    assert found["a"] == "few people" and found["p"] == "protects others"
    assert "r" in found, "p would follow from q and r"


def test_a_hidden_one_does_not_follow_from_its_parts() -> None:
    areas = [*family(p=30, q=500, r=600), *family("p", a=10, b=20), *family("q", c=240, d=260)]
    assert hidden(areas) == {
        "p": "few people", "a": "few people", "b": "few people", "q": "protects others", "c": "protects others",
    }  # fmt: skip


def test_the_order_changes_nothing() -> None:
    areas = [
        *family(p=30, q=500, r=600),
        *family("p", a=10, b=20),
        *family("q", c=240, d=260),
        *family("r", e=40, f=560),
    ]
    assert hidden(areas[::-1]) == hidden(areas)


def test_those_of_a_parent_that_is_not_told_are_together() -> None:
    assert hidden(family("city", a=49, b=100, c=200)) == {"a": "few people", "b": "protects others"}


PLACE = st.tuples(st.integers(0, 60) | st.integers(0, 2000), st.integers(0, 4))
TREE = st.lists(st.lists(st.lists(PLACE, min_size=1, max_size=4), min_size=1, max_size=4), min_size=1, max_size=3)


def counted(tree: list[list[list[tuple[int, int]]]]) -> list[Count]:
    """Cities, districts, neighbourhoods; the numbers of each are those of its parts together."""
    areas: list[Count] = []

    def add(code: str, parent: str | None, parts: Any) -> tuple[int, int]:
        if isinstance(parts, tuple):
            people, things = parts
        else:
            sums = [add(f"{code}.{at}", code or None, part) for at, part in enumerate(parts)]
            people, things = sum(one for one, _ in sums), sum(one for _, one in sums)
        if code:
            areas.append(Count(code, parent, people, things))
        return people, things

    for at, city in enumerate(tree):
        add(str(at), None, city)
    return areas


def follows(areas: Sequence[Count], hidden: Sequence[str]) -> list[str]:
    """The hidden areas whose value is the only one that all sums allow, whatever it is."""
    weighing = [one for one in areas if one.weighs]
    unknown = sorted({one.code for one in weighing if one.code in hidden})
    families = {one.parent for one in weighing}
    if sum(one.parent is None for one in weighing) == 1:
        # A city alone is the whole itself, which is not shown either when it is hidden.
        families.remove(None)
    rows = []
    for parent in families:
        row = np.zeros(len(unknown))
        for one in weighing:
            if one.parent == parent and one.code in unknown:
                row[unknown.index(one.code)] = 1
        if parent in unknown:
            row[unknown.index(parent)] = -1
        rows.append(row)
    if not unknown:
        return []
    sums = np.array(rows).reshape(-1, len(unknown))
    rank = np.linalg.matrix_rank(sums) if rows else 0
    alone = np.eye(len(unknown))
    return [code for at, code in enumerate(unknown) if np.linalg.matrix_rank(np.vstack([sums, alone[at]])) == rank]


@given(TREE, st.sampled_from([0, 10, 50]), st.integers(1, 4))
def test_no_hidden_value_follows_from_what_is_shown(
    tree: list[list[list[tuple[int, int]]]], people: int, things: int
) -> None:
    areas = counted(tree)
    found = hidden(areas, people, things)
    assert follows(areas, list(found)) == []


@given(TREE, st.integers(1, 4))
def test_small_ones_are_always_hidden_and_large_ones_only_to_protect(
    tree: list[list[list[tuple[int, int]]]], things: int
) -> None:
    areas = counted(tree)
    found = hidden(areas, 50, things)
    for one in areas:
        small = one.people < 50 or one.things < things
        assert (found.get(one.code) in ("few people", "few things")) == small
    if all(one.people >= 50 and one.things >= things for one in areas):
        assert found == {}


@pytest.mark.parametrize("without", ["q", "c"])
def test_the_check_itself_finds_what_follows(without: str) -> None:
    areas = [*family(p=30, q=500, r=600), *family("p", a=10, b=20), *family("q", c=240, d=260)]
    found = [code for code in hidden(areas) if code != without]
    assert follows(areas, found) != []
