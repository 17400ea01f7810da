# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Values of indicators as entities: the value and its receipt, with the start of the period as their moment."""

from collections.abc import Iterable

import msgspec

from hanze.feeds.making import urn
from hanze.goals.model import VALUE, Receipt, ValueFacts
from hanze.ngsild import operations, times
from hanze.ngsild.entity import Entity
from hanze.ngsild.operations.editing import each
from hanze.store.base import UnitOfWork


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


def write(uow: UnitOfWork, city: str, worths: Iterable[Worth]) -> int:
    """Writes what is news; how many were. The value of a period that is over stands in the history; that of one that runs is
    current only, for it changes with each reading."""
    made = [(worth, entity(city, worth)) for worth in worths]
    uow.expect("", [one.id for _, one in made])
    return sum(_write(uow, worth, one) for worth, one in made)


def _write(uow: UnitOfWork, worth: Worth, new: Entity) -> bool:
    over = worth.end <= uow.now
    before = uow.entity("", new.id)
    if before is None:
        uow.save("", operations.create(new, uow.stamp), history=over)
        return True
    if _told(before) == _told(new):
        return False
    if moment(before) > worth.start:
        return uow.append_history("", new) > 0
    uow.save("", operations.replace(before, new, uow.stamp), history=over)
    return True


def _told(entity: Entity) -> tuple[object, ...]:
    """What it says, without when it was worked out or written."""
    facts = VALUE.facts_of(entity, ValueFacts)
    receipt = {key: value for key, value in (facts.receipt or {}).items() if key != "at"}
    return moment(entity), facts.kpiValue, facts.unit, facts.name, receipt


def moment(entity: Entity) -> int:
    """The start of the period that it tells of, microseconds."""
    return max((times.parse(one["observedAt"]) for _, one in each(entity) if "observedAt" in one), default=0)
