# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Geo-queries: every relation on known cases, distances against published ones and against all points of the edges."""

import math
from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import example, given
from hypothesis import strategies as st

from hanze.errors import BadRequestData
from hanze.ngsild import boxes, geometry
from hanze.ngsild.selection import Geo

SQUARE: list[list[float]] = [[0, 0], [10, 0], [10, 10], [0, 10], [0, 0]]
HOLE: list[list[float]] = [[4, 4], [6, 4], [6, 6], [4, 6], [4, 4]]


def point(x: float, y: float) -> dict[str, Any]:
    return {"type": "Point", "coordinates": [x, y]}


def line(*positions: list[float]) -> dict[str, Any]:
    return {"type": "LineString", "coordinates": list(positions)}


def polygon(*rings: list[list[float]]) -> dict[str, Any]:
    return {"type": "Polygon", "coordinates": list(rings)}


def square(west: float, south: float, size: float) -> dict[str, Any]:
    east, north = west + size, south + size
    return polygon([[west, south], [east, south], [east, north], [west, north], [west, south]])


def geo(relation: str, target: dict[str, Any], most: float | None = None, least: float | None = None) -> Geo:
    return Geo(relation, target, "urn:x", most, least)


def holds(relation: str, candidate: dict[str, Any], target: dict[str, Any]) -> bool:
    return geometry.holds(geo(relation, target), geometry.shape(candidate))


BOW = polygon([[0, 0], [10, 10], [10, 0], [0, 10], [0, 0]])
CITY, RING = polygon(SQUARE), polygon(SQUARE, HOLE)
DIAGONAL = line([-5, 5], [15, 5])
RELATIONS = ("within", "contains", "intersects", "equals", "disjoint", "overlaps")


@pytest.mark.parametrize(
    ("candidate", "target", "relations"),
    [
        (point(5, 5), CITY, {"within", "intersects"}),
        (point(0, 5), CITY, {"within", "intersects"}),
        (point(0, 0), CITY, {"within", "intersects"}),
        (point(11, 5), CITY, {"disjoint"}),
        (point(5, 5), RING, {"disjoint"}),
        (point(4, 5), RING, {"within", "intersects"}),
        (point(2, 2), RING, {"within", "intersects"}),
        (point(5, 5), point(5, 5), {"within", "contains", "intersects", "equals"}),
        (point(5, 5), point(5, 6), {"disjoint"}),
        (CITY, point(5, 5), {"contains", "intersects"}),
        (RING, point(5, 5), {"disjoint"}),
        (CITY, RING, {"contains", "intersects"}),
        (RING, CITY, {"within", "intersects"}),
        (CITY, polygon(SQUARE[2:] + SQUARE[1:3]), {"within", "contains", "intersects", "equals"}),
        (CITY, polygon(SQUARE[::-1]), {"within", "contains", "intersects", "equals"}),
        (CITY, square(5, 5, 10), {"intersects", "overlaps"}),
        (CITY, square(10, 0, 5), {"intersects"}),
        (CITY, square(11, 0, 5), {"disjoint"}),
        (CITY, square(2, 2, 1), {"contains", "intersects"}),
        (RING, square(4.5, 4.5, 1), {"disjoint"}),
        (RING, square(4, 4, 2), {"intersects"}),
        (DIAGONAL, CITY, {"intersects"}),
        (line([1, 1], [2, 2]), CITY, {"within", "intersects"}),
        (line([0, 0], [10, 0]), CITY, {"within", "intersects"}),
        (DIAGONAL, line([5, 5], [25, 5]), {"intersects", "overlaps"}),
        (DIAGONAL, line([5, 0], [5, 10]), {"intersects"}),
        ({"type": "MultiPoint", "coordinates": [[1, 1], [20, 20]]}, CITY, {"intersects"}),
        ({"type": "MultiPoint", "coordinates": [[1, 1], [2, 2]]}, CITY, {"within", "intersects"}),
        (
            {"type": "MultiPolygon", "coordinates": [[SQUARE], [[[20, 20], [30, 20], [30, 30], [20, 20]]]]},
            CITY,
            {"contains", "intersects"},
        ),
        (
            {"type": "MultiLineString", "coordinates": [[[1, 1], [2, 2]], [[3, 3], [4, 4]]]},
            CITY,
            {"within", "intersects"},
        ),
    ],
)
def test_relations(candidate: dict[str, Any], target: dict[str, Any], relations: set[str]) -> None:
    assert {relation for relation in RELATIONS if holds(relation, candidate, target)} == relations


def test_a_shape_that_crosses_itself_has_relations_too() -> None:
    assert holds("within", point(9, 5), BOW) and not holds("within", point(5, 9), BOW)
    assert holds("intersects", BOW, square(8, 4, 20))
    assert holds("disjoint", BOW, square(20, 0, 5))
    assert not holds("overlaps", BOW, square(20, 0, 5))


def test_the_plane_ends_at_the_date_line_for_all_relations_but_near() -> None:
    across = polygon([[179, 0], [181, 0], [181, 1], [179, 1], [179, 0]])
    assert holds("within", point(179.5, 0.5), across)
    assert not holds("within", point(-179.5, 0.5), across)
    split = {
        "type": "MultiPolygon",
        "coordinates": [square(179, 0, 1)["coordinates"], square(-180, 0, 1)["coordinates"]],
    }
    assert holds("within", point(-179.5, 0.5), split) and holds("within", point(179.5, 0.5), split)


# distances

# Published lengths on the ellipsoid (WGS 84, GRS 80), in metres: a degree along the meridian at the equator and at the
# pole, a degree of the equator, a quarter of the meridian, and Flinders Peak to Buninyong (manual of the Australian datum).
PUBLISHED = [
    ((0, 0), (0, 1), 110_574.4),
    ((0, 89), (0, 90), 111_693.9),
    ((0, 0), (1, 0), 111_319.5),
    ((0, 0), (0, 90), 10_001_965.7),
    ((144.42486789, -37.95103342), (143.92649552, -37.65282114), 54_972.3),
]


@pytest.mark.parametrize(("one", "other", "published"), PUBLISHED)
def test_published_lengths(one: tuple[float, float], other: tuple[float, float], published: float) -> None:
    found = geometry.distance(geometry.shape(point(*one)), geometry.shape(point(*other)))
    assert found == pytest.approx(published, rel=0.006)
    assert geometry.metres(*one, *other) == pytest.approx(found, rel=1e-9)


@pytest.mark.parametrize(
    ("one", "other", "degrees"),
    [
        ((179.5, 0), (-179.5, 0), 1.0),
        ((-179.5, 0), (179.5, 0), 1.0),
        ((180, 10), (-180, 10), 0.0),
        ((0, 0), (180, 0), 180.0),
        ((0, 90), (90, 90), 0.0),
        ((0, 89), (180, 89), 2.0),
        ((0, 85), (0, 85.5), 0.5),
    ],
)
def test_great_circles(one: tuple[float, float], other: tuple[float, float], degrees: float) -> None:
    """Also over the date line and over the pole."""
    found = geometry.distance(geometry.shape(point(*one)), geometry.shape(point(*other)))
    assert found == pytest.approx(degrees * geometry.METRES_PER_DEGREE, abs=1e-3)


def test_the_distance_to_a_shape_is_that_to_its_nearest_point() -> None:
    near = geometry.distance(geometry.shape(point(11, 5)), geometry.shape(CITY))
    assert near == pytest.approx(geometry.metres(10, 5, 11, 5), rel=1e-3)
    assert geometry.distance(geometry.shape(point(5, 5)), geometry.shape(CITY)) == 0
    assert geometry.distance(geometry.shape(DIAGONAL), geometry.shape(CITY)) == 0
    hole = geometry.distance(geometry.shape(point(5, 5)), geometry.shape(RING))
    assert hole == pytest.approx(geometry.metres(5, 5, 4, 5), rel=1e-2)


def test_over_the_date_line_to_a_shape() -> None:
    island = geometry.shape(square(179, 0, 0.5))
    assert geometry.distance(geometry.shape(point(-179.5, 0)), island) == pytest.approx(
        geometry.METRES_PER_DEGREE, rel=1e-3
    )


def edges(shape: Any) -> Any:
    """Many points of the edge of a shape, lon and lat."""
    rim = shape.boundary if shape.area else shape
    steps = shapely.line_interpolate_point(rim, np.linspace(0, 1, 200), normalized=True) if rim.length else [rim]
    return shapely.get_coordinates(steps)


@st.composite
def small(draw: st.DrawFn, lat: float) -> Any:
    """A shape of the size of a village, within some twenty kilometres of the others at this latitude."""
    wide = 0.1 / math.cos(math.radians(lat))
    steps = st.integers(0, 10**6)
    corners = st.builds(lambda x, y: (x / 10**6 * wide, lat + y / 10**7), steps, steps)
    return shapely.MultiPoint(draw(st.lists(corners, min_size=1, max_size=5))).convex_hull


@given(st.data(), st.sampled_from((0.0, 52.0, -70.0, 84.9)))
def test_distances_of_shapes_up_to_85_degrees(data: st.DataObject, lat: float) -> None:
    one, other = data.draw(small(lat)), data.draw(small(lat))
    found = geometry.distance(one, other)
    if one.intersects(other):
        assert found < 0.01
        return
    a, b = edges(one), edges(other)
    apart = float(geometry.metres(a[:, None, 0], a[:, None, 1], b[None, :, 0], b[None, :, 1]).min())
    # The points of the edges stand at most so far from each other.
    step = (one.length + other.length) / 200 * geometry.METRES_PER_DEGREE
    assert apart - step - 0.01 <= found <= apart * 1.002 + 0.01
    assert geometry.distance(other, one) == pytest.approx(found, rel=1e-3, abs=0.01)


@pytest.mark.parametrize(
    ("most", "least", "found"),
    [(112_000, None, True), (111_000, None, False), (None, 112_000, False), (None, 111_000, True), (None, 0.1, True)],
)
def test_near(most: float | None, least: float | None, found: bool) -> None:
    """A degree from the query's point."""
    assert geometry.holds(geo("near", point(0, 0), most, least), geometry.shape(point(1, 0))) is found
    assert geometry.points_hold(geo("near", point(0, 0), most, least), [1.0], [0.0]) == [found]


# many points at once, and where to look for them

LON, LAT = st.floats(-180, 180), st.floats(-90, 90)
SOMEWHERE = st.tuples(LON, LAT) | st.tuples(st.floats(-11, 11), st.floats(-11, 11))
TARGETS = st.builds(point, LON, LAT) | st.sampled_from([CITY, RING, BOW, DIAGONAL, square(175, 80, 5), point(5, 5)])
METRES = st.floats(1, 3e7)
QUERIES = (
    st.builds(geo, st.sampled_from(RELATIONS), TARGETS)
    | st.builds(geo, st.just("near"), TARGETS, METRES)
    | st.builds(geo, st.just("near"), TARGETS, st.none(), METRES)
)


@given(QUERIES, st.lists(SOMEWHERE, max_size=8))
def test_many_points_are_judged_as_each_alone(query: Geo, places: list[tuple[float, float]]) -> None:
    target = query.geometry["coordinates"]
    places = [*places, (5.0, 5.0), (10.0, 5.0)] + ([tuple(target)] if query.geometry["type"] == "Point" else [])
    alone = [geometry.holds(query, geometry.shape(point(*place))) for place in places]
    assert geometry.points_hold(query, [x for x, _ in places], [y for _, y in places]) == alone


@given(QUERIES, SOMEWHERE)
def test_no_match_lies_outside_the_boxes_that_are_searched(query: Geo, place: tuple[float, float]) -> None:
    searched = boxes.to_search(query)
    if searched is None or not geometry.holds(query, geometry.shape(point(*place))):
        return
    x, y = place
    assert any(west <= x <= east and south <= y <= north for west, south, east, north in searched)


@example(-179.9, 10.0, 1e5, 1.5 * math.pi, 1.0)
@example(179.9, 10.0, 1e5, 0.5 * math.pi, 1.0)
@example(0.0, 88.0, 5e5, 0.0, 1.0)
@example(0.0, 85.0, 5e5, 0.5 * math.pi, 1.0)
@given(LON, st.floats(-89, 89), st.floats(1, 2e6), st.floats(0, 2 * math.pi), st.floats(0.5, 1))
def test_what_is_near_lies_in_the_boxes_that_are_searched(
    lon: float, lat: float, most: float, bearing: float, part: float
) -> None:
    """Also over the date line and close to the poles; the place lies `part` of the way to the farthest that counts."""
    angle, from_ = part * most / geometry.RADIUS, math.radians(lat)
    sine = math.sin(from_) * math.cos(angle) + math.cos(from_) * math.sin(angle) * math.cos(bearing)
    aside = math.atan2(math.sin(bearing) * math.sin(angle) * math.cos(from_), math.cos(angle) - math.sin(from_) * sine)
    x, y = (lon + math.degrees(aside) + 180) % 360 - 180, math.degrees(math.asin(max(-1.0, min(1.0, sine))))
    query = geo("near", point(lon, lat), most)
    assert geometry.metres(lon, lat, x, y) == pytest.approx(part * most, rel=1e-6, abs=0.1)
    searched = boxes.to_search(query)
    assert searched is not None
    assert any(west <= x <= east and south <= y <= north for west, south, east, north in searched)


@pytest.mark.parametrize(
    "given",
    [{}, {"type": "Point"}, {"type": "Circle", "coordinates": [1, 2]}, {"type": "Polygon", "coordinates": [1]}, None,
     {"type": "LineString", "coordinates": [[1, 2]]}, {"type": "Point", "coordinates": [[1], 2]}],
)  # fmt: skip
def test_what_is_no_geometry(given: Any) -> None:
    with pytest.raises(BadRequestData, match="cannot be read; give a GeoJSON geometry"):
        geometry.shape(given)
