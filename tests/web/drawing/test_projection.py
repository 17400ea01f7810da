# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The plane of a map is true to scale, and what is drawn in it is small and stays in the window."""

import json

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from hanze.ngsild.geometry import metres
from hanze.web.drawing import projection
from hanze.web.drawing.projection import drawn, fit
from hanze.web.drawing.svg import Box

WINDOW = Box(0, 0, 400, 300)
VIEW = (4.9, 51.9, 5.1, 52.1)
NONE = np.empty(0)


@given(st.floats(4.9, 5.1), st.floats(51.9, 52.1), st.floats(4.9, 5.1), st.floats(51.9, 52.1))
def test_pixels_are_metres(lon: float, lat: float, lon2: float, lat2: float) -> None:
    plane = fit(VIEW, WINDOW)
    (x, x2), (y, y2) = plane.at(np.array([lon, lon2]), np.array([lat, lat2]))
    real = metres(lon, lat, lon2, lat2)
    assert np.hypot(x - x2, y - y2) * plane.metres == pytest.approx(real, rel=0.004, abs=1)


@given(
    st.floats(-180, 180), st.floats(-85, 84), st.floats(0, 20), st.floats(0, 5), st.floats(10, 2000), st.floats(10, 2000)
)  # fmt: skip
def test_a_view_lies_in_its_window(
    west: float, south: float, wide: float, high: float, across: float, down: float
) -> None:
    east = west + wide if west + wide <= 180 else west + wide - 360
    plane = fit((west, south, east, south + high), Box(0, 0, across, down))
    xs, ys = plane.at(np.array([west, east]), np.array([south, south + high]))
    assert xs.min() >= -1e-3 and xs.max() <= across + 1e-3
    assert ys.min() >= -1e-3 and ys.max() <= down + 1e-3
    assert xs[0] <= xs[1] and ys[0] >= ys[1]


def test_a_view_is_as_high_as_its_proportion_says() -> None:
    assert projection.proportion((0, -0.5, 1, 0.5)) == pytest.approx(1)
    assert projection.proportion((0, 59.5, 1, 60.5)) == pytest.approx(2)
    assert projection.proportion((179.5, -0.5, -179.5, 0.5)) == pytest.approx(1)
    assert projection.proportion((5, 52, 5, 52)) > 0


def test_the_view_of_what_there_is() -> None:
    box = shapely.box(4.9, 51.9, 5.1, 52.0)
    found = projection.around([box], np.array([5.2]), np.array([52.1]))
    assert found == pytest.approx((4.888, 51.892, 5.212, 52.108))
    assert projection.around([], NONE, NONE) is None
    assert projection.around([shapely.Polygon()], NONE, NONE) is None


def test_a_single_point_has_surroundings() -> None:
    found = projection.around([], np.array([5.0]), np.array([52.0]))
    assert found is not None
    plane = fit(found, WINDOW)
    assert 200 < plane.metres * 300 < 1000


def test_parts_on_both_sides_of_the_date_line_lie_together() -> None:
    fiji = shapely.MultiPolygon([shapely.box(179, -18, 180, -17), shapely.box(-180, -18, -179, -17)])
    found = projection.around([fiji], NONE, NONE)
    assert found is not None and found[2] - found[0] < 3
    shown = drawn(fiji, fit(found, WINDOW), WINDOW)
    assert shapely.bounds(shown)[2] - shapely.bounds(shown)[0] <= 400


def test_a_long_border_becomes_short_but_stays_where_it_is() -> None:
    turns = np.linspace(0, 2 * np.pi, 20_000)
    city = shapely.Polygon(np.column_stack([5 + 0.08 * np.cos(turns), 52 + 0.05 * np.sin(turns)]))
    plane = fit(VIEW, WINDOW)
    shown = drawn(city, plane, WINDOW)
    assert shapely.get_num_coordinates(shown) < 200
    whole = shapely.transform(city, lambda at: np.column_stack(plane.at(at[:, 0], at[:, 1])))
    assert shapely.hausdorff_distance(shown, whole) <= projection.COARSE + 0.1


def test_a_hole_stays_and_what_is_not_seen_goes() -> None:
    ring = shapely.box(4.95, 51.95, 5.05, 52.05).difference(shapely.box(4.99, 51.99, 5.01, 52.01))
    plane = fit(VIEW, WINDOW)
    data = projection.path(projection.areas(drawn(ring, plane, WINDOW)))
    assert data.count("M") == data.count("Z") == 2
    tiny = shapely.box(5.0, 52.0, 5.0001, 52.0001)
    assert projection.areas(drawn(tiny, plane, WINDOW)) == []
    far = shapely.box(8, 50, 9, 51)
    assert projection.areas(drawn(far, plane, WINDOW)) == []


def test_a_ring_that_crosses_itself_is_drawn() -> None:
    bow = shapely.Polygon([(4.95, 51.95), (5.05, 52.05), (5.05, 51.95), (4.95, 52.05)])
    assert len(projection.areas(drawn(bow, fit(VIEW, WINDOW), WINDOW))) == 2


def test_heights_do_not_matter() -> None:
    found = shapely.from_geojson(json.dumps({"type": "LineString", "coordinates": [[4.95, 52, 3], [5.05, 52, 9]]}))
    data = projection.path(projection.lines(drawn(found, fit(VIEW, WINDOW), WINDOW)))
    # 300 pixels are 0.2 degrees of latitude; a degree of longitude is cos 52° of one.
    assert data == "M153.8 150l92.4 0"
