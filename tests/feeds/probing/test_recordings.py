# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every recorded answer of a real source: what is guessed of it, and what the real kind then makes of it."""

import json
from typing import Any

import pytest
from google.protobuf import text_format
from google.transit import gtfs_realtime_pb2

from hanze.errors import SourceFailed
from hanze.feeds.probing.guess import guess
from hanze.feeds.probing.proposal import Answer
from tests.feeds.kinds.reading import values
from tests.feeds.kinds.serving import SHARED
from tests.feeds.probing.guessing import FIXTURES, recorded, tried
from tests.feeds.shapes import test_reading as by_hand

PARKING, SPOT, BIKES = "OffStreetParking", "ParkingSpot", "BikeHireDockingStation"
AIR, TRAFFIC = "AirQualityObserved", "TrafficFlowObserved"

JSON: dict[str, tuple[str, str, int, tuple[str, ...]]] = {
    "odp_amsterdam/garages.json": (PARKING, "{Id}", 66, ("availableSpotNumber", "totalSpotNumber", "location")),
    "odp_amsterdam/parking.json": (SPOT, "{id}", 10, ("totalSpotNumber", "streetName", "location")),
    "odp_arnhem/e6a_parking.json": (SPOT, "{attributes.OBJECTID}", 10, ("streetName", "location")),
    "odp_eindhoven/1_parkings.json": (SPOT, "{fields.objectid}", 10, ("totalSpotNumber", "streetName", "location")),
    "odp_eindhoven/2_permit_parkings.json": (SPOT, "{fields.objectid}", 10, ("totalSpotNumber", "location")),
    "odp_eindhoven/6_charging_parkings.json": (SPOT, "{fields.objectid}", 10, ("totalSpotNumber", "location")),
    "odp_gent/bluebikes.json": (BIKES, "{fields.id}", 1, ("availableBikeNumber", "name", "location")),
    "odp_gent/garages.json": (PARKING, "{fields.name}", 2, ("availableSpotNumber", "totalSpotNumber", "location")),
    "odp_gent/park_and_ride.json": (PARKING, "{fields.name}", 2, ("availableSpotNumber", "totalSpotNumber", "location")),
    "odp_gent/partago.json": ("Vehicle", "{fields.displayname}", 5, ("brand", "fuelType", "location")),
    "odp_hamburg/garages_live.geojson": (PARKING, "{id}", 10, ("availableSpotNumber", "totalSpotNumber", "location")),
    "odp_hamburg/park_and_ride.geojson": (PARKING, "{id}", 10, ("availableSpotNumber", "totalSpotNumber", "location")),
    "odp_muenster/garages.json": (PARKING, "{properties.LFDNR}", 16, ("availableSpotNumber", "totalSpotNumber")),
    "luchtmeetnet/stations.json": (AIR, "{number}", 99, ("place",)),
    "ndw_amsterdam/ovfiets_raw.json": (BIKES, "{stationCode}", 2, ("availableBikeNumber", "name", "location")),
    "ndw_amsterdam/parkeergarages.json": (PARKING, "{Id}", 2, ("availableSpotNumber", "totalSpotNumber", "location")),
    "ndw_amsterdam/traveltime.json": (TRAFFIC, "{properties.Id}", 3, ("averageVehicleSpeed", "travelTime", "location")),
    "openaq_v3/countries.json": ("Country", "{id}", 1, ("name", "code")),
    "openaq_v3/licenses.json": ("License", "{id}", 2, ("name", "sourceUrl")),
    "openaq_v3/locations.json": ("Location", "{id}", 1, ("name", "isMobile", "location")),
    "openaq_v3/measurements.json": (AIR, "", 2, ("pm25",)),
    "openaq_v3/parameters.json": ("Parameter", "{id}", 1, ("name", "units")),
    "openaq_v3/sensors.json": (AIR, "{id}", 8, ("no2", "pm25", "location")),
}  # fmt: skip
"""Name to type, what names a thing, how many there are, and attributes that at least one of them has."""

OTHERS = {
    "luchtmeetnet/station.json": "luchtmeetnet",
    "ndw_amsterdam/trafficspeed.xml.gz": "ndw",
    "ndw_amsterdam/traveltime.xml.gz": "ndw",
    "ndw_amsterdam/trafficorder.xml": None,
}
"""Name to kind; None where it is known that there is none."""


def test_no_recording_is_left_out() -> None:
    if not FIXTURES.is_dir():
        pytest.skip(f"{FIXTURES} is not here")
    files = {str(file.relative_to(FIXTURES)) for file in FIXTURES.rglob("*.*") if file.is_file()}
    assert {name for name in files if not name.startswith("gtfs_rt/")} == JSON.keys() | OTHERS.keys()


@pytest.mark.parametrize("name", JSON)
def test_json_gets_a_mapping_of_which_nothing_is_refused(name: str) -> None:
    type, id, count, attributes = JSON[name]
    answer = recorded(name)
    proposal = guess(answer)
    assert proposal.feed is not None and proposal.feed.kind == "json" and proposal.feed.mapping is not None
    shape = proposal.feed.mapping
    assert (shape.type, shape.id) == (type, f"urn:ngsi-ld:{type}:{proposal.name}" + (f":{id}" if id else ""))
    found = tried(answer, proposal)
    assert (len(found.entities), found.refused) == (count, [])
    for attribute in attributes:
        assert values(found, attribute), attribute
    assert not any("_" in part.name or part.name[0].isupper() for part in shape.attribute if "{" not in part.name)


@pytest.mark.parametrize("name", OTHERS)
def test_what_has_a_kind_of_its_own_is_known(name: str) -> None:
    proposal = guess(recorded(name))
    assert (proposal.feed.kind if proposal.feed else None) == OTHERS[name]
    assert proposal.what


@pytest.mark.parametrize(
    ("name", "mapping", "attributes"),
    [
        ("odp_amsterdam/garages.json", by_hand.AMSTERDAM, ["availableSpotNumber", "totalSpotNumber", "name", "location"]),
        ("odp_gent/garages.json", by_hand.GENT, ["availableSpotNumber", "location"]),
        ("odp_hamburg/garages_live.geojson", by_hand.HAMBURG, ["availableSpotNumber", "location"]),
        ("odp_muenster/garages.json", by_hand.MUENSTER, ["availableSpotNumber", "totalSpotNumber"]),
        ("odp_eindhoven/1_parkings.json", by_hand.EINDHOVEN, ["streetName", "location"]),
        ("odp_arnhem/e6a_parking.json", by_hand.ARNHEM, ["streetName", "location"]),
    ],
)  # fmt: skip
def test_the_guess_says_what_a_mapping_by_hand_says(name: str, mapping: str, attributes: list[str]) -> None:
    answer = recorded(name)
    ours, theirs = tried(answer, guess(answer)), by_hand.recorded(name, mapping)
    for attribute in attributes:
        assert values(ours, attribute) == values(theirs, attribute), attribute
    assert ours.observed == theirs.observed


def test_free_places_are_those_of_the_source() -> None:
    for name, path in {
        "odp_gent/park_and_ride.json": ("records", "fields", "availablespaces"),
        "odp_hamburg/park_and_ride.geojson": ("features", "properties", "stellplaetze_frei"),
    }.items():
        answer = recorded(name)
        told: list[Any] = [float(one[path[1]][path[2]]) for one in json.loads(answer.body)[path[0]]]
        assert values(tried(answer, guess(answer)), "availableSpotNumber") == told


def test_units_go_with_the_names_of_what_is_measured() -> None:
    proposal = guess(recorded("openaq_v3/sensors.json"))
    assert proposal.feed is not None and proposal.feed.mapping is not None
    assert proposal.feed.mapping.attribute[0].units == {
        "no2": "59", "so2": "59", "pm25": "GQ", "o3": "59", "pm10": "GQ", "co": "59", "nox": "59", "no": "59",
    }  # fmt: skip


def test_what_a_mapping_cannot_take_is_told() -> None:
    told = {
        "odp_muenster/garages.json": "in another system of coordinates",
        "odp_hamburg/garages_live.geojson": "The answer holds 10 of 45",
        "odp_eindhoven/1_parkings.json": "The answer holds 10 of 10260",
        "odp_arnhem/e6a_parking.json": "a first part, further pages are not taken",
        "odp_amsterdam/parking.json": "a first part, further pages are not taken",
        "ndw_amsterdam/parkeergarages.json": "There are 4 lists like [0].fields.data.features",
        "ndw_amsterdam/traveltime.json": "no unit of averageVehicleSpeed, travelTime",
    }
    for name, note in told.items():
        assert note in " ".join(guess(recorded(name)).notes), name


@pytest.mark.parametrize("name", ["alerts.asciipb", "trip-updates-full.asciipb"])
def test_gtfs_realtime_is_known_by_its_bytes(name: str) -> None:
    answer = recorded(f"gtfs_rt/{name}")
    with pytest.raises(SourceFailed, match="as text"):
        guess(answer)
    message: Any = text_format.Parse(answer.body.decode(), gtfs_realtime_pb2.FeedMessage())
    packed = Answer("https://example.org/live.pb", message.SerializeToString())
    proposal = guess(packed)
    assert proposal.feed is not None and proposal.feed.kind == "gtfs_rt"
    assert tried(packed, proposal).entities


@pytest.mark.parametrize("name", ["cairns_gtfs.zip", "nyc_subway_gtfs.zip"])
def test_timetables_are_known(name: str) -> None:
    file = SHARED / "gtfs" / name
    if not file.is_file():
        pytest.skip(f"{file} is not here")
    answer = Answer(f"https://example.org/{name}", file.read_bytes())
    proposal = guess(answer)
    assert proposal.feed is not None and proposal.feed.kind == "gtfs"
    assert len(tried(answer, proposal).entities) > 200


def test_what_only_describes_is_told_so() -> None:
    place = SHARED / "ngsi-ld"
    if not place.is_dir():
        pytest.skip(f"{place} is not here")
    for file in place.rglob("*.*"):
        proposal = guess(Answer(f"https://example.org/{file.name}", file.read_bytes()))
        assert proposal.feed is None
        assert proposal.what.startswith("An @context" if file.suffix == ".jsonld" else "The description of an API")
