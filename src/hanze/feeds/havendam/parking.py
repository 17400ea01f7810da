# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Car parks: for shops, work, the station, the beach, and those who live there."""

from collections.abc import Iterator, Mapping
from functools import cache

import numpy as np

from hanze.feeds import making
from hanze.feeds.havendam import sensors as common
from hanze.feeds.havendam import town
from hanze.feeds.havendam.chance import Floats
from hanze.feeds.havendam.clock import HOUR, rhythm
from hanze.feeds.havendam.drawing import Spot
from hanze.feeds.havendam.sensors import Quantity, Reading, Sensor, World
from hanze.ngsild.entity import Instance

TYPE = "OffStreetParking"

OCCUPANCY = Quantity("occupancy", "C62", 3)
FREE = Quantity("availableSpotNumber", "C62", 0)

PARKS: tuple[tuple[str, Spot, int, str], ...] = (
    ("Grote Markt", (2350, 3150), 320, "shops"), ("Wallen", (2700, 3600), 260, "shops"),
    ("Binnenhaven", (1680, 3200), 180, "shops"),
    ("Station", (3150, 1550), 410, "work"), ("Ankerkade", (700, 3300), 240, "work"), ("Strand", (620, 4150), 520, "beach"),
    ("Kadeweg", (3500, 2150), 150, "home"), ("Weidepoort", (5000, 1650), 200, "home"),
)  # fmt: skip
"""Places for cars, and what people come for."""

_SHOPS = (
    .12, .11, .10, .10, .10, .10, .12, .18, .30, .46, .60, .68, .70, .72, .74, .72, .66, .52, .42, .40, .36, .28, .20, .15,
)  # fmt: skip
_SATURDAY = (
    .15, .12, .11, .10, .10, .10, .11, .14, .24, .46, .70, .86, .93, .97, .97, .92, .78, .58, .46, .45, .43, .36, .28, .20,
)  # fmt: skip
_SUNDAY = (
    .18, .14, .12, .11, .10, .10, .10, .10, .12, .18, .28, .42, .54, .60, .62, .58, .46, .32, .28, .28, .26, .20, .16, .13,
)  # fmt: skip
_WORK = (
    .12, .12, .12, .12, .12, .13, .22, .52, .80, .88, .90, .90, .89, .89, .88, .84, .68, .42, .28, .22, .18, .16, .14, .13,
)  # fmt: skip
_FREE = (
    .12, .12, .12, .12, .12, .12, .12, .13, .15, .18, .22, .24, .25, .25, .25, .24, .22, .20, .18, .16, .15, .14, .13, .12,
)  # fmt: skip
_HOME = (
    .90, .91, .92, .92, .92, .91, .86, .70, .52, .46, .44, .44, .45, .45, .46, .50, .58, .70, .78, .82, .84, .86, .88, .89,
)  # fmt: skip
_HOME_FREE = (
    .88, .89, .90, .90, .90, .90, .89, .86, .80, .72, .66, .62, .60, .60, .60, .62, .66, .72, .76, .80, .82, .84, .86, .87,
)  # fmt: skip


@cache
def sensors() -> tuple[Sensor, ...]:
    found = []
    for number, (name, spot, total, _) in enumerate(PARKS, 1):
        at = town.point(spot)
        found.append(
            Sensor(
                common.id(TYPE, number), TYPE, f"Parkeerterrein {name}", at, town.district_at(at), (OCCUPANCY, FREE),
                facts={"totalSpotNumber": making.number(total, "C62")},
            )
        )  # fmt: skip
    return tuple(found)


def readings(world: World) -> Iterator[Reading]:
    uses = _uses(world)
    for sensor, (_, _, total, use) in zip(sensors(), PARKS, strict=True):
        wave = 1 + 0.07 * world.smooth(sensor, "wave", 4 * HOUR) + 0.01 * world.normal(sensor, "wave")
        cars = np.clip(np.round(total * uses[use] * wave * world.planted(sensor, OCCUPANCY.name)), 0, total)
        yield sensor, OCCUPANCY, cars / total
        yield sensor, FREE, total - cars


def _uses(world: World) -> dict[str, Floats]:
    clock, weather = world.clock, world.weather
    # On Thursdays the shops are open until 21 o'clock.
    late = np.where((clock.weekday == 3) & (clock.hour > 17) & (clock.hour < 21.5), 1.45, 1.0)
    warm = np.clip((weather.temperature - 15) / 9, 0, 1) * (1 - 0.8 * weather.cloud)
    noon = np.clip(1 - np.abs(clock.hour - 14.5) / 6.5, 0, 1)
    holiday = np.where((clock.kind > 0) | clock.quiet, 1.5, 0.8)
    return {
        "shops": rhythm(clock, _SHOPS, _SATURDAY, _SUNDAY) * late,
        "work": rhythm(clock, _WORK, _FREE, _FREE) * np.where(clock.quiet, 0.85, 1.0),
        "beach": 0.03 + noon * (0.12 + 1.1 * warm) * holiday * 0.75,
        "home": rhythm(clock, _HOME, _HOME_FREE, _HOME_FREE),
    }


def words(sensor: Sensor, world: World, values: Mapping[str, float], at: str) -> Mapping[str, Instance | None]:
    free = values.get(FREE.name)
    if free is None:
        return {}
    return {"status": making.plain(["open", "spacesAvailable" if free else "full"], at)}
