# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Plans that were fixed, as entities: one for each trial, whose history holds each version, bound by a chain of hashes."""

from collections.abc import Sequence
from typing import Any

import msgspec

from hanze.experiments.model import REGISTERED, RegisteredFacts
from hanze.experiments.told import Told
from hanze.experiments.trials import chain, keeping
from hanze.experiments.trials import plan as plans
from hanze.experiments.trials.chain import Link
from hanze.experiments.trials.keeping import Trial
from hanze.experiments.trials.plan import Plan
from hanze.feeds.making import urn
from hanze.goals.keeping.history import history
from hanze.goals.keeping.saving import save
from hanze.ngsild import times
from hanze.ngsild.described import VOCABULARY
from hanze.ngsild.entity import Entity
from hanze.ngsild.selection import Window
from hanze.store.base import Reads, UnitOfWork
from hanze.store.scope import EVERYTHING, Scope

HASH = VOCABULARY + "hash"

MILLISECOND = 1_000


class Version(msgspec.Struct, frozen=True):
    """`link`: its place in the chain."""

    link: Link

    @property
    def why(self) -> str:
        """It was changed."""
        return str(self.link.beside["why"])

    @property
    def seen(self) -> dict[str, Any] | None:
        """Who had read the outcome (hanze.experiments.trials.seen)."""
        found: dict[str, Any] | None = self.link.beside["seen"]
        return found

    @property
    def role(self) -> str:
        """Of who fixed it."""
        return str(self.link.beside["role"])

    @property
    def plan(self) -> Plan:
        return plans.read(self.link.plan)

    @property
    def number(self) -> int:
        return self.link.version

    @property
    def at(self) -> int:
        """Microseconds."""
        return self.link.moment


def id_of(city: str, code: str) -> str:
    """Of the plan of the trial with this code."""
    return urn(REGISTERED.name, city, code)


def fix(
    uow: UnitOfWork,
    city: str,
    trial: Trial,
    plan: Plan,
    *,
    role: str,
    why: str = "",
    seen: dict[str, Any] | None = None,
) -> RegisteredFacts:
    """The plan is fixed now, as the first version or the next one. Errors: BadRequestData where it cannot be used."""
    plans.demand(plan)
    id = id_of(city, trial.code)
    entity = uow.entity("", id)
    before = None if entity is None else REGISTERED.facts_of(entity, RegisteredFacts)
    number, last = (before.version + 1, before.hash) if before else (1, "")
    # A later version has a later moment, also where two come at once.
    moment = uow.now if entity is None else max(uow.now, _moment(entity) + MILLISECOND)
    told = msgspec.to_builtins(plan)
    hash = chain.hashed(told, _beside(why, seen, role), number, moment, last)
    facts = RegisteredFacts(
        trial.facts.name, told, number, hash, last, why, seen, role,
        keeping.id_of(city, trial.code), trial.facts.simulated,
    )  # fmt: skip
    save(uow, REGISTERED.entity(id, facts, at=times.text(moment)))
    return facts


def _beside(why: str, seen: dict[str, Any] | None, role: str) -> dict[str, Any]:
    """What a version tells with its plan, and its hash is of too."""
    return {"why": why, "seen": seen, "role": role}


def _moment(entity: Entity) -> int:
    """That of the version that counts now, microseconds."""
    return times.parse(entity.attributes[HASH][0]["observedAt"])


def versions(reads: Reads, city: str, code: str, scope: Scope = EVERYTHING) -> list[Version]:
    """All that were fixed, the earliest first."""
    id = id_of(city, code)
    written = _written(reads, id, scope)
    return [
        Version(
            Link(
                one.facts.get("plan", {}),
                _beside(one.facts.get("why", ""), one.facts.get("seen"), one.facts.get("registeredBy", "")),
                one.facts.get("version", 0), moment, one.facts.get("before", ""), one.facts.get("hash", ""),
                written.get(moment),
            )
        )
        for moment, one in history(reads, REGISTERED, id, scope=scope).items()
    ]  # fmt: skip


def _written(reads: Reads, id: str, scope: Scope) -> dict[int, int]:
    """By the moment that a version gives, when the store wrote it."""
    read = reads.temporal("", id, Window(), scope, attributes=(HASH,))
    found = [] if read is None else read.attributes.get(HASH, [])
    return {
        times.parse(one.doc["observedAt"]): times.parse(one.doc["modifiedAt"])
        for one in found
        if "observedAt" in one.doc and "modifiedAt" in one.doc
    }


def newest(reads: Reads, city: str, code: str, scope: Scope = EVERYTHING) -> Version | None:
    """That by which the trial is judged; None where no plan was fixed."""
    return next(iter(reversed(versions(reads, city, code, scope))), None)


def plan_of(entity: Entity) -> Plan:
    """That which counts now."""
    return plans.read(REGISTERED.facts_of(entity, RegisteredFacts).plan)


def version_of(entity: Entity) -> int:
    """The number of the version that counts now."""
    return REGISTERED.facts_of(entity, RegisteredFacts).version


def broken(found: Sequence[Version], *, simulated: bool = False) -> tuple[Told, ...]:
    """What is not as it was fixed; nothing where the chain holds. `simulated`: made up with a past, so that when it was written
    says nothing."""
    links = [one.link for one in found]
    return chain.broken([msgspec.structs.replace(one, written=None) for one in links] if simulated else links)
