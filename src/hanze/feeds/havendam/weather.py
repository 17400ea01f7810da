# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The weather over the town: systems that pass in hours and days, on top of the rhythms of year and day."""

import msgspec
import numpy as np

from hanze.feeds.havendam.chance import Floats, key, smooth
from hanze.feeds.havendam.clock import HOUR, Clock
from hanze.feeds.havendam.drawing import ORIGIN


class Weather(msgspec.Struct, frozen=True):
    """As arrays, one value a step.

    `temperature` °C, `wind` m/s, `direction` degrees from which it blows, `rain` mm an hour, `cloud` 0 to 1, `sun` W/m²,
    `pressure` hPa, `humidity` 0 to 1, `elevation` of the sun in degrees. `mixing`: metres of air near the ground that mix;
    few are an inversion.
    """

    temperature: Floats
    wind: Floats
    direction: Floats
    rain: Floats
    cloud: Floats
    sun: Floats
    pressure: Floats
    humidity: Floats
    elevation: Floats
    mixing: Floats


def weather(seed: int, clock: Clock) -> Weather:
    def system(name: str, hours: int) -> Floats:
        return smooth(key(seed, "weather", name), clock.steps, hours * HOUR)

    high = 0.85 * system("pressure", 110) + 0.53 * system("pressure", 40)
    wet = 0.55 * system("wet", 16) + 0.5 * system("wet", 5) - 0.5 * high + 0.1 * system("wet", 2)
    cloud = np.clip(0.62 - 0.17 * high + 0.27 * wet, 0.0, 1.0)
    elevation = sun_elevation(clock)
    sine = np.maximum(np.sin(np.radians(elevation)), 0.0)
    sun = 1050 * sine**1.15 * (1 - 0.74 * cloud**2.2)
    winter = np.cos(2 * np.pi * (clock.season - 0.05))
    east = 2.6 + 3.6 * system("east", 44) + 1.5 * system("east", 9) + 0.6 * winter
    north = 1.4 + 3.2 * system("north", 50) + 1.5 * system("north", 8)
    wind = np.maximum(np.hypot(east, north) * (1 - 0.16 * high) * (0.92 + 0.2 * sine), 0.2)
    # The sea is coldest in February and warmest in August.
    year = 10.9 - 6.7 * np.cos(2 * np.pi * (clock.season - 0.085))
    day = np.cos(2 * np.pi * (_solar_hour(clock) - 14.5) / 24) * (0.8 + 4.6 * _noon(clock) * (1 - 0.75 * cloud))
    # The wind blows towards `east` and `north`. One from the east is cold in winter and warm in summer.
    continental = -0.45 * np.clip(east, -6, 0) * -winter
    temperature = year + day + 2.1 * system("warm", 90) + 1.0 * system("warm", 26) + continental
    rain = np.maximum(wet - 1.05, 0.0) ** 1.35 * 2.1
    humidity = np.clip(0.83 - 0.028 * day + 0.06 * wet - 0.02 * np.clip(-east, 0, 5) + 0.05 * (rain > 0), 0.3, 1.0)
    mixing = 90 + 75 * wind + 1000 * sine * (1 - 0.5 * cloud) + 160 * cloud
    return Weather(
        temperature, wind, np.degrees(np.arctan2(-east, -north)) % 360, rain, cloud, sun,
        1014.5 + 9.5 * high, humidity, elevation, mixing,
    )  # fmt: skip


def sun_elevation(clock: Clock) -> Floats:
    """Degrees above the horizon, within about half a degree."""
    latitude = np.radians(ORIGIN[1])
    tilt = _tilt(clock)
    turn = np.radians(15 * (_solar_hour(clock) - 12))
    sine = np.sin(latitude) * np.sin(tilt) + np.cos(latitude) * np.cos(tilt) * np.cos(turn)
    found: Floats = np.degrees(np.arcsin(np.clip(sine, -1.0, 1.0)))
    return found


def _tilt(clock: Clock) -> Floats:
    """Declination of the sun in radians."""
    found: Floats = np.radians(-23.44) * np.cos(2 * np.pi * (clock.season * 365.25 + 10) / 365.25)
    return found


def _noon(clock: Clock) -> Floats:
    """How high the sun comes today, as a sine."""
    found: Floats = np.cos(np.radians(ORIGIN[1]) - _tilt(clock))
    return found


def _solar_hour(clock: Clock) -> Floats:
    """Hours of the sun: 12 is when it is highest, with the equation of time."""
    circle = 2 * np.pi * (clock.season * 365.25 - 81) / 364
    minutes = 9.87 * np.sin(2 * circle) - 7.53 * np.cos(circle) - 1.5 * np.sin(circle)
    found: Floats = ((clock.steps % 288) / HOUR + ORIGIN[0] / 15 + minutes / 60) % 24
    return found
