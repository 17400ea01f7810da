# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Areas as entities: written level by level, and read as the places that figures are about."""

from collections.abc import Mapping, Sequence
from typing import TypeVar
from urllib.parse import unquote

import msgspec
from shapely.geometry.base import BaseGeometry

from hanze.feeds.making import urn
from hanze.goals.areas.area import LEVELS, Area
from hanze.goals.areas.levels import Placed, place
from hanze.goals.areas.surface import square_kilometres
from hanze.goals.computing.scene import Place
from hanze.goals.keeping import land
from hanze.goals.keeping.saving import geometry, gone, save
from hanze.goals.land.working import Worked
from hanze.goals.model import AREA, LAND, AreaFacts, LandFacts
from hanze.ngsild.described import LOCATION, VOCABULARY
from hanze.ngsild.entity import Entity
from hanze.ngsild.selection import EntitySelection, TypeIs
from hanze.store.base import Reads, UnitOfWork
from hanze.store.every import every
from hanze.store.scope import EVERYTHING, Scope

HOMES = "homes"
"""The use where people live."""

USES, EDGES = VOCABULARY + "landUse", VOCABULARY + "urbanEdge"

T = TypeVar("T")


def read(reads: Reads, scope: Scope = EVERYTHING) -> list[Place]:
    """All areas of the city, the largest first."""
    entities = every(reads, EntitySelection(types=TypeIs(AREA.iri)), scope)
    told = [(one, AREA.facts_of(one, AreaFacts)) for one in entities]
    homes = _homes(reads, scope, told)
    found = [_place(entity, facts, homes.get(facts.code)) for entity, facts in told]
    return sorted(found, key=lambda one: (LEVELS.index(one.area.level), one.area.code))


def _place(entity: Entity, facts: AreaFacts, homes: BaseGeometry | None) -> Place:
    shape = land.shape_of(entity) if LOCATION in entity.attributes else None
    told = {
        "code": facts.code, "name": facts.name, "level": facts.level, "parent": facts.parent or None,
        "simulated": bool(facts.simulated),
    }  # fmt: skip
    area = msgspec.convert(told, Area)
    uses = {int(year): found for year, found in (facts.landUse or {}).items()}
    return Place(msgspec.structs.replace(area, geometry=shape), facts.population, facts.surface or 0.0, homes, uses)


def _homes(reads: Reads, scope: Scope, told: Sequence[tuple[Entity, AreaFacts]]) -> dict[str, BaseGeometry]:
    """By the code of an area, where people live by the latest map of it."""
    ids = []
    for entity, facts in told:
        year = max(facts.landUse or {}, default="", key=int)
        if year and HOMES in (facts.landUse or {})[year]:
            ids.append(land.id_of(_city(entity.id), facts.code, int(year), HOMES))
    found = every(reads, EntitySelection(ids=tuple(ids)), scope) if ids else []
    return {LAND.facts_of(one, LandFacts).area: land.shape_of(one) for one in found}


def _city(id: str) -> str:
    """The code of the city in the id of an area."""
    return unquote(id.split(":")[3])


def placed(known: Sequence[Place], new: Sequence[Area]) -> Placed:
    """All areas after those of `new` take the place of the known ones of their levels. Errors: BadRequestData."""
    levels = {one.level for one in new}
    return place([*(one.area for one in known if one.area.level not in levels), *new])


def write(
    uow: UnitOfWork, city: str, areas: Sequence[Area], known: Sequence[Place], people: Mapping[str, float]
) -> None:
    """These areas are those of the city from now on. What is known of residents and land stays where nothing new is told."""
    before = {one.area.code: one for one in known}
    surfaces = square_kilometres(area.geometry for area in areas).tolist()
    for area, surface in zip(areas, surfaces, strict=True):
        id = urn(AREA.name, city, area.code)
        was, kept = before.pop(area.code, None), _kept(uow, id)
        before_that = None if was is None else was.people
        residents = people.get(area.code, before_that if area.people is None else area.people)
        facts = AreaFacts(
            area.name, area.code, area.level, area.parent or "", residents, round(surface, 6),
            kept.landUse, kept.urbanEdge, area.simulated or None,
        )  # fmt: skip
        save(uow, AREA.entity(id, facts, location=geometry(area.geometry)))
    for code, was in before.items():
        land.drop(uow, city, code, list(was.uses))
        gone(uow, urn(AREA.name, city, code))


def _kept(uow: UnitOfWork, id: str) -> AreaFacts:
    """What is known of the area; nothing of a new one."""
    entity = uow.entity("", id)
    return AreaFacts("", "", "") if entity is None else AREA.facts_of(entity, AreaFacts)


def use(uow: UnitOfWork, city: str, known: Sequence[Place], worked: Worked) -> None:
    """The land is used so in a year, as a map tells."""
    names = {one.area.code: one.area.name for one in known}
    land.write(uow, city, names, worked)
    for code in names:
        entity = uow.entity("", urn(AREA.name, city, code))
        assert entity is not None
        facts = AREA.facts_of(entity, AreaFacts)
        uses = _with(facts.landUse, worked.year, worked.uses.get(code))
        lengths = _with(facts.urbanEdge, worked.year, worked.edges.get(code))
        new = AREA.entity(entity.id, msgspec.structs.replace(facts, landUse=uses, urbanEdge=lengths))
        others = {name: told for name, told in entity.attributes.items() if name not in (USES, EDGES)}
        save(uow, msgspec.structs.replace(new, attributes={**others, **new.attributes}))


def _with(told: Mapping[str, T] | None, year: int, value: T | None) -> dict[str, T] | None:
    """What is told by year with that of one year, or without that year; None where nothing is left."""
    left = {one: kept for one, kept in (told or {}).items() if one != str(year)}
    found = left if value is None else {**left, str(year): value}
    return dict(sorted(found.items())) or None
