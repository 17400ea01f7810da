# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Weather stations: what three of them tell of the weather over the town."""

from collections.abc import Iterator, Mapping
from functools import cache

import numpy as np

from hanze.feeds.havendam import sensors as common
from hanze.feeds.havendam import town
from hanze.feeds.havendam.clock import HOUR
from hanze.feeds.havendam.drawing import Spot
from hanze.feeds.havendam.sensors import Quantity, Reading, Sensor, World
from hanze.ngsild.entity import Instance

TYPE = "WeatherObserved"

TEMPERATURE = Quantity("temperature", "CEL", 1)
WIND = Quantity("windSpeed", "MTS", 1)
DIRECTION = Quantity("windDirection", "DD", 0)
RAIN = Quantity("precipitation", "MMT", 1)
SUN = Quantity("solarRadiation", "D54", 0)
PRESSURE = Quantity("atmosphericPressure", "A97", 1)
HUMIDITY = Quantity("relativeHumidity", "C62", 2)

STATIONS: tuple[tuple[str, Spot, float, float], ...] = (
    ("Havenhoofd", (700, 3000), 0.0, 1.15),
    ("Singelpark", (3200, 3100), 0.5, 0.8),
    ("Lage Wier", (1300, 500), -0.3, 1.0),
)
"""How much warmer it is there than on average, and the part of the wind that blows there."""


@cache
def sensors() -> tuple[Sensor, ...]:
    quantities = TEMPERATURE, WIND, DIRECTION, RAIN, SUN, PRESSURE, HUMIDITY
    found = []
    for number, (name, spot, _, _) in enumerate(STATIONS, 1):
        at = town.point(spot)
        found.append(
            Sensor(
                common.id(TYPE, number),
                TYPE,
                f"Weerstation {name}",
                at,
                town.district_at(at),
                quantities,
                sticks=number == 3,
            )
        )
    return tuple(found)


def readings(world: World) -> Iterator[Reading]:
    weather = world.weather
    for sensor, (_, _, warmer, open) in zip(sensors(), STATIONS, strict=True):
        gust = 1 + 0.06 * world.normal(sensor, "wind")
        shower = np.clip(1 + 0.25 * world.smooth(sensor, "rain", HOUR), 0.2, 2.0)
        yield sensor, TEMPERATURE, weather.temperature + warmer + 0.15 * world.normal(sensor, "temperature")
        yield sensor, WIND, weather.wind * open * gust
        # 360 is north, since 0 means calm.
        turned = np.round(weather.direction + 6 * world.normal(sensor, "direction")) % 360
        yield sensor, DIRECTION, np.where(turned == 0, 360.0, turned)
        yield sensor, RAIN, weather.rain * shower
        yield sensor, SUN, weather.sun * (1 + 0.02 * world.normal(sensor, "sun"))
        yield sensor, PRESSURE, weather.pressure + 0.1 * world.normal(sensor, "pressure")
        yield sensor, HUMIDITY, np.clip(weather.humidity + 0.01 * world.normal(sensor, "humidity"), 0.0, 1.0)


def words(sensor: Sensor, world: World, values: Mapping[str, float], at: str) -> Mapping[str, Instance | None]:
    return {}
