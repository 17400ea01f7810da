# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Effects that are planted into the data, so that whoever looks for them can be checked: what, where, when and how large."""

from collections.abc import Iterable

import msgspec
import numpy as np

from hanze.errors import ConfigurationError
from hanze.feeds.havendam.chance import Floats, Whole
from hanze.feeds.havendam.clock import STEP
from hanze.feeds.havendam.drawing import DISTRICTS, ROADS
from hanze.ngsild import times

ATTRIBUTES = (
    "intensity", "averageVehicleSpeed", "no2", "pm10", "pm25", "o3", "LAeq", "availableBikeNumber", "occupancy",
    "fillingLevel", "illuminanceLevel",
)  # fmt: skip


class Effect(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One attribute is another from `start` up to but not including `end` (microseconds; None: for good).

    `size`: -0.25 is a quarter less of what would have been there. It holds for that attribute alone: less traffic planted
    here does not make the air cleaner by itself, so that the true size of every effect is the one written here.
    Of intensity it is cars, not counted bicycles; of LAeq the sound energy; of fillingLevel what comes in, by whole days;
    of availableBikeNumber how much a station is wanted, since bikes only move to other stations.

    `districts`, `roads`: where; both must fit. Roads are those that a loop lies in or a station stands beside.
    Empty means everywhere.
    """

    attribute: str
    start: int
    size: float
    end: int | None = None
    districts: tuple[str, ...] = ()
    roads: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _known("attribute", (self.attribute,), ATTRIBUTES)
        _known("districts", self.districts, DISTRICTS)
        _known("roads", self.roads, ROADS)
        if not -1 < self.size <= 10:
            raise ConfigurationError(
                f"size is {self.size}; give more than -1 (all gone) and at most 10, such as -0.25."
            )
        if self.end is not None and self.end <= self.start:
            raise ConfigurationError(
                f"end is {times.text(self.end)}, which is not after start, {times.text(self.start)}."
            )


def low_traffic(
    road: str, start: int, end: int | None = None, *, flow: float = -0.25, no2: float = -0.12
) -> tuple[Effect, ...]:
    """A street from which through traffic is kept: less of it, and less NO2 at the stations beside it."""
    return (
        Effect(attribute="intensity", roads=(road,), start=start, end=end, size=flow),
        Effect(attribute="no2", roads=(road,), start=start, end=end, size=no2),
    )


def factor(effects: Iterable[Effect], attribute: str, district: str, road: str, steps: Whole) -> Floats | float:
    """What the attribute is multiplied by at each step; 1.0 where nothing is planted."""
    found: Floats | float = 1.0
    for one in effects:
        if one.attribute != attribute or (one.districts and district not in one.districts):
            continue
        if one.roads and road not in one.roads:
            continue
        begun = steps * STEP >= one.start
        there = begun if one.end is None else begun & (steps * STEP < one.end)
        found = found * np.where(there, 1 + one.size, 1.0)
    return found


def _known(field: str, given: tuple[str, ...], names: Iterable[str]) -> None:
    for name in given:
        if name not in names:
            raise ConfigurationError(f"{field} names {name!r}; Havendam knows {', '.join(names)}.")
