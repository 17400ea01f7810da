# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Counting points for bicycles: how many ride past in an hour, in both directions."""

from collections.abc import Iterator, Mapping
from functools import cache

import numpy as np

from hanze.feeds import making
from hanze.feeds.havendam import sensors as common
from hanze.feeds.havendam import town, traffic
from hanze.feeds.havendam.chance import Floats, key, smooth
from hanze.feeds.havendam.clock import HOUR, WORKDAY, rhythm
from hanze.feeds.havendam.drawing import Spot
from hanze.feeds.havendam.sensors import Reading, Sensor, World
from hanze.ngsild.entity import Instance

TYPE = traffic.TYPE

FLOW = traffic.FLOW
"""Planted effects on it are on cars: a street that keeps them out does not keep bicycles out."""

FIRST = 101
"""Number of the first, beyond those of the loops for cars."""

PLACES: tuple[tuple[str, Spot, float], ...] = (
    ("Bruggestraat", (2895, 2900), 310), ("Havenstraat", (1600, 3080), 190), ("Veldweg", (2970, 3850), 240),
    ("Kadeweg", (3100, 2160), 210), ("Molenlaan", (4000, 3040), 180), ("Zeeweg", (1110, 3980), 130),
)  # fmt: skip
"""The road, and bicycles in its busiest hour on a mild dry workday."""

_WORKDAY = (
    .03, .02, .01, .01, .01, .04, .20, .78, 1.0, .48, .34, .36, .44, .46, .44, .62, .78, .86, .56, .40, .32, .24, .16, .08,
)  # fmt: skip
_SATURDAY = (
    .07, .05, .03, .02, .01, .02, .04, .08, .16, .30, .46, .56, .60, .62, .62, .58, .50, .42, .36, .30, .26, .22, .18, .13,
)  # fmt: skip
_SUNDAY = (
    .10, .07, .05, .03, .02, .02, .03, .05, .08, .16, .28, .36, .42, .48, .52, .52, .46, .38, .30, .24, .20, .16, .11, .06,
)  # fmt: skip


@cache
def sensors() -> tuple[Sensor, ...]:
    facts = {"vehicleType": making.plain("bicycle")}
    return tuple(
        Sensor(
            common.id(TYPE, number), TYPE, f"Fietstelpunt {road}", town.point(spot), town.district_at(town.point(spot)),
            (FLOW,), road, {**facts, "streetName": making.plain(road)},
        )
        for number, (road, spot, _) in enumerate(PLACES, FIRST)
    )  # fmt: skip


def readings(world: World) -> Iterator[Reading]:
    town_wide = rhythm(world.clock, _WORKDAY, _SATURDAY, _SUNDAY) * inviting(world)
    for sensor, (_, _, busiest) in zip(sensors(), PLACES, strict=True):
        wave = 1 + 0.08 * world.smooth(sensor, "wave", 4 * HOUR)
        expected = busiest * town_wide * wave
        yield sensor, FLOW, np.maximum(np.round(expected + np.sqrt(expected) * world.normal(sensor, "flow")), 0.0)


def inviting(world: World) -> Floats:
    """By what the weather and holidays multiply: rain, cold and a hard wind keep people at home, the sun brings them out."""
    weather, clock = world.weather, world.clock
    warm = np.clip(0.55 + 0.03 * weather.temperature, 0.4, 1.25)
    dry = 1 - 0.45 * np.minimum(weather.rain, 1.2)
    calm = 1 - 0.03 * np.clip(weather.wind - 6, 0, 10)
    school = np.where((clock.kind == WORKDAY) & clock.quiet, 0.7, 1.0)
    days = 1 + 0.04 * smooth(key(world.seed, "cyclists"), clock.steps, 30 * HOUR)
    found: Floats = warm * dry * calm * school * days
    return found


def words(sensor: Sensor, world: World, values: Mapping[str, float], at: str) -> Mapping[str, Instance | None]:
    return {}
