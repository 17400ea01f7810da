# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Evidence as entities: one for each trial, whose history holds each version, with what was signed and the signature."""

from collections.abc import Collection, Mapping
from typing import Any

import msgspec

from hanze.access import identity
from hanze.access.identity import Known, Signature
from hanze.errors import mark as _
from hanze.experiments.evidence.card import Card
from hanze.experiments.model import EVIDENCE, EvidenceFacts
from hanze.experiments.told import Told
from hanze.feeds.making import urn
from hanze.goals.keeping.history import history
from hanze.goals.keeping.saving import save
from hanze.ngsild import times
from hanze.ngsild.selection import EntitySelection, TypeIs
from hanze.store.base import Reads, UnitOfWork
from hanze.store.every import every as entities
from hanze.store.scope import EVERYTHING, Scope

MILLISECOND = 1_000


class Signed(msgspec.Struct, frozen=True):
    """A card as it was signed, in plain parts, and the signature; `at`: microseconds."""

    code: str
    verdict: str
    card: Mapping[str, Any]
    signature: Signature
    at: int


def id_of(city: str, code: str) -> str:
    """Of the evidence of the trial with this code."""
    return urn(EVIDENCE.name, city, code)


def later(reads: Reads, city: str, code: str, now: int) -> int:
    """The moment of the next version: now, or just after the last one (microseconds)."""
    before = versions(reads, city, code)
    return max(now, before[-1].at + MILLISECOND) if before else now


def write(uow: UnitOfWork, city: str, code: str, trial: str, card: Card, signature: Signature) -> None:
    """It is what was learned of the trial (`trial`: its id) from now on; what was signed before stays in the history."""
    told = msgspec.to_builtins(card)
    facts = EvidenceFacts(
        card.trial.name, card.verdict, told, msgspec.to_builtins(signature), trial, card.trial.simulated or None
    )  # fmt: skip
    save(uow, EVIDENCE.entity(id_of(city, code), facts, at=card.at))


def versions(reads: Reads, city: str, code: str, scope: Scope = EVERYTHING) -> list[Signed]:
    """All that were signed, the earliest first."""
    found = history(reads, EVIDENCE, id_of(city, code), scope=scope)
    return [_signed(code, one.facts, at) for at, one in found.items() if {"card", "signature"} <= set(one.facts)]


def every(reads: Reads, scope: Scope = EVERYTHING) -> list[Signed]:
    """The newest of each trial, by what was signed last."""
    there = entities(reads, EntitySelection(types=TypeIs(EVIDENCE.iri)), scope)
    facts = ((one.id.rpartition(":")[2], EVIDENCE.facts_of(one, EvidenceFacts)) for one in there)
    found = [_signed(code, msgspec.structs.asdict(one), times.parse(one.card["at"])) for code, one in facts]
    return sorted(found, key=lambda one: (-one.at, one.code))


def _signed(code: str, facts: Mapping[str, Any], at: int) -> Signed:
    card, signature = facts["card"], msgspec.convert(facts["signature"], Signature)
    return Signed(code, facts.get("verdict") or card.get("verdict", ""), card, signature, at)


UNSIGNED = _("The signature does not belong to this text: one of the two was changed.")
STRANGE = _("It was signed with a key that the city does not know.")


def wrong(card: Any, signature: Signature, keys: Collection[Known] | None) -> tuple[Told, ...]:
    """What is not in order; nothing where the card is as it was signed. `keys`: of the city, None where they are not known here."""
    if not identity.verified(card, signature):
        return (Told(UNSIGNED),)
    if keys is not None and signature.key not in {one.key for one in keys}:
        return (Told(STRANGE),)
    return ()
