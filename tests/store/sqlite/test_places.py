# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the tree finds is what the geometry says of every single place, also where boxes alone decide and on every edge."""

import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import apsw
import numpy as np
import pytest
import shapely
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from hanze.ngsild import geometry
from hanze.ngsild.selection import Geo
from hanze.store.sqlite import places, schema

INSERT = "INSERT INTO place VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"

GRID = st.sampled_from([3.0, 4.0, 4.05, 4.1, 4.1 + 1e-9, 4.5, 5.0])
"""Few coordinates, so that places often lie on an edge."""

FREE = st.floats(-179, 179).map(lambda x: round(x, 7))
LATITUDE = st.floats(-88, 88).map(lambda y: round(y, 7))
POINT = st.one_of(st.tuples(GRID, GRID), st.tuples(FREE, LATITUDE)).map(
    lambda at: {"type": "Point", "coordinates": [*at]}
)


def rectangle(west: float, south: float, width: float, height: float) -> dict[str, Any]:
    east, north = west + width, south + height
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


RECTANGLE = st.builds(rectangle, GRID, GRID, st.sampled_from([0.05, 0.1, 1.0]), st.sampled_from([0.05, 0.1, 1.0]))
TRIANGLE = st.tuples(GRID, GRID).map(
    lambda at: {"type": "Polygon", "coordinates": [[[at[0], at[1]], [at[0] + 1, at[1]], [at[0], at[1] + 1], [at[0], at[1]]]]}
)  # fmt: skip
PLACE = st.one_of(POINT, POINT, RECTANGLE, TRIANGLE)
METRES = st.one_of(st.none(), st.sampled_from([0.5, 10.0, 5_000.0, 100_000.0, 15_000_000.0]))


@st.composite
def geos(draw: st.DrawFn) -> Geo:
    relation = draw(st.sampled_from(["near", "within", "intersects", "contains", "equals", "disjoint", "overlaps"]))
    target = draw(st.one_of(POINT, RECTANGLE, TRIANGLE))
    if relation != "near":
        return Geo(relation, target, "place")
    high = draw(METRES)
    return Geo(relation, target, "place", max_distance=high, min_distance=draw(METRES) if high is None else None)


def tree(content: Sequence[dict[str, Any]], family: int) -> apsw.Connection:
    """A database of entities 1, 2, … with a place each; entity 100000 has the first place in another family."""
    connection = apsw.Connection(":memory:")
    schema.migrate(connection, Path("memory"))
    rows = [places.row(eid, 0, family, place) for eid, place in enumerate(content, 1)]
    rows.append(places.row(100_000, 0, family + 1, content[0]))
    connection.executemany(INSERT, rows)
    return connection


def search(connection: apsw.Connection, families: list[int], geo: Geo) -> list[int]:
    """What is found at once, which must be what is found part by part."""
    asked = places.Places(connection, families, geo)
    every: list[int] = asked.every().tolist()
    for size in (1, 2, 5, 100):
        for found in (asked, places.Places(connection, families, geo)):
            assert [eid for part in found.parts(size) for eid in part.tolist()] == every
    return every


@given(st.lists(PLACE, min_size=1, max_size=12), geos(), st.sampled_from([7, (1 << 22) + 1, (1 << 24) + 1]))
def test_found_is_what_holds(content: list[dict[str, Any]], geo: Geo, family: int) -> None:
    expected = [eid for eid, place in enumerate(content, 1) if geometry.holds(geo, geometry.shape(place))]
    connection = tree(content, family)
    assert search(connection, [family], geo) == expected
    assert search(connection, [2, family, family + 5], geo) == expected
    assert not search(connection, [], geo)


@pytest.fixture(scope="module")
def crowd() -> tuple[list[dict[str, Any]], apsw.Connection]:
    """Places enough for a tree of three levels, and to be judged field by field."""
    chance = random.Random(5)
    points = [(round(4 + chance.random(), 3), round(52 + chance.random(), 3)) for _ in range(8_000)]
    content: list[dict[str, Any]] = [{"type": "Point", "coordinates": [*at]} for at in points]
    content += [rectangle(*at, 0.02, 0.01) for at in points[:300]]
    return content, tree(content, 7)


@given(
    st.sampled_from(["within", "intersects"]),
    st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)), min_size=3, max_size=6, unique=True),
)
@settings(max_examples=30, deadline=None)
def test_an_area_of_any_shape_in_a_crowd(
    crowd: tuple[list[dict[str, Any]], apsw.Connection], relation: str, corners: list[tuple[int, int]]
) -> None:
    ring = [[4 + x / 20, 52 + y / 20] for x, y in (*corners, corners[0])]
    target = shapely.Polygon(ring)
    assume(target.is_valid and target.area > 0)
    geo = Geo(relation, {"type": "Polygon", "coordinates": [ring]}, "place")
    content, connection = crowd
    shapes = [geometry.shape(place) for place in content]
    expected = shapely.covers(target, shapes) if relation == "within" else shapely.intersects(target, shapes)
    assert search(connection, [7], geo) == (np.flatnonzero(expected) + 1).tolist()


@pytest.mark.parametrize("metres", [200.0, 12_345.0, 30_000.0])
def test_a_circle_in_a_crowd(crowd: tuple[list[dict[str, Any]], apsw.Connection], metres: float) -> None:
    geo = Geo("near", {"type": "Point", "coordinates": [4.4, 52.6]}, "place", max_distance=metres)
    content, connection = crowd
    expected = [eid for eid, place in enumerate(content, 1) if geometry.holds(geo, geometry.shape(place))]
    assert search(connection, [7], geo) == expected


@pytest.mark.parametrize("metres", [4_990.0, 4_999.0, 5_000.0, 5_001.0, 5_010.0])
def test_a_distance_is_exact_to_the_metre(metres: float) -> None:
    north = {"type": "Point", "coordinates": [4.5, 52 + metres / geometry.METRES_PER_DEGREE]}
    geo = Geo("near", {"type": "Point", "coordinates": [4.5, 52.0]}, "place", max_distance=5_000.5)
    assert search(tree([north], 3), [3], geo) == ([1] if metres < 5_000.5 else [])


def test_a_second_place_of_an_entity_counts_and_gives_it_once() -> None:
    point = {"type": "Point", "coordinates": [4.5, 52.0]}
    connection = tree([point], 3)
    connection.execute(INSERT, places.row(1, 1, 3, point))
    assert search(connection, [3], Geo("equals", point, "place")) == [1]
