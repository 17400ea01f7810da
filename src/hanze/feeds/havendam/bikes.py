# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Docking stations of hire bikes: a bike stands at one station or is under way, and none is ever lost."""

from collections.abc import Iterator, Mapping
from functools import cache

import numpy as np

from hanze.feeds import making
from hanze.feeds.havendam import chance, town
from hanze.feeds.havendam import sensors as common
from hanze.feeds.havendam.chance import Floats, Whole
from hanze.feeds.havendam.clock import HOUR, rhythm
from hanze.feeds.havendam.drawing import Spot
from hanze.feeds.havendam.sensors import Quantity, Reading, Sensor, World
from hanze.ngsild.entity import Instance

TYPE = "BikeHireDockingStation"

BIKES = Quantity("availableBikeNumber", "C62", 0)
FREE = Quantity("freeSlotNumber", "C62", 0)

FLEET = 150

STATIONS: tuple[tuple[str, Spot, int, str], ...] = (
    ("Station", (3200, 1620), 36, "work"), ("Grote Markt", (2430, 3080), 28, "work"),
    ("Binnenhaven", (1650, 3100), 20, "work"),
    ("Bruggestraat", (2930, 2800), 18, "work"), ("Ankerkade", (850, 3250), 16, "work"), ("Strand", (700, 4200), 24, "beach"),
    ("Vuurtorenpark", (950, 4600), 16, "beach"),
    ("Zilverduin", (1800, 4400), 18, "home"), ("Noorderveld", (3100, 4600), 20, "home"),
    ("Veldpark", (3250, 4300), 16, "home"), ("Molenlaan", (4200, 3080), 18, "home"), ("Kadeweg", (3600, 2120), 18, "home"),
    ("Weidepoort", (4950, 1750), 20, "home"), ("Weidebos", (5450, 1400), 14, "home"), ("Sluis", (1850, 1650), 14, "home"),
)  # fmt: skip
"""Docks, and what people come for."""

_WORK = (
    .35, .35, .35, .35, .35, .4, .5, .9, 1.5, 1.8, 1.8, 1.8, 1.8, 1.8, 1.8, 1.7, 1.5, 1.0, .8, .7, .6, .5, .45, .4,
)  # fmt: skip
_SHOPS = (
    .5, .5, .5, .5, .5, .5, .5, .5, .6, .8, 1.1, 1.4, 1.5, 1.6, 1.6, 1.5, 1.3, 1.1, 1.0, .9, .8, .7, .6, .5,
)  # fmt: skip
_RIDING = (
    .01, .01, .0, .0, .0, .02, .07, .20, .26, .12, .09, .10, .13, .12, .11, .14, .20, .26, .17, .12, .09, .06, .04, .02,
)  # fmt: skip
_OUTING = (
    .03, .02, .01, .0, .0, .0, .01, .02, .04, .07, .12, .16, .18, .20, .21, .20, .17, .13, .10, .08, .06, .05, .04, .03,
)  # fmt: skip


@cache
def sensors() -> tuple[Sensor, ...]:
    found = []
    for number, (name, spot, docks, _) in enumerate(STATIONS, 1):
        at = town.point(spot)
        found.append(
            Sensor(
                common.id(TYPE, number), TYPE, f"Deelfietsen {name}", at, town.district_at(at), (BIKES, FREE),
                facts={"totalSlotNumber": making.number(docks, "C62")},
            )
        )  # fmt: skip
    return tuple(found)


def readings(world: World) -> Iterator[Reading]:
    out = broken(world)
    standing = parked(world, out)
    for row, sensor in enumerate(sensors()):
        yield sensor, BIKES, standing[row].astype(np.float64)
        yield sensor, FREE, (STATIONS[row][2] - out[row] - standing[row]).astype(np.float64)


def riding(world: World) -> Whole:
    """Bikes under way: many in rush hours and on fine weekends, few in rain."""
    weather = world.weather
    fine = np.clip(0.75 + 0.025 * (weather.temperature - 8), 0.4, 1.25) * (1 - 0.5 * np.minimum(weather.rain, 1.2))
    found: Whole = np.round(FLEET * rhythm(world.clock, _RIDING, _OUTING, _OUTING) * fine).astype(np.int64)
    return found


def broken(world: World) -> Whole:
    """Docks of each station (rows) that are out of order: by days, 0 to 2."""
    found = np.empty((len(STATIONS), len(world.clock.steps)), np.int64)
    for row, sensor in enumerate(sensors()):
        part = chance.uniform(chance.key(world.seed, sensor.id, "broken"), world.clock.day)
        found[row] = (part > 0.8).astype(np.int64) + (part > 0.96)
    return found


def parked(world: World, out: Whole) -> Whole:
    """Bikes that stand at each station (rows): each next one goes to the station that lacks most of what it is wanted for."""
    docks = np.array([one[2] for one in STATIONS])
    owner = np.repeat(np.arange(len(docks)), docks)
    place = np.concatenate([np.arange(count) for count in docks])
    wanted, standing = _wanted(world), FLEET - riding(world)
    found = np.empty((len(docks), len(standing)), np.int64)
    # Pieces keep the table of all docks at all steps small.
    for first in range(0, len(standing), 2_000):
        piece = slice(first, first + 2_000)
        usable = place < (docks - out[:, piece].T)[:, owner]
        turn = np.where(usable, (place + 1) / wanted[:, piece].T[:, owner], np.inf)
        order = np.argsort(turn, axis=1, kind="stable")
        taken = np.arange(len(owner)) < standing[piece, None]
        cell = owner[order] + len(docks) * np.arange(len(order))[:, None]
        found[:, piece] = np.bincount(cell[taken], minlength=len(docks) * len(order)).reshape(-1, len(docks)).T
    return found


def _wanted(world: World) -> Floats:
    weather = world.weather
    work = rhythm(world.clock, _WORK, _SHOPS, _SHOPS)
    warm = np.clip((weather.temperature - 14) / 8, 0, 1) * (1 - weather.cloud)
    beach = 0.15 + 2.6 * warm * np.clip(1 - np.abs(world.clock.hour - 15) / 6, 0, 1)
    uses = {"work": work, "home": np.maximum(2.1 - work, 0.25), "beach": beach}
    found = np.empty((len(STATIONS), len(weather.sun)))
    for row, (sensor, (_, _, docks, use)) in enumerate(zip(sensors(), STATIONS, strict=True)):
        wave = 1 + 0.15 * world.smooth(sensor, "wanted", 5 * HOUR)
        found[row] = docks * uses[use] * wave * world.planted(sensor, BIKES.name)
    return found


def _status(bikes: float, free: float) -> str:
    if bikes <= 2:
        return "almostEmpty" if bikes else "empty"
    if free <= 2:
        return "almostFull" if free else "full"
    return "working"


def words(sensor: Sensor, world: World, values: Mapping[str, float], at: str) -> Mapping[str, Instance | None]:
    bikes, free = values.get(BIKES.name), values.get(FREE.name)
    if bikes is None or free is None:
        return {}
    out = STATIONS[sensors().index(sensor)][2] - int(bikes + free)
    return {
        "outOfServiceSlotNumber": making.number(out, "C62", at),
        "status": making.plain(_status(bikes, free), at),
    }
