# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the middle of a tiny box tells holds wherever in the box the place is, and the boxes to search hold every match."""

import math
from typing import Any

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from hanze.ngsild import boxes, geometry
from hanze.ngsild.selection import Geo

DEGREES = st.floats(-0.3, 0.3).map(lambda d: round(d, 6))
ASIDE = st.floats(-0.49, 0.49)
"""Where in its box a place is, in widths of the box from its middle."""

HOME = st.sampled_from([(4.5, 52.0), (0.0, 0.0), (-70.0, -55.0), (25.0, 78.0)])
TRIANGLE = [[0.0, 0.0], [0.2, 0.05], [0.1, 0.2], [0.0, 0.0]]


@st.composite
def queries(draw: st.DrawFn) -> tuple[Geo, float, float]:
    """A query around a place, and that place."""
    x, y = draw(HOME)
    relation = draw(st.sampled_from(["near", "near", "within", "intersects", "equals", "disjoint"]))
    if relation == "near":
        low, high = draw(st.sampled_from([(None, 5_000.0), (None, 20_000.0), (2_000.0, None)]))
        target: dict[str, Any] = {"type": "Point", "coordinates": [x, y]}
        return Geo("near", target, "p", max_distance=high, min_distance=low), x, y
    ring = [[x + dx, y + dy] for dx, dy in TRIANGLE]
    return Geo(relation, {"type": "Polygon", "coordinates": [ring]}, "p"), x, y


@given(
    queries(),
    st.lists(
        st.tuples(DEGREES, DEGREES, ASIDE, ASIDE, st.sampled_from([0.0, 4e-6, 0.5, 1.0])), min_size=1, max_size=20
    ),
)
def test_what_is_sure_is_so(
    query: tuple[Geo, float, float], places: list[tuple[float, float, float, float, float]]
) -> None:
    geo, home_x, home_y = query
    x = np.array([home_x + dx for dx, *_ in places])
    y = np.array([home_y + dy for _, dy, *_ in places])
    width = np.array([wide * boxes.TINY for *_, wide in places])
    inside, outside = boxes.judge(geo, x, y, width)
    for number, (_, _, across, up, _) in enumerate(places):
        place = {"type": "Point", "coordinates": [x[number] + across * width[number], y[number] + up * width[number]]}
        holds = geometry.holds(geo, geometry.shape(place))
        assert not (inside[number] and not holds), place
        assert not (outside[number] and holds), place


def test_most_places_of_a_simple_query_need_no_closer_look() -> None:
    chance = np.random.default_rng(1)
    x, y = chance.uniform(4.4, 4.8, 2_000), chance.uniform(51.9, 52.3, 2_000)
    near = Geo("near", {"type": "Point", "coordinates": [4.5, 52.0]}, "p", max_distance=5_000.0)
    polygon = Geo("within", {"type": "Polygon", "coordinates": [[[4.5 + a, 52 + b] for a, b in TRIANGLE]]}, "p")
    for geo in (near, polygon):
        inside, outside = boxes.judge(geo, x, y, np.full(len(x), 4e-6))
        assert inside.any()
        assert (inside | outside).mean() > 0.999
        assert not (inside & outside).any()


HOLED = [
    [[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.5, 0.2], [0.0, 1.0], [0.0, 0.0]],
    [[0.1, 0.1], [0.2, 0.1], [0.2, 0.2], [0.1, 0.1]],
]
ISLAND = [[[1.2, 0.2], [1.2, 0.8], [1.6, 0.5], [1.2, 0.2]]]
CORNERS = [[math.cos(a) / 2, math.sin(a) / 2] for a in np.linspace(0, 2 * math.pi, 2 * boxes.FEW_CORNERS)[:-1].tolist()]
SHAPES: dict[str, tuple[str, list[Any]]] = {
    "holed": ("Polygon", HOLED), "islands": ("MultiPolygon", [HOLED, ISLAND]), "round": ("Polygon", [[*CORNERS, CORNERS[0]]])
}  # fmt: skip


@pytest.mark.parametrize("name", SHAPES)
@pytest.mark.parametrize("decimals", [1, 9])
def test_holes_and_islands_and_places_on_edges(name: str, decimals: int) -> None:
    kind, coordinates = SHAPES[name]
    chance = np.random.default_rng(2)
    x, y = chance.uniform(-0.6, 1.7, 3_000).round(decimals), chance.uniform(-0.6, 1.1, 3_000).round(decimals)
    target = {"type": kind, "coordinates": coordinates}
    inside, outside = boxes.judge(Geo("within", target, "p"), x, y, np.zeros(len(x)))
    covers = shapely.covers(geometry.shape(target), shapely.points(x, y))
    assert not (inside & ~covers).any()
    assert not (outside & covers).any()
    if decimals == 9:
        assert (inside | outside).all()
    else:
        assert 0 < (~(inside | outside)).sum() < 1_000


def test_of_a_box_that_is_not_tiny_nothing_is_told() -> None:
    none = np.array([np.nan, np.nan])
    for relation in ("near", "within", "intersects", "contains"):
        target = (
            {"type": "Polygon", "coordinates": [TRIANGLE]}
            if relation != "near"
            else {"type": "Point", "coordinates": [0, 0]}
        )
        asked = Geo(relation, target, "p", max_distance=100.0)
        inside, outside = boxes.judge(asked, np.array([0.1, 5.0]), np.array([0.1, 5.0]), none)
        assert not inside.any()
        assert not outside.any()


def away(x: float, y: float, metres: float, bearing: float) -> tuple[float, float]:
    """The place so far from another in a direction (radians from north)."""
    angle, north = metres / geometry.RADIUS, math.radians(y)
    up = math.sin(north) * math.cos(angle) + math.cos(north) * math.sin(angle) * math.cos(bearing)
    across = math.atan2(math.sin(bearing) * math.sin(angle) * math.cos(north), math.cos(angle) - math.sin(north) * up)
    return (x + math.degrees(across) + 540) % 360 - 180, math.degrees(math.asin(max(-1.0, min(1.0, up))))


@given(
    st.floats(-180, 180), st.floats(-90, 90), st.sampled_from([10.0, 5_000.0, 300_000.0, 5_000_000.0]),
    st.floats(0, 0.999), st.floats(0, 2 * math.pi),
)  # fmt: skip
def test_what_is_near_lies_in_a_box_to_search(x: float, y: float, most: float, part: float, bearing: float) -> None:
    east, north = away(x, y, most * part, bearing)
    found = boxes.to_search(Geo("near", {"type": "Point", "coordinates": [x, y]}, "p", max_distance=most))
    assert found is not None
    assert any(box[0] <= east <= box[2] and box[1] <= north <= box[3] for box in found)
