# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Numbers that people enter as entities: one for each indicator, part and area, whose history holds all periods and corrections."""

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from hanze.feeds.making import urn
from hanze.goals.computing.scene import Entered
from hanze.goals.grades import Grade
from hanze.goals.keeping.values import moment
from hanze.goals.model import ENTERED, EnteredFacts
from hanze.ngsild import operations, times
from hanze.ngsild.context import CORE
from hanze.ngsild.described import VOCABULARY
from hanze.ngsild.entity import Entity
from hanze.ngsild.selection import Compare, EntitySelection, Literal, Path, TypeIs, Window
from hanze.store.base import Reads, TemporalEntity, UnitOfWork
from hanze.store.every import every
from hanze.store.scope import Scope

NUMBER, GRADE, SOURCE, COUNTS = (VOCABULARY + name for name in ("number", "grade", "source", "counts"))
SIMULATED = CORE.expand("simulated")


class Number(msgspec.Struct, frozen=True):
    """A number for a part of an indicator (`code`, `name`) and an area, in the period that begins at `start` (microseconds);
    `unit`: its UN/CEFACT code. `counts`: False takes back what was entered before."""

    code: str
    name: str
    part: str
    unit: str
    area: str
    start: int
    number: float
    grade: Grade
    source: str
    simulated: bool = False
    counts: bool = True


def id_of(city: str, code: str, part: str, area: str) -> str:
    return urn(ENTERED.name, city, code, part, area)


def code_of(id: str) -> str:
    """The indicator that such an entity is of; its code needs no percent signs."""
    return id.split(":")[4]


def write(uow: UnitOfWork, city: str, numbers: Iterable[Number], role: str) -> None:
    """The newest of a period counts from now on; what was there before stays in the history. `role`: of who enters them."""
    made = [_entity(city, one, role) for one in numbers]
    uow.expect("", [one.id for one in made])
    for new in made:
        _write(uow, new)


def _write(uow: UnitOfWork, new: Entity) -> None:
    before = uow.entity("", new.id)
    if before is None:
        uow.save("", operations.create(new, uow.stamp))
        return
    uow.save("", operations.replace(before, new, uow.stamp))
    if moment(before) > moment(new):
        # It is kept as a version of its period; current stays the latest period.
        now = uow.entity("", new.id)
        assert now is not None
        uow.save("", operations.replace(now, before, uow.stamp), history=False)


def _entity(city: str, one: Number, role: str) -> Entity:
    facts = EnteredFacts(
        one.name, one.code, one.part, one.area, one.number, one.grade, one.source, role, one.simulated, one.counts
    )
    made = ENTERED.entity(id_of(city, one.code, one.part, one.area), facts, at=times.text(one.start))
    made.attributes[NUMBER][0]["unitCode"] = one.unit
    return made


class Version(msgspec.Struct, frozen=True):
    """One number as it was entered for a period; `at`: when, microseconds."""

    start: int
    number: float
    grade: Grade
    source: str
    counts: bool
    simulated: bool
    at: int


def read(reads: Reads, scope: Scope, code: str) -> Mapping[tuple[str, str], Sequence[Entered]]:
    """What counts of an indicator by part and area, a number for each period, the earliest first."""
    return {
        (facts.part, facts.area): [
            Entered(one.start, one.number if one.counts else None, one.grade, one.simulated)
            for one in newest(versions(reads, scope, id)).values()
        ]
        for id, facts in of(reads, scope, code)
    }


def of(reads: Reads, scope: Scope, code: str) -> list[tuple[str, EnteredFacts]]:
    """What was entered for an indicator: the id of each entity, and the latest that it says."""
    asked = Compare(Path(VOCABULARY + "indicator"), "==", (Literal("text", code),))
    found = every(reads, EntitySelection(types=TypeIs(ENTERED.iri), q=asked), scope)
    return [(one.id, ENTERED.facts_of(one, EnteredFacts)) for one in found]


def newest(versions: Iterable[Version]) -> dict[int, Version]:
    """By the start of its period, the version that counts."""
    return {one.start: one for one in versions}


def versions(reads: Reads, scope: Scope, id: str) -> list[Version]:
    """All that was entered, by period, and of a period in the order in which it was."""
    told = reads.temporal("", id, Window(), scope)
    return [] if told is None else _versions(told)


def _versions(told: TemporalEntity) -> list[Version]:
    """What was written at once has one moment of writing."""
    columns = {
        name: {
            (one.doc["observedAt"], one.doc["modifiedAt"]): one.doc["value"] for one in told.attributes.get(name, ())
        }
        for name in (GRADE, SOURCE, COUNTS, SIMULATED)
    }
    found = []
    for one in sorted(told.attributes.get(NUMBER, ()), key=lambda one: one.number):
        key = (one.doc["observedAt"], one.doc["modifiedAt"])
        grade, source, counts, simulated = (column.get(key) for column in columns.values())
        start, at = map(times.parse, key)
        found.append(
            Version(start, one.doc["value"], grade or "unknown", source or "", counts is not False, bool(simulated), at)
        )
    return sorted(found, key=lambda one: one.start)
