# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Waste containers: they fill day by day, and a lorry empties them on fixed days, which it sometimes misses."""

from collections.abc import Iterator, Mapping
from functools import cache

import msgspec
import numpy as np

from hanze.feeds import making
from hanze.feeds.havendam import chance, pilots, town
from hanze.feeds.havendam import sensors as common
from hanze.feeds.havendam.chance import Floats, Whole
from hanze.feeds.havendam.clock import DAY, HOUR, STEP, ahead
from hanze.feeds.havendam.drawing import DISTRICTS
from hanze.feeds.havendam.sensors import Quantity, Reading, Sensor, World
from hanze.ngsild import times
from hanze.ngsild.entity import Instance

TYPE = "WasteContainer"

LEVEL = Quantity("fillingLevel", "C62", 2)

FULL = 100_000
"""The parts of a container that are counted, as whole numbers: sums of days are then the same from wherever one begins."""

KINDS: tuple[tuple[str, str, int], ...] = (
    ("other", "Restafval", 3), ("paper", "Papier", 7), ("glass", "Glas", 14), ("organic", "Groente en tuin", 7),
    ("plastic", "Plastic", 4),
)  # fmt: skip
"""Kind, its name, and days from one emptying to the next."""


class Emptied(msgspec.Struct, frozen=True):
    """The last emptying before each step: local day, and hour of that day."""

    day: Whole
    hour: Floats


@cache
def sensors() -> tuple[Sensor, ...]:
    found: list[Sensor] = []
    for district in DISTRICTS:
        for (kind, name, _), at in zip(KINDS, town.spots(district, "waste", len(KINDS)), strict=True):
            number = len(found) + 1
            found.append(
                Sensor(
                    common.id(TYPE, number), TYPE, f"{name} {district}", at, district, (LEVEL,),
                    facts={"storedWasteKind": making.plain([kind]), "category": making.plain(["underground"])},
                )
            )  # fmt: skip
    return tuple(found)


def readings(world: World) -> Iterator[Reading]:
    for number, sensor in enumerate(sensors()):
        level = np.minimum(content(world, number) / FULL, 1.0)
        yield sensor, LEVEL, np.clip(level + 0.006 * world.normal(sensor, "echo"), 0.0, 1.0)


def content(world: World, number: int) -> Whole:
    """What is in a container at each step, in parts of FULL; more than FULL stands beside it."""
    last = emptied(world, number)
    first = int(last.day.min())
    days = chance.indexes(first, int(world.clock.day.max()) - first + 1)
    daily = _daily(world, number, days)
    before = np.concatenate([np.zeros(1, np.int64), np.cumsum(daily)])

    def put_in(day: Whole, hour: Floats) -> Whole:
        part = np.clip((hour - 7) / 16, 0.0, 1.0)
        found: Whole = before[day - first] + np.floor(daily[day - first] * part).astype(np.int64)
        return found

    found: Whole = put_in(world.clock.day, world.clock.hour) - put_in(last.day, last.hour)
    return found


def emptied(world: World, number: int) -> Emptied:
    sensor, every = sensors()[number], KINDS[number % len(KINDS)][2]
    hour = world.fixed(sensor, "hour", 7, 12)
    shift = int(world.fixed(sensor, "shift", 0, every))
    clock = world.clock
    # The turn of today counts once the lorry has been there.
    turn = np.floor_divide(clock.day + shift - (clock.hour < hour), every)
    turn = turn - _missed(world, sensor, turn)
    return Emptied(turn * every - shift, np.full(len(turn), hour))


def _missed(world: World, sensor: Sensor, turn: Whole) -> Whole:
    """Never two after each other."""
    part = chance.uniform(chance.key(world.seed, sensor.id, "missed"), turn)
    return np.where((part < 0.08) & (turn % 2 == 1), 1, 0)


def _daily(world: World, number: int, days: Whole) -> Whole:
    """What comes in on each day."""
    sensor, every = sensors()[number], KINDS[number % len(KINDS)][2]
    usual = world.fixed(sensor, "usual", 0.5, 0.95) * FULL / every
    chancy = chance.uniform(chance.key(world.seed, sensor.id, "daily"), days)
    weekend = np.where((days + 3) % 7 >= 5, 1.25, 1.0)
    planted = pilots.factor(world.effects, LEVEL.name, sensor.district, sensor.road, days * DAY)
    found: Whole = np.round(usual * (0.6 + 0.7 * chancy) * weekend * planted).astype(np.int64)
    return found


def words(sensor: Sensor, world: World, values: Mapping[str, float], at: str) -> Mapping[str, Instance | None]:
    last = emptied(world, sensors().index(sensor))
    local = last.day * DAY + np.floor(last.hour * HOUR).astype(np.int64)
    # The clock is never changed between the hours at which lorries drive.
    moment = (int(local[0]) * STEP) - int(ahead(local)[0]) * 1_000_000
    return {"dateLastEmptying": making.plain({"@type": "DateTime", "@value": times.text(moment)})}
