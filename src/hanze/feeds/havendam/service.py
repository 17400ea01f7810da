# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is told of the bus trips: where each was last as an entity, and one delay for each of its days as history."""

from array import array
from collections.abc import Callable, Iterator

import numpy as np

from hanze.feeds import making
from hanze.feeds.havendam import chance, marks
from hanze.feeds.havendam.chance import Floats, Whole
from hanze.feeds.havendam.clock import DAY, STEP
from hanze.feeds.havendam.sensors import World
from hanze.feeds.havendam.trips import TYPE, Trip, along, arrivals, delays, trips
from hanze.feeds.tables.shaping import Series
from hanze.ngsild import times
from hanze.ngsild.entity import Entity

ATTRIBUTE, UNIT = "delay", "SEC"

WINDOW = 12
"""Days in which each trip runs at least once."""

Town = Callable[[Whole], World]


def series(seed: int, town: Town, start: int, end: int) -> Iterator[Series]:
    """The delay of each trip at its last stop, arrivals from `start` up to but not including `end` (microseconds)."""
    first, last = -(-start // STEP), -(-end // STEP)
    days = chance.indexes(first // DAY - 1, (last - first) // DAY + 3)
    found = {}
    for trip in trips():
        came = arrivals(seed, trip, days)
        found[trip] = came[(came >= first) & (came < last)]
    for trip, values in _delays(town, found).items():
        if len(values):
            template = {"type": "Property", "unitCode": UNIT}
            packed = array("q", (found[trip] * STEP).tobytes()), array("d", values.tobytes())
            yield Series(trip.id, TYPE, ATTRIBUTE, template, *packed)


def now(seed: int, town: Town, step: int, *, under_way: bool) -> list[Entity]:
    """Each trip as it was told at this step or last before it. `under_way`: only those of which something is told at it."""
    days = chance.indexes(step // DAY - WINDOW, WINDOW + 2)
    last = {}
    for trip in trips():
        came = arrivals(seed, trip, days)
        begun = came[came - trip.lasts <= step]
        if not under_way or begun[-1] >= step:
            last[trip] = begun[-1:]
    return [
        _entity(trip, along(trip, int(last[trip][0]), float(delay[0]), step), min(step, int(last[trip][0])))
        for trip, delay in _delays(town, last).items()
    ]


def _delays(town: Town, came: dict[Trip, Whole]) -> dict[Trip, Floats]:
    """At each arrival; the town is asked once for all."""
    steps = np.unique(np.concatenate([*came.values(), chance.indexes(0, 0)]))
    if len(steps) == 0:
        return {}
    world = town(steps)
    return {trip: delays(world, trip)[np.searchsorted(steps, own)] for trip, own in came.items()}


def _entity(trip: Trip, delay: int, step: int) -> Entity:
    """As GTFS Realtime makes one, and no place either: it is somewhere on its line."""
    return making.entity(
        trip.id,
        TYPE,
        {
            **marks.of(trip.name),
            ATTRIBUTE: making.number(delay, UNIT, times.text(step * STEP)),
            "startTime": making.plain(f"{trip.time}:00"),
            "tripId": making.plain(trip.number),
            "routeId": making.plain(trip.line),
        },
    )
