# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Polygons of GeoJSON, the odd ones too."""

from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from hanze.goals.areas.polygons import DEEPEST, drawn
from tests.goals.areas.making import polygon, ring


def test_a_polygon_with_a_hole() -> None:
    found = drawn(polygon(ring(0, 0, 4), ring(1, 1, 1), ring(3, 3, 0.5)))
    assert found.shape == shapely.Polygon(ring(0, 0, 4), [ring(1, 1, 1), ring(3, 3, 0.5)])
    assert (found.others, found.closed) == ((), False)


def test_polygons_in_collections_are_one_shape() -> None:
    both = {"type": "MultiPolygon", "coordinates": [[ring(0, 0, 1)], [ring(2, 0, 1)]]}
    deep = {
        "type": "GeometryCollection",
        "geometries": [polygon(ring(4, 0, 1)), {"type": "Point", "coordinates": [9, 9]}],
    }
    found = drawn({"type": "GeometryCollection", "geometries": [both, deep, None]})
    assert found.shape is not None and found.shape.geom_type == "MultiPolygon" and found.shape.area == 3
    assert found.others == ("Point",)


def test_heights_are_left_out() -> None:
    found = drawn(polygon([[x, y, 7.5] for x, y in ring(0, 0, 1)]))
    assert found.shape == shapely.Polygon(ring(0, 0, 1))


def test_an_open_ring_is_closed_and_told() -> None:
    found = drawn(polygon(ring(0, 0, 1)[:-1]))
    assert (found.shape, found.closed) == (shapely.Polygon(ring(0, 0, 1)), True)


@pytest.mark.parametrize("count", [1, 2, 3])
def test_rings_of_few_positions_have_no_surface(count: int) -> None:
    found = drawn(polygon(ring(0, 0, 1)[: count - 1] + ring(0, 0, 1)[:1]))
    assert found.shape is not None and found.shape.area == 0


@pytest.mark.parametrize("geometry", [None, {}, {"type": None}, polygon(), polygon([]),
                                      {"type": "MultiPolygon", "coordinates": []}])  # fmt: skip
def test_nothing_is_drawn(geometry: Any) -> None:
    assert drawn(geometry).shape is None


@pytest.mark.parametrize(
    ("geometry", "told"),
    [
        ("POLYGON", "no object"),
        ({"type": 3}, "no text"),
        ({"type": "Polygon"}, "no lists of lists"),
        (polygon([[0, 0], [1], [1, 1]]), "not two numbers"),
        (polygon([[0, 0], ["a", 1], [1, 1]]), "not two numbers"),
        (polygon([[0, 0], [1e999, 1], [1, 1]]), "not two numbers"),
        (polygon([0, 0, 1, 1]), "not two numbers"),
        (polygon([[[0, 0], [1, 1]]]), "not two numbers"),
        ({"type": "GeometryCollection"}, "no lists"),
    ],
)  # fmt: skip
def test_what_cannot_be_read(geometry: Any, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        drawn(geometry)


def test_collections_end_somewhere() -> None:
    geometry: Any = polygon(ring(0, 0, 1))
    for _ in range(DEEPEST + 1):
        geometry = {"type": "GeometryCollection", "geometries": [geometry]}
    assert drawn(geometry["geometries"][0]).shape is not None
    with pytest.raises(ValueError, match="collections in one another"):
        drawn(geometry)


JSON = st.recursive(
    st.none() | st.floats(-9, 9) | st.sampled_from(["Polygon", "MultiPolygon", "x"]),
    lambda inner: (
        st.lists(inner, max_size=4) | st.fixed_dictionaries({}, optional={"type": inner, "coordinates": inner})
    ),
)


@given(st.sampled_from(["Polygon", "MultiPolygon", "GeometryCollection"]), JSON)
def test_rubbish_is_a_value_error(kind: str, coordinates: Any) -> None:
    try:
        found = drawn({"type": kind, "coordinates": coordinates, "geometries": coordinates})
    except ValueError as error:
        assert str(error)
    else:
        assert found.shape is None or np.isfinite(shapely.get_coordinates(found.shape)).all()
