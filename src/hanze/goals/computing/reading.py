# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What parts ask, read from a store: each question once, and a series once for all periods and indicators."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from hanze.errors import BadRequestData
from hanze.goals.areas.assigning import Map
from hanze.goals.computing.scene import Entered, Thing
from hanze.goals.indicators.reducing import Floats, Moments
from hanze.goals.keeping import entered
from hanze.ngsild import times, units
from hanze.ngsild.context import CORE, Context
from hanze.ngsild.entity import Entity, Instance
from hanze.ngsild.language import q
from hanze.ngsild.selection import EntitySelection, TypeIs, Window
from hanze.store.base import Numbers, Reads
from hanze.store.every import every
from hanze.store.scope import Scope

SIMULATED = CORE.expand("simulated")

Series = tuple[Moments, Floats]

EMPTY: Series = (np.empty(0, np.int64), np.empty(0))

Key = tuple[str, str, str]
"""The id of a thing, the name of an attribute, and a unit."""


class Kept(msgspec.Struct, frozen=True):
    """What a thing measured from `start` to `end` (microseconds)."""

    start: int
    end: int
    series: Series

    @property
    def bytes(self) -> int:
        return sum(part.nbytes for part in self.series)


class StoreSources:
    """`window`: the whole time that is asked about (start and end in microseconds). `now`: what came to be later is not there
    yet, so that a value can be worked out once more as of its moment. `series`: those that are known already; what is read joins
    them."""

    def __init__(
        self, reads: Reads, scope: Scope, context: Context, leaves: Map, window: tuple[int, int], now: int, open: float | None,
        series: dict[Key, Kept] | None = None,
    ) -> None:  # fmt: skip
        self._reads, self._scope, self._context = reads, scope, context
        self._leaves, self._window = leaves, window
        self._now, self._open = now, open
        self._entered: dict[str, Mapping[tuple[str, str], Sequence[Entered]]] = {}
        self._entities: dict[tuple[str, str], list[Entity]] = {}
        self._placed: dict[tuple[str, str], list[tuple[str | None, BaseGeometry | None]]] = {}
        self._things: dict[tuple[str, str, str, str], list[Thing]] = {}
        self._series = {} if series is None else series

    def things(self, type: str, where: str, attribute: str = "", unit: str = "") -> Sequence[Thing]:
        key = (type, where, attribute, unit)
        if key not in self._things:
            name = self._context.expand(attribute) if attribute else ""
            placed = zip(self._found(type, where), self._places(type, where), strict=True)
            self._things[key] = [
                Thing(
                    entity.id,
                    leaf,
                    shape,
                    _amount(entity.attributes.get(name, []), unit) if name else None,
                    _is_true(entity.attributes.get(SIMULATED, [])),
                )
                for entity, (leaf, shape) in placed
            ]
        return self._things[key]

    def _found(self, type: str, where: str) -> list[Entity]:
        key = (type, where)
        if key not in self._entities:
            query = q.parse(where, self._context) if where else None
            selection = EntitySelection(types=TypeIs(self._context.expand(type)), q=query)
            there = (one for one in every(self._reads, selection, self._scope) if self._was_there(one))
            self._entities[key] = sorted(there, key=lambda one: one.id)
        return self._entities[key]

    def _was_there(self, entity: Entity) -> bool:
        """It was known then, or it has a past of then: history that was loaded later counts too."""
        if times.parse(entity.created) <= self._now:
            return True
        past = self._reads.temporal("", entity.id, Window(relation="before", start=self._now), self._scope, cap=1)
        return past is not None and any(past.attributes.values())

    def _places(self, type: str, where: str) -> list[tuple[str | None, BaseGeometry | None]]:
        key = (type, where)
        if key not in self._placed:
            location = self._context.expand("location")
            shapes = [_shape(entity.attributes.get(location, [])) for entity in self._found(type, where)]
            self._placed[key] = list(zip(self._leaves.shapes(shapes), shapes, strict=True))
        return self._placed[key]

    def measured(self, id: str, attribute: str, unit: str, start: int, end: int) -> Series:
        key, window = (id, attribute, unit), self._window
        kept = self._series.get(key)
        if kept is None or not kept.start <= window[0] <= window[1] <= kept.end:
            kept = self._series[key] = Kept(*window, self._read(*key))
        moments, values = kept.series
        first, last = np.searchsorted(moments, (start, end)).tolist()
        return moments[first:last], values[first:last]

    def first(self, id: str, attribute: str, unit: str) -> int:
        """The moment of the first reading in the window; its end where there is none."""
        moments, _ = self.measured(id, attribute, unit, *self._window)
        return int(moments[0]) if len(moments) else self._window[1]

    def _read(self, id: str, attribute: str, unit: str) -> Series:
        """All that the thing measured in the window; what is in a unit that cannot be converted is left out."""
        name, (start, end) = self._context.expand(attribute), self._window
        window = Window(relation="between", start=start, end=end)
        told = self._reads.numbers("", id, name, None, window, self._scope)
        parts = [part for part in (_in_unit(one, unit) for one in told) if part is not None]
        if len(parts) < 2:
            return parts[0] if parts else EMPTY
        moments, values = (np.concatenate(column) for column in zip(*parts, strict=True))
        order = np.argsort(moments, kind="stable")
        return moments[order], values[order]

    def entered(self, code: str, part: str, area: str, first: int, start: int) -> Entered | None:
        known = self._told(code).get((part, area), ())
        counting = (one for one in known if first <= one.start <= start and one.number is not None)
        return max(counting, key=lambda one: one.start, default=None)

    def entered_since(self, code: str, part: str) -> int:
        """The start of the first period for which a part was entered; the end of the window where it never was."""
        found = (one.start for (name, _), known in self._told(code).items() if name == part for one in known)
        return min(found, default=self._window[1])

    def _told(self, code: str) -> Mapping[tuple[str, str], Sequence[Entered]]:
        if code not in self._entered:
            self._entered[code] = entered.read(self._reads, self._scope, code)
        return self._entered[code]

    def open(self) -> float | None:
        return self._open


def _in_unit(told: Numbers, unit: str) -> Series | None:
    if told.unit in (unit, None):
        return told.moments, told.values
    try:
        converted = units.conversion(told.unit or "", unit)
    except BadRequestData:
        return None
    return told.moments, told.values * float(converted.factor) + float(converted.offset)


def _amount(instances: Sequence[Instance], unit: str) -> float | None:
    """The number of the default instance, in the unit."""
    for instance in instances:
        value = instance.get("value")
        if "datasetId" not in instance and isinstance(value, int | float) and not isinstance(value, bool):
            given = instance.get("unitCode", unit)
            try:
                return units.conversion(given, unit)(value) if given != unit else float(value)
            except BadRequestData:
                return None
    return None


def _is_true(instances: Sequence[Instance]) -> bool:
    return any(one.get("value") is True for one in instances)


def _shape(instances: Sequence[Instance]) -> BaseGeometry | None:
    geometry: Any = next((one["value"] for one in instances if one["type"] == "GeoProperty"), None)
    return None if geometry is None else shapely.geometry.shape(geometry)
