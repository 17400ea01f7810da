# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What people type or paste becomes a shape, or one sentence says what is wrong with it."""

import json

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from hanze.errors import BadRequestData
from hanze.goals.areas.plane import Plane
from hanze.goals.plans import drawing
from tests.goals.land.making import cells

SQUARE = shapely.box(4.99, 52.9, 5.0, 52.91)


@pytest.mark.parametrize(
    "text",
    [
        "4.99, 52.90\n5.00, 52.90\n5.00, 52.91\n4.99, 52.91",
        "4.99 52.90\r\n5 52.90\r\n\r\n5.00\t52.91\r\n  4.99  52.91  \n4.99 52.90",
        "4,99 52,90\n5,00 52,90\n5,00; 52,91\n4,99, 52,91",
        "4.99,52.90\n5.00,52.90\n5.00,52.91\n4.99,52.91",
    ],
)
def test_corners_are_read_as_people_write_them(text: str) -> None:
    assert drawing.shape(text).equals(SQUARE)


def told(*shapes: object) -> dict[str, object]:
    return {
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "properties": None, "geometry": json.loads(shapely.to_geojson(one))} for one in shapes
        ],
    }


def test_geojson_is_read() -> None:
    plain = shapely.to_geojson(SQUARE)
    for text in (
        plain,
        json.dumps({"type": "Feature", "geometry": json.loads(plain)}),
        json.dumps(told(SQUARE, shapely.Point(4, 52))),
    ):
        assert drawing.shape(f"\n {text}").equals(SQUARE)
    two = drawing.shape(json.dumps(told(SQUARE, shapely.box(5.5, 52.9, 5.51, 52.91))))
    assert two.geom_type == "MultiPolygon" and len(two.geoms) == 2


def test_metres_of_the_dutch_grid_and_crossed_lines_are_put_right() -> None:
    found = drawing.shape("155000 463000\n155100 463000\n155100 463100\n155000 463100")
    assert found.bounds == pytest.approx((5.387206, 52.155174, 5.388667, 52.156073), abs=1e-5)
    assert drawing.shape("4.99 52.90\n5.00 52.91\n5.00 52.90\n4.99 52.91").is_valid


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("", "at least three corners"),
        ("4.99 52.9\n5 52.9\n4.99 52.9", "at least three corners"),
        ("4.99 52.9\nby the mill\n5 52.9", "One of the lines is no corner"),
        ("4.99 52.9 7\n5 52.9 7\n5 52.91 7", "One of the lines is no corner"),
        ("1e9 52\n5 52.9\n5 52.91", "One of the lines is no corner"),
        ("nan nan\n5 52.9\n5 52.91", "One of the lines is no corner"),
        ("200 52.9\n201 52.9\n201 52.91", "neither degrees nor metres"),
        ("4.99 52.9\n5 52.9\n4.995 52.9", "no surface"),
        ("0 0\n90 0\n90 80\n0 80", "far too large"),
        ("{", "begins like GeoJSON"),
        ('{"a":' * 5000 + "1" + "}" * 5000, "begins like GeoJSON"),
        ('{"type": "Polygon", "coordinates": "x"}', "cannot be read"),
        ('{"type": "Point", "coordinates": [5, 52]}', "no surface"),
        ('{"type": "FeatureCollection", "features": [3]}', "no surface"),
        ('{"type": "Polygon", "crs": {"properties": {"name": "EPSG:3857"}}, "coordinates": []}', "cannot be read"),
        ("\n".join(f"4.{n:05} 52.9" for n in range(10_001)), "too many corners"),
    ],
)
def test_what_cannot_be_used_is_told(text: str, wrong: str) -> None:
    with pytest.raises(BadRequestData, match=wrong):
        drawing.shape(text)


@given(st.text())
def test_whatever_is_typed_gets_a_shape_or_a_sentence(text: str) -> None:
    try:
        assert drawing.shape(text).is_valid
    except BadRequestData as error:
        assert error.detail.endswith(".")


def test_a_circle_has_its_radius() -> None:
    square = cells(0, 0, 10, 10)
    found = drawing.circle(square, 300)
    assert found.centroid.distance(shapely.point_on_surface(square)) < 1e-6
    assert Plane([square]).metres([found])[0].area == pytest.approx(3.14159 * 300**2, rel=0.002)
