# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Scores of areas as resources of /v1: on liveability, sustainability, inclusivity and each of the 17 goals."""

import msgspec

from hanze.goals.api.asking import TAG, AreaCode, area, known, several
from hanze.goals.keeping import scores as keeping
from hanze.goals.keeping.values import moment
from hanze.goals.model import SCORE, ScoreFacts, ScoreReceipt
from hanze.goals.subjects import DIMENSIONS, GOALS, goal
from hanze.http.operation import Caller, Moment, Operation
from hanze.ngsild import times
from hanze.ngsild.entity import Entity

SUBJECTS = (*DIMENSIONS, *map(goal, GOALS))


class CityScore(msgspec.Struct, frozen=True, rename="camel"):
    """How an area stands on a subject, from 0 (bad) to 100 (as it should be), in the month that begins at `start`; null where too
    little is known. `colour`: green, yellow, orange, red or gray."""

    subject: str
    score: float | None
    colour: str
    start: Moment
    receipt: ScoreReceipt


class CityScores(msgspec.Struct, frozen=True, rename="camel"):
    """The newest scores of an area; a subject without one is left out."""

    items: list[CityScore]


class AskedScores(msgspec.Struct, frozen=True, rename="camel"):
    code: AreaCode


def scores(caller: Caller, asked: AskedScores) -> CityScores:
    """On liveability, sustainability, inclusivity, and each goal."""
    area(caller, asked.code)
    ids = [keeping.id_of(known(caller).city, subject, asked.code) for subject in SUBJECTS]
    return CityScores([_score(one) for one in several(caller, SCORE, ids)])


def _score(entity: Entity) -> CityScore:
    facts = SCORE.facts_of(entity, ScoreFacts)
    receipt = msgspec.convert(facts.receipt, ScoreReceipt)
    return CityScore(facts.subject, facts.score, facts.colour, times.text(moment(entity)), receipt)


OPERATIONS = (
    Operation(
        path="/areas/{code}/scores", name="listScores", summary="How an area stands on each subject", tag=TAG,
        handler=scores, answer=CityScores, asked=AskedScores,
    ),
)  # fmt: skip
