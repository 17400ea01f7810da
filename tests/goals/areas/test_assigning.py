# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Places in areas: each once, on borders too, and many at once."""

import time
from random import Random

import numpy as np
import pytest
import shapely

from hanze.goals.areas.assigning import Map
from tests.goals.areas.making import area, quilt, scatter, square

TWO = [area("b", square(4, 52, 0.01)), area("a", shapely.box(4.01, 52, 4.02, 52.01))]


def test_places_inside_and_outside() -> None:
    assert Map(TWO).points([4.005, 4.015, 4.025, 4.005], [52.005, 52.005, 52.005, 51]) == ["b", "a", None, None]


def test_on_a_border_the_first_by_code_has_it() -> None:
    """Corners of the outside too."""
    for areas in (TWO, TWO[::-1]):
        assert Map(areas).points([4.01, 4.01, 4.0], [52.005, 52.0, 52.0]) == ["a", "a", "b"]


def test_where_areas_overlap_too() -> None:
    assert Map([area("z", square(4, 52, 1)), area("y", square(4.2, 52.2, 0.1))]).points([4.25], [52.25]) == ["y"]


def test_a_hole_is_outside() -> None:
    assert Map([area("a", square(4, 52, 1) - square(4.2, 52.2, 0.1))]).points([4.25, 4.15], [52.25, 52.25]) == [
        None,
        "a",
    ]


def test_lines_and_polygons_by_a_point_on_them() -> None:
    bent = shapely.LineString([(4.001, 52.001), (4.005, 52.009), (4.03, 52.001)])
    horseshoe = square(4, 52, 0.01) - shapely.box(4.002, 52.002, 4.01, 52.008)
    shapes = [bent, horseshoe, shapely.Point(4.015, 52.005), None, shapely.Point(), square(5, 52)]
    found = Map([area("h", horseshoe), area("i", shapely.box(4.002, 52.002, 4.01, 52.008)), TWO[1]]).shapes(shapes)
    assert found == ["h", "h", "a", None, None, None]


def test_what_cannot_be_a_place_lies_nowhere() -> None:
    assert Map(TWO).points([float("nan"), 4.005], [52.005, float("inf")]) == [None, None]
    assert Map(TWO).points([], []) == []
    assert Map([]).points([4], [52]) == [None] and Map([area("a")]).points([4], [52]) == [None]


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_areas_and_places_changes_nothing(seed: int) -> None:
    """Corners lie on three or four borders at once."""
    areas = quilt(30)
    x, y = scatter(200)
    corners = shapely.get_coordinates([one.geometry for one in areas])[::3]
    x, y = np.concatenate([x, corners[:, 0]]), np.concatenate([y, corners[:, 1]])
    expected = Map(areas).points(x, y)
    shuffled = Random(seed).sample(areas, len(areas))
    assert Map(shuffled).points(x[::-1], y[::-1]) == expected[::-1]


def test_each_place_is_where_shapely_says_it_is() -> None:
    areas = quilt(50)
    x, y = scatter(500)
    for code, at in zip(Map(areas).points(x, y), shapely.points(x, y), strict=True):
        assert code == min((one.code for one in areas if shapely.intersects(one.geometry, at)), default=None)


def test_a_hundred_thousand_places_to_all_neighbourhoods_of_a_country() -> None:
    """In processor time, so that a busy machine does not make it fail; both together."""
    areas = quilt(11_691)
    x, y = scatter(100_000)
    start = time.process_time()
    found = Map(areas).points(x, y)
    spent = time.process_time() - start
    assert sum(code is not None for code in found) > 90_000
    assert len(set(found)) > 11_000
    assert spent < 2, f"{spent:.2f} s"


def test_all_of_the_quilt_is_somewhere() -> None:
    areas = quilt(49)
    shrunk = [shapely.Point(one.geometry.representative_point()) for one in areas if one.geometry is not None]
    assert Map(areas).shapes(shrunk) == [one.code for one in areas]


@pytest.mark.parametrize("count", [1, 2, 9])
def test_the_quilt_has_as_many_as_are_asked(count: int) -> None:
    areas = quilt(count)
    assert len(areas) == count and all(one.geometry is not None and one.geometry.is_valid for one in areas)
