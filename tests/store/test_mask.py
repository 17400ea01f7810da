# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The border of an area tells of every place what shapely tells, and a scope remembers nothing that is part of its value."""

import math
from typing import Any

import msgspec
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from hanze.ngsild.entity import Entity, Instance
from hanze.store import sight
from hanze.store.mask import LOCATION, Border, border
from hanze.store.scope import Grant, Scope

SQUARE = {"type": "Polygon", "coordinates": [[[0, 0], [4, 0], [4, 4], [0, 4], [0, 0]]]}
HOLED = {"type": "Polygon", "coordinates": [SQUARE["coordinates"][0], [[1, 1], [1, 3], [3, 3], [3, 1], [1, 1]]]}
TWO = {"type": "MultiPolygon", "coordinates": [[[[0, 0], [1, 0], [1, 1], [0, 0]]], [[[3, 3], [4, 3], [4, 4], [3, 3]]]]}
ROUND = [[2 + 2 * math.cos(n / 6), 2 + 2 * math.sin(n / 6)] for n in range(37)]
CIRCLE = {"type": "Polygon", "coordinates": [[*ROUND, ROUND[0]]]}

coordinates = st.one_of(st.integers(-1, 5).map(float), st.floats(-1, 5))


def at(x: float, y: float) -> Instance:
    return {"type": "GeoProperty", "value": {"type": "Point", "coordinates": [x, y]}}


@given(st.sampled_from([SQUARE, HOLED, TWO, CIRCLE]), coordinates, coordinates)
def test_points(area: dict[str, Any], x: float, y: float) -> None:
    exact = shapely.geometry.shape(area).intersects(shapely.Point(x, y))
    assert Border(area).touched(at(x, y)) == exact


def test_what_is_no_point_or_no_place() -> None:
    edge = border(HOLED)
    line = {"type": "GeoProperty", "value": {"type": "LineString", "coordinates": [[2, 2], [2, 5]]}}
    inner = {"type": "GeoProperty", "value": {"type": "LineString", "coordinates": [[2, 2], [2, 2.5]]}}
    high = {"type": "GeoProperty", "value": {"type": "Point", "coordinates": [0.5, 0.5, 12]}}
    assert [edge.touched(one) for one in (line, inner, high, {"type": "Property", "value": "here"})] == [
        True, False, True, False,
    ]  # fmt: skip
    assert not edge.touches([]) and edge.touches([inner, line])
    assert border(HOLED) is border(msgspec.json.decode(msgspec.json.encode(HOLED)))


@pytest.mark.parametrize("types", [["A"], ["A", "B"], ["B"]])
def test_what_is_remembered_of_a_scope_is_no_part_of_it(types: list[str]) -> None:
    scope, same = (Scope((Grant(types=frozenset({"A"}), without=frozenset({"B"}), area=SQUARE),)) for _ in range(2))
    inside, outside = (Entity("urn:x", types, {LOCATION: [at(x, 1)]}) for x in (1, 9))
    for _ in range(2):
        assert sight.seen(inside, scope, "") == (types == ["A"])
        assert not sight.seen(outside, scope, "")
    assert scope == same and msgspec.json.encode(scope) == msgspec.json.encode(same)
    assert sight.wide(scope) is sight.wide(scope) and sight.seen(outside, sight.wide(scope), "") == (types == ["A"])
