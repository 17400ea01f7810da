# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Scores of all subjects and areas, worked out in a process of their own from the values that the store tells."""

import hashlib
from collections.abc import Iterator, Mapping, Set
from zoneinfo import ZoneInfo

import msgspec

from hanze import __version__
from hanze.compute import Tell
from hanze.goals.computing.field import Field, Standings
from hanze.goals.computing.scene import WHOLE, Scene
from hanze.goals.indicators.definition import Definition
from hanze.goals.keeping import areas, scores
from hanze.goals.keeping.numbers import Numbers
from hanze.goals.keeping.scores import Kept, Key, News
from hanze.goals.model import ScoreFacts, ScoreReceipt
from hanze.goals.scoring import counting
from hanze.goals.scoring.change import LEAST, MOST, Change, change
from hanze.goals.scoring.counting import Month
from hanze.goals.scoring.score import Places, Score, places, scored
from hanze.goals.subjects import Subject, subjects
from hanze.ngsild import calendar, times
from hanze.ngsild.selection import Window
from hanze.store.base import Look, Reads

YEARS = 10
"""Scores reach no further back."""


class Scoring(msgspec.Struct, frozen=True):
    """What to work out, of the data that `look` opens: the month in which `now` (microseconds) lies, or, `wholly`, all months from
    the first number on."""

    look: Look
    zone: str
    now: int
    definitions: Mapping[str, Definition]
    wholly: bool


class Made(msgspec.Struct, frozen=True):
    """The score of a month. `newest`: when the last value that it is made of was worked out, ISO 8601."""

    month: Month
    facts: ScoreFacts
    newest: str


def news(job: Scoring, tell: Tell = lambda done, whole, words: None) -> list[News]:
    """What the store does not say yet. It reads the store and writes nothing."""
    with job.look(job.now) as reads:
        kept = _kept(reads, job)
        made = _Making(reads, job, kept).made(tell)
        return [found for key, months in made.items() if len(found := _news(key, months, kept.get(key)))]


def every(job: Scoring, tell: Tell = lambda done, whole, words: None) -> list[Made]:
    """All scores as they are worked out now."""
    with job.look(job.now) as reads:
        made = _Making(reads, job, _kept(reads, job)).made(tell)
        return [one for months in made.values() for one in months]


def _kept(reads: Reads, job: Scoring) -> dict[Key, Kept]:
    """What the store says of these months, and of those that they are compared with."""
    return scores.read(reads, Window() if job.wholly else Window(relation="after", start=_since(job, MOST + 1)))


def _since(job: Scoring, months: int) -> int:
    zone = ZoneInfo(job.zone)
    return counting.back(calendar.period("month", job.now, zone), months, zone).start


def _news(key: Key, months: list[Made], kept: Kept | None) -> News:
    found = News(*key, None, [], [])
    for one in months:
        over = not one.month.runs
        before = None if kept is None else kept.of(one.month.start, over)
        if before is not None and scores.said(before) == scores.said(one.facts):
            continue
        if not over:
            found = msgspec.structs.replace(found, current=(one.month.start, one.facts))
        else:
            found.past.append((one.month.start, one.facts))
            found.stale.extend([] if kept is None else kept.stale(one.month.start))
    return found


class _Making:
    """Month after month, since a score is compared with earlier ones."""

    def __init__(self, reads: Reads, job: Scoring, kept: Mapping[Key, Kept]) -> None:
        self._job, self._zone = job, ZoneInfo(job.zone)
        self._scene = Scene(areas.read(reads) or [WHOLE])
        # A year that was over a year before the month began still counts in it.
        self._numbers = Numbers(reads, None if job.wholly else _since(job, 2 * MOST + 1))
        self._field = Field(job.definitions, self._scene, self._numbers)
        self._subjects = subjects(job.definitions.values())
        self._yearly = frozenset(code for code, one in job.definitions.items() if one.period == "year")
        self._between = {
            code for code, one in job.definitions.items() if any(part.what == "spread" for part in one.part)
        }
        self._tops = {area: _top(self._scene, area) for area in self._scene.places}
        self._parts: dict[Key, dict[int, Places]] = {}
        if not job.wholly:
            self._parts = {key: dict(_parts(one)) for key, one in kept.items()}

    def made(self, tell: Tell) -> dict[Key, list[Made]]:
        found: dict[Key, list[Made]] = {}
        months = self._months()
        for number, month in enumerate(months):
            tell(number, len(months), str(month.when.date))
            for key, one in self._month(month):
                # Before anything was told there is nothing to say of the past.
                if month.runs or key in found or one.facts.score is not None:
                    found.setdefault(key, []).append(one)
        return found

    def _months(self) -> list[Month]:
        first = self._numbers.first() if self._job.wholly else None
        begun = self._job.now if first is None else max(first, _since(self._job, 12 * YEARS))
        return counting.months(min(begun, self._job.now), self._job.now, self._zone)

    def _month(self, month: Month) -> Iterator[tuple[Key, Made]]:
        told = self._field.standings(month)
        whole = self._field.standings(month, whole=True) if month.runs else told
        ago = {n: counting.back(month.when, n, self._zone).start for n in range(LEAST, MOST + 1)}
        for subject in self._subjects:
            known: dict[str, Score] = {}
            for area, top in self._tops.items():
                here, settled = (_of(subject, one[area]) for one in (told, whole))
                of = self._of(subject, area, told[top].keys())
                score = known[area] = scored(subject, here, of)
                if known[top].colour == "gray":
                    score = msgspec.structs.replace(score, colour="gray")
                parts = self._parts.setdefault((subject.code, area), {})
                before = {n: parts[start] for n, start in ago.items() if start in parts}
                changed = change(subject, places(subject, settled), before, self._yearly)
                parts[month.start] = score.parts
                inputs = _sum(subject, here, settled, changed, before.get(changed.months, {}))
                yield (subject.code, area), self._made(subject, area, month, score, changed, here, of, inputs)

    def _of(self, subject: Subject, area: str, known: Set[str]) -> int:
        """How many indicators there could be: of the city all, of an area in it those that are `known` of the city. What tells how
        smaller areas differ is not told of those that have none."""
        counted = subject.goals.keys() if self._tops[area] == area else subject.goals.keys() & known
        return len(counted - self._between if self._scene.leaves(area) == [area] else counted)

    def _made(
        self, subject: Subject, area: str, month: Month, score: Score, changed: Change, here: Standings, of: int,
        inputs: str,
    ) -> Made:  # fmt: skip
        receipt = ScoreReceipt(
            score.plain, score.low, score.high, score.told, of, changed.points, changed.compared, score.parts, inputs,
            times.text(self._job.now), __version__, any(one.simulated for one in here.values()), changed.months,
        )  # fmt: skip
        facts = scores.facts(subject.name, subject.code, area, score.score, score.colour, receipt)
        return Made(month, facts, max((one.at for one in here.values()), default=""))


def _top(scene: Scene, area: str) -> str:
    """The largest area that one lies in: the city."""
    seen = [area]
    while (parent := scene.places[seen[-1]].area.parent) in scene.places and parent not in seen:
        seen.append(parent)
    return seen[-1]


def _parts(kept: Kept) -> Iterator[tuple[int, Places]]:
    """Of the months that are over, by their starts."""
    for start in kept.past:
        facts = kept.of(start, True)
        if facts is not None and facts.receipt:
            yield start, facts.receipt["parts"]


def _of(subject: Subject, here: Standings) -> Standings:
    return {code: here[code] for code in sorted(subject.goals) if code in here}


def _sum(subject: Subject, here: Standings, settled: Standings, changed: Change, before: Places) -> str:
    """SHA-256 of all that a score and its change were made of, in hexadecimal digits."""
    told = [[(code, one.inputs) for code, one in standings.items()] for standings in (here, settled)]
    return hashlib.sha256(msgspec.json.encode((subject.code, told, changed.months, before), order="sorted")).hexdigest()
