# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a review of a year is made of, read from the store: areas, values and scores of that year, texts, and who gave the data."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import tzinfo

import msgspec

from hanze.compute import Tell
from hanze.errors import BadRequestData
from hanze.goals.areas.area import LEVELS
from hanze.goals.indicators.definition import Definition
from hanze.goals.keeping import scores, values
from hanze.goals.model import AREA, SCORE, VALUE, AreaFacts, Receipt, ScoreFacts, ScoreReceipt, ValueFacts
from hanze.goals.pages.wording import DIMENSIONS, GOALS
from hanze.goals.review import sources, texts
from hanze.goals.review.sources import Source
from hanze.goals.review.texts import Written
from hanze.ngsild import calendar, times
from hanze.ngsild.calendar import Period
from hanze.ngsild.context import CORE
from hanze.ngsild.described import Described
from hanze.ngsild.entity import Entity
from hanze.ngsild.selection import EntitySelection, TypeIs, Window
from hanze.store.base import Reads
from hanze.store.every import every
from hanze.store.scope import Scope

MOST = 400
"""Areas that are compared; where there are more of the smallest ones, larger ones are."""

AT_ONCE = 500
"""Entities of one question to the store."""

NOTHING: Tell = lambda done, whole, words: None  # noqa: E731

WHOLE = AreaFacts("", "city", "city")
"""The city where it has told no areas."""

SUBJECTS = (*DIMENSIONS, *(f"goal-{number}" for number in GOALS))


class Value(msgspec.Struct, frozen=True):
    """The last one of a year. `start`, `end`: of its period, microseconds; `current`: the store shows it as the present one."""

    id: str
    code: str
    area: str
    value: float | None
    receipt: Receipt
    start: int
    end: int
    current: bool


class Score(msgspec.Struct, frozen=True):
    """The last one of a year; `start`: of its month."""

    id: str
    facts: ScoreFacts
    receipt: ScoreReceipt
    start: int
    current: bool


class Gathered(msgspec.Struct, frozen=True):
    """`areas`: the city first, then those that are compared. `values` and `scores` are of the city or one of them. `courses`: by
    indicator, starts and values of periods of the city that are over by then. `sources`: by indicator. `now`: microseconds."""

    year: int
    language: str
    now: int
    areas: list[AreaFacts]
    values: list[Value]
    scores: list[Score]
    courses: dict[str, list[tuple[int, float]]]
    texts: dict[str, Written]
    sources: dict[str, Source]


class Asked(msgspec.Struct, frozen=True):
    """A review: of which year, in which language (a code). `city`: the code in ids, `now`: microseconds."""

    year: int
    language: str
    city: str
    zone: str
    now: int


def gather(
    reads: Reads, scope: Scope, asked: Asked, zone: tzinfo, definitions: Mapping[str, Definition], tell: Tell = NOTHING
) -> Gathered:  # fmt: skip
    """`tell`: how many values are read, of how many. Errors: BadRequestData for a year that has not begun."""
    year = of_year(asked.year, zone)
    if year.start > asked.now:
        raise BadRequestData(f"year is {asked.year}, which has not begun yet.")
    areas = compared(reads, scope)
    ids = [values.id_of(asked.city, code, area.code) for area in areas for code in definitions]
    found = [_value(entity, now) for entity, now in _last(reads, scope, VALUE, ids, year, tell)]
    subjects = [scores.id_of(asked.city, subject, areas[0].code) for subject in SUBJECTS]
    return Gathered(
        asked.year, asked.language, asked.now, areas, found,
        [_score(entity, now) for entity, now in _last(reads, scope, SCORE, subjects, year, NOTHING)],
        {code: _course(reads, scope, values.id_of(asked.city, code, areas[0].code), year) for code in definitions},
        dict(texts.read(reads, scope, asked.city, asked.year, asked.language)),
        sources.read(reads, scope, asked.city, areas[0].code, definitions),
    )  # fmt: skip


def of_year(year: int, zone: tzinfo) -> Period:
    """As the clocks of the city show it. Errors: BadRequestData."""
    if not 1900 <= year <= 2200:
        raise BadRequestData(f"year is {year}; give one from 1900 to 2200.")
    # The middle of a year lies in it everywhere.
    return calendar.period("year", times.parse(f"{year}-07-01T00:00:00Z"), zone)


def compared(reads: Reads, scope: Scope) -> list[AreaFacts]:
    """The city, then the smallest areas in it of which there are at most MOST, by code."""
    found = [AREA.facts_of(one, AreaFacts) for one in every(reads, EntitySelection(types=TypeIs(AREA.iri)), scope)]
    city = next((one for one in found if one.level == LEVELS[0] and not one.parent), WHOLE)
    levels = ([one for one in found if one.level == level and one.code != city.code] for level in reversed(LEVELS))
    smaller: list[AreaFacts] = next((one for one in levels if 0 < len(one) <= MOST), [])
    return [city, *sorted(smaller, key=lambda one: one.code)]


def _last(
    reads: Reads, scope: Scope, kind: Described, ids: Sequence[str], year: Period, tell: Tell
) -> Iterable[tuple[Entity, bool]]:
    """Each entity as it was told last in a year, and whether it still is told so."""
    for first in range(0, len(ids), AT_ONCE):
        tell(first, len(ids), "")
        for entity in every(reads, EntitySelection(ids=tuple(ids[first : first + AT_ONCE])), scope):
            at = values.moment(entity)
            if year.start <= at < year.end:
                yield entity, True
            elif at >= year.end and (older := _then(reads, scope, kind, entity, year)) is not None:
                yield older, False


def _then(reads: Reads, scope: Scope, kind: Described, entity: Entity, year: Period) -> Entity | None:
    """What the history tells of the last moment in a year; None where it tells nothing."""
    timed = tuple(kind.attribute(one) for one in msgspec.structs.fields(kind.facts) if one.name in kind.timed)
    window = Window(relation="between", start=year.start, end=year.end)
    told = reads.temporal("", entity.id, window, scope, attributes=timed)
    kept = [
        (times.parse(one.doc["observedAt"]), one.number, name, one.doc)
        for name, found in (told.attributes.items() if told else ())
        for one in found
        if one.deleted is None
    ]
    latest = max((at for at, *_ in kept), default=None)
    # What was corrected later comes later, and takes the place of what was there.
    newest = {name: [doc] for at, _, name, doc in sorted(kept, key=lambda one: one[:2]) if at == latest}
    if not newest:
        return None
    untimed = {name: found for name, found in entity.attributes.items() if name not in timed}
    return msgspec.structs.replace(entity, attributes={**untimed, **newest})


def _value(entity: Entity, current: bool) -> Value:
    facts = VALUE.facts_of(entity, ValueFacts)
    receipt = msgspec.convert(facts.receipt, Receipt)
    # A number that was corrected to none has left its history; why there is none stands in the receipt.
    number = None if receipt.why else facts.kpiValue
    end = times.parse((facts.receipt or {})["end"])
    return Value(entity.id, facts.indicator, facts.area, number, receipt, values.moment(entity), end, current)


def _score(entity: Entity, current: bool) -> Score:
    facts = SCORE.facts_of(entity, ScoreFacts)
    return Score(entity.id, facts, msgspec.convert(facts.receipt, ScoreReceipt), values.moment(entity), current)


def _course(reads: Reads, scope: Scope, id: str, year: Period) -> list[tuple[int, float]]:
    told = reads.numbers("", id, CORE.expand("kpiValue"), None, Window(relation="before", start=year.end), scope)
    return sorted(dict(zip(told[-1].moments.tolist(), told[-1].values.tolist(), strict=True)).items()) if told else []
