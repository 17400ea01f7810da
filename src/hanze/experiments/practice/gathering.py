# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Practice data of some types, made in a process of its own from the last weeks of the real ones."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from zoneinfo import ZoneInfo

import msgspec
import numpy as np

from hanze.compute import Tell
from hanze.errors import CalculationFailed
from hanze.errors import mark as _
from hanze.experiments.practice import making, statics
from hanze.experiments.practice.distances import Distances, worst
from hanze.experiments.practice.hours import HOUR, WEEK, Weeks, weeks
from hanze.experiments.practice.measured import Found, Measured, Thing, read
from hanze.experiments.practice.surrogate import Floats
from hanze.experiments.practice.words import Word, resampled
from hanze.ngsild.entity import Entity
from hanze.store.base import Look
from hanze.store.scope import Grant, Scope

MOST_SERIES = 24
"""Series of numbers of one type. Practice data need not have all things; two minutes is what they may take."""

MOST_THINGS = 12
"""Things of one type."""

SAID = _("Making up numbers like the real ones")


class Job(msgspec.Struct, frozen=True):
    """What to make practice data of: what `grants` show in the data that `look` opens. `now`: by the clock of the city,
    microseconds; `place`: a polygon (GeoJSON) in which made-up places lie, None: among the real ones."""

    look: Look
    now: int
    zone: str
    city: str
    grants: tuple[Grant, ...]
    seed: int
    place: Mapping[str, object] | None = None


class Line(msgspec.Struct, frozen=True):
    """What changed: numbers or words of one attribute (an IRI), one for each of the moments (microseconds)."""

    attribute: str
    unit: str | None
    moments: list[int]
    values: list[float] | list[Word]


class Invented(msgspec.Struct, frozen=True):
    """One made-up thing: how it is, and how its attributes went."""

    entity: Entity
    lines: list[Line]


class About(msgspec.Struct, frozen=True):
    """What was made of one type (an IRI): of `of` real things so many, from the last so many weeks. `series`: by attribute (IRI),
    how many things have a course of it; `lacking`: attributes of which some have one number instead, since no draw kept the limits.
    `distances`: of the series, None where there is none."""

    type: str
    things: int
    of: int
    weeks: int
    series: Mapping[str, int]
    lacking: tuple[str, ...] = ()
    distances: Distances | None = None


class Gathered(msgspec.Struct, frozen=True):
    things: list[Invented]
    about: list[About]


def run(job: Job, tell: Tell = lambda done, whole, words: None) -> Gathered:
    """It reads the store and writes nothing. Errors: CalculationFailed where there is nothing to make practice data of."""
    things: list[Invented] = []
    about: list[About] = []
    types = sorted({type for grant in job.grants for type in grant.types or ()})
    zone = ZoneInfo(job.zone)
    with job.look(job.now) as reads:
        for number, type in enumerate(types):
            tell(number, len(types), SAID)
            random = np.random.default_rng([job.seed, number])
            found = read(reads, Scope(job.grants), type, weeks(job.now, zone), random)
            if found.of:
                made, told = _type(job, type, found, random, lambda: tell(number, len(types), SAID))  # noqa: B023
                things += made
                about.append(told)
    if not things:
        raise CalculationFailed(
            "There are no things of these types with data of the last eight weeks, so there is nothing to practise with yet; "
            "ask the city when there will be."
        )
    return Gathered(things, about)


def _type(
    job: Job, type: str, found: Found, random: np.random.Generator, alive: Callable[[], None]
) -> tuple[list[Invented], About]:
    """`alive`: called now and then."""
    chosen = _chosen(found.things, random)
    span = _span(chosen)
    rows = [(number, one) for number, thing in enumerate(chosen) for one in thing.measured if one.follows(span)]
    kept, lacking, apart = _numbers(rows, span, job.seed, alive)
    named = statics.Names(type, job.city, job.now, job.place, chosen, random)
    words = resampled([thing.words for thing in chosen], span, random)
    made = []
    for number, thing in enumerate(chosen):
        lines = [_line(one, values, span) for of, one, values in kept if of == number]
        lines += [Line(name, None, *told) for name, told in words[number].items()]
        told = {line.attribute for line in lines}
        made.append(Invented(named.entity(number, thing.entity, told), lines))
    series = Counter(one.attribute for _of, one, _values in kept)
    return made, About(
        type, len(made), found.of, span.count, series, tuple(sorted(set(lacking))), apart
    )  # fmt: skip


def _chosen(found: Sequence[Thing], random: np.random.Generator) -> list[Thing]:
    """Some of them by lot, those with most data first, so that what is told of one type is told of enough series."""
    each = max((len(thing.measured) for thing in found), default=0)
    most = min(MOST_THINGS, max(2, MOST_SERIES // each)) if each else MOST_THINGS
    lot = random.permutation(len(found)).tolist()
    order = sorted(lot, key=lambda number: -sum(one.known for one in found[number].measured))
    return [found[number] for number in sorted(order[:most])]


def _span(chosen: Sequence[Thing]) -> Weeks:
    """The weeks in which nearly all series are known."""
    spans = [thing.span for thing in chosen]
    firsts = sorted(one.first for thing in chosen for one in thing.measured if one.follows(thing.span))
    return spans[0] if not firsts else spans[0].since(firsts[int(len(firsts) * 0.9)])


Kept = tuple[int, Measured, Floats]


def _numbers(
    rows: Sequence[tuple[int, Measured]], span: Weeks, seed: int, alive: Callable[[], None]
) -> tuple[list[Kept], list[str], Distances | None]:
    """Of all together, so that they go together; where no draw keeps the limits, of each thing by itself, then of each series, with
    the same seed; what still does not has no series."""
    if not rows or span.count < 8:
        return [], [one.attribute for _of, one in rows], None
    kept: list[Kept] = []
    apart: list[Distances] = []
    todo = [list(rows)]
    for cut in (_by_thing, _by_series, None):
        left = []
        for part in todo:
            alive()
            made = _made(part, span, seed)
            if made is None:
                left += [part] if cut is None else cut(part)
            else:
                kept += [(number, one, made.values[row]) for row, (number, one) in enumerate(part)]
                apart.append(made.distances)
        todo = left
    return kept, [one.attribute for part in todo for _of, one in part], worst(apart) if apart else None


Rows = list[tuple[int, Measured]]


def _by_thing(rows: Rows) -> list[Rows]:
    return [[row for row in rows if row[0] == number] for number in dict.fromkeys(number for number, _one in rows)]


def _by_series(rows: Rows) -> list[Rows]:
    return [[row] for row in rows]


def _made(rows: Sequence[tuple[int, Measured]], span: Weeks, seed: int) -> making.Made | None:
    """None where no draw kept the limits."""
    real = np.array([span.cut(one.values) for _of, one in rows])
    try:
        return making.make(real, WEEK, span.step, [number for number, _one in rows], seed)
    except CalculationFailed:
        return None


def _line(one: Measured, values: Floats, span: Weeks) -> Line:
    there = np.flatnonzero(np.isfinite(values))
    moments = (span.start + there * HOUR).tolist()
    whole = bool((values[there] == np.round(values[there])).all())
    return Line(
        one.attribute, one.unit, moments, [int(value) if whole else round(value, 4) for value in values[there].tolist()]
    )
