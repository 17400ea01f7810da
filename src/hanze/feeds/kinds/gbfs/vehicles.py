# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The vehicles of a GBFS system that can be hired now, as entities of the type Vehicle.

One that has no place of its own stands at a station and is counted there.
Systems give a vehicle another id after each trip, so that nobody can be followed; an entity lives from trip to trip only.
"""

from collections.abc import Mapping
from typing import Any

from hanze.errors import BadRequestData
from hanze.feeds import making
from hanze.feeds.kinds import answers
from hanze.feeds.kinds.gbfs import files
from hanze.feeds.kinds.gbfs.files import File
from hanze.feeds.source import Found, Refused
from hanze.ngsild import times
from hanze.ngsild.checks import shown
from hanze.ngsild.entity import Entity

TYPE = "Vehicle"
BICYCLE = "bicycle"
"""What all vehicles are where a system does not tell of kinds."""

FORMS = {
    "bicycle": ("bicycle", "e-bike"),
    "cargo_bicycle": ("bicycle", "e-bike"),
    "scooter": ("other", "e-scooter"),
    "scooter_standing": ("other", "e-scooter"),
    "scooter_seated": ("other", "e-scooter"),
    "car": ("car", "car"),
}
"""The form_factor of a kind to the vehicleType of the model, without and with a motor."""


def identity(system: str, vehicle: str) -> str:
    return making.urn(TYPE, system, vehicle)


def decode_types(file: File) -> dict[str, str]:
    """The id of each kind of vehicle to the vehicleType of the model. Errors: SourceFailed."""
    found: dict[str, str] = {}
    for _, record in files.records(file, Found(), "vehicle_types"):
        try:
            found[files.identity(record, "vehicle_type_id")] = _type(record)
        except BadRequestData:
            continue
    return found


def decode_vehicles(file: File, system: str, types: Mapping[str, str]) -> tuple[Found, list[str]]:
    """What free_bike_status or vehicle_status says, and the ids of all that are in it, also of those that are refused.

    `types`: kind to vehicleType. Errors: SourceFailed.
    """
    found = Found(observed=file.updated)
    ids: list[str] = []
    docked = False
    for where, record in files.records(file, found, "vehicles", "bikes"):
        try:
            vehicle = files.identity(record, "vehicle_id", "bike_id")
            if _docked(record):
                docked = True
                continue
            ids.append(vehicle)
            found.entities.append(_vehicle(record, system, vehicle, types, files.reported(record, file)))
        except BadRequestData as error:
            found.refused.append(Refused(where, error.detail))
    return found if docked else answers.usable(found, file.name), ids


def _docked(record: dict[str, Any]) -> bool:
    return record.get("lat") is None and record.get("lon") is None and bool(record.get("station_id"))


def _type(record: dict[str, Any]) -> str:
    form, motor = record.get("form_factor"), record.get("propulsion_type") != "human"
    if form == "moped":
        return "e-moped" if record.get("propulsion_type") == "electric" else "moped"
    return FORMS[form][motor] if isinstance(form, str) and form in FORMS else "other"


def _vehicle(record: dict[str, Any], system: str, vehicle: str, types: Mapping[str, str], at: int | None) -> Entity:
    moment = None if at is None else times.text(at)
    place = making.point(record.get("lon"), record.get("lat"), moment)
    if place is None:
        raise BadRequestData("the vehicle has no lat or lon, nor a station_id alone.")
    kind = record.get("vehicle_type_id")
    known = types.get(kind, "other") if isinstance(kind, str) else BICYCLE
    disabled = files.flag(record, "is_disabled", False)
    return making.entity(
        identity(system, vehicle),
        TYPE,
        {
            "fleetVehicleId": making.plain(vehicle),
            "vehicleType": making.plain(known),
            "category": making.plain(["public"]),
            "location": place,
            "serviceStatus": making.plain("outOfService" if disabled else "parked", moment),
            "reserved": making.plain(files.flag(record, "is_reserved", False), moment),
            "battery": making.number(_part(record), "C62", moment),
            "range": making.number(record.get("current_range_meters"), "MTR", moment),
        },
    )


def _part(record: dict[str, Any]) -> Any:
    """How full battery or tank is, from 0 to 1."""
    part = record.get("current_fuel_percent")
    if part is None:
        return None
    if isinstance(part, bool) or not isinstance(part, int | float) or not 0 <= part <= 1:
        raise BadRequestData(f"current_fuel_percent is {shown(part)}; it goes from 0 to 1.")
    return part
