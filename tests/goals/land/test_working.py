# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Two made maps: what became what is what it is by hand, nothing is lost or counted twice, and the edge has its length."""

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from hanze.goals.areas.land import USES, Piece
from hanze.goals.areas.plane import Plane
from hanze.goals.land import change
from hanze.goals.land.change import ELSE, Changes
from hanze.goals.land.cutting import cut, surfaces
from hanze.goals.land.edge import edges
from hanze.goals.land.working import work
from tests.goals.land.making import EAST, NORTH, SOUTH, WEST, area, cells, piece, size

AREAS = [area("W", 0, 0, 10, 10), area("E", 10, 0, 20, 10)]

BEFORE = [piece("homes", 0, 0, 6, 10), piece("farmland", 6, 0, 20, 10)]
"""Farmland from the sixth column on, in both areas."""

AFTER = [
    piece("homes", 0, 0, 8, 10),
    piece("farmland", 8, 0, 20, 6),
    piece("energy", 12, 6, 20, 10),
    piece("nature", 8, 6, 12, 10),
]

NEAR = pytest.approx


def km2(told: Changes) -> dict[tuple[str, str], float]:
    return {(one, other): value for one, row in told.items() for other, value in row.items()}


def test_each_area_has_what_lies_in_it() -> None:
    drawn = [piece("homes", 0, 0, 15, 10), piece("water", 15, 0, 30, 5), piece("water", 15, 5, 17, 10)]
    found = {code: surfaces(land) for code, land in cut([*AREAS, area("far", 90, 0, 99, 9)], drawn).items()}
    assert found == {
        "W": {"homes": NEAR(size(0, 0, 10, 10), abs=2e-6)},
        "E": {
            "homes": NEAR(size(10, 0, 15, 10), abs=2e-6),
            "water": NEAR(size(15, 0, 20, 5) + size(15, 5, 17, 10), abs=2e-6),
        },
    }


def test_what_became_what_is_that_by_hand() -> None:
    first = work(AREAS, BEFORE, 2020, {})
    second = work(AREAS, AFTER, 2025, {2020: first.lands})
    assert second.changes.keys() == {(2020, 2025)}
    west, east = (km2(second.changes[2020, 2025][code]) for code in ("W", "E"))
    assert west == {
        ("homes", "homes"): NEAR(size(0, 0, 6, 10), abs=2e-6), ("farmland", "homes"): NEAR(size(6, 0, 8, 10), abs=2e-6),
        ("farmland", "farmland"): NEAR(size(8, 0, 10, 6), abs=2e-6), ("farmland", "nature"): NEAR(size(8, 6, 10, 10), abs=2e-6),
    }  # fmt: skip
    assert east == {
        ("farmland", "farmland"): NEAR(size(10, 0, 20, 6), abs=2e-6), ("farmland", "energy"): NEAR(size(12, 6, 20, 10), abs=2e-6),
        ("farmland", "nature"): NEAR(size(10, 6, 12, 10), abs=2e-6),
    }  # fmt: skip
    # A cell is a hundred metres square, so this is about a fifth of a square kilometre.
    assert west["farmland", "homes"] == NEAR(0.2, rel=0.01)


def test_a_map_that_is_told_later_may_be_the_earlier_one() -> None:
    later = work(AREAS, AFTER, 2025, {})
    assert work(AREAS, BEFORE, 2020, {2025: later.lands}).changes == {
        (2020, 2025): work(AREAS, AFTER, 2025, {2020: work(AREAS, BEFORE, 2020, {}).lands}).changes[2020, 2025]
    }
    assert work(AREAS, BEFORE, 2020, {2020: later.lands}).changes == {}


def test_what_a_map_does_not_show_is_told_as_that() -> None:
    before = cut(AREAS, [piece("homes", 0, 0, 10, 10)])["W"]
    after = cut(AREAS, [piece("homes", 2, 0, 10, 10), piece("water", 0, 0, 1, 10)])["W"]
    assert km2(change.changed(before, after)) == {
        ("homes", "homes"): NEAR(size(2, 0, 10, 10), abs=2e-6), ("homes", "water"): NEAR(size(0, 0, 1, 10), abs=2e-6),
        ("homes", ELSE): NEAR(size(1, 0, 2, 10), abs=2e-6),
    }  # fmt: skip
    assert km2(change.changed({}, after))[ELSE, "water"] == NEAR(size(0, 0, 1, 10), abs=2e-6)


def test_where_pieces_lie_over_each_other_one_counts() -> None:
    found = surfaces(cut(AREAS, [piece("farmland", 0, 0, 10, 10), piece("energy", 2, 2, 4, 4)])["W"])
    assert found == {
        "energy": NEAR(size(2, 2, 4, 4), abs=2e-6), "farmland": NEAR(size(0, 0, 10, 10) - size(2, 2, 4, 4), abs=2e-6),
    }  # fmt: skip


rectangles = st.lists(
    st.tuples(st.sampled_from(USES), st.integers(0, 19), st.integers(0, 9), st.integers(1, 12), st.integers(1, 10)),
    max_size=7,
)


@settings(max_examples=60, deadline=None)
@given(rectangles, rectangles)
def test_rows_add_up_to_the_old_uses_and_columns_to_the_new(
    one: list[tuple[str, int, int, int, int]], other: list[tuple[str, int, int, int, int]]
) -> None:
    first, second = (
        work(AREAS, [Piece(use, cells(x, y, x + wide, y + high)) for use, x, y, wide, high in drawn], year, {})
        for drawn, year in ((one, 2020), (other, 2025))
    )
    for code in ("W", "E"):
        before, after = first.lands.get(code, {}), second.lands.get(code, {})
        found = change.changed(before, after)
        for use, size_of in surfaces(before).items():
            assert sum(found[use].values()) == NEAR(size_of, abs=1.2e-5)
        for use, size_of in surfaces(after).items():
            assert sum(row.get(use, 0.0) for row in found.values()) == NEAR(size_of, abs=1.2e-5)
        whole = change.together([found])
        assert sum(size for row in whole.values() for size in row.values()) <= size(0, 0, 10, 10) * 1.0001


def test_the_edge_is_as_long_as_the_line_between_the_two() -> None:
    first, second = work(AREAS, BEFORE, 2020, {}), work(AREAS, AFTER, 2025, {})
    # Ten cells high, a straight line; the other area has no homes, so it has none.
    assert first.edges == {"W": NEAR(1.001, abs=0.003), "E": 0}
    assert second.edges == {"W": NEAR(1.001, abs=0.003), "E": 0}


def test_an_edge_on_a_border_belongs_to_the_built_side() -> None:
    drawn = [piece("homes", 0, 0, 10, 10), piece("nature", 10, 0, 20, 10)]
    assert edges(cut(AREAS, drawn)) == {"W": NEAR(1.001, abs=0.003), "E": 0}


def test_built_land_that_is_cut_by_a_border_has_no_edge_there() -> None:
    drawn = [piece("homes", 0, 0, 15, 10), piece("farmland", 15, 0, 20, 10)]
    assert edges(cut(AREAS, drawn)) == {"W": 0, "E": NEAR(1.001, abs=0.003)}


def test_homes_and_work_together_are_built_and_water_is_no_open_land() -> None:
    drawn = [piece("homes", 0, 0, 5, 10), piece("work", 5, 0, 9, 10), piece("water", 9, 0, 10, 10)]
    assert edges(cut(AREAS, drawn)) == {"W": 0}


def test_the_edge_moved_by_what_was_built_over_its_length() -> None:
    first = work(AREAS, BEFORE, 2020, {})
    second = work(AREAS, AFTER, 2025, {2020: first.lands})
    whole = change.together(second.changes[2020, 2025].values())
    # Two columns of a hundred metres.
    moved = change.outwards(whole, sum(first.edges.values()), sum(second.edges.values()))
    assert moved == NEAR(200, rel=0.01)
    assert change.outwards(whole, 0, 0) is None
    back = change.together(work(AREAS, BEFORE, 2030, {2025: second.lands}).changes[2025, 2030].values())
    assert change.outwards(back, 1, 1) == NEAR(-200, rel=0.01)


def test_a_degree_has_its_length() -> None:
    """At 52 degrees north: 68 677.7 m and 111 267.2 m, of the tables of Snyder's equations for WGS 84."""
    line = shapely.LineString([(WEST, 52.0), (WEST + 0.01, 52.0)])
    up = shapely.LineString([(WEST, 51.995), (WEST, 52.005)])
    across, along = Plane([line]).metres([line])[0].length, Plane([up]).metres([up])[0].length
    assert (across * 100, along * 100) == (NEAR(68_677.7, abs=1), NEAR(111_267.2, abs=1))
    square = cells(0, 0, 10, 10)
    assert Plane([square]).metres([square])[0].area / 1e6 == NEAR(size(0, 0, 10, 10), rel=1e-5)
    near = Plane([square]).near([shapely.Point(WEST, SOUTH)], 300)
    assert size(0, 0, 1, 1) > 0 and near.bounds == NEAR(
        (WEST - 300 / 68_677.7, SOUTH - 300 / 111_267.2, WEST + 300 / 68_677.7, SOUTH + 300 / 111_267.2), abs=1e-6
    )
    assert NEAR((100 / 68_677.7, 100 / 111_267.2), rel=0.01) == (EAST, NORTH)
