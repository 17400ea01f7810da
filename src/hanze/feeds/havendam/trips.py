# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Trips of the bus lines, and how late each is: more in rush hours, rain and storm, now and then by much."""

from functools import cache
from itertools import pairwise

import msgspec
import numpy as np

from hanze.feeds.havendam import chance, clock, traffic
from hanze.feeds.havendam.chance import Floats, Whole
from hanze.feeds.havendam.clock import DAY, HOUR, STEP, SUNDAY
from hanze.feeds.havendam.drawing import BUSES
from hanze.feeds.havendam.sensors import World
from hanze.feeds.making import urn

TYPE = "GtfsTrip"

DEPARTURES: tuple[tuple[int, int, bool], ...] = (
    (6, 50, False),
    (7, 40, False),
    (12, 15, True),
    (17, 5, True),
    (20, 30, True),
)
"""Hour and minute at which line 1 departs in the direction of the drawing, and whether it does on Sundays."""

METRES = 1_500
"""What a bus drives in a step, stops included."""

LOST = 0.01
"""The part of the trips of which nothing is told."""


class Trip(msgspec.Struct, frozen=True):
    """A trip of each day. `number`: its trip_id in the timetable. `begins`: steps after midnight in the town; `lasts`: steps
    from the first stop to the last, by the timetable."""

    number: str
    line: str
    name: str
    begins: int
    lasts: int
    sundays: bool

    @property
    def id(self) -> str:
        return urn(TYPE, "havendam", self.number)

    @property
    def time(self) -> str:
        """Of departure, HH:MM in the town."""
        minutes = self.begins * STEP // 60_000_000
        return f"{minutes // 60:02d}:{minutes % 60:02d}"


@cache
def trips() -> tuple[Trip, ...]:
    return tuple(
        _trip(line, direction, hour * HOUR + minute // 5 + int(line) + 3 * direction - 1, sundays)
        for line in BUSES
        for direction in (0, 1)
        for hour, minute, sundays in DEPARTURES
    )


def _trip(line: str, direction: int, begins: int, sundays: bool) -> Trip:
    stops = BUSES[line][:: -1 if direction else 1]
    way = sum(float(np.hypot(*np.subtract(one, next))) for (_, one), (_, next) in pairwise(stops))
    made = Trip(f"{line}-{direction}-", line, "", begins, round(way / METRES + 0.5), sundays)
    name = f"Bus {line} van {made.time} naar {stops[-1][0]}"
    return msgspec.structs.replace(made, number=made.number + made.time.replace(":", ""), name=name)


def arrivals(seed: int, trip: Trip, days: Whole) -> Whole:
    """The steps at which it is at its last stop by the timetable on those of the days (local, since 1970) on which something
    is told of it."""
    told = chance.uniform(chance.key(seed, trip.id, "lost"), days) >= LOST
    if not trip.sundays:
        told &= clock.read(days * DAY + DAY // 2).kind != SUNDAY
    local = days[told] * DAY + trip.begins + trip.lasts
    # No bus drives while the clock is changed.
    return local - clock.ahead(local) // (STEP // 1_000_000)


def delays(world: World, trip: Trip) -> Floats:
    """Whole seconds of delay at the last stop, if the trip came there at each step of the world; below 0 it is early."""
    day, weather = world.clock.day, world.weather
    crowd = np.minimum(traffic.load(world), 1.3) ** 2
    usual = chance.among(chance.uniform(chance.key(world.seed, trip.id, "usual"), chance.indexes(0, 1)), -20.0, 25.0)[0]
    rest = chance.uniform(chance.key(world.seed, trip.id, "stopped"), day)
    # Most lose little on the way, few lose very much.
    stopped = -np.log(1 - rest) * (24 + 95 * crowd)
    sky = 40 * np.minimum(weather.rain, 2.5) + 7 * np.maximum(weather.wind - 10, 0)
    found = (
        usual - 24 + 105 * crowd + stopped + sky + 28 * chance.normal(chance.key(world.seed, trip.id, "driver"), day)
    )
    whole: Floats = np.round(found) + 0.0
    return whole


def along(trip: Trip, arrival: int, delay: float, step: int) -> int:
    """Seconds of delay at a step of its way: it grows from the first stop to the last, where it is `delay`."""
    return round(delay * min(1.0, (step - arrival + trip.lasts) / trip.lasts))
