# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""In which coordinates a file is, and the Dutch grid against published points."""

import numpy as np
import pytest
import shapely

from hanze.goals.areas import coordinates, rd
from hanze.ngsild.geometry import metres

SHEET = [
    ("Texel", 117_380.1200, 575_040.3400, 4.824761912, 53.160753042),
    ("Noord-Groningen", 247_380.5600, 604_580.7800, 6.776726674, 53.419482050),
    ("Amersfoort", 155_000.0, 463_000.0, 5.387203657, 52.155172897),
    ("Zeeuws-Vlaanderen", 16_460.9100, 377_380.2300, 3.397588595, 51.368607152),
    ("Zuid-Limburg", 182_260.4500, 311_480.6700, 5.773795548, 50.792584916),
    ("Maasvlakte", 64_640.8900, 440_700.0101, 4.072887101, 51.947393898),
]
"""Name, RD in metres, ETRS89 in degrees: the test sheet of RDNAPTRANS 2008, the points on Dutch soil."""


@pytest.mark.parametrize(("name", "x", "y", "lon", "lat"), SHEET)
def test_points_of_the_test_sheet(name: str, x: float, y: float, lon: float, lat: float) -> None:
    [[east, north]] = rd.degrees(np.array([[x, y]]))
    assert metres(east, north, lon, lat) < 0.5, name


def test_examples_of_the_paper() -> None:
    """The Westertoren in Amsterdam and the Martinitoren in Groningen: as the formula itself gives them."""
    found = rd.degrees(np.array([[120_700.723, 487_525.501], [233_883.131, 582_065.167]]))
    assert found == pytest.approx(np.array([[4.88352559, 52.37453253], [6.56820053, 53.21938317]]), abs=2e-8)


def test_the_grid_is_known_by_its_range() -> None:
    dam = shapely.box(121_000, 487_000, 121_100, 487_100)
    found, wrong = coordinates.in_degrees([None, dam])
    assert wrong is None and found[0] is None
    assert found[1] is not None and found[1].covers(shapely.Point(*rd.degrees(np.array([[121_050.0, 487_050.0]]))[0]))


def test_degrees_stay_as_they_are() -> None:
    box = shapely.box(4, 52, 5, 53)
    assert coordinates.in_degrees([box, None]) == ([box, None], None)
    assert coordinates.in_degrees([]) == ([], None)


@pytest.mark.parametrize(
    ("boxes", "wrong"),
    [
        ([(545_000, 6_860_000, 546_000, 6_861_000)], 0),
        ([(200_000, 5_800_000, 201_000, 5_801_000)], 0),
        ([(150_000, 160_000, 151_000, 161_000)], 0),
        ([(4, 52, 5, 53), (121_000, 487_000, 121_100, 487_100)], 1),
        ([(121_000, 487_000, 121_100, 487_100), (121_000, 487_000, 121_100, 487_100), (4, 52, 5, 53)], 2),
        ([(4, 52, 5, 53), (4, 52, 5, 91)], 1),
    ],
)
def test_the_first_shape_elsewhere_is_told(boxes: list[tuple[float, float, float, float]], wrong: int) -> None:
    assert coordinates.in_degrees([shapely.box(*box) for box in boxes])[1] == wrong


@pytest.mark.parametrize(
    "name",
    ["urn:ogc:def:crs:OGC:1.3:CRS84", "urn:ogc:def:crs:EPSG::28992", "EPSG:4326", "epsg:7415",
     "http://www.opengis.net/def/crs/EPSG/0/28992", ""],
)  # fmt: skip
def test_names_of_coordinates_that_are_read(name: str) -> None:
    coordinates.known({"type": "name", "properties": {"name": name}})


@pytest.mark.parametrize(
    "crs", [None, "EPSG:3857", {}, {"properties": None}, {"type": "link", "properties": {"href": "x"}}]
)
def test_what_names_nothing_is_told_by_the_range(crs: object) -> None:
    coordinates.known(crs)


@pytest.mark.parametrize(
    "name", ["EPSG:3857", "urn:ogc:def:crs:EPSG::31370", "http://www.opengis.net/def/crs/EPSG/0/25831"]
)
def test_others_are_refused(name: str) -> None:
    with pytest.raises(ValueError, match=r"save it in WGS 84 \(EPSG:4326\) or RD New"):
        coordinates.known({"type": "name", "properties": {"name": name}})
