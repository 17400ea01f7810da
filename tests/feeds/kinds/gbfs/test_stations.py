# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Stations as BikeHireDockingStation: the recorded system of Rouen (2.3), and small ones by the format of 2.x and 3.0."""

import contextlib
from typing import Any

import msgspec
import pytest
from hypothesis import given

from hanze.errors import SourceFailed
from hanze.feeds.kinds.gbfs.files import opened
from hanze.feeds.kinds.gbfs.stations import decode_information, decode_status
from hanze.ngsild import times
from tests.feeds.kinds.gbfs.making import AT, NOW, ROUEN, document, file, station, status
from tests.feeds.kinds.reading import of, spoilt, value, values


@pytest.mark.skipif(not ROUEN.exists(), reason="the recorded system is not here")
def test_the_recorded_system_is_read_whole() -> None:
    information = opened((ROUEN / "station_information.json").read_bytes(), "station_information.json")
    found, ids = decode_information(information, "rouen")
    assert (len(found.entities), len(ids), found.refused) == (122, 122, [])
    first = found.entities[0]
    assert first.id == "urn:ngsi-ld:BikeHireDockingStation:rouen:5288"
    assert value(first, "stationName") == value(first, "name") == "131 - CALENDE"
    assert value(first, "location") == {"type": "Point", "coordinates": [1.0939798343708844, 49.43954661258192]}
    assert value(first, "address") == {"streetAddress": "Place de la Calende, 76000 ROUEN"}
    assert value(first, "totalSlotNumber") == 10

    now = decode_status(opened((ROUEN / "station_status.json").read_bytes(), "station_status.json"), "rouen")
    assert (len(now.entities), now.refused) == (122, [])
    assert {one.id for one in now.entities} == {one.id for one in found.entities}
    assert of(now.entities[0], "availableBikeNumber") == {
        "type": "Property", "value": 5, "observedAt": "2025-02-28T09:10:49Z",
    }  # fmt: skip
    assert value(now.entities[0], "freeSlotNumber") == 5
    words = values(now, "status")
    assert words.count("outOfService") == 1
    assert set(words) == {"working", "empty", "full", "outOfService"}
    assert now.observed == times.parse("2025-02-28T09:10:49Z")


def test_version_3_has_other_names_and_texts_in_languages() -> None:
    names = [{"text": "Quai", "language": "fr"}, {"text": "Kade", "language": "nl"}]
    information = file("station_information.json", "3.0", stations=[station(name=names)])
    found, _ = decode_information(information, "a", "nl")
    assert values(found, "name") == ["Kade"]
    told = {
        "station_id": "s1", "num_vehicles_available": 3, "num_docks_available": 1, "num_docks_disabled": 2,
        "is_installed": True, "is_renting": True, "is_returning": True, "last_reported": "2026-01-01T01:00:00+01:00",
    }  # fmt: skip
    now = decode_status(file("station_status.json", "3.0", stations=[told]), "a")
    (made,) = now.entities
    assert of(made, "availableBikeNumber") == {"type": "Property", "value": 3, "observedAt": "2026-01-01T00:00:00Z"}
    assert value(made, "outOfServiceSlotNumber") == 2


@pytest.mark.parametrize(
    ("told", "word"),
    [
        ({}, "working"),
        ({"num_bikes_available": 0}, "empty"),
        ({"num_docks_available": 0}, "full"),
        ({"is_installed": False}, "outOfService"),
        ({"is_renting": 0, "is_returning": 0}, "outOfService"),
        ({"is_returning": False}, "withIncidence"),
        ({"num_docks_available": None}, "working"),
    ],
)
def test_how_a_station_is(told: Any, word: str) -> None:
    found = decode_status(file("station_status.json", stations=[status(**told)]), "a")
    assert values(found, "status") == [word]


@pytest.mark.parametrize(
    ("told", "at"),
    [(AT - 60, "2025-12-31T23:59:00Z"), ((AT - 60) * 1000, "2025-12-31T23:59:00Z"), (0, "2026-01-01T00:00:00Z")],
)
def test_the_moment_of_a_report(told: Any, at: str) -> None:
    """In milliseconds, as some write it; of the file, where a station never reported."""
    found = decode_status(file("station_status.json", stations=[status(last_reported=told)]), "a")
    assert (of(found.entities[0], "status") or {})["observedAt"] == at
    assert found.observed == times.parse(at)


@pytest.mark.parametrize(
    ("bad", "told"),
    [
        ({"station_id": None}, "station_id is None"),
        ({"num_bikes_available": -1}, "num_bikes_available is -1"),
        ({"is_renting": "yes"}, "is_renting is 'yes'"),
        ({"last_reported": "today"}, "last_reported is 'today'"),
    ],
)
def test_a_bad_station_does_not_spoil_the_others(bad: Any, told: str) -> None:
    some = [status("s1"), status("s2", **bad), status("s3")]
    found = decode_status(file("station_status.json", stations=some), "a")
    assert [one.id[-2:] for one in found.entities] == ["s1", "s3"]
    (refused,) = found.refused
    assert refused.where == "station_status.json, stations 1"
    assert told in refused.reason


@pytest.mark.parametrize(
    ("bad", "told"),
    [({"lat": 95}, "latitude is -90 to 90"), ({"lon": None}, "no lat or lon"), ({"capacity": 1.5}, "1.5")],
)
def test_a_station_that_is_refused_is_still_listed(bad: Any, told: str) -> None:
    found, ids = decode_information(file("i.json", stations=[station("s1"), station("s2", **bad), "x"]), "a")
    assert len(found.entities) == 1
    assert ids == ["s1", "s2"]
    assert told in found.refused[0].reason
    assert "no object" in found.refused[1].reason


@pytest.mark.parametrize(
    ("data", "told"),
    [
        ({}, "has no member data.stations"),
        ({"stations": {}}, "as data.stations, where a list"),
        ({"stations": [{"id": 1}, {"id": 2}]}, "Nothing of station_status.json can be used, 2 records"),
    ],
)
def test_a_changed_format_is_told_of(data: Any, told: str) -> None:
    with pytest.raises(SourceFailed, match=told):
        decode_status(file("station_status.json", **data), "a")


@given(spoilt(document(stations=[station(), station("s2", address="Kade 1"), {**status(), **station("s3")}])))
def test_rubbish_never_raises_anything_else(told: Any) -> None:
    for read in (decode_information, decode_status):
        with contextlib.suppress(SourceFailed):
            msgspec.json.encode(read(opened(msgspec.json.encode(told), "a.json"), "a"))


def test_a_moment_that_a_file_does_not_tell_is_not_invented() -> None:
    told = msgspec.json.encode({"version": "2.3", "data": {"stations": [status(last_reported=None)]}})
    found = decode_status(opened(told, "a.json"), "a")
    assert of(found.entities[0], "status") == {"type": "Property", "value": "working"}
    assert found.observed is None
    assert decode_status(file("a.json", stations=[status()]), "a").observed == NOW
