# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Vehicles that stand free, by the published format of GBFS 2.x and 3.0: no recording has them."""

from typing import Any

import msgspec
import pytest
from hypothesis import given

from hanze.errors import SourceFailed
from hanze.feeds.kinds.gbfs.files import opened
from hanze.feeds.kinds.gbfs.vehicles import decode_types, decode_vehicles
from tests.feeds.kinds.gbfs.making import AT, NOW, bike, document, file
from tests.feeds.kinds.reading import of, spoilt, value, values


def test_a_bicycle_of_version_2() -> None:
    found, ids = decode_vehicles(file("free_bike_status.json", bikes=[bike(last_reported=AT - 60)]), "a", {})
    (made,) = found.entities
    at = "2025-12-31T23:59:00Z"
    assert (made.id, ids, found.observed) == ("urn:ngsi-ld:Vehicle:a:b1", ["b1"], NOW)
    assert of(made, "location") == {
        "type": "GeoProperty", "value": {"type": "Point", "coordinates": [4.5, 52.1]}, "observedAt": at,
    }  # fmt: skip
    assert value(made, "vehicleType") == "bicycle"
    assert of(made, "serviceStatus") == {"type": "Property", "value": "parked", "observedAt": at}
    assert of(made, "battery") is None


def test_a_scooter_of_version_3() -> None:
    told = {
        "vehicle_id": "v/1", "lat": 52.1, "lon": 4.5, "is_reserved": True, "is_disabled": True, "vehicle_type_id": "x",
        "current_fuel_percent": 0.7, "current_range_meters": 6543.0, "last_reported": "2026-01-01T01:00:00+01:00",
    }  # fmt: skip
    found, _ = decode_vehicles(file("vehicle_status.json", "3.0", vehicles=[told]), "a", {"x": "e-scooter"})
    (made,) = found.entities
    assert made.id == "urn:ngsi-ld:Vehicle:a:v%2F1"
    assert value(made, "vehicleType") == "e-scooter"
    assert value(made, "serviceStatus") == "outOfService"
    assert value(made, "reserved") is True
    at = "2026-01-01T00:00:00Z"
    assert of(made, "battery") == {"type": "Property", "value": 0.7, "unitCode": "C62", "observedAt": at}
    assert of(made, "range") == {"type": "Property", "value": 6543.0, "unitCode": "MTR", "observedAt": at}


def test_kinds_become_those_of_the_model() -> None:
    kinds = [
        ("a", "bicycle", "human"), ("b", "bicycle", "electric_assist"), ("c", "cargo_bicycle", "electric"),
        ("d", "scooter_standing", "electric"), ("e", "moped", "electric"), ("f", "moped", "combustion"),
        ("g", "car", "hybrid"), ("h", "hovercraft", "electric"), ("i", None, None),
    ]  # fmt: skip
    told = [{"vehicle_type_id": id, "form_factor": form, "propulsion_type": how} for id, form, how in kinds]
    assert decode_types(file("vehicle_types.json", vehicle_types=[*told, {}, "x"])) == {
        "a": "bicycle", "b": "e-bike", "c": "e-bike", "d": "e-scooter", "e": "e-moped", "f": "moped", "g": "car",
        "h": "other", "i": "other",
    }  # fmt: skip
    found, _ = decode_vehicles(file("b.json", bikes=[bike(vehicle_type_id="new")]), "a", {})
    assert values(found, "vehicleType") == ["other"]


def test_what_stands_at_a_station_is_counted_there() -> None:
    docked = {"bike_id": "b2", "station_id": "s1", "is_reserved": False, "is_disabled": False}
    found, ids = decode_vehicles(file("b.json", bikes=[bike(), docked, bike("b3", station_id="s1")]), "a", {})
    assert ids == ["b1", "b3"]
    assert len(found.entities) == 2
    found, _ = decode_vehicles(file("b.json", bikes=[docked, bike(lat=95)]), "a", {})
    assert (found.entities, len(found.refused)) == ([], 1), "one that is bad does not make the others so"


@pytest.mark.parametrize(
    ("bad", "told"),
    [
        ({"bike_id": ""}, "vehicle_id is None"),
        ({"lat": "north"}, "no degrees"),
        ({"lat": None}, "no lat or lon"),
        ({"current_fuel_percent": 70}, "current_fuel_percent is 70"),
        ({"current_range_meters": "far"}, "'far' is no number"),
        ({"is_disabled": "no"}, "is_disabled is 'no'"),
        ({"last_reported": -5}, "last_reported is -5"),
    ],
)
def test_a_bad_vehicle_does_not_spoil_the_others(bad: Any, told: str) -> None:
    found, _ = decode_vehicles(
        file("free_bike_status.json", bikes=[bike("b1"), bike("b2", **bad), bike("b3")]), "a", {}
    )
    assert [one.id[-2:] for one in found.entities] == ["b1", "b3"]
    (refused,) = found.refused
    assert refused.where == "free_bike_status.json, bikes 1"
    assert told in refused.reason


@given(
    spoilt(
        document(
            bikes=[bike(), bike("b2", station_id="s", vehicle_type_id="x", current_fuel_percent=0.5)],
            vehicle_types=[{"vehicle_type_id": "x", "form_factor": "car", "propulsion_type": "electric"}],
        )
    )
)
def test_rubbish_never_raises_anything_else(told: Any) -> None:
    body = msgspec.json.encode(told)
    try:
        types = decode_types(opened(body, "a.json"))
        msgspec.json.encode(decode_vehicles(opened(body, "a.json"), "a", types))
    except SourceFailed:
        pass
