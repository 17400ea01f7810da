# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Street lights, by the cabinet that feeds them: on after sunset, dimmed at night, dark while they are defective."""

from collections.abc import Iterator, Mapping
from functools import cache

import numpy as np
import numpy.typing as npt

from hanze.feeds import making
from hanze.feeds.havendam import chance, town
from hanze.feeds.havendam import sensors as common
from hanze.feeds.havendam.clock import DAY
from hanze.feeds.havendam.drawing import DISTRICTS
from hanze.feeds.havendam.sensors import Quantity, Reading, Sensor, World
from hanze.ngsild.entity import Instance

TYPE = "Streetlight"

LEVEL = Quantity("illuminanceLevel", "C62", 2)

EACH = 3
"""Cabinets in a district."""

DIMMED = 0.5
LONGEST_DEFECT = 20
"""Days."""

_WINDOW = 120
"""Days in which a cabinet fails once at most."""


@cache
def sensors() -> tuple[Sensor, ...]:
    found: list[Sensor] = []
    for district in DISTRICTS:
        for at in town.spots(district, "light", EACH):
            number = len(found) + 1
            found.append(
                Sensor(common.id(TYPE, number), TYPE, f"Straatverlichting {district} {number}", at, district, (LEVEL,))
            )
    return tuple(found)


def readings(world: World) -> Iterator[Reading]:
    hour = world.clock.hour
    night = (hour >= 23) | (hour < 6)
    for number, sensor in enumerate(sensors()):
        # Clouds bring the dusk earlier; a third of the cabinets is never dimmed.
        dark = world.weather.elevation < world.fixed(sensor, "dusk", -2.0, -0.5) + 1.5 * world.weather.cloud
        level = np.where(night & (number % EACH > 0), DIMMED, 1.0) * world.planted(sensor, LEVEL.name)
        yield sensor, LEVEL, np.where(dark & ~defective(world, sensor), np.minimum(level, 1.0), 0.0)


def defective(world: World, sensor: Sensor) -> npt.NDArray[np.bool_]:
    """From a failure until it is mended, 1 to LONGEST_DEFECT days later."""
    steps = world.clock.steps
    window = np.floor_divide(steps, _WINDOW * DAY)

    def part(what: str) -> chance.Floats:
        return chance.uniform(chance.key(world.seed, sensor.id, what), window)

    begins = (window * _WINDOW + part("fails") * (_WINDOW - LONGEST_DEFECT)) * DAY
    ends = begins + (1 + (LONGEST_DEFECT - 1) * part("mended") ** 2) * DAY
    found: npt.NDArray[np.bool_] = (part("defect") < 0.4) & (steps >= begins) & (steps < ends)
    return found


def words(sensor: Sensor, world: World, values: Mapping[str, float], at: str) -> Mapping[str, Instance | None]:
    level = values.get(LEVEL.name)
    if level is None:
        return {}
    power = "off" if level == 0 else "on" if level == 1 else "low"
    status = "defectiveLamp" if bool(defective(world, sensor)[0]) else "ok"
    return {"powerState": making.plain(power, at), "status": making.plain(status, at)}
