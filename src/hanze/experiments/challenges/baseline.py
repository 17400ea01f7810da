# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""How it is with an indicator before anything is tried: value, year, season, and the smallest effect that could be seen.

It runs in a worker process. The weekly course is that of the things that measure what the indicator is made of; where nothing is
measured from hour to hour, the course of the indicator itself is taken, from period to period.
"""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

import msgspec
import numpy as np

from hanze.experiments.challenges.call import Baseline
from hanze.experiments.challenges.seeing import PER_WEEK, YEAR, Panel, Size, season, smallest
from hanze.experiments.evaluate.table import Floats
from hanze.goals.areas.assigning import Map
from hanze.goals.computing.reading import StoreSources
from hanze.goals.computing.scene import WHOLE, Scene
from hanze.goals.indicators.definition import Definition, Part
from hanze.goals.indicators.reducing import Moments, together
from hanze.goals.keeping import areas, values
from hanze.goals.model import VALUE, Receipt, ValueFacts
from hanze.ngsild import calendar, times
from hanze.ngsild.context import CORE
from hanze.ngsild.selection import Window
from hanze.store.base import Look, Reads
from hanze.store.scope import EVERYTHING
from hanze.web.language import mark as _

MOST_UNITS = 100
"""Things whose course is looked at; of more the first ones by id."""

HALF = 0.5
"""A unit of which less than this share of the periods is known is left out."""


class Job(msgspec.Struct, frozen=True):
    """`zone`, `city`: name and code; `area`: a code, empty for the whole city; `weeks`, `streets`: how long a trial may last, and
    in how many places something is done."""

    look: Look
    now: int
    zone: str
    city: str
    one: Definition
    area: str
    weeks: int
    streets: int


def run(job: Job) -> Baseline:
    """It reads the store and writes nothing."""
    zone = ZoneInfo(job.zone)
    with job.look(job.now) as reads:
        scene = Scene(areas.read(reads))
        code = job.area or next(
            (each for each, place in scene.places.items() if not place.area.parent), WHOLE.area.code
        )
        value = reads.get("", values.id_of(job.city, job.one.code, code), EVERYTHING)
        panel = _measured(reads, scene, job, code) or _valued(reads, scene, job, code)
        course = _course(reads, job, code)
    year = course[1][course[0] >= job.now - YEAR]
    low, high = (float(year.min()), float(year.max())) if len(year) else (None, None)
    told = Baseline(
        None,
        job.one.unit,
        low=low,
        high=high,
        season=season(panel, zone),
        smallest=smallest(panel, Size(job.weeks, job.streets, job.one.period, zone)),
    )
    if value is None:
        return told
    facts = VALUE.facts_of(value, ValueFacts)
    receipt = msgspec.convert(facts.receipt, Receipt)
    start, end = times.text(values.moment(value)), str((facts.receipt or {}).get("end", ""))
    return msgspec.structs.replace(told, value=facts.kpiValue, start=start, end=end, simulated=receipt.simulated)


def _measured(reads: Reads, scene: Scene, job: Job, code: str) -> Panel | None:
    """By week, what things in the area measured in the last year; None where nothing of the indicator is measured so."""
    part = next((one for one in job.one.part if one.what == "history"), None)
    if part is None:
        return None
    zone = ZoneInfo(job.zone)
    weeks = [one for one in calendar.periods("week", job.now - YEAR, job.now, zone) if one.end <= job.now][1:]
    if not weeks:
        return None
    window = (weeks[0].start, weeks[-1].end)
    drawn = Map(one.area for one in scene.smallest)
    sources = StoreSources(reads, EVERYTHING, CORE, drawn, window, job.now, None)
    inside = {code, *scene.leaves(code)}
    things = [one.id for one in sources.things(part.type, part.where) if not scene.places or one.leaf in inside]
    edges = np.array([*(one.start for one in weeks), weeks[-1].end], np.int64)
    rows = [_weekly(sources, id, part, window, edges) for id in things[:MOST_UNITS]]
    return _whole(rows, edges[:-1], _("week"))


def _weekly(sources: StoreSources, id: str, part: Part, window: tuple[int, int], edges: Moments) -> Floats:
    moments, found = sources.measured(id, part.attribute, part.unit, *window)
    row = np.full(len(edges) - 1, np.nan)
    place = np.searchsorted(edges, moments, "right") - 1
    if len(place):
        first = np.flatnonzero(np.r_[True, place[1:] != place[:-1]])
        row[place[first]] = together("sum" if part.together == "sum" else "mean", found, first)
    return row


def _valued(reads: Reads, scene: Scene, job: Job, code: str) -> Panel | None:
    """By period of the indicator, its values in the areas that lie in this one, or in this one where none does."""
    if job.one.period not in PER_WEEK:
        return None
    leaves = [_numbers(reads, job, each) for each in scene.leaves(code)]
    found = [one for one in leaves if len(one[0])] or [_numbers(reads, job, code)]
    starts = np.unique(np.concatenate([moments for moments, _ in found]))
    rows = []
    for moments, numbers in found:
        row = np.full(len(starts), np.nan)
        row[np.searchsorted(starts, moments)] = numbers
        rows.append(row)
    return _whole(rows, starts, _("month") if job.one.period == "month" else _(job.one.period))


def _whole(rows: Sequence[Floats], starts: Moments, each: str) -> Panel | None:
    """Without units of which less than half is known, or that are zero in the mean; and without periods of which nothing is."""
    known = [row for row in rows if len(row) and np.isfinite(row).mean() >= HALF]
    kept = [row for row in known if np.nanmean(row) > 0]
    if not kept:
        return None
    table = np.array(kept)
    there = np.flatnonzero(np.isfinite(table).any(axis=0))
    return Panel(table[:, there[0] : there[-1] + 1], starts[there[0] : there[-1] + 1], each)


def _course(reads: Reads, job: Job, code: str) -> tuple[Moments, Floats]:
    return _numbers(reads, job, code)


def _numbers(reads: Reads, job: Job, area: str) -> tuple[Moments, Floats]:
    """The values of the indicator in an area, by the start of each period that is over."""
    window = Window(relation="before", start=job.now)
    told = reads.numbers("", values.id_of(job.city, job.one.code, area), values.KPI, None, window, EVERYTHING)
    return (told[-1].moments, told[-1].values) if told else (np.empty(0, np.int64), np.empty(0))
