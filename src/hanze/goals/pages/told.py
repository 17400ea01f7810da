# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What pages read of this room: areas, values and scores that the visitor may see, by id, so that each page reads only its own."""

from collections.abc import Iterable
from typing import Any

import msgspec
import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from hanze.errors import ResourceNotFound
from hanze.feeds.making import urn
from hanze.goals.areas.area import LEVELS
from hanze.goals.computing.scene import WHOLE
from hanze.goals.indicators.known import Known
from hanze.goals.indicators.reducing import Floats, Moments
from hanze.goals.keeping import scores, values
from hanze.goals.model import AREA, SCORE, VALUE, AreaFacts, Receipt, ScoreFacts, ScoreReceipt, ValueFacts
from hanze.goals.sdsn.marks import Colour
from hanze.ngsild import times
from hanze.ngsild.checks import shown
from hanze.ngsild.context import CORE
from hanze.ngsild.described import LOCATION, VOCABULARY
from hanze.ngsild.entity import Entity
from hanze.ngsild.selection import Compare, EntitySelection, Geo, Literal, Path, TypeIs, Window
from hanze.store.base import Numbers
from hanze.store.every import every
from hanze.web.room import Visit

MOST = 400
"""Areas on one page."""

VALUES = 100
"""That one question names; one with several hundred is refused as too complex."""


AROUND = 1.5
"""Times the size of an area: so far around it others are looked for."""


class Place(msgspec.Struct, frozen=True):
    """An area as pages show it; `geometry`: GeoJSON, None where it has none."""

    facts: AreaFacts
    geometry: dict[str, Any] | None

    @property
    def code(self) -> str:
        return self.facts.code

    @property
    def name(self) -> str:
        return self.facts.name


class Value(msgspec.Struct, frozen=True):
    """The newest value of an indicator for an area; `start`, `end`: of its period, microseconds."""

    id: str
    facts: ValueFacts
    receipt: Receipt
    start: int
    end: int

    @property
    def value(self) -> float | None:
        return self.facts.kpiValue

    @property
    def at(self) -> int:
        """When it was worked out, microseconds."""
        return times.parse(self.receipt.at)


Found = dict[tuple[str, str], Value]
"""By indicator and area."""


class Score(msgspec.Struct, frozen=True):
    """The newest score of an area on a subject; `start`: of its month, microseconds."""

    facts: ScoreFacts
    receipt: ScoreReceipt
    start: int

    @property
    def colour(self) -> Colour:
        """Gray where too little is known."""
        found: Colour = msgspec.convert(self.facts.colour or "gray", Colour)
        return found


def known(visit: Visit) -> Known:
    """The indicators of the city."""
    return visit.site.tool(Known)


def places(visit: Visit) -> list[Place]:
    """All areas, the largest first, then by name."""
    found = [place_of(one) for one in _all(visit, EntitySelection(types=TypeIs(AREA.iri)))]
    return sorted(found, key=lambda one: (LEVELS.index(one.facts.level), one.name.casefold()))


def id_of(visit: Visit, code: str) -> str:
    """The id of an area."""
    return urn(AREA.name, known(visit).city, code)


def place(visit: Visit, code: str) -> Place:
    """Errors: ResourceNotFound."""
    entity = visit.site.store.get("", id_of(visit, code), visit.scope)
    if entity is None:
        raise ResourceNotFound(f"There is no area {shown(code)} here.")
    return place_of(entity)


def several(visit: Visit, codes: Iterable[str]) -> dict[str, Place]:
    """Areas by code, as far as they are there."""
    ids = tuple(id_of(visit, code) for code in codes)
    found = map(place_of, _all(visit, EntitySelection(ids=ids))) if ids else ()
    return {one.code: one for one in found}


def city(visit: Visit) -> Place | None:
    """The city itself; None where it has told no areas, or several are the largest, for then none is the whole."""
    selection = EntitySelection(types=TypeIs(AREA.iri), q=_is("level", LEVELS[0]))
    found = visit.site.store.query("", selection, visit.scope, limit=2).entities
    return place_of(found[0]) if len(found) == 1 else None


def code_of(city: Place | None) -> str:
    """What values of the city as a whole are kept under, also where it has told no areas."""
    return city.code if city else WHOLE.area.code


def within(visit: Visit, area: Place, most: int = MOST) -> list[Place]:
    """The smallest areas in an area, by name, or larger ones where there are more than `most` of those. Empty where none is."""
    found: list[Place] = []
    below = [area]
    while len(below) <= most:
        lying: dict[str, list[Place]] = {}
        for one in _where(visit, "parent", *(each.code for each in below)):
            lying.setdefault(one.facts.parent, []).append(one)
        if not lying:
            break
        found = below = [one for each in below for one in lying.get(each.code, [each])]
    return sorted(found, key=lambda one: one.name.casefold())


def inside(visit: Visit, area: Place) -> list[Place]:
    """The areas that lie in an area and in none between, by name."""
    return sorted(_where(visit, "parent", area.code), key=lambda one: one.name.casefold())


def around(visit: Visit, area: Place, upper: Place, most: int) -> list[Place]:
    """Areas that lie in an upper one, at most so many: all, or those that lie around this one, the nearest first."""
    lying = _is("parent", upper.code)
    store, scope = visit.site.store, visit.scope
    page = store.query("", EntitySelection(types=TypeIs(AREA.iri), q=lying), scope, limit=most + 1)
    if len(page.entities) <= most or area.geometry is None:
        return [place_of(one) for one in page.entities[:most]]
    shape = shapely.geometry.shape(area.geometry)
    box = shapely.buffer(shapely.box(*shape.bounds), AROUND * _across(shape), join_style="mitre")
    geo = Geo("intersects", shapely.geometry.mapping(box), LOCATION)
    page = store.query("", EntitySelection(types=TypeIs(AREA.iri), q=lying, geo=geo), scope, limit=4 * most)
    found = [place_of(one) for one in page.entities]
    far = {one.code: shapely.centroid(shapely.geometry.shape(one.geometry)).distance(shape.centroid) for one in found}
    return sorted(found, key=lambda one: far[one.code])[:most]


def _across(shape: BaseGeometry) -> float:
    """The longer side of what it lies in, degrees."""
    west, south, east, north = shape.bounds
    return float(max(east - west, north - south))


def above(visit: Visit, area: Place) -> list[Place]:
    """What an area lies in, the smallest first."""
    found: list[Place] = []
    code = area.facts.parent
    while code and code not in (area.code, *(one.code for one in found)):
        entity = visit.site.store.get("", id_of(visit, code), visit.scope)
        if entity is None:
            break
        found.append(place_of(entity))
        code = found[-1].facts.parent
    return found


def found(visit: Visit, codes: Iterable[str], areas: Iterable[str]) -> Found:
    """The newest values by indicator and area, as far as there are any."""
    city = known(visit).city
    ids = tuple(values.id_of(city, code, area) for area in areas for code in codes)
    told = [_value(one) for one in _all(visit, EntitySelection(ids=ids))] if ids else []
    return {(one.facts.indicator, one.facts.area): one for one in told}


def graded(visit: Visit, subjects: Iterable[str], areas: Iterable[str]) -> dict[tuple[str, str], Score]:
    """The newest scores by subject and area, as far as there are any."""
    city = known(visit).city
    ids = tuple(scores.id_of(city, subject, area) for area in areas for subject in subjects)
    told = [_score(one) for one in _all(visit, EntitySelection(ids=ids))] if ids else []
    return {(one.facts.subject, one.facts.area): one for one in told}


def course(visit: Visit, value: Value) -> Numbers | None:
    """The values of the periods that are over, by the start of each; None where none is."""
    kpi = CORE.expand("kpiValue")
    told = visit.site.store.numbers("", value.id, kpi, None, Window(), visit.scope)
    return told[-1] if told else None


def series(visit: Visit, value: Value | None) -> tuple[Moments, Floats]:
    """Starts of periods (microseconds) and their numbers, the newest last."""
    found = None if value is None else course(visit, value)
    moments = np.empty(0, np.int64) if found is None else found.moments
    values = np.empty(0) if found is None else found.values
    if value is not None and value.value is not None and (not len(moments) or moments[-1] < value.start):
        return np.append(moments, value.start), np.append(values, value.value)
    return moments, values


def _all(visit: Visit, selection: EntitySelection) -> list[Entity]:
    return every(visit.site.store, selection, visit.scope)


def _where(visit: Visit, fact: str, *values: str) -> list[Place]:
    """Areas of which a fact is one of these."""
    found: list[Place] = []
    for first in range(0, len(values), VALUES):
        selection = EntitySelection(types=TypeIs(AREA.iri), q=_is(fact, *values[first : first + VALUES]))
        found += [place_of(one) for one in _all(visit, selection)]
    return found


def _is(fact: str, *values: str) -> Compare:
    return Compare(Path(VOCABULARY + fact), "==", tuple(Literal("text", one) for one in values))


def place_of(entity: Entity) -> Place:
    """An entity as an area."""
    geometry = next((one["value"] for one in entity.attributes.get(LOCATION, ())), None)
    return Place(AREA.facts_of(entity, AreaFacts), geometry)


def _value(entity: Entity) -> Value:
    facts = VALUE.facts_of(entity, ValueFacts)
    end = times.parse((facts.receipt or {})["end"])
    return Value(entity.id, facts, msgspec.convert(facts.receipt, Receipt), values.moment(entity), end)


def _score(entity: Entity) -> Score:
    facts = SCORE.facts_of(entity, ScoreFacts)
    return Score(facts, msgspec.convert(facts.receipt, ScoreReceipt), values.moment(entity))
