# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Targets as entities: one for each subject and year, whose history holds what was promised before."""

from collections.abc import Iterable
from typing import Any

import msgspec

from hanze.feeds.making import urn
from hanze.goals.model import TARGET, TargetFacts
from hanze.ngsild import operations, times
from hanze.ngsild.selection import EntitySelection, TypeIs, Window
from hanze.store.base import Reads, UnitOfWork
from hanze.store.every import every
from hanze.store.scope import Scope

POINTS = "1"
"""The unit of the score of a goal, in UCUM."""


class Promise(msgspec.Struct, frozen=True):
    """What was promised at a moment (`at`, microseconds). `counts`: False where that took it back."""

    at: int
    target: float
    says: str
    language: str
    role: str
    counts: bool
    simulated: bool


class Target(msgspec.Struct, frozen=True):
    """All that was promised for a subject and a year, the newest last; there is at least one."""

    subject: str
    year: int
    unit: str
    promises: tuple[Promise, ...]

    @property
    def newest(self) -> Promise:
        return self.promises[-1]

    @property
    def counts(self) -> bool:
        """It was not taken back."""
        return self.newest.counts


def id_of(city: str, subject: str, year: int) -> str:
    return urn(TARGET.name, city, subject, str(year))


def write(uow: UnitOfWork, city: str, facts: TargetFacts) -> None:
    """It counts from now on; what was promised before stays in the history."""
    new = TARGET.entity(id_of(city, facts.subject, facts.year), facts, at=times.text(uow.now))
    before = uow.entity("", new.id)
    uow.save("", operations.create(new, uow.stamp) if before is None else operations.replace(before, new, uow.stamp))


def read(reads: Reads, scope: Scope, subjects: Iterable[str]) -> list[Target]:
    """Those of these subjects, by year."""
    wanted = set(subjects)
    told = [
        (one.id, TARGET.facts_of(one, TargetFacts))
        for one in every(reads, EntitySelection(types=TypeIs(TARGET.iri)), scope)
    ]
    found = [_target(reads, scope, id, facts) for id, facts in told if facts.subject in wanted]
    return sorted(found, key=lambda one: (one.year, one.subject))


def _target(reads: Reads, scope: Scope, id: str, facts: TargetFacts) -> Target:
    history = reads.temporal("", id, Window(), scope)
    columns: dict[str, dict[str, Any]] = {}
    for field in msgspec.structs.fields(TargetFacts):
        kept = [] if history is None else history.attributes.get(TARGET.attribute(field), [])
        columns[field.name] = {one.doc["observedAt"]: one.doc["value"] for one in kept if "observedAt" in one.doc}
    promises = [
        Promise(
            times.parse(at), target, columns["says"].get(at, ""), columns["language"].get(at, "en"),
            columns["promisedBy"].get(at, ""), columns["counts"].get(at, True), columns["simulated"].get(at, False),
        )
        for at, target in columns["target"].items()
    ]  # fmt: skip
    return Target(facts.subject, facts.year, facts.unit, tuple(sorted(promises, key=lambda one: one.at)))
