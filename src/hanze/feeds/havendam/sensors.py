# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a sensor of the town is, what all of them see, and what a kind of sensors must be able to do."""

from collections.abc import Iterator, Mapping
from typing import Protocol

import msgspec

from hanze.feeds.havendam import chance, pilots
from hanze.feeds.havendam.chance import Floats
from hanze.feeds.havendam.clock import Clock
from hanze.feeds.havendam.pilots import Effect
from hanze.feeds.havendam.town import Point
from hanze.feeds.havendam.weather import Weather
from hanze.feeds.making import urn
from hanze.ngsild.entity import Instance


class Quantity(msgspec.Struct, frozen=True):
    """`unit`: UN/CEFACT code. `decimals`: how finely it is told."""

    name: str
    unit: str
    decimals: int


class Sensor(msgspec.Struct, frozen=True):
    """`road`: where it lies in or beside one. `facts`: what does not change.

    `drift`: by what part it tells too much (below 0: too little) at the end of a year, when it is calibrated again.
    `sticks`: now and then it says the same for hours.
    """

    id: str
    type: str
    name: str
    point: Point
    district: str
    quantities: tuple[Quantity, ...]
    road: str = ""
    facts: Mapping[str, Instance | None] = {}
    drift: float = 0.0
    sticks: bool = False


class World(msgspec.Struct, frozen=True):
    """The town at some steps: all that a sensor's reading follows from.

    `loads`: expected traffic of each loop (rows) at each step, as a part of the road's busiest hour, nothing planted.
    """

    seed: int
    clock: Clock
    weather: Weather
    loads: Floats
    effects: tuple[Effect, ...]

    def planted(self, sensor: Sensor, attribute: str) -> Floats | float:
        return pilots.factor(self.effects, attribute, sensor.district, sensor.road, self.clock.steps)

    def normal(self, sensor: Sensor, what: str) -> Floats:
        """Chance that is another at each step."""
        return chance.normal(chance.key(self.seed, sensor.id, what), self.clock.steps)

    def smooth(self, sensor: Sensor, what: str, period: int) -> Floats:
        """Chance that lasts for about so many steps."""
        return chance.smooth(chance.key(self.seed, sensor.id, what), self.clock.steps, period)

    def fixed(self, sensor: Sensor, what: str, low: float, high: float) -> float:
        """A number of this sensor that never changes."""
        found = chance.uniform(chance.key(self.seed, sensor.id, what), chance.indexes(0, 1))
        return low + (high - low) * float(found[0])


Reading = tuple[Sensor, Quantity, Floats]
"""The value of one attribute at each step of the world."""


class Kind(Protocol):
    """One kind of sensors: a module."""

    def sensors(self) -> tuple[Sensor, ...]: ...

    def readings(self, world: World) -> Iterator[Reading]:
        """What sensors without faults would tell, for every quantity of every sensor in their order."""
        ...

    def words(
        self, sensor: Sensor, world: World, values: Mapping[str, float], at: str
    ) -> Mapping[str, Instance | None]:
        """What is told beside the numbers `values` of the world's only step, such as a status. `at`: observedAt."""
        ...


def id(type: str, number: int) -> str:
    return urn(type, "havendam", f"{number:02d}")
