# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Agreements as they are found: entities of what was offered or signed, and proposals that wait."""

from collections.abc import Mapping
from typing import Any, Literal

import msgspec

from hanze.errors import ResourceNotFound
from hanze.experiments.agreements.terms import Terms
from hanze.experiments.agreements.vaults import PROPOSALS
from hanze.experiments.challenges.keeping import code, numbered
from hanze.experiments.model import AGREEMENT, AgreementFacts
from hanze.experiments.organisations.keeping import Vaults
from hanze.feeds.making import urn
from hanze.ngsild import canonical
from hanze.ngsild.checks import shown
from hanze.ngsild.entity import Entity
from hanze.ngsild.selection import EntitySelection, TypeIs
from hanze.store.base import Reads, UnitOfWork
from hanze.store.every import every
from hanze.store.scope import EVERYTHING, Scope

Side = Literal["city", "partner"]
SIDES: tuple[Side, ...] = ("city", "partner")

Status = Literal["offered", "signed", "suspended", "ended"]


class Signature(msgspec.Struct, frozen=True):
    """`at`: ISO 8601 in UTC; `role`: in which it was done; `hash`: SHA-256 of the canonical JSON (RFC 8785) of the terms."""

    at: str
    role: str
    hash: str


Signatures = Mapping[Side, Signature]


class Stop(msgspec.Struct, frozen=True):
    """`at`: ISO 8601 in UTC; `why`: in plain words; `role`: in which it was done."""

    at: str
    why: str
    role: str


class Agreement(msgspec.Struct, frozen=True):
    """What everyone may know. `stop`: where it was suspended or ended before its last day."""

    id: str
    status: Status
    terms: Terms
    signatures: Signatures
    stop: Stop | None
    answers: str
    simulated: bool

    @property
    def code(self) -> str:
        return self.id.rpartition(":")[2]


class Proposal(msgspec.Struct, frozen=True):
    """Terms that do not hold yet: of a new agreement, or of a change of one that goes on until both have signed."""

    id: str
    terms: Terms
    offered: bool
    signatures: Signatures
    answers: str
    simulated: bool

    @property
    def hash(self) -> str:
        """Of what both sides sign."""
        return canonical.digest(self.terms)


def id_of(city: str, code: str) -> str:
    return urn(AGREEMENT.name, city, code)


def free(uow: UnitOfWork, city: str, name: str) -> str:
    """An id that people can read, which no agreement has."""
    ids = (id_of(city, one) for one in numbered(code(name, "agreement")))
    return next(one for one in ids if uow.types("", one) is None and proposal(uow, one) is None)


def proposal(vaults: Vaults, id: str) -> Proposal | None:
    for row in vaults.vault(PROPOSALS).select({"agreement": id}, limit=1):
        return _proposal(row)
    return None


def proposals(vaults: Vaults, partner: str = "") -> list[Proposal]:
    """All that wait; of a partner those that were offered."""
    where = {"partner": partner, "offered": 1} if partner else {}
    return [_proposal(row) for row in vaults.vault(PROPOSALS).select(where, order=("agreement",))]


def _proposal(row: Mapping[str, Any]) -> Proposal:
    told = {"id": row["agreement"], **{name: row[name] for name in ("terms", "signatures", "answers")}}
    return msgspec.convert({**told, "offered": bool(row["offered"]), "simulated": bool(row["simulated"])}, Proposal)


def put(uow: UnitOfWork, one: Proposal) -> None:
    told = msgspec.to_builtins(one)
    row = {name: told[name] for name in ("terms", "signatures", "answers")}
    flags = {"offered": int(one.offered), "simulated": int(one.simulated)}
    uow.vault(PROPOSALS).put({"agreement": one.id, "partner": one.terms.partner, **row, **flags})


def drop(uow: UnitOfWork, id: str) -> None:
    uow.vault(PROPOSALS).delete({"agreement": id})


def read(reads: Reads, scope: Scope = EVERYTHING) -> list[Agreement]:
    """All of them, the one that ends last first."""
    found = map(agreement_of, every(reads, EntitySelection(types=TypeIs(AGREEMENT.iri)), scope))
    return sorted(found, key=lambda one: (one.terms.ends, one.id), reverse=True)


def find(reads: Reads, id: str, scope: Scope = EVERYTHING) -> Agreement | None:
    entity = reads.get("", id, scope)
    return agreement_of(entity) if entity is not None and AGREEMENT.iri in entity.types else None


def policy(reads: Reads, id: str, scope: Scope) -> dict[str, Any] | None:
    """The ODRL agreement that was kept with the terms."""
    entity = reads.get("", id, scope)
    return None if entity is None else AGREEMENT.facts_of(entity, AgreementFacts).policy


def within(uow: UnitOfWork, id: str) -> Agreement | None:
    """That which is there while something is written."""
    entity = uow.entity("", id)
    return None if entity is None else agreement_of(entity)


def agreement_of(entity: Entity) -> Agreement:
    facts = AGREEMENT.facts_of(entity, AgreementFacts)
    told = {
        "id": entity.id, "status": facts.status, "terms": facts.terms, "signatures": facts.signatures or {},
        "stop": facts.stopped, "answers": facts.inResponseTo, "simulated": bool(facts.simulated),
    }  # fmt: skip
    return msgspec.convert(told, Agreement)


def missing(id: str) -> ResourceNotFound:
    return ResourceNotFound(f"There is no agreement {shown(id)} here.")


def facts(one: Agreement, policy: dict[str, Any]) -> AgreementFacts:
    """As an entity holds it."""
    told = msgspec.json.decode(msgspec.json.encode(one))
    return AgreementFacts(
        one.terms.name, one.terms.partner_name, one.status, told["terms"], policy, told["signatures"] or None, told["stop"],
        one.answers, one.simulated or None,
    )  # fmt: skip
