# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Loops in the main roads: how many vehicles an hour pass, and how fast."""

from collections.abc import Iterator, Mapping
from functools import cache, reduce

import numpy as np

from hanze.feeds import making
from hanze.feeds.havendam import sensors as common
from hanze.feeds.havendam import town
from hanze.feeds.havendam.chance import Floats, indexes, key, smooth, uniform
from hanze.feeds.havendam.clock import HOUR, WORKDAY, Clock, rhythm
from hanze.feeds.havendam.sensors import Quantity, Reading, Sensor, World
from hanze.feeds.havendam.weather import Weather
from hanze.ngsild.entity import Instance

TYPE = "TrafficFlowObserved"

FLOW = Quantity("intensity", "C62", 0)
SPEED = Quantity("averageVehicleSpeed", "KMH", 1)

BUSIEST = {"ring": 1350.0, "main": 720.0, "street": 390.0}
"""Vehicles an hour in one direction."""

LIMIT = {"ring": 70.0, "main": 50.0, "street": 30.0}

_INWARD = (
    .05, .03, .02, .02, .04, .12, .38, .82, 1.0, .70, .52, .50, .52, .53, .54, .60, .66, .68, .56, .42, .32, .26, .20, .11,
)  # fmt: skip
_OUTWARD = (
    .06, .03, .02, .02, .03, .08, .24, .52, .62, .50, .48, .52, .56, .57, .62, .76, .96, 1.0, .70, .48, .38, .32, .26, .14,
)  # fmt: skip
_SATURDAY = (
    .12, .08, .05, .04, .04, .05, .10, .17, .28, .43, .56, .65, .68, .69, .68, .65, .58, .52, .46, .40, .33, .28, .26, .20,
)  # fmt: skip
_SUNDAY = (
    .14, .10, .07, .05, .04, .04, .06, .08, .13, .22, .34, .43, .48, .52, .53, .52, .48, .45, .40, .34, .27, .20, .14, .08,
)  # fmt: skip


@cache
def sensors() -> tuple[Sensor, ...]:
    """Loops of one road count both directions by turns, the first one towards the town."""
    found: list[Sensor] = []
    for road in town.roads():
        for number, at in enumerate(road.loops):
            facts = {
                "laneDirection": making.plain("backward" if number % 2 else "forward"),
                "streetName": making.plain(road.name),
                "speedLimit": making.number(LIMIT[road.kind], "KMH"),
            }
            found.append(
                Sensor(
                    common.id(TYPE, len(found) + 1), TYPE, f"{road.name} {number + 1}", at, town.district_at(at), (FLOW, SPEED),
                    road.name, facts, sticks=number == 2,
                )
            )  # fmt: skip
    return tuple(found)


def towards(sensor: Sensor) -> bool:
    """The loop counts those who drive into the town."""
    return sensor.facts["laneDirection"] == making.plain("forward")


@cache
def loops(road: str) -> tuple[int, ...]:
    """The rows of World.loads that belong to a road; all of them where no road is named."""
    return tuple(number for number, one in enumerate(sensors()) if road in ("", one.road))


def load(world: World, road: str = "") -> Floats:
    """The mean load of a road's loops, or of all."""
    rows = loops(road)
    # numpy sums a single column in another order than many, and the last digit must not depend on what else is asked.
    found: Floats = reduce(np.add, (world.loads[row] for row in rows)) / len(rows)
    return found


def loads(seed: int, clock: Clock, weather: Weather) -> Floats:
    """What World.loads is."""
    inward, outward = rhythm(clock, _INWARD, _SATURDAY, _SUNDAY), rhythm(clock, _OUTWARD, _SATURDAY, _SUNDAY)
    workday = clock.kind == WORKDAY
    # In rain more people drive; in school holidays fewer go to work.
    town_wide = (1 + 0.05 * np.minimum(weather.rain, 2)) * np.where(workday & clock.quiet, 0.84, 1.0)
    town_wide = town_wide * (1 + 0.03 * smooth(key(seed, "traffic"), clock.steps, 30 * HOUR))
    beach = 1 + 0.7 * np.clip((weather.temperature - 19) / 8, 0, 1) * np.where(workday, 0.4, 1.0) * (1 - weather.cloud)
    found = np.empty((len(sensors()), len(clock.steps)))
    for row, sensor in enumerate(sensors()):
        own = key(seed, sensor.id, "load")
        wave = 1 + 0.05 * smooth(own, clock.steps, 3 * HOUR)
        usual = 0.85 + 0.3 * uniform(own, indexes(-1, 1))[0]
        trips = inward if towards(sensor) else outward
        found[row] = trips * town_wide * wave * usual * (beach if sensor.road == "Zeeweg" else 1.0)
    return found


def readings(world: World) -> Iterator[Reading]:
    kinds = _kinds()
    for row, sensor in enumerate(sensors()):
        kind = kinds[sensor.road]
        expected = world.loads[row] * BUSIEST[kind] * world.planted(sensor, FLOW.name)
        flow = np.maximum(np.round(expected + np.sqrt(expected) * world.normal(sensor, "flow")), 0.0)
        yield sensor, FLOW, flow
        # A quarter of the road's room is left in its busiest hour; as that fills, traffic slows down steeply.
        crowd = np.minimum(world.loads[row] / 1.3, 1.2) ** 4
        slow = (1 - 0.55 * crowd) * (1 - 0.02 * np.minimum(world.weather.rain, 4))
        speed = LIMIT[kind] * (0.98 * slow + 0.03 * world.normal(sensor, "speed")) * world.planted(sensor, SPEED.name)
        yield sensor, SPEED, np.maximum(speed, 3.0)


def words(sensor: Sensor, world: World, values: Mapping[str, float], at: str) -> Mapping[str, Instance | None]:
    speed = values.get(SPEED.name)
    slow = None if speed is None else speed < 0.6 * LIMIT[_kinds()[sensor.road]]
    return {"congested": making.plain(slow, at)}


@cache
def _kinds() -> dict[str, str]:
    return {road.name: road.kind for road in town.roads()}
