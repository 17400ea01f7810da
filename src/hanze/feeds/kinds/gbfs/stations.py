# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The stations of a GBFS system as entities of the type BikeHireDockingStation: what they are, and how they are now."""

from typing import Any

from hanze.errors import BadRequestData
from hanze.feeds import making
from hanze.feeds.kinds import answers
from hanze.feeds.kinds.gbfs import files
from hanze.feeds.kinds.gbfs.files import File
from hanze.feeds.source import Found, Refused
from hanze.ngsild import times
from hanze.ngsild.entity import Entity

TYPE = "BikeHireDockingStation"


def identity(system: str, station: str) -> str:
    return making.urn(TYPE, system, station)


def decode_information(file: File, system: str, language: str = "") -> tuple[Found, list[str]]:
    """What station_information says, and the ids of all stations in it, also of those that are refused.

    Errors: SourceFailed.
    """
    found = Found()
    ids: list[str] = []
    for where, record in files.records(file, found, "stations"):
        try:
            station = files.identity(record, "station_id")
            ids.append(station)
            found.entities.append(_station(record, identity(system, station), station, language))
        except BadRequestData as error:
            found.refused.append(Refused(where, error.detail))
    return answers.usable(found, file.name), ids


def decode_status(file: File, system: str) -> Found:
    """What station_status says. Errors: SourceFailed."""
    found = Found()
    for where, record in files.records(file, found, "stations"):
        try:
            station = files.identity(record, "station_id")
            at = files.reported(record, file)
            found.entities.append(_status(record, identity(system, station), at))
        except BadRequestData as error:
            found.refused.append(Refused(where, error.detail))
            continue
        if at is not None:
            found.observed = max(at, found.observed or 0)
    return answers.usable(found, file.name)


def _station(record: dict[str, Any], id: str, station: str, language: str) -> Entity:
    place = making.point(record.get("lon"), record.get("lat"))
    if place is None:
        raise BadRequestData("the station has no lat or lon.")
    name = files.text(record.get("name"), language)
    address = {
        "streetAddress": files.text(record.get("address"), language),
        "postalCode": files.text(record.get("post_code"), language),
    }
    return making.entity(
        id,
        TYPE,
        {
            "name": making.plain(name),
            "stationName": making.plain(name),
            "stationCode": making.plain(station),
            "location": place,
            "address": making.plain({part: text for part, text in address.items() if text} or None),
            "totalSlotNumber": making.number(files.count(record, "capacity")),
        },
    )


def _status(record: dict[str, Any], id: str, at: int | None) -> Entity:
    bikes = files.count(record, "num_vehicles_available", "num_bikes_available")
    docks = files.count(record, "num_docks_available")
    moment = None if at is None else times.text(at)
    return making.entity(
        id,
        TYPE,
        {
            "availableBikeNumber": making.number(bikes, at=moment),
            "freeSlotNumber": making.number(docks, at=moment),
            "outOfServiceSlotNumber": making.number(files.count(record, "num_docks_disabled"), at=moment),
            "status": making.plain(_word(record, bikes, docks), moment),
        },
    )


def _word(record: dict[str, Any], bikes: int | None, docks: int | None) -> str:
    """How the station is, in the words of the model."""
    renting, returning = files.flag(record, "is_renting", True), files.flag(record, "is_returning", True)
    if not files.flag(record, "is_installed", True) or not (renting or returning):
        return "outOfService"
    if not (renting and returning):
        return "withIncidence"
    if bikes == 0:
        return "empty"
    return "full" if docks == 0 else "working"
