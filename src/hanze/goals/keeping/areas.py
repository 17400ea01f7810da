# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Areas as entities: written level by level, and read as the places that figures are about."""

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
import shapely
from shapely.geometry.base import BaseGeometry

from hanze.feeds.making import urn
from hanze.goals.areas.area import LEVELS, Area
from hanze.goals.areas.levels import Placed, place
from hanze.goals.areas.surface import square_kilometres
from hanze.goals.computing.scene import Place
from hanze.goals.model import AREA, AreaFacts
from hanze.ngsild import operations
from hanze.ngsild.described import LOCATION
from hanze.ngsild.entity import Entity
from hanze.ngsild.selection import EntitySelection, TypeIs
from hanze.store.base import Reads, UnitOfWork
from hanze.store.every import every
from hanze.store.scope import EVERYTHING, Scope

DIGITS = 7
"""Of a degree: a centimetre."""


def read(reads: Reads, scope: Scope = EVERYTHING) -> list[Place]:
    """All areas of the city, the largest first."""
    found = map(_place, every(reads, EntitySelection(types=TypeIs(AREA.iri)), scope))
    return sorted(found, key=lambda one: (LEVELS.index(one.area.level), one.area.code))


def _place(entity: Entity) -> Place:
    facts = AREA.facts_of(entity, AreaFacts)
    geometry: Any = next((one["value"] for one in entity.attributes.get(LOCATION, ())), None)
    shape = None if geometry is None else shapely.geometry.shape(geometry)
    area = msgspec.convert(
        {"code": facts.code, "name": facts.name, "level": facts.level, "parent": facts.parent or None}, Area
    )
    uses = {int(year): found for year, found in (facts.landUse or {}).items()}
    return Place(msgspec.structs.replace(area, geometry=shape), facts.population, facts.surface or 0.0, None, uses)


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
        was = before.pop(area.code, None)
        uses = None if was is None or not was.uses else {str(year): dict(found) for year, found in was.uses.items()}
        before_that = None if was is None else was.people
        residents = people.get(area.code, before_that if area.people is None else area.people)
        facts = AreaFacts(area.name, area.code, area.level, area.parent or "", residents, round(surface, 6), uses)
        _save(uow, AREA.entity(urn(AREA.name, city, area.code), facts, location=_geometry(area.geometry)))
    for code in before:
        entity = uow.entity("", urn(AREA.name, city, code))
        if entity is not None:
            uow.save("", operations.delete(entity))


def use(
    uow: UnitOfWork, city: str, known: Sequence[Place], year: int, found: Mapping[str, Mapping[str, float]]
) -> None:
    """The land of the smallest areas is used so in a year; `found`: by code, km² by use."""
    for one in known:
        if one.area.code in found:
            entity = uow.entity("", urn(AREA.name, city, one.area.code))
            assert entity is not None
            facts = AREA.facts_of(entity, AreaFacts)
            uses = {**(facts.landUse or {}), str(year): dict(found[one.area.code])}
            new = AREA.entity(entity.id, msgspec.structs.replace(facts, landUse=dict(sorted(uses.items()))))
            _save(uow, msgspec.structs.replace(new, attributes={**entity.attributes, **new.attributes}))


def _save(uow: UnitOfWork, entity: Entity) -> None:
    before = uow.entity("", entity.id)
    outcome = operations.create(entity, uow.stamp) if before is None else operations.replace(before, entity, uow.stamp)
    uow.save("", outcome)


def _geometry(shape: BaseGeometry | None) -> dict[str, Any] | None:
    if shape is None:
        return None
    found: dict[str, Any] = msgspec.json.decode(shapely.to_geojson(shapely.set_precision(shape, 10.0**-DIGITS)))
    return found
