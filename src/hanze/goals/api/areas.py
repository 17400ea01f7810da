# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Areas of the city as resources of /v1."""

from typing import Annotated, Any

import msgspec
from msgspec import Meta

from hanze.goals.api.asking import TAG, AreaCode, Limit, Offset, area
from hanze.goals.areas.area import Level
from hanze.goals.model import AREA, AreaFacts
from hanze.http.operation import Caller, Operation
from hanze.ngsild.described import LOCATION, VOCABULARY
from hanze.ngsild.selection import All, Compare, EntitySelection, Literal, Path, TypeIs

Parent = Annotated[str, Meta(description="the code of the larger area that they lie in")]
OfLevel = Annotated[Level, Meta(description="city, district or neighbourhood")]


class CityArea(msgspec.Struct, frozen=True, rename="camel"):
    """A city, district or neighbourhood. `parent`: the code of what it lies in; `residents`: who live there; `surface`: km²."""

    code: str
    name: str
    level: str
    parent: str | None
    residents: float | None
    surface: float | None


class CityAreas(msgspec.Struct, frozen=True, rename="camel"):
    """A page of the areas; `total`: how many there are."""

    items: list[CityArea]
    total: int


class DrawnArea(CityArea, frozen=True, rename="camel"):
    """An area with its shape. `geometry`: of GeoJSON (RFC 7946), in degrees of WGS 84, null where it is not known."""

    geometry: dict[str, Any] | None


class AskedAreas(msgspec.Struct, frozen=True, rename="camel"):
    level: OfLevel | None = None
    parent: Parent | None = None
    limit: Limit = 100
    offset: Offset = 0


class AskedArea(msgspec.Struct, frozen=True, rename="camel"):
    code: AreaCode


def areas(caller: Caller, asked: AskedAreas) -> CityAreas:
    """In the order in which they were told."""
    caller.access.note_read(caller.principal, "", (AREA.iri,), ())
    told = (("level", asked.level), ("parent", asked.parent))
    facts = [
        Compare(Path(VOCABULARY + name), "==", (Literal("text", value),)) for name, value in told if value is not None
    ]
    wanted = EntitySelection(types=TypeIs(AREA.iri), q=All(tuple(facts)) if facts else None)
    page = caller.store.query("", wanted, caller.scope, limit=asked.limit, offset=asked.offset, count=True)
    return CityAreas([CityArea(*_facts(AREA.facts_of(one, AreaFacts))) for one in page.entities], page.count or 0)


def drawn(caller: Caller, asked: AskedArea) -> DrawnArea:
    """With its shape."""
    caller.access.note_read(caller.principal, "", (AREA.iri,), ())
    found = area(caller, asked.code)
    geometry = next((one["value"] for one in found.attributes.get(LOCATION, ())), None)
    return DrawnArea(*_facts(AREA.facts_of(found, AreaFacts)), geometry)


def _facts(one: AreaFacts) -> tuple[str, str, str, str | None, float | None, float | None]:
    return one.code, one.name, one.level, one.parent or None, one.population, one.surface


OPERATIONS = (
    Operation(
        path="/areas", name="listAreas", summary="The areas of the city", tag=TAG, handler=areas, answer=CityAreas,
        asked=AskedAreas,
    ),
    Operation(
        path="/areas/{code}", name="getArea", summary="One area with its shape", tag=TAG, handler=drawn, answer=DrawnArea,
        asked=AskedArea,
    ),
)  # fmt: skip
