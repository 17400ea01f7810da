# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The yearly question to residents as an entity: one for each year, open from a day to a day."""

from collections.abc import Iterable
from datetime import date

from hanze.feeds.making import urn
from hanze.goals.model import QUESTION, QuestionFacts
from hanze.ngsild import operations
from hanze.ngsild.selection import EntitySelection, TypeIs
from hanze.store.base import Reads, UnitOfWork
from hanze.store.every import every
from hanze.store.scope import EVERYTHING, Scope

NAME = "What will we need?"

LONGEST_DAYS = 366

MOST = 1_000
"""Years."""


def id_of(city: str, year: int) -> str:
    return urn(QUESTION.name, city, str(year))


def write(uow: UnitOfWork, city: str, facts: QuestionFacts) -> None:
    """It is so from now on; how it was before stays in the history."""
    new = QUESTION.entity(id_of(city, facts.year), facts)
    before = uow.entity("", new.id)
    uow.save("", operations.create(new, uow.stamp) if before is None else operations.replace(before, new, uow.stamp))


def read(reads: Reads, scope: Scope) -> list[QuestionFacts]:
    """Those of all years, the newest first."""
    found = [
        QUESTION.facts_of(one, QuestionFacts)
        for one in every(reads, EntitySelection(types=TypeIs(QUESTION.iri)), scope)
    ]
    return sorted(found, key=lambda one: -one.year)


def within(uow: UnitOfWork) -> list[QuestionFacts]:
    """Those that are there while something is written."""
    ids = uow.select("", EntitySelection(types=TypeIs(QUESTION.iri)), MOST, EVERYTHING)
    entities = [uow.entity("", id) for id in ids]
    return [QUESTION.facts_of(one, QuestionFacts) for one in entities if one is not None]


def is_open(one: QuestionFacts, today: date) -> bool:
    return not one.stopped and one.opens <= today.isoformat() <= one.closes


def open_one(questions: Iterable[QuestionFacts], today: date) -> QuestionFacts | None:
    """That which can be answered today."""
    return next((one for one in questions if is_open(one, today)), None)


def crossing(questions: Iterable[QuestionFacts], new: QuestionFacts) -> QuestionFacts | None:
    """Another one of which a day is among those of the new one: one is open at a time."""
    return next(
        (
            one
            for one in questions
            if one.year != new.year and not one.stopped and one.opens <= new.closes and new.opens <= one.closes
        ),
        None,
    )
