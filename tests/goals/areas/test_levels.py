# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Areas in one another: by what they say, by their codes, and by their surface."""

from random import Random

import pytest
import shapely

from hanze.errors import BadRequestData
from hanze.goals.areas.area import Area
from hanze.goals.areas.levels import Placed, place
from tests.goals.areas.making import area, quilt

CITY = area("C", shapely.box(4, 52, 5, 53), "city")
WEST = area("W", shapely.box(4, 52, 4.5, 53), "district", "C", "West")
EAST = area("E", shapely.box(4.5, 52, 5, 53), "district", "C", "East")


def parents(placed: Placed) -> dict[str, str | None]:
    return {one.code: one.parent for one in placed.areas}


def told(placed: Placed) -> list[str]:
    return [one.told() for one in placed.findings]


def box(code: str, west: float, east: float, parent: str | None = None) -> Area:
    return area(code, shapely.box(west, 52.1, east, 52.2), "neighbourhood", parent)


def test_all_come_back_from_the_largest_level_by_code() -> None:
    placed = place([box("b", 4.1, 4.2), WEST, box("a", 4.6, 4.7), CITY, EAST])
    assert [one.code for one in placed.areas] == ["C", "E", "W", "a", "b"]
    assert parents(placed) == {"C": None, "E": "C", "W": "C", "a": "E", "b": "W"}
    assert placed.findings == []


def test_what_an_area_says_goes_before_where_it_lies() -> None:
    placed = place([WEST, EAST, box("a", 4.1, 4.2, "E"), area("b", level="neighbourhood", parent="W")])
    assert parents(placed) == {"E": "C", "W": "C", "a": "E", "b": "W"}
    assert placed.findings == []


def test_an_area_may_say_that_it_lies_two_levels_up() -> None:
    assert parents(place([CITY, WEST, box("a", 4.1, 4.2, "C")]))["a"] == "C"


def test_the_largest_share_of_its_surface_decides() -> None:
    placed = place([WEST, EAST, box("a", 4.4, 4.51), box("b", 4.49, 4.6)])
    assert parents(placed) == {"E": "C", "W": "C", "a": "W", "b": "E"}


def test_of_equal_shares_the_first_by_code() -> None:
    assert parents(place([WEST, EAST, box("a", 4.25, 4.75)]))["a"] == "E"


def test_less_than_half_is_told() -> None:
    placed = place([WEST, area("F", shapely.box(4.5, 52, 4.55, 53), "district", name="Far"), box("a", 4.4, 4.65)])
    assert parents(placed)["a"] == "W"
    assert told(placed) == [
        "Area a (a) lies for 40% in West, more than in any other area; it is counted there as a whole."
    ]


def test_outside_of_all_is_told_by_name() -> None:
    touching = box("t", 5, 5.1)
    placed = place([WEST, EAST, box("a", 6, 6.1), area("b", level="neighbourhood"), touching])
    assert {one: parents(placed)[one] for one in "abt"} == {"a": None, "b": None, "t": None}
    assert told(placed) == [
        f"Area {one} ({one}) lies in no area of an upper level; say in the file in which it does." for one in "abt"
    ]


def test_a_border_that_is_drawn_a_little_across_is_no_place_to_lie_in() -> None:
    placed = place([WEST, EAST, box("a", 4.9995, 5.1), box("b", 4.99, 5.1)])
    assert parents(placed)["a"] is None and parents(placed)["b"] == "E"


def test_a_parent_that_is_not_there_is_told_and_the_surface_decides() -> None:
    placed = place([WEST, EAST, box("a", 4.1, 4.2, "X9")])
    assert parents(placed)["a"] == "W"
    assert told(placed) == ["Area a (a) says that it lies in X9, which is not among the areas."]


def test_codes_of_cbs_say_where_they_lie() -> None:
    whole = shapely.box(4, 52, 5, 53)
    areas = [area("GM0363", None, "city"), area("WK036301", whole, "district"), area("WK036302", None, "district"),
             area("BU03630201", whole), area("BU03630301", None), area("BU05990301", None)]  # fmt: skip
    placed = place(areas)
    assert parents(placed) == {
        "GM0363": None, "WK036301": "GM0363", "WK036302": "GM0363", "BU03630201": "WK036302", "BU03630301": "GM0363",
        "BU05990301": None,
    }  # fmt: skip
    assert [one.code for one in placed.findings] == ["BU05990301"]


def test_a_level_may_be_missing() -> None:
    assert parents(place([CITY, box("a", 4.1, 4.2)])) == {"C": None, "a": "C"}
    assert parents(place([box("a", 4.1, 4.2)])) == {"a": None}
    assert place([]).areas == []


def test_a_code_for_two_areas_is_refused() -> None:
    with pytest.raises(
        BadRequestData, match=r"The code C stands for several areas: Area C \(city\), Area C \(district\)"
    ):
        place([CITY, area("C", None, "district")])


def test_the_order_of_areas_changes_nothing() -> None:
    areas = [area(f"D{at}", shapely.box(4 + at, 51, 5 + at, 54), "district") for at in range(3)] + quilt(100)
    shuffled = Random(1).sample(areas, len(areas))
    assert place(shuffled) == place(areas)
    assert {parent for code, parent in parents(place(areas)).items() if code[0] == "N"} == {"D0", "D1", "D2"}
