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

from hanze.experiments.challenges.call import Baseline, Smallest
from hanze.experiments.evaluate.noise import detectable, noise
from hanze.experiments.evaluate.table import Floats
from hanze.experiments.told import Told
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

WEEK, YEAR = 7 * 86_400_000_000, 366 * 86_400_000_000

LEAST_WEEKS, LEAST_PERIODS = 8, 6
"""Of the past, below which nothing can be said of what a trial could see."""

MOST_UNITS = 100
"""Things whose course is looked at; of more the first ones by id."""

SEASONS = 10
"""Months of which something must be known before a season is told."""

LEVELLED = 0.1
"""Months that differ by less than this share of the mean have no season that is told."""

MONTHS = (
    _("January"), _("February"), _("March"), _("April"), _("May"), _("June"), _("July"), _("August"), _("September"),
    _("October"), _("November"), _("December"),
)  # fmt: skip

PER_WEEK = {"week": 1.0, "month": 12 / 52.18, "year": 1 / 52.18}
"""Periods of an indicator in a week."""


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


class Panel(msgspec.Struct, frozen=True):
    """(N units, T periods), NaN where nothing is known; `starts`: of the periods; `each`: what one of them is, in words."""

    values: Floats
    starts: Moments
    each: str


def run(job: Job) -> Baseline:
    """It reads the store and writes nothing."""
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
    told = Baseline(None, job.one.unit, low=low, high=high, season=_season(panel, job), smallest=smallest(panel, job))
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
    drawn = Map(one.area for one in scene.places.values())
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
    found = [_numbers(reads, job, each) for each in (scene.leaves(code) if code in scene.places else ()) or (code,)]
    starts = np.unique(np.concatenate([moments for moments, _ in found])) if found else np.empty(0, np.int64)
    rows = []
    for moments, numbers in found:
        row = np.full(len(starts), np.nan)
        row[np.searchsorted(starts, moments)] = numbers
        rows.append(row)
    return _whole(rows, starts, _("month") if job.one.period == "month" else _(job.one.period))


def _whole(rows: Sequence[Floats], starts: Moments, each: str) -> Panel | None:
    """Without units of which less than half is known, or that are zero in the mean; and without periods of which nothing is."""
    kept = [row for row in rows if np.isfinite(row).mean() >= 0.5 and np.nanmean(row) > 0]
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


def smallest(panel: Panel | None, job: Job) -> Smallest:
    """What a trial of this size could see, by the past; the means of as many periods before as there are, and after."""
    if panel is None:
        return Smallest(None, job.weeks, job.streets, why=Told(_("Nothing of this is measured from week to week.")))
    units, periods = panel.values.shape
    per = PER_WEEK.get(job.one.period, 1.0) if panel.each != "week" else 1.0
    after, least = round(job.weeks * per), LEAST_WEEKS if panel.each == "week" else LEAST_PERIODS
    told = Smallest(None, job.weeks, job.streets, units, periods, panel.each)
    if after < 1:
        why = Told(_("It is worked out once a %(each)s, which is longer than the trial. The trial needs a measurement of its own."),
                   {"each": Told(panel.each)})  # fmt: skip
        return msgspec.structs.replace(told, why=why)
    if periods < least:
        return msgspec.structs.replace(told, why=Told(_("It has been measured for too short a time to tell.")))
    treated = min(job.streets, max(1, units - 1))
    try:
        found = detectable(noise(panel.values, _months(panel, job)), min(periods, 52), after, treated, units - treated)
    except ModuleNotFoundError:
        # scipy comes with the extra `experiments`; a node runs without it.
        return msgspec.structs.replace(told, why=Told(_("This site has no software to work that out.")))
    return msgspec.structs.replace(told, effect=found, streets=treated)


def _months(panel: Panel, job: Job) -> np.ndarray[tuple[int], np.dtype[np.int64]] | None:
    """For a single unit over a year or more, the month of each period."""
    if len(panel.values) > 1 or panel.starts[-1] - panel.starts[0] < YEAR - 5 * WEEK:
        return None
    zone = ZoneInfo(job.zone)
    return np.array([calendar.period("month", int(one), zone).date.month for one in panel.starts], np.int64)


def _season(panel: Panel | None, job: Job) -> Told | None:
    """In which month it is highest and lowest; None where less than about a year is known."""
    if panel is None or panel.each == "year":
        return None
    zone = ZoneInfo(job.zone)
    month = np.array([calendar.period("month", int(one), zone).date.month for one in panel.starts])
    with np.errstate(invalid="ignore"):
        mean = np.array([_mean(panel.values[:, place]) for place in range(len(panel.starts))])
    by = {
        each: float(np.nanmean(mean[month == each])) for each in range(1, 13) if np.isfinite(mean[month == each]).any()
    }
    if len(by) < SEASONS:
        return None
    high, low = max(by, key=lambda each: by[each]), min(by, key=lambda each: by[each])
    whole = sum(by.values()) / len(by)
    if by[high] - by[low] < LEVELLED * whole:
        return Told(_("Over the year it stays about the same."))
    more, less = (100 * abs(by[each] / whole - 1) for each in (high, low))
    return Told(
        _("It has a season: in %(high)s it is about %(more)s%% above the mean of the year, in %(low)s about %(less)s%% below."),
        {"high": Told(MONTHS[high - 1]), "low": Told(MONTHS[low - 1]), "more": float(round(more)), "less": float(round(less))},
    )  # fmt: skip


def _mean(column: Floats) -> float:
    known = column[np.isfinite(column)]
    return float(known.mean()) if len(known) else float("nan")
