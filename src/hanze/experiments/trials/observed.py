# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What was seen of the outcome of a trial, by unit and period, read from the data of the node; and the table that is evaluated."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import tzinfo

import msgspec
import numpy as np

from hanze.experiments.trials import answers, days, tables
from hanze.experiments.trials.outcome import Indicated, Loaded, Measured, Outcome, Step, Surveyed, Together, Units
from hanze.experiments.trials.plan import Plan
from hanze.goals.areas.assigning import Map
from hanze.goals.computing.reading import StoreSources
from hanze.goals.computing.scene import Scene
from hanze.goals.indicators.reducing import HOUR, Floats, Moments, together
from hanze.goals.keeping import areas, values
from hanze.ngsild import calendar
from hanze.ngsild.context import CORE
from hanze.ngsild.selection import Window
from hanze.store.base import Reads
from hanze.store.scope import Scope


class Observed(msgspec.Struct, frozen=True):
    """The outcome of a unit in the period that begins at `start` (microseconds). `weight`: so many answers it rests on."""

    unit: str
    start: int
    value: float
    weight: float = 1.0


class Place(msgspec.Struct, frozen=True):
    """Where and when is looked: the code of the city, the code of the trial, the zone, and now (microseconds): what comes later is
    not there yet, and a period that still runs is left out."""

    city: str
    trial: str
    zone: tzinfo
    now: int


class Observing:
    """Reads outcomes of one trial between the first and the last day of its plan; areas are read once."""

    def __init__(self, reads: Reads, scope: Scope, place: Place, plan: Plan) -> None:
        self._reads, self._scope, self._place, self._plan = reads, scope, place, plan
        self._window = (days.since(plan.since, place.zone), min(place.now, days.until(plan.ends, place.zone)))
        self._known: tuple[Scene, Map] | None = None
        self._found: StoreSources | None = None

    def series(self, outcome: Outcome, units: Sequence[str], kind: Units) -> list[Observed]:
        """By unit in the order that is given, and by period. `kind`: what the units are."""
        if isinstance(outcome, Measured):
            return list(self._measured(outcome, units, kind))
        if isinstance(outcome, Indicated):
            return [one for unit in units for one in self._values(outcome.indicator, unit)]
        if isinstance(outcome, Loaded):
            return list(self._loaded(outcome, units))
        return list(self._surveyed(outcome, units))

    def _measured(self, outcome: Measured, units: Sequence[str], kind: Units) -> Iterator[Observed]:
        edges = _edges(outcome.step, *self._window, self._place.zone)
        inside = self._inside(outcome, units) if kind == "areas" else {unit: [unit] for unit in units}
        for unit, ids in inside.items():
            each = [self._one(outcome, id, edges) for id in ids]
            yield from _joined(unit, each, total=outcome.together in ("sum", "count"))

    def _one(self, outcome: Measured, id: str, edges: Moments) -> dict[int, float]:
        moments, found = self._sources.measured(id, outcome.attribute, outcome.unit, *self._window)
        return _by_period(outcome.together, moments, found, edges)

    def _inside(self, outcome: Measured, units: Sequence[str]) -> dict[str, list[str]]:
        """By area, the things that lie in it."""
        leaves = self.leaves(units)
        found: dict[str, list[str]] = {unit: [] for unit in units}
        for thing in self._sources.things(outcome.type, outcome.where):
            unit = leaves.get(thing.leaf or "")
            if unit is not None:
                found[unit].append(thing.id)
        return found

    def _values(self, code: str, area: str) -> Iterator[Observed]:
        """Of the periods that are over."""
        id, window = values.id_of(self._place.city, code, area), _window(*self._window)
        for one in self._reads.numbers("", id, values.KPI, None, window, self._scope)[-1:]:
            for moment, value in zip(one.moments.tolist(), one.values.tolist(), strict=True):
                yield Observed(area, moment, value)

    def _loaded(self, outcome: Loaded, units: Sequence[str]) -> Iterator[Observed]:
        table = tables.find(self._reads, self._place.trial)
        edges, wanted = _edges(outcome.step, *self._window, self._place.zone), set(units)
        rows: dict[str, list[tuple[int, float]]] = {unit: [] for unit in units}
        for unit, moment, value in () if table is None else table.rows:
            if unit in wanted:
                rows[unit].append((moment, value))
        for unit, found in rows.items():
            moments, numbers = np.array([one for one, _ in found], np.int64), np.array([one for _, one in found], float)
            told = _by_period(outcome.together, moments, numbers, edges)
            counting = not outcome.column and table is not None and table.rows
            # Of a log a period without a case is one with none, as far as the log goes.
            told = {**_zeros(table.rows, edges), **told} if counting and table is not None else told
            yield from (Observed(unit, start, value) for start, value in sorted(told.items()))

    def _surveyed(self, outcome: Surveyed, units: Sequence[str]) -> Iterator[Observed]:
        found = answers.cells(self._reads, self._place.trial, outcome, self.leaves(units))
        for cell, score, many in answers.scores(found, outcome):
            wave = outcome.waves[cell.wave]
            if days.until(wave.until, self._place.zone) <= self._place.now:
                yield Observed(cell.area, days.since(wave.since, self._place.zone), score, many)

    def leaves(self, units: Sequence[str]) -> dict[str, str]:
        """From each area that lies in one of the units, itself too, to the unit; the first one where several are."""
        scene = self._drawn[0]
        found: dict[str, str] = {}
        for unit in units:
            for code in (unit, *scene.leaves(unit)):
                found.setdefault(code, unit)
        return found

    def within(self, outcome: Outcome, units: Sequence[str], kind: Units) -> dict[str, str]:
        """From each unit to the area in which it lies: of a thing the smallest one, of an area the next larger one. What lies in
        none is not there."""
        if kind == "areas":
            places = self._drawn[0].places
            found = {unit: places[unit].area.parent for unit in units if unit in places}
        elif isinstance(outcome, Measured):
            wanted = set(units)
            found = {one.id: one.leaf for one in self._sources.things(outcome.type, "") if one.id in wanted}
        else:
            found = {}
        return {unit: area for unit, area in found.items() if area}

    def people(self, code: str) -> float | None:
        """Who lives in an area; None where that is not known."""
        scene = self._drawn[0]
        return scene.people(scene.leaves(code)) if code else scene.people(one.area.code for one in scene.smallest)

    def mean(self, outcome: Measured) -> dict[int, float]:
        """By period, the mean over all things of the type: of something that is the same for all units, such as the weather."""
        edges = _edges(outcome.step, *self._window, self._place.zone)
        each = [self._one(outcome, thing.id, edges) for thing in self._sources.things(outcome.type, outcome.where)]
        return {one.start: one.value for one in _joined("", each, total=False)}

    def beside(self, outcome: Measured, starts: Iterable[int]) -> dict[int, float]:
        """The same by these moments: each has that of the period of the outcome in which it lies."""
        edges, found = _edges(outcome.step, *self._window, self._place.zone).tolist(), self.mean(outcome)
        places = {start: bisect_right(edges, start) - 1 for start in starts}
        inside = {start: edges[place] for start, place in places.items() if 0 <= place < len(edges) - 1}
        return {start: found[begins] for start, begins in inside.items() if begins in found}

    @property
    def _sources(self) -> StoreSources:
        if self._found is None:
            self._found = StoreSources(
                self._reads, self._scope, CORE, self._drawn[1], self._window, self._place.now, None
            )
        return self._found

    @property
    def _drawn(self) -> tuple[Scene, Map]:
        if self._known is None:
            scene = Scene(areas.read(self._reads, self._scope))
            self._known = scene, Map(one.area for one in scene.smallest)
        return self._known


def _window(start: int, end: int) -> Window:
    return Window(relation="between", start=start, end=end)


def _edges(step: Step, start: int, end: int, zone: tzinfo) -> Moments:
    """The starts of the whole periods between two moments, and the end of the last one."""
    if step == "hour":
        first = -(-start // HOUR) * HOUR
        return np.arange(first, end + 1, HOUR, dtype=np.int64)
    whole = [one for one in calendar.periods(step, start, end, zone) if start <= one.start and one.end <= end]
    return np.array([*(one.start for one in whole), *(one.end for one in whole[-1:])], np.int64)


def _by_period(how: Together, moments: Moments, found: Floats, edges: Moments) -> dict[int, float]:
    """By the start of each period in which something is there."""
    if len(edges) < 2 or not len(moments):
        return {}
    place = np.searchsorted(edges, moments, "right") - 1
    inside = (place >= 0) & (place < len(edges) - 1)
    place, found = place[inside], found[inside]
    if not len(place):
        return {}
    first = np.flatnonzero(np.r_[True, place[1:] != place[:-1]])
    many = np.diff(np.append(first, len(place))).astype(float)
    numbers = many if how == "count" else together(how, found, first)
    return dict(zip(edges[place[first]].tolist(), numbers.tolist(), strict=True))


def _zeros(rows: Sequence[tables.Row], edges: Moments) -> dict[int, float]:
    """Zero for each period from the first case of a log to its last one."""
    first, last = rows[0][1], rows[-1][1]
    return {
        start: 0.0
        for start, end in zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True)
        if end > first and start <= last
    }


def _joined(unit: str, each: Iterable[Mapping[int, float]], *, total: bool) -> Iterator[Observed]:
    """Of several things of one unit: their sum, or their mean over those that have a number."""
    found: dict[int, list[float]] = {}
    for one in each:
        for start, value in one.items():
            found.setdefault(start, []).append(value)
    for start, numbers in sorted(found.items()):
        yield Observed(unit, start, sum(numbers) if total else sum(numbers) / len(numbers))
