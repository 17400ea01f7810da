# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The same as the page City now, as resources of /v1: what is measured, where, how it went, and from whom."""

from datetime import datetime
from typing import Annotated

import msgspec
from msgspec import Meta

from hanze.errors import BadRequestData, ResourceNotFound
from hanze.explore import course, measured, sources
from hanze.explore import places as placing
from hanze.explore.course import Period
from hanze.explore.measured import Measured
from hanze.http.operation import Caller, Moment, Nothing, Operation
from hanze.ngsild import times
from hanze.ngsild.checks import shown
from hanze.ngsild.selection import EntitySelection, TypeIs
from hanze.ngsild.times import EPOCH, MICROSECOND
from hanze.web import terms

MEASURED, SOURCES = "measurements", "sources"

TAGS = ((MEASURED, "What is measured in the city, where, and how it went."), (SOURCES, "Where the data come from."))

WEEK = 7 * 86_400_000_000
"""Microseconds: the values that are given where no period is asked for."""

TypeName = Annotated[str, Meta(description="a type of things, such as AirQualityObserved")]
PropertyName = Annotated[str, Meta(description="what is measured of them, such as no2")]
Zoned = Annotated[datetime, Meta(tz=True)]
First = Annotated[
    Zoned | None, Meta(description="the first moment, such as 2026-03-01T00:00:00Z; without it a week before the end")
]
Last = Annotated[
    Zoned | None, Meta(description="the moment before which it ends, such as 2026-03-08T00:00:00Z; without it now")
]
Id = Annotated[str, Meta(description="the id of a place, as the list of places gives it")]


class ObservedProperty(msgspec.Struct, frozen=True, rename="camel"):
    """Something that is measured in the city. `subject` and `name`: as the pages of the site call it, in English."""

    type: str
    property: str
    subject: str
    name: str


class ObservedProperties(msgspec.Struct, frozen=True, rename="camel"):
    """What is measured, what people ask for most first."""

    items: list[ObservedProperty]


class Point(msgspec.Struct, frozen=True, rename="camel"):
    """A point of GeoJSON (RFC 7946): longitude and latitude in WGS 84."""

    type: str
    coordinates: tuple[float, float]


class Place(msgspec.Struct, frozen=True, rename="camel"):
    """A place, and what was last measured there. `unit`: a code of UN/CEFACT Recommendation 20; `simulated`: it was invented."""

    id: str
    name: str
    location: Point | None
    value: float | None
    unit: str | None
    moment: Moment | None
    provider: str
    licence: str
    simulated: bool


class Places(msgspec.Struct, frozen=True, rename="camel"):
    """A page of the places; `total`: how many there are."""

    items: list[Place]
    total: int


class Value(msgspec.Struct, frozen=True, rename="camel"):
    """What was measured at a moment."""

    moment: Moment
    value: float


class Values(msgspec.Struct, frozen=True, rename="camel"):
    """Values in their order. `nextStart`: the start to ask for what follows; null where this is all."""

    unit: str | None
    items: list[Value]
    next_start: Moment | None


class Source(msgspec.Struct, frozen=True, rename="camel"):
    """A source of data. `status`: new, fresh, late, failing or paused; `newest`: of when its newest reading is."""

    name: str
    provider: str
    status: str
    newest: Moment | None


class Sources(msgspec.Struct, frozen=True, rename="camel"):
    """The sources of the city, by name."""

    items: list[Source]


class AskedPlaces(msgspec.Struct, frozen=True, rename="camel"):
    type: TypeName
    property: PropertyName
    limit: Annotated[int, Meta(ge=1, le=1000, description="a whole number from 1 to 1000")] = 100
    offset: Annotated[int, Meta(ge=0, le=1_000_000, description="a whole number from 0 to 1000000")] = 0


class AskedPlace(msgspec.Struct, frozen=True, rename="camel"):
    type: TypeName
    property: PropertyName
    id: Id


class AskedValues(msgspec.Struct, frozen=True, rename="camel"):
    type: TypeName
    property: PropertyName
    id: Id
    start: First = None
    end: Last = None
    limit: Annotated[int, Meta(ge=1, le=10_000, description="a whole number from 1 to 10000")] = 1000


def properties(caller: Caller, asked: Nothing) -> ObservedProperties:
    """Only what you may see."""
    return ObservedProperties([_property(one) for one in measured.offered(caller.store, caller.scope)])


def places(caller: Caller, asked: AskedPlaces) -> Places:
    """In order of when they came into the city's data."""
    one = _measured(caller, asked.type, asked.property)
    wanted = EntitySelection(types=TypeIs(one.type), attributes=(one.attribute,))
    page = caller.store.query("", wanted, caller.scope, limit=asked.limit, offset=asked.offset, count=True)
    return Places([_place(placing.place(entity, one.attribute)) for entity in page.entities], page.count or 0)


def place(caller: Caller, asked: AskedPlace) -> Place:
    """With its newest value."""
    return _place(_found(caller, _measured(caller, asked.type, asked.property), asked.id))


def values(caller: Caller, asked: AskedValues) -> Values:
    """In the unit of the newest; earlier values in another unit are left out."""
    one = _measured(caller, asked.type, asked.property)
    found = course.read(caller.store, caller.scope, _found(caller, one, asked.id).id, one, _period(caller, asked))
    moments, numbers = found.moments[: asked.limit + 1].tolist(), found.values[: asked.limit].tolist()
    items = [Value(times.text(at), value) for at, value in zip(moments, numbers, strict=False)]
    return Values(found.unit, items, times.text(moments[-1]) if len(moments) > asked.limit else None)


def origins(caller: Caller, asked: Nothing) -> Sources:
    """Their addresses and keys are not told."""
    found = sources.read(caller.store, caller.scope)
    return Sources([Source(one.name, one.provider, one.status, _moment(one.newest)) for one in found])


_LIST = "/observed-properties"
_PLACES = _LIST + "/{type}/{property}/places"

OPERATIONS = (
    Operation(
        path=_LIST, name="listObservedProperties", summary="What is measured in the city", tag=MEASURED,
        handler=properties, answer=ObservedProperties,
    ),
    Operation(
        path=_PLACES, name="listPlaces", summary="Where it is measured, with the latest values", tag=MEASURED,
        handler=places, answer=Places, asked=AskedPlaces,
    ),
    Operation(
        path=_PLACES + "/{id}", name="getPlace", summary="One place with its latest value", tag=MEASURED,
        handler=place, answer=Place, asked=AskedPlace,
    ),
    Operation(
        path=_PLACES + "/{id}/values", name="listValues", summary="How it went at one place", tag=MEASURED,
        handler=values, answer=Values, asked=AskedValues,
    ),
    Operation(
        path="/sources", name="listSources", summary="Where the data come from, and how the sources are", tag=SOURCES,
        handler=origins, answer=Sources,
    ),
)  # fmt: skip


def _measured(caller: Caller, type: str, property: str) -> Measured:
    found = measured.chosen(measured.offered(caller.store, caller.scope), type, property)
    if found is None:
        raise ResourceNotFound("Nothing is measured here that you may see.")
    caller.access.note_read(caller.principal, "", (found.type,), (found.attribute,))
    return found


def _found(caller: Caller, one: Measured, id: str) -> placing.Place:
    entity = caller.store.get("", id, caller.scope)
    if entity is None or one.type not in entity.types or one.attribute not in entity.attributes:
        raise ResourceNotFound(f"{shown(id)} is no place where this is measured.")
    return placing.place(entity, one.attribute)


def _period(caller: Caller, asked: AskedValues) -> Period:
    # The moment itself belongs to it.
    end = caller.now + 1 if asked.end is None else _microseconds(asked.end)
    start = end - WEEK if asked.start is None else _microseconds(asked.start)
    if start >= end:
        raise BadRequestData("start is not before end; give an earlier start or a later end.")
    return Period("", start, end)


def _microseconds(moment: datetime) -> int:
    return (moment - EPOCH) // MICROSECOND


def _moment(at: int | None) -> str | None:
    return None if at is None else times.text(at)


def _property(one: Measured) -> ObservedProperty:
    type, name = one.names
    return ObservedProperty(type, name, terms.subject(one.type), terms.quantity(one.attribute).name)


def _place(one: placing.Place) -> Place:
    point = None if one.point is None else Point("Point", one.point)
    return Place(
        one.id, one.name, point, one.value, one.unit, _moment(one.moment), one.provider, one.licence, one.simulated
    )  # fmt: skip
