# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which GeoJSON geometries are taken, and that what is taken has a shape."""

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanze.errors import BadRequestData
from hanze.ngsild import checks, geometry
from hanze.ngsild.checks import DEEPEST_GEOMETRY, HIGHEST
from hanze.ngsild.selection import Geo

RING = [[0, 0], [1, 0], [1, 1], [0, 0]]
EDGES = [[-180, -90], [180, 90], [0, 0, 0], [0, 0, -HIGHEST], [4.9, 52.4, HIGHEST]]

GOOD: dict[str, Any] = {
    "Point": [4.9, 52.4],
    "MultiPoint": [[4.9, 52.4, 1], [180, 90, 2], [-180, -90, 3.5]],
    "LineString": [[0, 0], [1, 1]],
    "MultiLineString": [[[0, 0], [1, 1]], [[2, 2], [3, 3], [4, 4]]],
    "Polygon": [RING, [[0.5, 0.4], [0.6, 0.4], [0.6, 0.5], [0.5, 0.4]]],
    "MultiPolygon": [[RING], [[[5, 5], [6, 5], [6, 6], [5, 5]]]],
}
"""Kind to coordinates that are taken."""


@pytest.mark.parametrize("kind", GOOD)
def test_what_is_taken(kind: str) -> None:
    given_value = {"type": kind, "coordinates": GOOD[kind]}
    kept = copy.deepcopy(given_value)
    assert checks.is_geometry(given_value)
    assert checks.geometry(given_value, "location") is given_value
    assert given_value == kept
    assert not geometry.shape(given_value).is_empty


@pytest.mark.parametrize("position", EDGES)
def test_positions_at_the_edge(position: list[float]) -> None:
    assert checks.geometry({"type": "Point", "coordinates": position}, "location")


def test_a_ring_may_cross_itself() -> None:
    assert checks.geometry({"type": "Polygon", "coordinates": [[[0, 0], [1, 1], [1, 0], [0, 1], [0, 0]]]}, "location")


@pytest.mark.parametrize(
    ("value", "says"),
    [
        (None, "is None; give a GeoJSON geometry"),
        ([4.9, 52.4], "is [4.9, 52.4]; give a GeoJSON geometry"),
        ({}, "has type None; give one of Point"),
        ({"type": "Circle", "coordinates": [1, 2]}, "has type 'Circle'"),
        ({"type": ["Point"], "coordinates": [1, 2]}, "has type ['Point']"),
        ({"type": "Feature", "geometry": {"type": "Point", "coordinates": [1, 2]}}, "has type 'Feature'"),
        ({"type": "Point"}, "has the position None"),
    ],
)
def test_what_is_no_geometry(value: Any, says: str) -> None:
    with pytest.raises(BadRequestData) as error:
        checks.geometry(value, "location")
    assert error.value.detail.startswith("location ") and says in error.value.detail


@pytest.mark.parametrize(
    ("position", "says"),
    [
        ([], "give [longitude, latitude]"), ([1], "give [longitude, latitude]"), ([1, 2, 3, 4], "give [longitude, latitude]"),
        ("1,2", "give [longitude, latitude]"), ({}, "give [longitude, latitude]"), ([[1, 2]], "give [longitude, latitude]"),
        (["1", "2"], "give numbers"), ([1, None], "give numbers"), ([True, False], "give numbers"), ([1, 2, "3"], "give numbers"),
        ([180.001, 0], "longitude is -180 to 180 and comes first"), ([0, -90.001], "latitude is -90 to 90"),
        ([52.4, 104.9], "longitude is -180 to 180 and comes first"), ([10**400, 0], "longitude"),
        ([0, 0, HIGHEST + 1], "an altitude is at most"), ([0, 0, -(10**400)], "an altitude is at most"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("kind", ["Point", "MultiPoint", "LineString"])
def test_positions_that_cannot_be(position: Any, says: str, kind: str) -> None:
    coordinates = position if kind == "Point" else [[0, 0], position]
    with pytest.raises(BadRequestData) as error:
        checks.geometry({"type": kind, "coordinates": coordinates}, "location")
    assert error.value.detail.startswith("location ") and says in error.value.detail
    assert len(error.value.detail) < 300


@pytest.mark.parametrize(
    ("kind", "coordinates", "says"),
    [
        ("MultiPoint", [], "where a list stands"),
        ("LineString", [], "where a list stands"),
        ("LineString", [[0, 0]], "two or more positions"),
        ("MultiLineString", [[[0, 0]]], "two or more positions"),
        ("MultiLineString", [[]], "where a list stands"),
        ("Polygon", [], "where a list stands"),
        ("Polygon", RING, "give [longitude, latitude]"),
        ("Polygon", [RING[:3]], "four or more positions"),
        ("Polygon", [[[0, 0], [1, 0], [1, 1], [0, 1]]], "ends where it begins"),
        ("Polygon", [RING, []], "where a list stands"),
        ("Polygon", [RING, RING[:2]], "four or more positions"),
        ("MultiPolygon", [RING], "give [longitude, latitude]"),
        ("MultiPolygon", [[RING], [RING[:3]]], "four or more positions"),
        ("LineString", [[0, 0], [1, 1, 5]], "every position of a LineString has an altitude, or none"),
        ("Polygon", [[*RING[:3], [0, 0, 5]]], "every position of a Polygon has an altitude, or none"),
        ("Polygon", "[[0,0]]", "where a list stands"),
    ],
)
def test_lists_that_cannot_be(kind: str, coordinates: Any, says: str) -> None:
    with pytest.raises(BadRequestData) as error:
        checks.geometry({"type": kind, "coordinates": coordinates}, "location")
    assert says in error.value.detail


@pytest.mark.parametrize(
    "value", [None, 5, [], {}, {"type": "Point"}, {"coordinates": [1]}, {"type": [], "coordinates": [1]}]
)
def test_what_does_not_look_like_a_geometry(value: Any) -> None:
    assert not checks.is_geometry(value)


NUMBERS = st.integers(-300, 300) | st.floats() | st.sampled_from((None, True, "1", 10**400))
ANYTHING = st.recursive(NUMBERS, lambda inner: st.lists(inner, max_size=5), max_leaves=30)
POSITIONS = st.lists(st.integers(-2, 2) | st.floats(-90, 90), min_size=2, max_size=3)
RINGS = st.lists(POSITIONS, min_size=1, max_size=5).map(lambda ring: [*ring, ring[0]])


@given(
    st.sampled_from(sorted(DEEPEST_GEOMETRY)),
    ANYTHING | POSITIONS | st.lists(POSITIONS) | st.lists(RINGS, max_size=2) | st.lists(st.lists(RINGS), max_size=2),
)
def test_what_is_taken_has_a_shape_within_the_globe(kind: str, coordinates: Any) -> None:
    value = {"type": kind, "coordinates": coordinates}
    try:
        checks.geometry(value, "location")
    except BadRequestData:
        return
    west, south, east, north = geometry.bounds(value)
    assert -180 <= west <= east <= 180 and -90 <= south <= north <= 90
    target = Geo("near", {"type": "Point", "coordinates": [50, 50]}, "location", 1e9)
    assert geometry.holds(target, geometry.shape(value))
