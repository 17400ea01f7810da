# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Values of indicators as entities: the value and its receipt, with the start of the period as their moment."""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from hanze.feeds.making import urn
from hanze.goals.model import VALUE, Receipt, ValueFacts
from hanze.ngsild import operations, times
from hanze.ngsild.context import CORE
from hanze.ngsild.described import VOCABULARY
from hanze.ngsild.entity import Entity
from hanze.ngsild.operations.editing import each
from hanze.ngsild.selection import Compare, EntitySelection, Literal, Path, TypeIs, Window
from hanze.store.base import Reads, UnitOfWork
from hanze.store.scope import EVERYTHING

KPI, RECEIPT = CORE.expand("kpiValue"), VOCABULARY + "receipt"


class Worth(msgspec.Struct, frozen=True):
    """A value: of an indicator (`code`, `name`, `unit`) and an area in the period from `start` to `end` (microseconds)."""

    code: str
    name: str
    unit: str
    area: str
    start: int
    end: int
    value: float | None
    receipt: Receipt


def id_of(city: str, code: str, area: str) -> str:
    return urn(VALUE.name, city, code, area)


def entity(city: str, worth: Worth) -> Entity:
    facts = ValueFacts(
        worth.name, worth.code, worth.area, worth.unit, worth.value,
        {**msgspec.to_builtins(worth.receipt), "end": times.text(worth.end)},
    )  # fmt: skip
    return VALUE.entity(id_of(city, worth.code, worth.area), facts, at=times.text(worth.start))


def told(worth: Worth) -> bytes:
    """A short sum of what it says, without when it was worked out."""
    said = (worth.value, worth.unit, worth.name, worth.end, msgspec.structs.replace(worth.receipt, at=""))
    return hashlib.blake2b(msgspec.json.encode(said), digest_size=16).digest()


class Past(msgspec.Struct):
    """What the history says of a period that is over: the value, the receipt, and the instances that say it, each an attribute
    and a number of the store."""

    value: float | None = None
    receipt: dict[str, Any] | None = None
    instances: list[tuple[str, int]] = []


Pasts = Mapping[tuple[str, int], Past]
"""By id, and start of the period."""

NOTHING: Pasts = {}


def pasts(reads: Reads, city: str, worths: Iterable[Worth]) -> Pasts:
    """What the history says of the periods of these values, of those that have an earlier period in it."""
    found: dict[tuple[str, int], Past] = {}
    for id in {id_of(city, one.code, one.area) for one in worths}:
        told = reads.temporal("", id, Window(), EVERYTHING, attributes=(KPI, RECEIPT))
        for name, instances in {} if told is None else told.attributes.items():
            for one in sorted(instances, key=lambda one: one.number):
                if "observedAt" in one.doc and one.deleted is None:
                    past = found.setdefault((id, times.parse(one.doc["observedAt"])), Past())
                    past.instances.append((name, one.number))
                    past.value = one.doc.get("value", past.value)
                    past.receipt = one.doc.get("json", past.receipt)
    return found


def write(uow: UnitOfWork, city: str, worths: Iterable[Worth], pasts: Pasts = NOTHING) -> int:
    """Writes what is news; how many were. The value of a period that is over stands in the history, once; that of one that runs
    is current only, for it changes with each reading. `pasts`: what the history says until now."""
    made = [(worth, entity(city, worth)) for worth in worths]
    uow.expect("", [one.id for _, one in made])
    return sum(_write(uow, worth, one, pasts.get((one.id, worth.start), Past())) for worth, one in made)


def _write(uow: UnitOfWork, worth: Worth, new: Entity, past: Past) -> bool:
    over = worth.end <= uow.now
    before = uow.entity("", new.id)
    if before is None:
        uow.save("", operations.create(new, uow.stamp), history=over)
        return True
    earlier = moment(before) > worth.start
    if _told(before) == _told(new) or (earlier and _same(past, new)):
        return False
    for attribute, number in past.instances:
        uow.delete_history("", new.id, attribute, number=number)
    if earlier:
        timed = {name: found for name, found in new.attributes.items() if name in (KPI, RECEIPT)}
        uow.append_history("", msgspec.structs.replace(new, attributes=timed))
    else:
        uow.save("", operations.replace(before, new, uow.stamp), history=over)
    return True


class Kept(msgspec.Struct, frozen=True):
    """Of a value that is there: the sum of its definition, and the start of its period (microseconds)."""

    definition: str
    start: int


def newest(reads: Reads, code: str) -> Kept | None:
    """Of an indicator, for whichever area; None where there is no value."""
    asked = Compare(Path(VOCABULARY + "indicator"), "==", (Literal("text", code),))
    page = reads.query("", EntitySelection(types=TypeIs(VALUE.iri), q=asked), EVERYTHING, limit=1)
    for one in page.entities:
        receipt = VALUE.facts_of(one, ValueFacts).receipt or {}
        return Kept(str(receipt.get("definition", "")), moment(one))
    return None


def _told(entity: Entity) -> tuple[object, ...]:
    """What it says, without when it was worked out or written."""
    facts = VALUE.facts_of(entity, ValueFacts)
    return moment(entity), facts.kpiValue, facts.unit, facts.name, _timeless(facts.receipt)


def _same(past: Past, new: Entity) -> bool:
    facts = VALUE.facts_of(new, ValueFacts)
    return past.value == facts.kpiValue and _timeless(past.receipt) == _timeless(facts.receipt)


def _timeless(receipt: Mapping[str, Any] | None) -> dict[str, Any]:
    return {key: value for key, value in (receipt or {}).items() if key != "at"}


def moment(entity: Entity) -> int:
    """The start of the period that it tells of, microseconds."""
    return max((times.parse(one["observedAt"]) for _, one in each(entity) if "observedAt" in one), default=0)
