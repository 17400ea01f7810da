# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Figures of indicators in a period, for each area: a pure function of definitions, the city and its data."""

from collections.abc import Container, Mapping, Sequence
from datetime import tzinfo

import msgspec

from hanze.goals.areas import spread as spreads
from hanze.goals.areas.spread import Value
from hanze.goals.computing import history, present
from hanze.goals.computing.figure import Figure, calculated, graded, none, sure
from hanze.goals.computing.recorder import Recorder
from hanze.goals.computing.scene import Entered, Scene, Sources
from hanze.goals.indicators.definition import Definition, Part
from hanze.goals.indicators.formula import Formula
from hanze.goals.indicators.reducing import Grid, Steps
from hanze.ngsild import calendar
from hanze.ngsild.calendar import Kind, Period

Figures = dict[str, Figure]
"""By the code of an area."""


class Told(msgspec.Struct, frozen=True):
    """The figures of one indicator in one period. By area, `sums`: of all that they were made of; `simulated`: those for which
    something of that was made up by a computer."""

    period: Period
    figures: Figures
    sums: Mapping[str, str]
    simulated: Container[str]


class Computing:
    """What several indicators share, so that it is worked out once: the steps of a period, what things measured."""

    def __init__(
        self, definitions: Mapping[str, Definition], scene: Scene, sources: Sources, zone: tzinfo, now: int,
        grids: dict[tuple[Period, Steps], Grid] | None = None,
    ) -> None:  # fmt: skip
        """`now`: microseconds; of a period that still runs the steps until then count. `grids`: of this zone, those that are made
        already; others join them."""
        self._definitions = definitions
        self._scene, self._sources, self._zone, self._now = scene, sources, zone, now
        self._grids = {} if grids is None else grids
        self._found: dict[tuple[str, Period], Told] = {}

    def figures(self, code: str, moment: int) -> "Told":
        """Of the period of an indicator in which a moment lies."""
        one = self._definitions[code]
        return self._of(one, period(one, moment, self._zone))

    def _of(self, one: Definition, when: Period) -> "Told":
        key = (one.code, when)
        if key not in self._found:
            recorder = Recorder(self._sources)
            recorder.scene(self._scene)
            parts = {part.name: self._part(one, part, when, recorder) for part in one.part}
            figures, scene = self._together(one, parts), self._scene
            self._found[key] = Told(when, figures, recorder.sums(scene), recorder.made_up(scene))
        return self._found[key]

    def _together(self, one: Definition, parts: Mapping[str, Figures]) -> Figures:
        if not one.formula:
            return parts[one.part[0].name]
        formula = Formula(one.formula)
        return {
            code: calculated(formula, {**{name: told[code] for name, told in parts.items()}, **self._given(code)})
            for code in self._scene.places
        }

    def _given(self, code: str) -> Figures:
        leaves = self._scene.leaves(code)
        surface = sum(self._scene.places[leaf].surface for leaf in leaves)
        return {"people": sure(self._scene.people(leaves)), "surface": sure(surface or None)}

    def _part(self, one: Definition, part: Part, when: Period, sources: Recorder) -> Figures:
        scene = self._scene
        then = earlier(one, when, part.ago, self._zone)
        match part.what:
            case "history":
                grid = self._grid(then, history.steps(part))
                return history.by_area(part, scene, sources, history.of_things(part, sources, then, grid, self._now))
            case "things":
                return present.counted(part, scene, sources)
            case "reach":
                return present.reach(part, scene, sources.everywhere(part.type, part.where))
            case "land":
                return present.land(part, scene, then.date.year)
            case "open":
                return dict.fromkeys(scene.places, sure(sources.open()))
            case "entered":
                first = earlier(one, then, part.holds, self._zone).start
                return {
                    code: _entered(sources.entered(one.code, part.name, code, first, then.start), then.start)
                    for code in scene.places
                }
            case "spread":
                return self._spread(self._definitions[part.indicator], part, then, sources)

    def _grid(self, when: Period, steps: Steps) -> Grid:
        key = (when, steps)
        if key not in self._grids:
            self._grids[key] = Grid(when, steps, self._zone)
        return self._grids[key]

    def _spread(self, of: Definition, part: Part, when: Period, sources: Recorder) -> Figures:
        """How another indicator differs between the smallest areas of each area that has some."""
        inner, found = self._of(of, when), {}
        for code in self._scene.places:
            leaves = self._scene.leaves(code)
            found[code] = none("not known")
            if leaves != [code]:
                found[code] = self._between(of, part, leaves, inner.figures)
                sums = [inner.sums[leaf] for leaf in leaves]
                made_up = any(leaf in inner.simulated for leaf in leaves)
                sources.note("indicator", of.code, sums, area=code, simulated=made_up)
        return found

    def _between(self, of: Definition, part: Part, leaves: Sequence[str], told: Figures) -> Figure:
        places = self._scene.places
        values = [
            Value(leaf, value, people)
            for leaf in leaves
            if (value := told[leaf].value) is not None and (people := places[leaf].people) is not None
        ]
        if len(values) < 2:
            return none("nothing measures" if not values else "too little", len(leaves))
        found = _spread(part, values, of.better == "more")
        figure = Figure(
            found,
            found,
            found,
            len(values) / len(leaves),
            len(values),
            len(leaves),
            "" if found is not None else "no number",
        )
        return graded(figure, [told[one.code] for one in values])


def _entered(told: Entered | None, start: int) -> Figure:
    """The figure of what was entered; `start`: of the period that it is for."""
    if told is None:
        return none("not entered")
    since = told.start if told.start < start else None
    return msgspec.structs.replace(sure(told.number), grade=told.grade, since=since)


def _spread(part: Part, values: Sequence[Value], more: bool) -> float | None:
    if part.spread in ("gini", "gap"):
        told = spreads.spread(values, more)
        return told.gini if part.spread == "gini" else told.gap
    share = (spreads.over if part.spread == "share over" else spreads.under)(values, part.limit or 0.0)
    return None if share is None else 100.0 * share


def period(one: Definition, moment: int, zone: tzinfo) -> Period:
    """The one of an indicator in which a moment lies; what is told as of now belongs to the day."""
    return calendar.period(_kind(one), moment, zone)


def earlier(one: Definition, when: Period, ago: int, zone: tzinfo) -> Period:
    """So many periods before."""
    for _ in range(ago):
        when = calendar.period(_kind(one), when.start - 1, zone)
    return when


def _kind(one: Definition) -> Kind:
    return "day" if one.period == "now" else one.period
