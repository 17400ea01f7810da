# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The sensors that people keep at home, from sensor.community: particulate matter, temperature, humidity and pressure.

The source gives what it received in the last five minutes, so a sensor may come more than once. An entity is one sensor:
AirQualityObserved where it measures particles, else WeatherObserved; what else it measures is left out.
"""

import asyncio
from typing import Any, ClassVar, NamedTuple

from msgspec import Struct

from hanze.errors import BadRequestData, SourceFailed
from hanze.feeds import making
from hanze.feeds.kinds import answers
from hanze.feeds.kinds.box import Box, box
from hanze.feeds.kinds.fresh import Mark, fresh
from hanze.feeds.source import Feed, Found, Get, Refused, State
from hanze.ngsild import times
from hanze.ngsild.checks import shown
from hanze.ngsild.entity import Entity, Instance

MOST_BYTES = 64 << 20

AIR, WEATHER = "AirQualityObserved", "WeatherObserved"


class Quantity(NamedTuple):
    """A value_type of the source: the attribute's name, its unit, what the number is divided by."""

    name: str
    unit: str
    divisor: int = 1
    type: str = WEATHER


QUANTITIES = {
    "P0": Quantity("pm1", "GQ", type=AIR),
    "P1": Quantity("pm10", "GQ", type=AIR),
    "P2": Quantity("pm25", "GQ", type=AIR),
    "P4": Quantity("pm4", "GQ", type=AIR),
    "temperature": Quantity("temperature", "CEL"),
    # The Smart Data Models have a part of one where the source has per cent, and hectopascals where it has pascals.
    "humidity": Quantity("relativeHumidity", "C62", 100),
    "pressure": Quantity("atmosphericPressure", "A97", 100),
}


class Options(Struct, frozen=True, forbid_unknown_fields=True):
    """`box`: only sensors in there. `indoor`: also those that hang inside, which tell nothing of the city's air."""

    box: str = ""
    indoor: bool = False


class SensorCommunity:
    """`look` asks for the feed's URL, such as that of all sensors or of an area, where it changed."""

    kind: ClassVar[str] = "sensor_community"
    every: ClassVar[float] = 300.0

    async def look(self, feed: Feed, state: State, get: Get, now: int) -> tuple[Found, State]:
        chosen = answers.options(feed, Options)
        area = box(chosen.box)
        body, mark = await fresh(feed, answers.memory(state, Mark), get, MOST_BYTES)
        if body is None:
            return Found(), answers.remembered(mark)
        # All sensors of the world take a second to read, in which the node must do other work too.
        found = await asyncio.to_thread(decode, body, area, indoor=chosen.indoor)
        return found, answers.remembered(mark)


def decode(body: bytes, area: Box | None = None, *, indoor: bool = False) -> Found:
    """The readings of each sensor, oldest first. Errors: SourceFailed."""
    records = answers.json(body, "the answer")
    if not isinstance(records, list):
        raise SourceFailed(f"The answer is {shown(records)}, where a list of readings is awaited.", answers.CHANGED)
    found = Found()
    made: list[tuple[int, Entity]] = []
    others = False
    for place, record in enumerate(records):
        wrong: list[str] = []
        try:
            reading = _reading(record, area, indoor, wrong)
        except BadRequestData as error:
            wrong.append(error.detail)
        else:
            others = others or not wrong
            made += [reading] if reading else []
        found.refused += [Refused(f"reading {place}", reason) for reason in wrong]
    made.sort(key=lambda one: one[0])
    found.entities = [entity for _, entity in made]
    found.observed = made[-1][0] if made else None
    # Where nothing is wrong with some that are of no concern, the format is still the same.
    return found if others else answers.usable(found, "the answer")


def _reading(record: Any, area: Box | None, indoor: bool, wrong: list[str]) -> tuple[int, Entity] | None:
    """The moment and the entity; None where the sensor is of no concern. `wrong` takes why a value was refused."""
    location = _object(record, "location")
    if location.get("indoor") not in (None, 0, "0", False) and not indoor:
        return None
    place = making.point(location.get("longitude"), location.get("latitude"))
    if place is None:
        raise BadRequestData("location has no longitude or latitude.")
    if area is not None and not area.holds(*place["value"]["coordinates"]):
        return None
    sensor = _object(record, "sensor")
    number = sensor.get("id")
    if not isinstance(number, int) or isinstance(number, bool) or number < 0:
        raise BadRequestData(f"sensor.id is {shown(number)}, which is no number of a sensor.")
    moment = _moment(record.get("timestamp"))
    at = times.text(moment)
    type, values = _values(record, at, wrong)
    if not values:
        return None
    entity = making.entity(
        making.urn(type, "sensor.community", number),
        type,
        {
            **values,
            "dateObserved": making.plain(at, at),
            "location": place,
            "deviceModel": making.plain(_model(sensor)),
        },
    )
    return moment, entity


def _values(record: dict[str, Any], at: str, wrong: list[str]) -> tuple[str, dict[str, Instance | None]]:
    """The type that the entity gets by what is measured, and the values."""
    told = record.get("sensordatavalues")
    if not isinstance(told, list):
        raise BadRequestData(f"sensordatavalues is {shown(told)}, where a list is awaited.")
    made: dict[str, Instance | None] = {}
    type = WEATHER
    for one in told:
        name = one.get("value_type") if isinstance(one, dict) else None
        quantity = QUANTITIES.get(name) if isinstance(name, str) else None
        if quantity is None:
            continue
        try:
            value = making.number(one.get("value"), quantity.unit, at)
        except BadRequestData as error:
            wrong.append(f"{name}: {error.detail}")
            continue
        if value is not None:
            # Rounded, so that 45.3 per cent do not become 0.45299999999999996.
            made[quantity.name] = {**value, "value": round(value["value"] / quantity.divisor, 6)}
            type = AIR if quantity.type == AIR else type
    return type, made


def _object(record: Any, name: str) -> dict[str, Any]:
    found = record.get(name) if isinstance(record, dict) else None
    if not isinstance(found, dict):
        raise BadRequestData(f"{name} is {shown(found)}, where an object is awaited.")
    return found


def _moment(told: Any) -> int:
    """The source writes UTC without saying so."""
    if not isinstance(told, str) or len(told) < 19:
        raise BadRequestData(f"timestamp is {shown(told)}, where a moment such as 2026-01-31 12:00:00 is awaited.")
    return times.parse(f"{told[:10]}T{told[11:]}Z", "timestamp")


def _model(sensor: dict[str, Any]) -> str | None:
    kind = sensor.get("sensor_type")
    name = kind.get("name") if isinstance(kind, dict) else None
    return name if isinstance(name, str) else None
