# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What Luchtmeetnet answers, as entities of the type AirQualityObserved: one a station and hour, and one with its place."""

from typing import Any

from hanze.errors import BadRequestData
from hanze.feeds import making
from hanze.feeds.kinds.answers import member, moment, usable
from hanze.feeds.source import Found, Refused
from hanze.ngsild import times
from hanze.ngsild.checks import shown
from hanze.ngsild.entity import Entity, Instance

TYPE = "AirQualityObserved"
MICROGRAMS = "GQ"

COMPONENTS: dict[str, tuple[str, str | None]] = {
    **{
        name.upper(): (name, MICROGRAMS)
        for name in (
            "no",
            "no2",
            "nox",
            "o3",
            "ox",
            "co",
            "so2",
            "nh3",
            "c6h6",
            "c7h8",
            "c8h10",
            "pm1",
            "pm10",
            "pm25",
            "bcwb",
        )
    },
    "PM2.5": ("pm25", MICROGRAMS),
    "H2S": ("sh2", MICROGRAMS),
    # Soot, which the Smart Data Models lack; the files of RIVM call it BC.
    "FN": ("bc", MICROGRAMS),
    "BC": ("bc", MICROGRAMS),
    # Ultrafine particles are counted per cubic centimetre, for which there is no common code.
    "PS": ("ps", None),
}
"""Formula to the attribute's name, by the Smart Data Models where they have it, and its unit."""


def identity(number: str) -> str:
    return making.urn(TYPE, number)


def following(document: Any) -> int | None:
    """The number of the next page; None after the last one, an empty one, and where the source turns in a circle."""
    told = document.get("pagination") if isinstance(document, dict) else None
    if not isinstance(told, dict) or not document.get("data"):
        return None
    current, after, last = (told.get(name) for name in ("current_page", "next_page", "last_page"))
    if not isinstance(current, int) or not isinstance(after, int) or after <= current:
        return None
    return None if isinstance(last, int) and current >= last else after


def decode_measurements(document: Any, what: str, station: str = "") -> Found:
    """A page of readings, oldest first. `station`: whose they are where a record does not say. Errors: SourceFailed."""
    hours: dict[tuple[int, str], dict[str, Instance | None]] = {}
    found = Found()
    for place, record in enumerate(member(document, what, "data", list)):
        try:
            number, at, name, reading = _reading(record, station)
            if reading is not None:
                hours.setdefault((at, number), {})[name] = reading
        except BadRequestData as error:
            found.refused.append(Refused(f"{what}, record {place}", error.detail))
    for (at, number), readings in sorted(hours.items(), key=lambda hour: hour[0]):
        text = times.text(at)
        found.entities.append(
            making.entity(identity(number), TYPE, {**readings, "dateObserved": making.plain(text, text)})
        )
    found.observed = max((at for at, _ in hours), default=None)
    return usable(found, what)


def decode_stations(document: Any, what: str) -> tuple[list[str], list[Refused]]:
    """The numbers on a page of the list of stations. Errors: SourceFailed."""
    numbers: list[str] = []
    refused: list[Refused] = []
    for place, record in enumerate(member(document, what, "data", list)):
        try:
            numbers.append(_text(record, "number"))
        except BadRequestData as error:
            refused.append(Refused(f"{what}, record {place}", error.detail))
    return numbers, refused


def decode_station(document: Any, what: str, number: str) -> Entity:
    """Where a station stands and what it is called. Errors: SourceFailed; BadRequestData where a value is wrong."""
    data = member(document, what, "data", dict)
    coordinates = member(document, what, "data.geometry.coordinates", list)
    if len(coordinates) != 2:
        raise BadRequestData(f"coordinates is {shown(coordinates)}, which is no longitude and latitude.")
    locality = _optional(data, "municipality")
    address = {"addressLocality": locality, "addressCountry": "NL"} if locality else None
    return making.entity(
        identity(number),
        TYPE,
        {
            "name": making.plain(_optional(data, "location")),
            "location": making.point(*coordinates),
            "address": making.plain(address),
            "stationCode": making.plain(number),
            "stationType": making.plain(_optional(data, "type")),
            "dataProvider": making.plain(_optional(data, "organisation")),
        },
    )


def _reading(record: Any, station: str) -> tuple[str, int, str, Instance | None]:
    """Whose it is, of when, the attribute's name and the value; None where the station had none."""
    number = station if station and "station_number" not in _object(record) else _text(record, "station_number")
    formula = _text(record, "formula")
    if formula.upper() not in COMPONENTS:
        raise BadRequestData(f"formula is {shown(formula)}, which is no component that is known.")
    name, unit = COMPONENTS[formula.upper()]
    at = moment(record.get("timestamp_measured"), "timestamp_measured")
    try:
        return number, at, name, making.number(record.get("value"), unit, times.text(at))
    except BadRequestData as error:
        raise BadRequestData(f"value of {formula} at {number}: {error.detail}") from None


def _object(record: Any) -> dict[str, Any]:
    if not isinstance(record, dict):
        raise BadRequestData(f"the record is {shown(record)}, which is no object.")
    return record


def _text(record: Any, name: str) -> str:
    found = _object(record).get(name)
    if not isinstance(found, str) or not found:
        raise BadRequestData(f"{name} is {shown(found)}, where a text is awaited.")
    return found


def _optional(data: dict[str, Any], name: str) -> str | None:
    found = data.get(name)
    return found if isinstance(found, str) else None
