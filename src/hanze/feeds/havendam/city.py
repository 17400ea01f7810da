# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The simulated town as a source: all series of a time, or what every sensor says at one moment."""

from array import array
from collections.abc import Iterator

import msgspec
import numpy as np

from hanze.errors import BadRequestData
from hanze.feeds import making
from hanze.feeds.havendam import (
    air,
    bikes,
    clock,
    cyclists,
    faults,
    lights,
    marks,
    noise,
    parking,
    service,
    stations,
    still,
    traffic,
    trips,
    waste,
)
from hanze.feeds.havendam.chance import Floats, Whole
from hanze.feeds.havendam.clock import HOUR, STEP
from hanze.feeds.havendam.pilots import Effect
from hanze.feeds.havendam.sensors import Kind, Quantity, Reading, Sensor, World
from hanze.feeds.havendam.weather import weather
from hanze.feeds.tables.shaping import Series
from hanze.ngsild import times
from hanze.ngsild.entity import Entity, Instance

KINDS: tuple[Kind, ...] = (stations, traffic, air, noise, bikes, cyclists, parking, waste, lights)

EARLIEST, LATEST = 31_536_000_000_000, 7_258_118_400_000_000
"""1971 and 2200, in microseconds."""


def types() -> list[str]:
    """Of all entities of the town, also of those that measure nothing."""
    return sorted({*(kind.sensors()[0].type for kind in KINDS), still.STOP, still.PARK, trips.TYPE})


class City(msgspec.Struct, frozen=True):
    """All that Havendam says follows from the seed, the planted effects and the moment."""

    seed: int = 1
    effects: tuple[Effect, ...] = ()

    def hours(self, start: int, end: int) -> Iterator[Series]:
        """Every series at the full hours from `start` up to but not including `end` (microseconds), gaps left out.

        Each attribute of each entity that has a reading comes once, names as written, moments ascending. Ask for
        many years by pieces, in any order.
        """
        first, last = (-(-_checked(one) // (HOUR * STEP)) * HOUR for one in (start, end))
        steps = np.arange(first, last, HOUR, dtype=np.int64)
        if len(steps) == 0:
            return
        moments = steps * STEP
        for sensor, quantity, values in self._told(self.world(steps)):
            there = ~np.isnan(values)
            if not there.any():
                continue
            packed = array("q", moments[there].tobytes()), array("d", values[there].tobytes())
            template = {"type": "Property", "unitCode": quantity.unit}
            yield Series(sensor.id, sensor.type, quantity.name, template, *packed)

    def now(self, moment: int) -> list[Entity]:
        """Every sensor as it is at the last full five minutes; an attribute of which no reading came is left out."""
        step = _checked(moment) // STEP
        world = self.world(np.array([step], np.int64))
        at = times.text(step * STEP)
        values: dict[str, dict[str, float]] = {}
        for sensor, quantity, told in self._told(world):
            own = values.setdefault(sensor.id, {})
            if not np.isnan(told[0]):
                own[quantity.name] = float(told[0])
        return [_entity(kind, sensor, world, values[sensor.id], at) for kind in KINDS for sensor in kind.sensors()]

    def runs(self, start: int, end: int) -> Iterator[Series]:
        """The delay of each bus trip once a day, when it came to its last stop from `start` up to but not including `end`."""
        return service.series(self.seed, self.world, _checked(start), _checked(end))

    def buses(self, moment: int, *, under_way: bool = False) -> list[Entity]:
        """Every bus trip as it was last told at the last full five minutes, or only those that are `under_way` then."""
        return service.now(self.seed, self.world, _checked(moment) // STEP, under_way=under_way)

    def world(self, steps: Whole) -> World:
        """What all sensors see at these steps, in any order."""
        local = clock.read(steps)
        sky = weather(self.seed, local)
        return World(self.seed, local, sky, traffic.loads(self.seed, local, sky), self.effects)

    def _told(self, world: World) -> Iterator[Reading]:
        """What comes from the sensors with all their faults; NaN where nothing comes."""
        for kind in KINDS:
            stuck = self._stuck(kind, world.clock.steps)
            gaps = {one.id: faults.missing(self.seed, one.id, world.clock.steps) for one in kind.sensors()}
            for sensor, quantity, values in kind.readings(world):
                told = self._shown(sensor, quantity, values, world.clock.steps)
                if sensor.id in stuck:
                    where, held = stuck[sensor.id]
                    told[where] = held[quantity.name]
                told[gaps[sensor.id]] = np.nan
                yield sensor, quantity, told

    def _shown(self, sensor: Sensor, quantity: Quantity, values: Floats, steps: Whole) -> Floats:
        drifted = values * faults.gain(self.seed, sensor.id, sensor.drift, steps) if sensor.drift else values
        # Zero is added so that no -0.0 is told.
        return np.round(drifted, quantity.decimals) + 0.0

    def _stuck(self, kind: Kind, steps: Whole) -> dict[str, tuple[Whole, dict[str, Floats]]]:
        """For each sensor that is stuck at some of the steps: at which ones, and what it says there by attribute."""
        since = {one.id: faults.told_since(self.seed, one.id, steps) for one in kind.sensors() if one.sticks}
        where = {id: np.flatnonzero(told != steps) for id, told in since.items()}
        begun = np.unique(np.concatenate([since[id][where[id]] for id in since])) if since else steps[:0]
        if len(begun) == 0:
            return {}
        found: dict[str, tuple[Whole, dict[str, Floats]]] = {id: (at, {}) for id, at in where.items() if len(at)}
        for sensor, quantity, values in kind.readings(self.world(begun)):
            if sensor.id in found:
                at, held = found[sensor.id]
                told = self._shown(sensor, quantity, values, begun)
                held[quantity.name] = told[np.searchsorted(begun, since[sensor.id][at])]
        return found


def _entity(kind: Kind, sensor: Sensor, world: World, values: dict[str, float], at: str) -> Entity:
    return making.entity(
        sensor.id,
        sensor.type,
        {
            **marks.of(sensor.name),
            **marks.at(sensor.point),
            **sensor.facts,
            **{one.name: _number(one, values.get(one.name), at) for one in sensor.quantities},
            **kind.words(sensor, world, values, at),
        },
    )


def _number(quantity: Quantity, value: float | None, at: str) -> Instance | None:
    """Counts are told as whole numbers."""
    return making.number(int(value) if value is not None and quantity.decimals == 0 else value, quantity.unit, at)


def _checked(moment: int) -> int:
    if not EARLIEST <= moment <= LATEST:
        raise BadRequestData(f"The moment is {moment} microseconds since 1970; Havendam exists from 1971 to 2200.")
    return moment
