# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Challenges as entities: what is public of them, found and written; their history holds each version."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date, tzinfo
from typing import Any

import msgspec

from hanze.errors import ResourceNotFound
from hanze.experiments.challenges import phases
from hanze.experiments.challenges.call import Baseline, Call
from hanze.experiments.challenges.phases import Phase
from hanze.experiments.model import CHALLENGE, SOLUTION, ChallengeFacts, SolutionFacts
from hanze.feeds.making import urn
from hanze.goals.keeping.saving import save
from hanze.ngsild import times
from hanze.ngsild.checks import shown
from hanze.ngsild.described import LOCATION
from hanze.ngsild.entity import Entity
from hanze.ngsild.selection import EntitySelection, TypeIs
from hanze.store.base import Reads, UnitOfWork
from hanze.store.every import every
from hanze.store.scope import EVERYTHING, Scope
from hanze.web.drawing.times import local

LONGEST = 60
"""Characters of a code."""

MOST = 10_000


class Challenge(msgspec.Struct, frozen=True):
    """`code`: the last part of its id. `made`, `changed`: when it was first published, and last
    changed, microseconds. `location`: GeoJSON or None."""

    code: str
    id: str
    facts: ChallengeFacts
    call: Call
    baseline: Baseline | None
    location: dict[str, Any] | None
    made: int = 0
    changed: int = 0

    def phase(self, today: date) -> Phase:
        return phases.phase(self.facts.status, self.facts.opens, self.facts.closes, today)


def day(moment: int, zone: tzinfo) -> date:
    """In the city."""
    return local(moment, zone).date()


def id_of(city: str, code: str) -> str:
    return urn(CHALLENGE.name, city, code)


def code(name: str, kind: str) -> str:
    """A code that people can read, of a name; `kind` where the name has no letters of a code."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain)[:LONGEST].strip("-") or kind


def numbered(code: str) -> Iterable[str]:
    """The code, and then the same with numbers."""
    return (code, *(f"{code}-{number}" for number in range(2, MOST)))


def read(reads: Reads, scope: Scope = EVERYTHING) -> list[Challenge]:
    """All that were published, the newest first."""
    found = map(challenge_of, every(reads, EntitySelection(types=TypeIs(CHALLENGE.iri)), scope))
    return sorted(found, key=lambda one: (-one.made, one.code))


def find(reads: Reads, city: str, code: str, scope: Scope = EVERYTHING) -> Challenge:
    """Errors: ResourceNotFound."""
    entity = reads.get("", id_of(city, code), scope) if code else None
    if entity is None:
        raise ResourceNotFound(f"There is no challenge {shown(code)} here.")
    return challenge_of(entity)


def within(uow: UnitOfWork, city: str, code: str) -> Challenge:
    """The same while something is written. Errors: ResourceNotFound."""
    entity = uow.entity("", id_of(city, code))
    if entity is None:
        raise ResourceNotFound(f"There is no challenge {shown(code)} here.")
    return challenge_of(entity)


def challenge_of(entity: Entity) -> Challenge:
    facts = CHALLENGE.facts_of(entity, ChallengeFacts)
    baseline = None if facts.baseline is None else msgspec.convert(facts.baseline, Baseline)
    location = next((one["value"] for one in entity.attributes.get(LOCATION, ())), None)
    made, changed = (times.parse(one) if one else 0 for one in (entity.created, entity.modified))
    call = msgspec.convert(facts.call or {}, Call)
    return Challenge(entity.id.rpartition(":")[2], entity.id, facts, call, baseline, location, made, changed)


def write(uow: UnitOfWork, one: Challenge) -> None:
    """It is so from now on."""
    baseline = None if one.baseline is None else msgspec.to_builtins(one.baseline)
    facts = msgspec.structs.replace(one.facts, call=msgspec.to_builtins(one.call), baseline=baseline)
    save(uow, CHALLENGE.entity(one.id, facts, location=one.location))


def solutions(reads: Reads, ids: Iterable[str], scope: Scope) -> dict[str, SolutionFacts]:
    """What was chosen, by id, as far as it is there."""
    wanted = tuple(ids)
    found = every(reads, EntitySelection(ids=wanted), scope) if wanted else []
    return {one.id: SOLUTION.facts_of(one, SolutionFacts) for one in found}
