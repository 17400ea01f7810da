# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Topologies: arcs forwards and backwards, steps and scales, layers."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanze.goals.areas import topojson
from hanze.goals.areas.polygons import drawn
from hanze.goals.areas.topojson import Topology
from tests.goals.areas.making import square

TWO = {
    "type": "Topology",
    "transform": {"scale": [0.5, 0.25], "translate": [4, 52]},
    # Two squares beside each other; arc 0 is their border, upwards.
    "arcs": [[[2, 0], [0, 4]], [[2, 4], [-2, 0], [0, -4], [2, 0]], [[2, 0], [2, 0], [0, 4], [-2, 0]]],
    "objects": {
        "areas": {
            "type": "GeometryCollection",
            "geometries": [
                {"type": "Polygon", "arcs": [[0, 1]], "id": "left", "properties": {"name": "Left"}},
                {"type": "MultiPolygon", "arcs": [[[2, -1]]]},
                {"type": "Point", "coordinates": [1, 1]},
                {"type": None},
            ],
        },
        "one": {"type": "Polygon", "arcs": [[1, 0]]},
    },
}  # fmt: skip
"""As the specification has it: steps of whole numbers, -1 is arc 0 backwards."""


def shapes(document: dict[str, Any], layer: str) -> list[Any]:
    return [drawn(one["geometry"]).shape for one in Topology(document).features(layer)]


def test_rings_come_from_arcs_and_steps() -> None:
    left, right, point, nothing = shapes(TWO, "areas")
    assert left.equals(square(4, 52, 1)) and right.equals(square(5, 52, 1))
    assert point is None and nothing is None
    assert left.is_valid and right.is_valid and len(left.exterior.coords) == 5


def test_what_is_told_of_features() -> None:
    features = list(Topology(TWO).features("areas"))
    assert (features[0]["id"], features[0]["properties"]) == ("left", {"name": "Left"})
    assert (features[1]["id"], features[1]["properties"]) == (None, None)


def test_a_layer_may_be_one_shape() -> None:
    assert shapes(TWO, "one")[0].equals(square(4, 52, 1))


def test_without_a_transform_positions_are_absolute() -> None:
    arc = [[0, 0], [2, 0], [2, 2], [0, 2], [0, 0]]
    document = {"arcs": [arc], "objects": {"a": {"type": "Polygon", "arcs": [[-1]]}}}
    assert shapes(document, "a")[0].equals(square(0, 0, 2))


def test_collections_within_collections() -> None:
    inner = {"type": "GeometryCollection", "geometries": [{"type": "Polygon", "arcs": [[0, 1]]}, {"type": "Point"}]}
    document = {**TWO, "objects": {"a": {"type": "GeometryCollection", "geometries": [inner]}}}
    [found] = [drawn(one["geometry"]) for one in Topology(document).features("a")]
    assert found.shape is not None and found.shape.equals(square(4, 52, 1)) and found.others == ("Point",)


def test_a_third_number_is_left_out() -> None:
    arc = [[0, 0, 9], [2, 0, 9], [0, 2, 9], [-2, 0, 9], [0, -2, 9]]
    document = {"transform": TWO["transform"], "arcs": [arc], "objects": {"a": {"type": "Polygon", "arcs": [[0]]}}}
    assert shapes(document, "a")[0].bounds == (4, 52, 5, 52.5)


@pytest.mark.parametrize(
    ("arcs", "told"),
    [([[3]], "names the arc 3; there are 3"), ([[-4]], "names the arc -4; there are 3"), ([["0"]], "no whole number"),
     ([[True]], "no whole number"), ([[0.5]], "no whole number"), ([0], "no lists of lists"), (None, "no lists of lists")],
)  # fmt: skip
def test_a_shape_that_cannot_be_put_together_is_told_and_the_others_read(arcs: Any, told: str) -> None:
    layer = {
        "type": "GeometryCollection",
        "geometries": [{"type": "Polygon", "arcs": arcs, "id": "x"}, {"type": "Point"}, 5],
    }
    wrong, right, rubbish = Topology({**TWO, "objects": {"a": layer}}).features("a")
    assert told in wrong["wrong"] and wrong["id"] == "x"
    assert right["geometry"] == {"type": "Point"} and rubbish == {"wrong": "is no object"}


@pytest.mark.parametrize(
    ("members", "told"),
    [
        ({"objects": None}, "has no objects"),
        ({"objects": {"a": 1}}, "has no objects"),
        ({"transform": {"scale": [1, 1]}}, "transform without scale and translate"),
        ({"transform": {"scale": [1], "translate": [0, 0]}}, "transform without scale and translate"),
        ({"transform": 5}, "transform without scale and translate"),
        ({"arcs": [[]]}, "has an arc 0 without positions"),
        ({"arcs": [[[0, 0]], [[1], [2, 3]]]}, "has an arc 1 whose positions"),
        ({"arcs": [5]}, "has an arc 0 whose positions"),
    ],
)  # fmt: skip
def test_a_topology_that_is_none(members: dict[str, Any], told: str) -> None:
    with pytest.raises(ValueError, match=told):
        Topology({**TWO, **members})


def test_a_small_file_does_not_become_endless(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(topojson, "MOST_POSITIONS", 100)
    layer = {"type": "MultiPolygon", "arcs": [[[0, 1]]] * 30}
    [found] = Topology({**TWO, "objects": {"a": layer}}).features("a")
    assert "more than 100 positions" in found["wrong"]


@given(st.lists(st.tuples(st.integers(-99, 99), st.integers(-99, 99)), min_size=2, max_size=9))
def test_steps_are_added_up(steps: list[tuple[int, int]]) -> None:
    document = {"transform": {"scale": [2, 3], "translate": [1, -1]}, "arcs": [steps],
                "objects": {"a": {"type": "Polygon", "arcs": [[0]]}}}  # fmt: skip
    [found] = Topology(document).features("a")
    expected, x, y = [], 0, 0
    for dx, dy in steps:
        x, y = x + dx, y + dy
        expected.append((2 * x + 1, 3 * y - 1))
    assert np.array_equal(found["geometry"]["coordinates"][0], expected)
