# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the tests ask of the town: moments by their date, steps, and readings by name."""

from typing import Any, NamedTuple

import numpy as np

from hanze.feeds.havendam.chance import Floats, Whole
from hanze.feeds.havendam.city import City
from hanze.feeds.havendam.clock import STEP
from hanze.feeds.havendam.sensors import Kind, World
from hanze.feeds.tables.shaping import Series
from hanze.ngsild import times

HOUR = 3_600_000_000
SEED = 20


class Told(NamedTuple):
    """The readings of one attribute of one entity."""

    moments: Whole
    values: Floats


def at(text: str) -> int:
    """Microseconds of a date and time in UTC without Z."""
    return times.parse(text + "Z")


def steps(start: str, end: str, every: int = 12) -> Whole:
    return np.arange(at(start) // STEP, at(end) // STEP, every, dtype=np.int64)


def world(start: str, end: str, every: int = 12, seed: int = SEED) -> World:
    return City(seed).world(steps(start, end, every))


def told(series: list[Series]) -> dict[tuple[str, str], Told]:
    return {
        (one.id, one.attribute): Told(np.frombuffer(one.moments, np.int64), np.frombuffer(one.values, np.float64))
        for one in series
    }


def readings(kind: Kind, world: World) -> dict[tuple[str, str], Any]:
    """By the sensor's name and the attribute: what sensors without faults tell."""
    return {(sensor.name, quantity.name): values for sensor, quantity, values in kind.readings(world)}
