# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Figures worked out in a process of their own, from the data of a node that goes on running."""

import hashlib
from collections.abc import Container, Iterator, Mapping, Sequence
from zoneinfo import ZoneInfo

import msgspec

from hanze import __version__
from hanze.compute import Shelf, Tell
from hanze.goals.areas.suppression import Count, hidden
from hanze.goals.computing.asking import queries
from hanze.goals.computing.compute import Computing, Told, earlier, period
from hanze.goals.computing.figure import Figure, none
from hanze.goals.computing.reading import StoreSources
from hanze.goals.computing.recalling import Recalled, recalled
from hanze.goals.computing.scene import Scene
from hanze.goals.indicators.definition import Definition
from hanze.goals.keeping.values import Worth
from hanze.goals.model import Receipt
from hanze.ngsild import times
from hanze.ngsild.context import CORE
from hanze.store.base import Look, Reads
from hanze.store.scope import EVERYTHING


class Job(msgspec.Struct, frozen=True):
    """What to work out, of the data that `look` opens: `codes` of the definitions, each in the periods in which the `moments`
    (microseconds) lie, and those `before` in the period before too; None: in all from the first reading on, and not before
    `since`. `now`: of the node's clock, `open`: the percentage of types that everyone may read."""

    look: Look
    zone: str
    now: int
    definitions: Mapping[str, Definition]
    codes: Sequence[str]
    moments: Sequence[int] | None
    before: frozenset[str] = frozenset()
    since: int = 0
    open: float | None = None


def run(job: Job, tell: Tell = lambda done, whole, words: None, shelf: Shelf | None = None) -> list[Worth]:
    """The values of all areas. It reads the store and writes nothing; what it reads for the present stays on the `shelf`."""
    zone = ZoneInfo(job.zone)
    with job.look(job.now) as reads:
        known = _known(job, reads, shelf)
        ground = known.ground(reads)
        sources = StoreSources(reads, EVERYTHING, CORE, ground.leaves, _window(job, zone), job.now, job.open, known.series)
        computing = Computing(job.definitions, ground.scene, sources, zone, job.now, known.grids)
        found: list[Worth] = []
        for number, code in enumerate(job.codes):
            tell(number, len(job.codes), job.definitions[code].name.en)
            for start in _starts(job, code, zone, sources):
                told = computing.figures(code, start)
                asked = queries(job.definitions[code], told.period, zone)
                found += _worths(job.definitions[code], told, asked, ground.scene, job.now)
        known.bounded()
        return found


def _known(job: Job, reads: Reads, shelf: Shelf | None) -> Recalled:
    """All of the past is too much to keep."""
    if shelf is None or job.moments is None:
        return Recalled()
    return recalled(shelf, f"{job.look} {job.zone}", reads, job.now)


def _starts(job: Job, code: str, zone: ZoneInfo, sources: StoreSources) -> list[int]:
    """Of the periods that are asked for, each once."""
    one = job.definitions[code]
    if job.moments is not None:
        found = [period(one, moment, zone) for moment in job.moments]
        found += (earlier(one, when, 1, zone) for when in list(found) if code in job.before)
        return sorted({when.start for when in found})
    when = period(one, _first(job, one, sources), zone)
    starts = []
    while when.start <= job.now:
        starts.append(when.start)
        when = period(one, when.end, zone)
    return starts


def _first(job: Job, one: Definition, sources: StoreSources) -> int:
    """The moment of the first reading of an indicator, or of one that it builds on; now where it has no history."""
    found = [job.now]
    for part in one.part:
        if part.what == "history":
            found += (
                sources.first(thing.id, part.attribute, part.unit) for thing in sources.things(part.type, part.where)
            )
        elif part.what == "spread":
            found.append(_first(job, job.definitions[part.indicator], sources))
        elif part.what == "entered":
            found.append(sources.entered_since(one.code, part.name))
    return max(min(found), job.since)


def _window(job: Job, zone: ZoneInfo) -> tuple[int, int]:
    """From the first to the last moment that any part looks at."""
    if job.moments is None:
        return job.since, job.now
    spans = []
    for code in job.codes:
        one = job.definitions[code]
        ago = _ago(job, one) + (code in job.before)
        for moment in job.moments:
            when = period(one, moment, zone)
            spans.append((earlier(one, when, ago, zone).start, when.end))
    return min(start for start, _ in spans), max(end for _, end in spans)


def _ago(job: Job, one: Definition) -> int:
    """So many periods back a part looks, or one of an indicator that it builds on."""
    built = (_ago(job, job.definitions[part.indicator]) if part.what == "spread" else 0 for part in one.part)
    return max(part.ago + inner for part, inner in zip(one.part, built, strict=True))


def _worths(one: Definition, told: Told, asked: list[str], scene: Scene, now: int) -> Iterator[Worth]:
    definition, small = digest(one), _hidden(told, scene)
    for area, figure in told.figures.items():
        if area in small and figure.value is not None:
            figure = none("few people")
        receipt = _receipt(one, definition, told, asked, area, figure, times.text(now))
        yield Worth(one.code, one.name.en, one.unit, area, told.period.start, told.period.end, figure.value, receipt)


def _hidden(told: Told, scene: Scene) -> Container[str]:
    """Areas with so few people that what is told of them is told of persons, and those that would give them away. Where residents
    are not known of all areas nothing can be said of it."""
    counts = []
    for code, figure in told.figures.items():
        place = scene.places[code]
        people = place.people if place.people is not None else scene.people(scene.leaves(code))
        if people is None:
            return ()
        counts.append(Count(code, place.area.parent, people, max(figure.things, figure.value is not None)))
    return hidden(counts)


def _receipt(
    one: Definition, definition: str, told: Told, asked: list[str], area: str, figure: Figure, at: str
) -> Receipt:  # fmt: skip
    return Receipt(
        definition, one.version, told.sums[area], round(figure.coverage, 6), figure.low, figure.high, figure.things, figure.of,
        figure.why, figure.grade, at, __version__, area in told.simulated, "" if figure.since is None else times.text(figure.since),
        asked,
    )  # fmt: skip


def digest(one: Definition) -> str:
    """SHA-256 of all that an indicator says, in hexadecimal digits."""
    return hashlib.sha256(msgspec.json.encode(one, order="sorted")).hexdigest()
