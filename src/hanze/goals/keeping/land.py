# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Maps of land as entities: one for each area, year and use, and one for what each area became between two years."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

import shapely
from shapely.geometry.base import BaseGeometry

from hanze.feeds.making import urn
from hanze.goals.areas.land import USES
from hanze.goals.areas.surface import square_kilometres
from hanze.goals.keeping.saving import geometry, gone, save
from hanze.goals.land.change import Changes
from hanze.goals.land.cutting import Lands
from hanze.goals.land.working import Worked
from hanze.goals.model import CHANGE, LAND, ChangeFacts, LandFacts
from hanze.ngsild.described import LOCATION
from hanze.ngsild.entity import Entity
from hanze.ngsild.selection import EntitySelection, TypeIs
from hanze.store.base import Reads, UnitOfWork
from hanze.store.every import every
from hanze.store.scope import EVERYTHING, Scope

Pair = tuple[int, int]
"""Two years, the earlier one first."""


def id_of(city: str, area: str, year: int, use: str) -> str:
    return urn(LAND.name, city, area, year, use)


def id_of_change(city: str, area: str, pair: Pair) -> str:
    return urn(CHANGE.name, city, area, *pair)


def pairs(years: Iterable[int]) -> list[Pair]:
    """All of these years with each other."""
    return [(one, other) for one, other in combinations(sorted(set(years)), 2)]


def write(uow: UnitOfWork, city: str, names: Mapping[str, str], worked: Worked) -> None:
    """The land of the year is as the new map says, and nothing else is. `names`: of the areas, by code."""
    for area, name in names.items():
        land = worked.lands.get(area, {})
        for use in USES:
            id = id_of(city, area, worked.year, use)
            if use not in land:
                gone(uow, id)
                continue
            facts = LandFacts(f"{name}: {use}", area, use, worked.year, _surface(land[use]))
            save(uow, LAND.entity(id, facts, location=geometry(land[use])))
    for pair, found in worked.changes.items():
        for area, name in names.items():
            if area in found:
                _write_change(uow, city, name, area, pair, found[area])
            else:
                gone(uow, id_of_change(city, area, pair))


def _write_change(uow: UnitOfWork, city: str, name: str, area: str, pair: Pair, changes: Changes) -> None:
    told = {before: dict(row) for before, row in changes.items()}
    facts = ChangeFacts(f"{name}: {pair[0]} to {pair[1]}", area, *pair, told)
    save(uow, CHANGE.entity(id_of_change(city, area, pair), facts))


def _surface(shape: BaseGeometry) -> float:
    return round(float(square_kilometres([shape])[0]), 6)


def drop(uow: UnitOfWork, city: str, area: str, years: Sequence[int]) -> None:
    """The area is none of the city any more, so its land is told no more."""
    for year in years:
        for use in USES:
            gone(uow, id_of(city, area, year, use))
    for pair in pairs(years):
        gone(uow, id_of_change(city, area, pair))


def lands(reads: Reads, scope: Scope = EVERYTHING) -> dict[int, Lands]:
    """All maps, by year."""
    found: dict[int, dict[str, dict[str, BaseGeometry]]] = {}
    for entity in every(reads, EntitySelection(types=TypeIs(LAND.iri)), scope):
        facts = LAND.facts_of(entity, LandFacts)
        found.setdefault(facts.year, {}).setdefault(facts.area, {})[facts.use] = shape_of(entity)
    return dict(found)


def shape_of(entity: Entity) -> BaseGeometry:
    return shapely.geometry.shape(entity.attributes[LOCATION][0]["value"])


def changes(reads: Reads, city: str, areas: Iterable[str], pair: Pair, scope: Scope) -> list[Changes]:
    """What became what in each of these areas, as far as it is known."""
    ids = tuple(id_of_change(city, area, pair) for area in areas)
    found = every(reads, EntitySelection(ids=ids), scope) if ids else []
    return [CHANGE.facts_of(one, ChangeFacts).changes for one in found]
