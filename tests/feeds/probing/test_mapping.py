# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Single guesses: what names a thing, when and where it is, in which units it is measured, what it is called."""

from typing import Any

import pytest

from hanze.feeds.probing import names
from hanze.feeds.shapes.reading import read
from hanze.feeds.shapes.shape import Moment, Place
from tests.feeds.probing.guessing import guessed, paths, shape


def things(**values: Any) -> list[dict[str, Any]]:
    """Two things with these values; a list has one for each."""
    return [{name: one[at] if isinstance(one, list) else one for name, one in values.items()} for at in range(2)]


@pytest.mark.parametrize(
    ("values", "id"),
    [
        ({"name": ["a", "b"], "id": [1, 2], "free": 1}, "{id}"),
        ({"name": ["a", "b"], "id": 1, "free": 1}, "{name}"),
        ({"recordid": ["x", "y"], "name": ["a", "b"], "free": 1}, "{name}"),
        ({"recordid": ["x", "y"], "free": 1}, "{recordid}"),
        ({"id": ["https://a.b/1", "https://a.b/2"], "name": ["a", "b"]}, "{name}"),
        ({"stationCode": ["a", "b"], "postalCode": ["1", "2"]}, "{stationCode}"),
        ({"id": [1, None], "code": ["a", "b"], "free": 1}, "{code}"),
        ({"@odd.id": [1, 2], "free": 1}, '{"@odd.id"}'),
    ],
)
def test_what_names_a_thing(values: dict[str, Any], id: str) -> None:
    assert shape({"list": things(**values)}).id == f"urn:ngsi-ld:Thing:things:{id}"


def test_readings_of_one_thing_are_one_entity() -> None:
    times = ["2026-01-01T00:00:00Z", "2026-01-01T01:00:00Z"]
    found = guessed(things(station="NL1", formula="NO2", value=[1, 2], timestamp=times, unit="µg/m³"))
    assert found.feed is not None and found.feed.mapping is not None
    made = found.feed.mapping
    assert (made.type, made.id) == ("AirQualityObserved", "urn:ngsi-ld:AirQualityObserved:things:{station}")
    assert [(part.name, part.path, part.units) for part in made.attribute] == [("{formula}", "value", {"NO2": "GQ"})]
    assert "Several things have the same station" in found.notes[0]


@pytest.mark.parametrize(
    ("told", "moment"),
    [
        ("2026-01-01T00:00:00Z", Moment("updated")),
        (1_767_225_600, Moment("updated")),
        (1_767_225_600_000, Moment("updated")),
        ("01.02.2026, 12:30", Moment("updated", "Europe/Berlin", "%d.%m.%Y, %H:%M")),
        ("13/02/2026 12:30:00", Moment("updated", "Europe/Berlin", "%d/%m/%Y %H:%M:%S")),
        ("02/13/2026 12:30:00", Moment("updated", "Europe/Berlin", "%m/%d/%Y %H:%M:%S")),
        ("2026-02-13  12:30:00", Moment("updated", "Europe/Berlin", "%Y-%m-%d %H:%M:%S")),
        ("20260213", Moment("updated", "Europe/Berlin")),
        ("yesterday", None),
        (12, None),
    ],
)  # fmt: skip
def test_how_a_moment_is_written(told: Any, moment: Moment | None) -> None:
    made = shape(things(id=[1, 2], free=[3, 4], updated=told), zone="Europe/Berlin")
    assert made.time == moment
    assert len(read(things(id=[1, 2], free=[3, 4], updated=told), made).entities) == 2


def test_the_moment_of_observing_goes_before_others() -> None:
    when = "2026-01-01T00:00:00Z"
    made = shape(things(id=[1, 2], created=when, validFrom=when, record_timestamp=when, lastUpdate=when, free=1))
    assert made.time == Moment("lastUpdate")
    assert shape(things(id=[1, 2], startTime=when, time=when, free=1)).time == Moment("time")


@pytest.mark.parametrize(
    ("date", "zone"),
    [
        ("Thu, 01 Jan 2026 11:05:00 GMT", "Europe/Amsterdam"),
        ("Thu, 01 Jan 2026 12:05:00 GMT", "UTC"),
        ("Thu, 01 Jan 2026 10:00:00 GMT", "Europe/Amsterdam"),
        ("no date", "Europe/Amsterdam"),
    ],
)
def test_the_zone_is_that_in_which_the_newest_is_just_past(date: str, zone: str) -> None:
    found = guessed(things(id=[1, 2], free=1, updated="2026-01-01 12:00:00"), date=date)
    assert found.feed is not None and found.feed.mapping is not None and found.feed.mapping.time is not None
    assert found.feed.mapping.time.zone == zone
    assert f"name no zone; {zone} is taken" in " ".join(found.notes)


@pytest.mark.parametrize(
    ("values", "place"),
    [
        ({"lat": 52.1, "lng": 4.5}, Place("lng", "lat")),
        ({"latitude": "52.1", "longitude": "4.5"}, Place("longitude", "latitude")),
        ({"geo_point_2d": [[52.1, 4.5], [52, 4]]}, Place("geo_point_2d[1]", "geo_point_2d[0]")),
        ({"location": [[4.5, 52.1], [4, 52]]}, Place("location[0]", "location[1]")),
        ({"position": [[144.9, -37.8], [145, -37]]}, Place("position[0]", "position[1]")),
        ({"geometry": {"type": "Point", "coordinates": [4.5, 52]}}, Place(geometry="geometry")),
        ({"geometry": {"x": 4.5, "y": 52}}, Place(geometry="geometry")),
        ({"geometry": {"x": 155000, "y": 463000}}, None),
        ({"lat": 463000, "lon": 155000}, None),
        ({"size": [[52.1, 4.5], [52, 4]]}, None),
        ({"lat": 52}, None),
    ],
)
def test_where_a_thing_is(values: dict[str, Any], place: Place | None) -> None:
    made = shape(things(id=[1, 2], free=[1, 2], **values))
    assert made.location == place
    assert len(read(things(id=[1, 2], free=[1, 2], **values), made).entities) == 2


def test_numbers_texts_and_truths() -> None:
    values = {
        "free": ["12", "n/a"], "count": [1, 2.5], "isopen": [0, 1], "full": ["nee", "ja"], "phone": ["070", "071"],
        "height_in_meter": 2, "part_percent": 5, "mixed": ["a", 1], "zero": ["007", "008"], "on": [True, False],
    }  # fmt: skip
    made = shape([*things(id=[1, 2], **values), {"id": 3, "free": "7"}])
    told = {part.name: (part.kind, part.unit) for part in made.attribute}
    assert told == {
        "free": ("number", None), "count": ("number", None), "isopen": ("boolean", None), "full": ("boolean", None),
        "phone": ("text", None), "heightInMeter": ("number", "MTR"), "partPercent": ("number", "P1"),
        "mixed": ("text", None), "zero": ("text", None), "on": ("boolean", None),
    }  # fmt: skip
    assert made.attribute[0].values == {"n/a": ""}
    assert read([*things(id=[1, 2], **values)], made).refused == []


def test_names_that_no_attribute_can_have() -> None:
    made = shape(
        things(id=[1, 2], type="x", location="Utrecht", scope="s", **{"Straße": "a", "2nd": 1, "%": 1, "a-b": 1})
    )
    assert paths(made) == {
        "kind": "type", "place": "location", "extent": "scope", "streetName": "Straße", "nd": "2nd", "aB": "a-b",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("url", "values", "type", "attributes"),
    [
        ("https://a.b/parking", {"vrij": [1, 2], "capaciteit": 9}, "OffStreetParking", {"availableSpotNumber": "vrij"}),
        ("https://a.b/garages", {"capaciteit": [1, 2]}, "OffStreetParking", {"totalSpotNumber": "capaciteit"}),
        ("https://a.b/parkeervakken", {"aantal": [1, 2]}, "ParkingSpot", {"totalSpotNumber": "aantal"}),
        ("https://a.b/x", {"no2": [1, 2], "PM2.5": 3}, "AirQualityObserved", {"no2": "no2", "pm25": '"PM2.5"'}),
        ("https://a.b/geluid", {"laeq": [50, 51]}, "NoiseLevelObserved", {"LAeq": "laeq"}),
        ("https://a.b/weer", {"temp_celsius": [5, 6], "wind_speed": 3}, "WeatherObserved", {"windSpeed": "wind_speed"}),
        ("https://a.b/verkeer", {"snelheid": [5, 6], "intensiteit": 3}, "TrafficFlowObserved", {"intensity": "intensiteit"}),
        ("https://a.b/afval", {"vulgraad": [5, 6]}, "WasteContainer", {"fillingLevel": "vulgraad"}),
        ("https://a.b/velo", {"fietsen": [5, 6]}, "BikeHireDockingStation", {"availableBikeNumber": "fietsen"}),
        ("https://a.b/laadpalen", {"vrij": [5, 6]}, "EVChargingStation", {"availableCapacity": "vrij"}),
        ("https://a.b/v1/trees.json", {"height": [5, 6]}, "Tree", {"height": "height"}),
        ("https://a.b/api/v1/", {"height": [5, 6]}, "Thing", {"height": "height"}),
    ],
)  # fmt: skip
def test_types_and_names_of_the_smart_data_models(
    url: str, values: dict[str, Any], type: str, attributes: dict[str, str]
) -> None:
    made = shape(things(id=[1, 2], **values), url)
    assert made.type == type
    assert attributes.items() <= paths(made).items()


def test_measured_numbers_without_a_unit_are_told() -> None:
    (note,) = guessed(things(id=[1, 2], no2=[1, 2], pm10=3)).notes
    assert note.startswith("The source tells no unit of pm10, no2; write it as unit")
    assert shape(things(id=[1, 2], no2=[1, 2], pm10_ugm3=3)).attribute[0].unit == "GQ"


def test_things_that_stand_in_an_object_under_their_keys() -> None:
    document = {"ok": True, "stations": {"a": {"id": 1, "free": 2, "n": "x"}, "b": {"id": 2, "free": 3, "n": "y"}}}
    made = shape(document)
    assert made.items == "stations.*"
    assert [one.id[-1] for one in read(document, made).entities] == ["1", "2"]


def test_lists_within_a_thing_are_not_the_things() -> None:
    inner = [{"id": at, "lat": 52, "lon": 4, "a": 1, "b": 2} for at in range(4)]
    assert shape(things(id=[1, 2], lat=52, lon=4, parts=[inner, inner])).items == ""


def test_names_of_sources() -> None:
    told = {
        "https://data.stad.gent/api/v1/Bezetting_Garages.json?x=1": "bezetting-garages",
        "https://www.example.org/": "example", "https://127.0.0.1:8000/": "source", "mqtt://broker.haven.nl": "haven",
        "https://a.b/72dc32bd8fe81dae0b9602a038aaeea392d64c30/Größe": "groesse",
    }  # fmt: skip
    assert {url: names.source_name(url) for url in told} == told
