# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Air quality: NO2, ozone and fine dust follow traffic, wind, sun, and how high the air mixes."""

from collections.abc import Iterator, Mapping
from functools import cache

import msgspec
import numpy as np

from hanze.feeds import making
from hanze.feeds.havendam import sensors as common
from hanze.feeds.havendam import town, traffic
from hanze.feeds.havendam.chance import Floats, key, smooth
from hanze.feeds.havendam.clock import HOUR, Clock
from hanze.feeds.havendam.drawing import Spot
from hanze.feeds.havendam.sensors import Quantity, Reading, Sensor, World
from hanze.feeds.havendam.weather import Weather
from hanze.ngsild.entity import Instance

TYPE = "AirQualityObserved"

NO2, O3 = Quantity("no2", "GQ", 1), Quantity("o3", "GQ", 1)
PM10, PM25 = Quantity("pm10", "GQ", 1), Quantity("pm25", "GQ", 1)


class Place(msgspec.Struct, frozen=True):
    """`near`: µg/m³ of NO2 that the road adds in its busiest hour. `cheap`: a small sensor that residents put up."""

    name: str
    spot: Spot
    road: str = ""
    near: float = 0.0
    cheap: bool = False
    drift: float = 0.0


PLACES = (
    Place("Bruggestraat", (2915, 3150), "Bruggestraat", 34),
    Place("Kadeweg", (2850, 2225), "Kadeweg", 30),
    Place("Oosterring", (4720, 2800), "Oosterring", 32),
    Place("Zilverduin", (1500, 4300)),
    Place("Noorderveld", (3450, 4150)),
    Place("Wierpolder", (1350, 950)),
    Place("Bruggestraat zuid", (2885, 2300), "Bruggestraat", 26, cheap=True, drift=0.3),
    Place("Havenstraat", (1250, 3110), "Havenstraat", 22, cheap=True, drift=-0.2),
    Place("Molenlaan", (3900, 3065), "Molenlaan", 24, cheap=True, drift=0.45),
    Place("Weidepoort", (5000, 1900), cheap=True, drift=0.15),
    Place("Zuiderkade", (2400, 1900), cheap=True, drift=0.25),
    Place("Ankerkade", (900, 3300), cheap=True, drift=-0.3),
)


@cache
def sensors() -> tuple[Sensor, ...]:
    found = []
    for number, place in enumerate(PLACES, 1):
        at = town.point(place.spot)
        facts = {
            "typeOfLocation": making.plain("outdoor"),
            "stationType": making.plain("traffic" if place.road else "background"),
            "instrument": making.plain("low-cost" if place.cheap else "reference"),
        }
        found.append(
            Sensor(
                common.id(TYPE, number), TYPE, f"Luchtmeetpunt {place.name}", at, town.district_at(at),
                (NO2, PM10, PM25) if place.cheap else (NO2, O3, PM10, PM25), place.road,
                facts, place.drift, sticks=number in (8, 11),
            )
        )  # fmt: skip
    return tuple(found)


def readings(world: World) -> Iterator[Reading]:
    weather = world.weather
    spread = dilution(weather)
    inland = 0.5 + 0.5 * np.cos(np.radians(weather.direction - 90))
    winter = np.cos(2 * np.pi * (world.clock.season - 0.04))
    busy = traffic.load(world)
    wave = 1 + 0.12 * smooth(key(world.seed, "air"), world.clock.steps, 20 * HOUR)
    haze = 1 + 0.22 * smooth(key(world.seed, "haze"), world.clock.steps, 36 * HOUR)
    no2 = (4.5 + 1.6 * winter + 2.5 * inland + 7.0 * busy) * spread * wave
    smoke = _evening(world.clock) * np.clip(winter, 0, 1) * 5 + _fireworks(world.clock) * 160
    fine = ((5.0 + 3.6 * inland) * haze + 1.6 * busy + smoke) * spread**0.6 * (1 - 0.3 * np.minimum(weather.rain, 1.5))
    # Salt from the sea comes with strong wind, dust of the roads with traffic on dry days.
    coarse = 5.0 + 0.9 * np.maximum(weather.wind - 6, 0) + 4.5 * busy * (weather.rain == 0)
    for sensor, place in zip(sensors(), PLACES, strict=True):
        local = 0.85 + 0.3 * world.fixed(sensor, "level", 0, 1)
        road = traffic.load(world, place.road) * place.near * spread if place.road else 0.0
        own_no2 = no2 * local + road
        dust = fine * local + 0.07 * road
        grains = coarse * local + 0.09 * road
        found = {NO2: own_no2, PM25: dust, PM10: dust + grains}
        if not place.cheap:
            found[O3] = ozone(weather, world.clock, own_no2, spread)
        for quantity in sensor.quantities:
            truth = found[quantity] * world.planted(sensor, quantity.name)
            yield sensor, quantity, _told(world, sensor, quantity, place, truth)


def dilution(weather: Weather) -> Floats:
    """How much stays in the air compared with a usual hour: much in calm air under an inversion, little in wind."""
    found: Floats = np.clip((4.6 / (weather.wind + 0.8)) ** 0.7 * (620 / (weather.mixing + 60)) ** 0.3, 0.3, 3.5)
    return found


def ozone(weather: Weather, clock: Clock, no2: Floats, spread: Floats) -> Floats:
    """Most in the sun of spring and summer; NO from traffic uses it up, and the ground does in calm nights."""
    spring = np.cos(2 * np.pi * (clock.season - 0.37))
    warm = np.maximum(weather.temperature - 18, 0)
    found = 58 + 12 * spring + 0.03 * weather.sun + 0.004 * weather.sun * warm - 0.75 * no2 - 7 * (spread - 1)
    result: Floats = np.maximum(found, 2.0)
    return result


def _told(world: World, sensor: Sensor, quantity: Quantity, place: Place, truth: Floats) -> Floats:
    """A small sensor takes drops of fog for dust, and is not sure of itself."""
    if not place.cheap:
        return np.maximum(truth * (1 + 0.03 * world.normal(sensor, quantity.name)), 0.0)
    fog = 1 + 2.2 * np.maximum(world.weather.humidity - 0.82, 0) if quantity is not NO2 else 1.0
    return np.maximum(truth * fog * (1 + 0.12 * world.normal(sensor, quantity.name)), 0.0)


def _evening(clock: Clock) -> Floats:
    """When stoves burn: from 17 to 24 o'clock, most at 21."""
    found: Floats = np.clip(1 - np.abs(clock.hour - 20.7) / 3.7, 0, 1)
    return found


def _fireworks(clock: Clock) -> Floats:
    """The first four hours of the year."""
    first = (clock.day.astype("datetime64[D]") - clock.day.astype("datetime64[D]").astype("datetime64[Y]")).astype(
        np.int64
    ) == 0
    found: Floats = first * np.clip(1 - clock.hour / 4, 0, 1)
    return found


def words(sensor: Sensor, world: World, values: Mapping[str, float], at: str) -> Mapping[str, Instance | None]:
    return {}
