# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is made of the answers of Luchtmeetnet: recorded ones for stations, readings by hand from the published format."""

from typing import Any

import msgspec
import pytest
from hypothesis import given

from hanze.errors import BadRequestData, SourceFailed
from hanze.feeds.kinds.luchtmeetnet import decoding
from hanze.feeds.kinds.luchtmeetnet.decoding import decode_measurements, decode_station, decode_stations, following
from hanze.ngsild import times
from tests.feeds.kinds.reading import of, spoilt, value, values
from tests.feeds.kinds.serving import SHARED

RECORDED = SHARED / "api_fixtures/luchtmeetnet"
recorded = pytest.mark.skipif(not RECORDED.exists(), reason="the recorded answers are not here")

STATION = {
    "data": {
        "type": "Traffic",
        "components": ["NO2"],
        "geometry": {"type": "point", "coordinates": [4.5, 52.0]},
        "municipality": "Havendam",
        "organisation": "Meetdienst",
        "location": "Havendam-Kade",
    }
}


def reading(formula: str, value: Any, at: str = "2026-01-01T10:00:00+00:00", station: str = "NL10636") -> Any:
    return {"station_number": station, "formula": formula, "value": value, "timestamp_measured": at}


def page(*records: Any, **pagination: Any) -> Any:
    return {"pagination": pagination, "data": list(records)}


def test_readings_of_a_station_and_hour_are_one_entity() -> None:
    found = decode_measurements(
        page(
            reading("NO2", 21.5),
            reading("PM25", "8.1"),
            reading("H2S", 1.2),
            reading("PS", 9000),
            reading("NO2", 30, at="2026-01-01T12:00:00+01:00"),
            reading("NO2", 19, at="2026-01-01T09:00:00Z"),
            reading("NO2", 40, station="NL10637"),
        ),
        "page 1",
    )
    assert not found.refused
    assert values(found, "dateObserved") == [
        "2026-01-01T09:00:00Z", "2026-01-01T10:00:00Z", "2026-01-01T10:00:00Z", "2026-01-01T11:00:00Z",
    ]  # fmt: skip
    assert values(found, "no2") == [19, 21.5, 40, 30]
    whole = found.entities[1]
    assert whole.id == "urn:ngsi-ld:AirQualityObserved:NL10636"
    at = "2026-01-01T10:00:00Z"
    assert of(whole, "no2") == {"type": "Property", "value": 21.5, "unitCode": "GQ", "observedAt": at}
    assert of(whole, "pm25") == {"type": "Property", "value": 8.1, "unitCode": "GQ", "observedAt": at}
    assert value(whole, "sh2") == 1.2
    assert of(whole, "ps") == {"type": "Property", "value": 9000, "observedAt": at}
    assert found.observed == times.parse("2026-01-01T11:00:00Z")


def test_a_reading_that_the_station_did_not_make_is_left_out() -> None:
    found = decode_measurements(page(reading("NO2", None), reading("O3", 50)), "page 1")
    assert [of(one, "no2") for one in found.entities] == [None]
    assert not found.refused
    assert decode_measurements(page(reading("NO2", None)), "page 1").entities == []


@pytest.mark.parametrize(
    ("bad", "told"),
    [
        (reading("NO2", "much"), "value of NO2 at NL10636: 'much' is no number"),
        (reading("NO2", 10**400), "is no number"),
        (reading("location", 1), "formula is 'location'"),
        (reading("NO2", 1, at="yesterday"), "timestamp_measured is 'yesterday'"),
        ({**reading("NO2", 1), "station_number": 5}, "station_number is 5"),
        ({"formula": "NO2"}, "station_number is None"),
        ("text", "no object"),
    ],
)
def test_a_bad_reading_does_not_spoil_the_others(bad: Any, told: str) -> None:
    found = decode_measurements(page(reading("NO2", 1), bad, reading("O3", 2)), "page 3")
    assert values(found, "no2") == [1]
    assert values(found, "o3") == [2]
    (refused,) = found.refused
    assert refused.where == "page 3, record 1"
    assert told in refused.reason


def test_the_station_that_was_asked_counts_where_a_reading_names_none() -> None:
    record = reading("NO2", 1)
    del record["station_number"]
    found = decode_measurements(page(record), "page 1", "NL1")
    assert found.entities[0].id == "urn:ngsi-ld:AirQualityObserved:NL1"


@pytest.mark.parametrize(
    ("document", "told"),
    [
        ({"measurements": []}, "page 1 has no member data"),
        ({"data": {}}, "as data, where a list"),
        ([], "no member data"),
        (page({"station_number": "NL1", "component": "NO2"}), "formula is None"),
    ],
)
def test_a_changed_format_is_told_of(document: Any, told: str) -> None:
    with pytest.raises(SourceFailed, match=told) as failed:
        decode_measurements(document, "page 1")
    assert failed.value.advice


@pytest.mark.parametrize(
    ("pagination", "after"),
    [
        ({"current_page": 1, "next_page": 2, "last_page": 5}, 2),
        ({"current_page": 5, "next_page": 5, "last_page": 5}, None),
        ({"current_page": 5, "next_page": 6, "last_page": 5}, None),
        ({"current_page": 5, "next_page": 1, "last_page": 5}, None),
        ({"current_page": 1, "next_page": 2}, 2),
        ({"current_page": "1", "next_page": "2"}, None),
        ({}, None),
    ],
)
def test_pages_end(pagination: dict[str, Any], after: int | None) -> None:
    assert following(page(reading("NO2", 1), **pagination)) == after
    assert following(page(**pagination)) is None, "an empty page is the last one"


@recorded
def test_the_recorded_station_is_a_place() -> None:
    document = msgspec.json.decode((RECORDED / "station.json").read_bytes())
    made = decode_station(document, "stations/NL50003", "NL50003")
    assert made.id == "urn:ngsi-ld:AirQualityObserved:NL50003"
    assert value(made, "location") == {"type": "Point", "coordinates": [5.82224, 50.98445]}
    assert value(made, "name") == "Geleen-Asterstraat"
    assert value(made, "address") == {"addressLocality": "Sittard-Geleen", "addressCountry": "NL"}
    assert value(made, "dataProvider") == "ODZL (Limburg)"


@recorded
def test_of_the_recorded_stations_one_without_number_is_refused() -> None:
    stations = msgspec.json.decode((RECORDED / "stations.json").read_bytes())
    numbers, refused = decode_stations({"data": [{"location": "nowhere"}, *stations]}, "page 1")
    assert len(numbers) == len(set(numbers)) == len(stations) == 99
    assert numbers[0] == "NL01485"
    assert [(one.where, one.reason) for one in refused] == [
        ("page 1, record 0", "number is None, where a text is awaited.")
    ]


@pytest.mark.parametrize(
    ("coordinates", "error"), [([4.5, 95.0], BadRequestData), ([4.5], BadRequestData), ("52", SourceFailed)]
)
def test_a_station_at_no_place_is_refused(coordinates: Any, error: type[Exception]) -> None:
    with pytest.raises(error):
        decode_station({"data": {"geometry": {"coordinates": coordinates}}}, "stations/NL1", "NL1")


@given(spoilt(page(reading("NO2", 1), reading("O3", "2"), current_page=1, next_page=2)))
def test_rubbish_among_readings_never_raises_anything_else(document: Any) -> None:
    try:
        found = decode_measurements(document, "page 1")
    except SourceFailed:
        return
    assert all(one.id.startswith("urn:ngsi-ld:AirQualityObserved:") for one in found.entities)
    msgspec.json.encode(found)
    following(document)


@given(spoilt(STATION))
def test_rubbish_in_a_station_never_raises_anything_else(document: Any) -> None:
    try:
        decoding.decode_station(document, "stations/NL1", "NL1")
        decoding.decode_stations(document, "stations")
    except (SourceFailed, BadRequestData):
        pass
