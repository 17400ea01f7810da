# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Sound meters: traffic, wind, and people who are out in the evening."""

from collections.abc import Iterator, Mapping
from functools import cache

import numpy as np

from hanze.feeds import making
from hanze.feeds.havendam import sensors as common
from hanze.feeds.havendam import town, traffic
from hanze.feeds.havendam.chance import Floats
from hanze.feeds.havendam.clock import HOUR, Clock
from hanze.feeds.havendam.drawing import Spot
from hanze.feeds.havendam.sensors import Quantity, Reading, Sensor, World
from hanze.ngsild.entity import Instance

TYPE = "NoiseLevelObserved"

LEVEL = Quantity("LAeq", "2N", 1)

PLACES: tuple[tuple[str, Spot, str, float, float], ...] = (
    ("Bruggestraat", (2890, 3300), "Bruggestraat", 67, 48),
    ("Bruggestraat zuid", (2870, 2150), "Bruggestraat", 66, 42),
    ("Havenstraat", (1700, 3090), "Havenstraat", 66, 46),
    ("Kadeweg", (3400, 2120), "Kadeweg", 70, 40),
    ("Oosterring", (4690, 2000), "Oosterring", 74, 38),
    ("Noorderring", (2800, 4400), "Noorderring", 73, 38),
    ("Veldweg", (3030, 4400), "Veldweg", 65, 39),
    ("Vuurtorenlaan", (1950, 3990), "Vuurtorenlaan", 64, 38),
    ("Grote Markt", (2450, 3070), "", 54, 58),
    ("Ankerkade", (800, 3400), "", 53, 50),
    ("Weidebos", (5050, 1500), "", 52, 36),
    ("Lage Wier", (1250, 900), "", 49, 34),
)
"""Beside which road, decibels of the traffic in its busiest hour, and of people on a busy evening."""


@cache
def sensors() -> tuple[Sensor, ...]:
    found = []
    for number, (name, spot, road, _, _) in enumerate(PLACES, 1):
        at = town.point(spot)
        found.append(
            Sensor(
                common.id(TYPE, number), TYPE, f"Geluidmeter {name}", at, town.district_at(at), (LEVEL,), road,
                {"sonometerClass": making.plain("1" if number % 3 else "2")}, sticks=number == 7,
            )
        )  # fmt: skip
    return tuple(found)


def readings(world: World) -> Iterator[Reading]:
    wind = energy(26 + 1.5 * world.weather.wind)
    evening = _out(world.clock)
    for sensor, (_, _, road, busy, people) in zip(sensors(), PLACES, strict=True):
        load = traffic.load(world, road)
        lively = energy(people + 1.5 * world.smooth(sensor, "people", 4 * HOUR)) * evening
        total = load * energy(busy) + lively + wind + energy(31.0)
        level = 10 * np.log10(total * world.planted(sensor, LEVEL.name))
        yield sensor, LEVEL, level + 0.7 * world.normal(sensor, "level")


def energy(decibels: Floats | float) -> Floats:
    """What can be added up, of a level in decibels."""
    found: Floats = 10 ** (np.asarray(decibels) / 10)
    return found


def _out(clock: Clock) -> Floats:
    """How many people are out, 0 to 1: in the daytime some, on Friday and Saturday many until 2 o'clock."""
    late = ((clock.weekday == 4) | (clock.weekday == 5)) & (clock.hour >= 18)
    after = ((clock.weekday == 5) | (clock.weekday == 6)) & (clock.hour < 2)
    return np.where(late | after, 1.0, np.where((clock.hour >= 8) & (clock.hour < 23), 0.3, 0.02))


def words(sensor: Sensor, world: World, values: Mapping[str, float], at: str) -> Mapping[str, Instance | None]:
    return {}
