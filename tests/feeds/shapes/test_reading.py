# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The parking feeds of six cities, all of another shape, become entities by a mapping alone; rubbish is refused with reasons."""

import json
import tomllib
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanze.errors import SourceFailed
from hanze.feeds.shapes.path import find, steps
from hanze.feeds.shapes.reading import read
from hanze.feeds.shapes.shape import Shape
from hanze.feeds.source import Found
from hanze.ngsild import parse
from hanze.ngsild.context import CORE
from tests.feeds.kinds.serving import SHARED

FIXTURES = SHARED / "api_fixtures"

AMSTERDAM = """
items = "features"
type = "OffStreetParking"
id = "urn:ngsi-ld:OffStreetParking:amsterdam:{Id}"
time = { path = "properties.PubDate" }
location = { geometry = "geometry" }
[[attribute]]
name = "name"
path = "properties.Name"
kind = "text"
[[attribute]]
name = "availableSpotNumber"
path = "properties.FreeSpaceShort"
unit = "C62"
[[attribute]]
name = "totalSpotNumber"
path = "properties.ShortCapacity"
"""
EINDHOVEN = """
items = "records"
type = "ParkingSpot"
id = "urn:ngsi-ld:ParkingSpot:eindhoven:{fields.objectid}"
time = { path = "record_timestamp" }
location = { lat = "fields.geo_point_2d[0]", lon = "fields.geo_point_2d[1]" }
[[attribute]]
name = "streetName"
path = "fields.straat"
kind = "text"
[[attribute]]
name = "spots"
path = "fields.aantal"
"""
ARNHEM = """
items = "features"
type = "ParkingSpot"
id = "urn:ngsi-ld:ParkingSpot:arnhem:{attributes.OBJECTID}"
location = { geometry = "geometry" }
[[attribute]]
name = "area"
path = 'attributes."SHAPE.STArea()"'
unit = "MTK"
[[attribute]]
name = "streetName"
path = "attributes.STRAAT"
kind = "text"
"""
GENT = """
items = "records"
type = "OffStreetParking"
id = "urn:ngsi-ld:OffStreetParking:gent:{recordid}"
time = { path = "fields.lastupdate" }
location = { lat = "fields.location[0]", lon = "fields.location[1]" }
[[attribute]]
name = "availableSpotNumber"
path = "fields.availablecapacity"
[[attribute]]
name = "open"
path = "fields.isopennow"
kind = "boolean"
[[attribute]]
name = "streetAddress"
path = "fields.locationanddimension.roadName"
kind = "text"
"""
HAMBURG = """
items = "features"
type = "OffStreetParking"
id = "urn:ngsi-ld:OffStreetParking:hamburg:{id}"
time = { path = "properties.received", format = "%d.%m.%Y, %H:%M", zone = "Europe/Berlin" }
location = { geometry = "geometry" }
[[attribute]]
name = "availableSpotNumber"
path = "properties.frei"
[[attribute]]
name = "status"
path = "properties.status"
kind = "text"
values = { frei = "open", geschlossen = "closed" }
"""
MUENSTER = """
items = "features"
type = "OffStreetParking"
id = "urn:ngsi-ld:OffStreetParking:muenster:{properties.LFDNR}"
[[attribute]]
name = "availableSpotNumber"
path = "properties.parkingFree"
[[attribute]]
name = "totalSpotNumber"
path = "properties.parkingTotal"
"""


def shape(text: str) -> Shape:
    made = msgspec.convert(tomllib.loads(text), Shape)
    made.check()
    return made


def recorded(name: str, text: str) -> Found:
    file = FIXTURES / name
    if not file.is_file():
        pytest.skip(f"{file} is not here")
    return read(json.loads(file.read_bytes()), shape(text))


def told(found: Found, number: int = 0) -> dict[str, Any]:
    """The plain values of an entity, by the last part of their names."""
    attributes = found.entities[number].attributes
    return {name.rpartition("/")[2]: one[0]["value"] for name, one in attributes.items()}


@pytest.mark.parametrize(
    ("name", "mapping", "expected", "id", "first"),
    [
        (
            "odp_amsterdam/garages.json", AMSTERDAM, None, "8039A0DF-73FB-0FD9-05F8-1B00C19C6B9B",
            {
                "name": "CE-P30 Heinekenplein", "availableSpotNumber": 19.0, "totalSpotNumber": 168.0,
                "location": {"type": "Point", "coordinates": [4.892389, 52.357382]},
            },
        ),
        (
            "odp_eindhoven/1_parkings.json", EINDHOVEN, 10, "23269",
            {
                "streetName": "van Meursstraat", "spots": 1.0,
                "location": {"type": "Point", "coordinates": [5.474774482175889, 51.42929171364541]},
            },
        ),
        (
            "odp_gent/garages.json", GENT, 2, "72dc32bd8fe81dae0b9602a038aaeea392d64c30",
            {
                "availableSpotNumber": 181, "open": True, "streetAddress": "Sint-Michielsplein 8\n9000 Gent",
                "location": {"type": "Point", "coordinates": [3.719727740000235, 51.05311004768356]},
            },
        ),
        (
            "odp_hamburg/garages_live.geojson", HAMBURG, 10, "10001",
            {
                "availableSpotNumber": 83, "status": "open",
                "location": {"type": "Point", "coordinates": [9.991765371268867, 53.55266864038071]},
            },
        ),
        ("odp_muenster/garages.json", MUENSTER, None, "1", {"availableSpotNumber": 537, "totalSpotNumber": 748.0}),
    ],
)  # fmt: skip
def test_a_city_becomes_entities(name: str, mapping: str, expected: int | None, id: str, first: dict[str, Any]) -> None:
    found = recorded(name, mapping)
    things = len(json.loads((FIXTURES / name).read_bytes())[shape(mapping).items])
    assert expected in (None, things)
    assert len(found.entities) + len(found.refused) == things
    assert found.entities[0].id.endswith(":" + id)
    assert told(found) == first


def test_the_polygons_of_arnhem() -> None:
    found = recorded("odp_arnhem/e6a_parking.json", ARNHEM)
    assert not found.refused
    first = told(found)
    assert (first["area"], first["streetName"]) == (10.726566955, "G.A. van Nispenstraat")
    assert first["location"]["type"] == "Polygon"


def test_times_have_the_zone_of_the_source() -> None:
    gent, hamburg = recorded("odp_gent/garages.json", GENT), recorded("odp_hamburg/garages_live.geojson", HAMBURG)
    for found, at in ((gent, "2022-07-15T11:36:45Z"), (hamburg, "2024-02-11T02:15:00Z")):
        instance = found.entities[0].attributes[CORE.expand("availableSpotNumber")][0]
        assert instance["observedAt"] == at
        assert found.observed is not None


def test_one_bad_thing_spoils_no_other() -> None:
    mapping = shape(GENT)
    good = {"recordid": "a", "fields": {"availablecapacity": "5", "isopennow": "nee"}}
    bad = [
        {"recordid": None, "fields": {"availablecapacity": 5}},
        {"recordid": "b", "fields": {"availablecapacity": "many"}},
        {"recordid": "c", "fields": {"availablecapacity": 5, "lastupdate": "yesterday"}},
        {"recordid": "d", "fields": {"availablecapacity": 5, "isopennow": "maybe"}},
        {"recordid": "e", "fields": {"availablecapacity": 5, "location": [95, 4]}},
        {"recordid": "f", "fields": {}},
        "no thing at all",
    ]
    found = read({"records": [*bad, good]}, mapping)
    assert told(found) == {"availableSpotNumber": 5.0, "open": False}
    assert [one.where for one in found.refused] == [f"records[{n}]" for n in range(len(bad))]
    reasons = [one.reason for one in found.refused]
    for reason, word in zip(
        reasons,
        ("recordid", "availablecapacity", "lastupdate", "isopennow", "latitude", "none of", "none of"),
        strict=True,
    ):
        assert word in reason, reasons


@pytest.mark.parametrize("document", [{}, {"other": []}, {"records": [{"recordid": "a", "fields": {}}]}])
def test_an_answer_of_another_shape_is_a_failure(document: Any) -> None:
    with pytest.raises(SourceFailed):
        read(document, shape(GENT))


JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.sampled_from(["recordid", "fields", "location", "lastupdate", "isopennow", "x"]), inner),
    ),
    max_leaves=15,
)


@given(st.lists(JSON, max_size=4))
def test_rubbish_is_refused_and_what_is_taken_is_ngsi_ld(things: list[Any]) -> None:
    try:
        found = read({"records": things}, shape(GENT))
    except SourceFailed:
        return
    assert len(found.entities) + len(found.refused) == len(things)
    for entity in found.entities:
        document: dict[str, Any] = {"id": entity.id, "type": "OffStreetParking"}
        document |= {name: one[0] for name, one in entity.attributes.items()}
        assert parse.entity(document, CORE) == entity


def test_things_in_an_object_under_their_keys() -> None:
    mapping = shape(GENT.replace('items = "records"', 'items = "a.*"'))
    inner = {"recordid": "x", "fields": {"availablecapacity": 5}}
    found = read({"a": {"k": inner, "l": 3}}, mapping)
    assert ([one.id[-1] for one in found.entities], [one.where for one in found.refused]) == (["x"], ["a.*[1]"])
    assert len(read({"k": inner}, shape(GENT.replace("records", "*"))).entities) == 1
    others: list[Any] = [{"a": [inner]}, {"a": None}, []]
    for document in others:
        with pytest.raises(SourceFailed, match=r"nothing at a\.\*"):
            read(document, mapping)


def test_a_unit_by_the_name_that_comes_from_the_thing() -> None:
    mapping = shape(
        """
type = "Air"
id = "urn:x:{id}"
attribute = [{ name = "{of}", path = "v", unit = "C62", units = { no2 = "GQ" } }]
"""
    )
    found = read([{"id": 1, "of": "no2", "v": 4}, {"id": 2, "of": "rain", "v": 5}], mapping)
    assert [next(iter(one.attributes.values()))[0]["unitCode"] for one in found.entities] == ["GQ", "C62"]


def test_paths() -> None:
    document = {"a": [{"b.c": 1, "d": '{"e": [2, 3]}'}], "f-g": {"": 4}}
    assert find(document, "") is document
    assert find(document, 'a[0]."b.c"') == 1
    assert find(document, "a[0].d.e[1]") == 3
    assert find(document, "f-g") == {"": 4}
    for path in ("a[1]", "a.b", "x.y[0]", "a[0].d.x", "f-g[0]"):
        assert find(document, path) is None


@pytest.mark.parametrize("path", ["a..b", ".a", "a[", "a[x]", "a]", 'a."b', "a[-1]", "a.", "[0]b"])
def test_what_is_no_path(path: str) -> None:
    with pytest.raises(ValueError, match="is no path"):
        steps(path)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"items": "a["}, "items"),
        ({"id": "urn:{a..b}"}, "a..b"),
        ({"location": {"lat": "a"}}, "location"),
        ({"location": {"lat": "a", "lon": "b", "geometry": "c"}}, "location"),
        ({"time": {"path": "a", "zone": "Nowhere"}}, "zone"),
        ({"attribute": [{"name": "n", "path": "a]"}]}, "attribute n"),
    ],
)
def test_a_mapping_that_cannot_be_used_says_where(change: dict[str, Any], told: str) -> None:
    made = msgspec.convert({"type": "T", "id": "urn:a:{b}", **change}, Shape)
    with pytest.raises(ValueError, match=told):
        made.check()
