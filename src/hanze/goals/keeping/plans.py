# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Plans as entities: what people drew and wrote, and beside it what would come of it."""

import re
import unicodedata
from collections.abc import Mapping
from typing import Any, Literal, get_args

import msgspec
from shapely.geometry.base import BaseGeometry

from hanze.feeds.making import urn
from hanze.goals.keeping.land import shape_of
from hanze.goals.keeping.saving import geometry, save
from hanze.goals.model import PLAN, PlanFacts
from hanze.goals.plans.effects import Sketch
from hanze.goals.plans.job import Outcome
from hanze.ngsild.described import LOCATION
from hanze.ngsild.entity import Entity
from hanze.ngsild.selection import EntitySelection, TypeIs
from hanze.store.base import Reads, UnitOfWork
from hanze.store.every import every
from hanze.store.scope import EVERYTHING, Scope

Status = Literal["idea", "proposed", "decided", "built", "dropped"]

STATUSES: tuple[Status, ...] = get_args(Status)

LONGEST = 60
"""Characters of a code."""

MOST = 100_000
"""Plans of one name."""


class Plan(msgspec.Struct, frozen=True):
    """`code`: the last part of its id. `outcome`: None while it is not worked out."""

    code: str
    facts: PlanFacts
    shape: BaseGeometry
    geometry: dict[str, Any]
    outcome: Outcome | None

    @property
    def sketch(self) -> Sketch:
        return Sketch(self.shape, self.facts.use, self.facts.leastHomes, self.facts.mostHomes)


def id_of(city: str, code: str) -> str:
    return urn(PLAN.name, city, code)


def free(uow: UnitOfWork, city: str, name: str) -> str:
    """A code that people can read, of the name of a plan, which no plan has."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    code = re.sub(r"[^a-z0-9]+", "-", plain)[:LONGEST].strip("-") or "plan"
    found = (code, *(f"{code}-{number}" for number in range(2, MOST)))
    return next(one for one in found if uow.entity("", id_of(city, one)) is None)


def read(reads: Reads, scope: Scope = EVERYTHING) -> list[Plan]:
    """All of them, by name."""
    found = every(reads, EntitySelection(types=TypeIs(PLAN.iri)), scope)
    return sorted(map(plan_of, found), key=lambda one: one.facts.name.casefold())


def find(reads: Reads, city: str, code: str, scope: Scope) -> Plan | None:
    entity = reads.get("", id_of(city, code), scope)
    return None if entity is None else plan_of(entity)


def plan_of(entity: Entity) -> Plan:
    facts = PLAN.facts_of(entity, PlanFacts)
    told = entity.attributes[LOCATION][0]["value"]
    outcome = None if facts.effects is None else msgspec.convert(facts.effects, Outcome)
    return Plan(entity.id.rpartition(":")[2], facts, shape_of(entity), told, outcome)


def write(
    uow: UnitOfWork, city: str, code: str, facts: PlanFacts, shape: BaseGeometry, outcome: Outcome | None
) -> None:
    """Makes a plan, or puts it in the place of the one with this code."""
    save(uow, PLAN.entity(id_of(city, code), _with(facts, outcome), location=geometry(shape)))


def _with(facts: PlanFacts, outcome: Outcome | None) -> PlanFacts:
    return msgspec.structs.replace(facts, effects=None if outcome is None else msgspec.to_builtins(outcome))


def work_in(uow: UnitOfWork, city: str, outcomes: Mapping[str, Outcome]) -> int:
    """What came of plans that are still there; how many changed. The sum of all that it was made of tells whether it is news."""
    changed = 0
    for code, outcome in outcomes.items():
        entity = uow.entity("", id_of(city, code))
        plan = None if entity is None else plan_of(entity)
        if plan is not None and (plan.outcome is None or plan.outcome.inputs != outcome.inputs):
            save(uow, PLAN.entity(id_of(city, code), _with(plan.facts, outcome), location=plan.geometry))
            changed += 1
    return changed
