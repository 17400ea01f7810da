# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The text form of geo-queries."""

from typing import Any

import pytest

from hanze.errors import BadRequestData, TooComplexQuery
from hanze.ngsild.context import CORE, build
from hanze.ngsild.language import geo
from hanze.ngsild.selection import Geo

LOCATION = "https://uri.etsi.org/ngsi-ld/location"
POINT = {"type": "Point", "coordinates": [4.9, 52.4]}


def parsed(
    georel: Any, geometry: Any = "Point", coordinates: Any = "[4.9,52.4]", geoproperty: str | None = None
) -> Geo:
    return geo.parse(georel, geometry, coordinates, geoproperty, CORE)


@pytest.mark.parametrize("relation", geo.RELATIONS)
def test_relations(relation: str) -> None:
    assert parsed(relation) == Geo(relation, POINT, LOCATION)


@pytest.mark.parametrize(
    ("written", "metres"), [("2000", 2000.0), ("0.5", 0.5), ("1e3", 1000.0), ("1E+3", 1000.0), ("00010", 10.0)]
)
def test_near(written: str, metres: float) -> None:
    assert parsed(f"near;maxDistance=={written}") == Geo("near", POINT, LOCATION, metres, None)
    assert parsed(f"near;minDistance=={written}") == Geo("near", POINT, LOCATION, None, metres)


@pytest.mark.parametrize(
    ("geometry", "coordinates"),
    [
        ("Point", [4.9, 52.4]),
        ("MultiPoint", [[4.9, 52.4], [5, 52]]),
        ("LineString", [[4.9, 52.4], [5, 52]]),
        ("MultiLineString", [[[4.9, 52.4], [5, 52]]]),
        ("Polygon", [[[0, 0], [1, 0], [1, 1], [0, 0]]]),
        ("MultiPolygon", [[[[0, 0], [1, 0], [1, 1], [0, 0]]]]),
    ],
)
def test_geometries(geometry: str, coordinates: Any) -> None:
    assert parsed("within", geometry, coordinates).geometry == {"type": geometry, "coordinates": coordinates}
    assert parsed("within", geometry, str(coordinates)).geometry == {"type": geometry, "coordinates": coordinates}


def test_the_property_is_a_name_of_the_context() -> None:
    assert geo.parse("within", "Point", "[1,2]", "area", build({"area": "http://x.example/area"}, {})).property == (
        "http://x.example/area"
    )


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((None,), "georel is missing"),
        (("",), "georel is missing"),
        ((5,), "georel is 5"),
        (("near",), "georel is 'near'; give near;maxDistance==METRES"),
        (("near;maxDistance=5",), "give near;maxDistance==METRES"),
        (("near;maxDistance==",), "give near;maxDistance==METRES"),
        (("near;maxDistance==0",), "give near;maxDistance==METRES"),
        (("near;maxDistance==-5",), "give near;maxDistance==METRES"),
        (("near;maxDistance==NaN",), "give near;maxDistance==METRES"),
        (("near;maxDistance==5;minDistance==1",), "give near;maxDistance==METRES"),
        (("near;distance==5",), "give near;maxDistance==METRES"),
        (("near;maxDistance==1e999",), "finite"),
        (("near;maxDistance==5.5.5",), "'5.5.5' is no number of metres"),
        (("nearby",), "georel is 'nearby'"),
        (("inside",), "georel is 'inside'"),
        (("within;x",), "georel is 'within;x'"),
        (("within", None), "geometry is missing"),
        (("within", "Circle"), "type 'Circle'"),
        (("within", ["Point"]), "type ['Point']"),
        (("within", "Point", None), "coordinates is missing"),
        (("within", "Point", "[4.9"), "coordinates is '[4.9'; give JSON"),
        (("within", "Point", "4.9,52.4"), "coordinates is '4.9,52.4'; give JSON"),
        (("within", "Point", "[" * 5000), "give JSON"),
        (("within", "Point", "[52.4]"), "give [longitude, latitude]"),
        (("within", "Point", "[200,52]"), "longitude is -180 to 180"),
        (("within", "Point", "[52,91]"), "latitude is -90 to 90"),
        (("within", "Point", '["4","5"]'), "give numbers"),
        (("within", "Point", "[NaN,5]"), "give JSON"),
        (("within", "Polygon", "[[[0,0],[1,0],[1,1]]]"), "ends where it begins"),
        (("within", "Polygon", "[4.9,52.4]"), "where a list stands"),
    ],
)
def test_what_is_wrong(arguments: tuple[Any, ...], says: str) -> None:
    with pytest.raises(BadRequestData) as error:
        parsed(*arguments)
    assert says in error.value.detail
    assert len(error.value.detail) < 300


def test_what_is_too_long() -> None:
    with pytest.raises(TooComplexQuery, match="coordinates has 9000 characters"):
        parsed("within", "Point", "[" + " " * 8999)


def test_so_many_positions(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hanze.ngsild.language.limits.MOST_POSITIONS", 10)
    ring = [[0, 0], [1, 0], [1, 1], [0, 0]]
    parsed("within", "MultiPolygon", [[ring], [ring]])
    with pytest.raises(TooComplexQuery, match="coordinates has more than 10 positions"):
        parsed("within", "MultiPolygon", [[ring], [ring], [ring]])
