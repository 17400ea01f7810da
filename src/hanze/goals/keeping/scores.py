# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Scores as entities: the score, its colour and its receipt, with the start of the month as their moment."""

from collections.abc import Iterable
from typing import Any

import msgspec

from hanze.feeds.making import urn
from hanze.goals.keeping.history import EVER, Told, history
from hanze.goals.keeping.values import moment
from hanze.goals.model import SCORE, ScoreFacts, ScoreReceipt
from hanze.ngsild import operations, times
from hanze.ngsild.entity import Entity
from hanze.ngsild.selection import EntitySelection, TypeIs, Window
from hanze.store.base import Reads, UnitOfWork
from hanze.store.every import every
from hanze.store.scope import EVERYTHING

Key = tuple[str, str]
"""Subject and area, by their codes."""


class Kept(msgspec.Struct, frozen=True):
    """What the store says of a subject and an area: of the month that it shows, and of earlier ones, by their starts."""

    start: int
    facts: ScoreFacts
    past: dict[int, Told]

    def of(self, start: int, over: bool) -> ScoreFacts | None:
        """Of a month, None where nothing is said of it; `over`: what the history says."""
        if not over:
            return self.facts if start == self.start else None
        past = self.past.get(start)
        return None if past is None else msgspec.structs.replace(self.facts, **{**EMPTY, **past.facts})

    def stale(self, start: int) -> list[tuple[str, int]]:
        """The instances of the history that tell of a month."""
        return self.past[start].instances if start in self.past else []


EMPTY = {"score": None, "colour": "", "receipt": None}


class News(msgspec.Struct, frozen=True):
    """What is to be written of a subject and an area: of the month that runs, if that is news, and of months that are over, each
    with its start; `stale`: instances of the history that are not true any more."""

    subject: str
    area: str
    current: tuple[int, ScoreFacts] | None
    past: list[tuple[int, ScoreFacts]]
    stale: list[tuple[str, int]]

    def __len__(self) -> int:
        """How many months."""
        return len(self.past) + (self.current is not None)


def id_of(city: str, subject: str, area: str) -> str:
    return urn(SCORE.name, city, subject, area)


def read(reads: Reads, window: Window = EVER) -> dict[Key, Kept]:
    """All, with those of earlier months that lie in the window."""
    found = {}
    for entity in every(reads, EntitySelection(types=TypeIs(SCORE.iri)), EVERYTHING):
        facts = SCORE.facts_of(entity, ScoreFacts)
        found[facts.subject, facts.area] = Kept(moment(entity), facts, history(reads, SCORE, entity.id, window))
    return found


def said(facts: ScoreFacts) -> tuple[object, ...]:
    """What it says, without when and by which version it was worked out."""
    receipt = {key: value for key, value in (facts.receipt or {}).items() if key not in ("at", "code")}
    return facts.name, facts.score, facts.colour, receipt


def facts(name: str, subject: str, area: str, score: float | None, colour: str, receipt: ScoreReceipt) -> ScoreFacts:
    return ScoreFacts(name, subject, area, score, colour, msgspec.to_builtins(receipt))


def write(uow: UnitOfWork, city: str, news: Iterable[News]) -> None:
    """Months that are over stand in the history, each once; the one that runs is current only, for it changes with each value."""
    for one in news:
        id = id_of(city, one.subject, one.area)
        for attribute, number in one.stale:
            uow.delete_history("", id, attribute, number=number)
        if one.current is not None:
            _current(uow, _entity(id, *one.current))
        if one.past:
            uow.append_history("", _together(id, one.past))


def _current(uow: UnitOfWork, new: Entity) -> None:
    before = uow.entity("", new.id)
    outcome = operations.create(new, uow.stamp) if before is None else operations.replace(before, new, uow.stamp)
    uow.save("", outcome, history=False)


def _entity(id: str, start: int, facts: ScoreFacts) -> Entity:
    return SCORE.entity(id, facts, at=times.text(start))


def _together(id: str, months: Iterable[tuple[int, ScoreFacts]]) -> Entity:
    """What is of a moment, of all the months."""
    found: dict[str, list[dict[str, Any]]] = {}
    for start, facts in months:
        for name, instances in _entity(id, start, facts).attributes.items():
            timed = [one for one in instances if "observedAt" in one]
            found.setdefault(name, []).extend(timed)
    return Entity(id, [SCORE.iri], {name: told for name, told in found.items() if told})
