# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Applies a scope to what was read: which entities, and which of their attributes, a principal may see."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

import msgspec
import shapely

from hanze.ngsild import geometry, times
from hanze.ngsild.entity import CORE, Entity, Instance
from hanze.store.scope import Grant, Scope

LOCATION = CORE + "location"


def unlimited(grant: Grant) -> bool:
    """The grant covers every entity and attribute of its tenants."""
    return grant.types is None and not grant.without and grant.attributes is None and grant.area is None


def timed(grant: Grant) -> bool:
    """The grant shows what lies in a period only."""
    return grant.since is not None or grant.until is not None


def names(grant: Grant, attribute: str) -> bool:
    """The grant is about the attribute (an IRI)."""
    return grant.attributes is None or attribute in grant.attributes


def grants(scope: Scope, tenant: str) -> list[Grant]:
    """The grants that say something about this tenant. One with a level makes entities visible, and no attribute: what it shows
    of those, aggregates ask for by `levelled`."""
    return [_single(grant) for grant in of_tenant(scope, tenant)]


def levelled(scope: Scope, tenant: str) -> list[Grant]:
    """The grants by which aggregates over whole periods are seen in this tenant, and no single value."""
    return [grant for grant in of_tenant(scope, tenant) if grant.level is not None]


def of_tenant(scope: Scope, tenant: str) -> list[Grant]:
    """The grants that say something about this tenant, as they were given."""
    return [grant for grant in scope.grants if grant.tenants is None or tenant in grant.tenants]


def _single(grant: Grant) -> Grant:
    if grant.level is None:
        return grant
    return msgspec.structs.replace(grant, attributes=frozenset(), since=None, until=None, level=None)


def covers(grant: Grant, entity: Entity) -> bool:
    """The grant makes the entity visible."""
    if not fits(grant, entity.types):
        return False
    return grant.area is None or border(grant.area).touches(entity.attributes.get(LOCATION, ()))


def fits(grant: Grant, types: Sequence[str]) -> bool:
    """The grant covers entities of these types, if they are in its area."""
    if grant.types is not None and grant.types.isdisjoint(types):
        return False
    return not grant.without or grant.without.isdisjoint(types)


class Border:
    """The border of an area, to hold places against; exact, and quick for points."""

    __slots__ = ("_box", "_inner", "_shape")

    def __init__(self, area: dict[str, Any]) -> None:
        self._shape = geometry.shape(area)
        shapely.prepare(self._shape)
        self._box: geometry.Box = self._shape.bounds
        self._inner = _inner(self._shape)

    def touches(self, places: Iterable[Instance]) -> bool:
        """One of the places lies in the area, at least in part."""
        return any(map(self.touched, places))

    def touched(self, instance: Instance) -> bool:
        """This one does."""
        if instance["type"] != "GeoProperty":
            return False
        place = instance["value"]
        if place["type"] != "Point":
            return bool(self._shape.intersects(geometry.shape(place)))
        point = place["coordinates"]
        x, y = point[0], point[1]
        west, south, east, north = self._inner
        if west <= x <= east and south <= y <= north:
            return True
        west, south, east, north = self._box
        return west <= x <= east and south <= y <= north and bool(shapely.intersects_xy(self._shape, x, y))


def _inner(shape: shapely.Geometry) -> geometry.Box:
    """A box that lies in the shape, as large as its outer one where it can be; one without a point where there is none."""
    west, south, east, north = shape.bounds
    x, y = shape.representative_point().coords[0] if not shape.is_empty else (0.0, 0.0)
    middle = shapely.Point((west + east) / 2, (south + north) / 2)
    if shape.contains(middle):
        x, y = middle.coords[0]
    for share in (1.0, 0.9, 0.8, 0.7, 0.6, 0.5, 0.35, 0.2):
        box = (x + (west - x) * share, y + (south - y) * share, x + (east - x) * share, y + (north - y) * share)
        if shape.covers(shapely.box(*box)):
            return box
    return 1.0, 1.0, 0.0, 0.0


def border(area: dict[str, Any]) -> Border:
    """The border of an area; made once for each value."""
    return _border(msgspec.json.encode(area))


@lru_cache(256)
def _border(area: bytes) -> Border:
    return Border(msgspec.json.decode(area))


def wholly(entity: Entity, scope: Scope, tenant: str) -> bool:
    """The scope shows all that the entity has, and whatever it may get."""
    return any(not limited(grant) and covers(grant, entity) for grant in grants(scope, tenant))


def shown(entity: Entity, covering: Sequence[Grant]) -> Entity:
    """The entity as grants that cover it show it together. Where they do not show all of it, it was modified when the last
    thing that they show was, so that nobody learns when something hidden came in."""
    always = allowed(grant for grant in covering if not timed(grant))
    if always is None:
        return entity
    limited = [grant for grant in covering if timed(grant)]
    kept = {
        name: found
        for name, instances in entity.attributes.items()
        if (found := instances if name in always else _in_period(limited, name, instances))
    }
    return msgspec.structs.replace(entity, attributes=kept, modified=_modified(entity.created, kept.values()))


def instances(covering: Sequence[Grant], attribute: str, found: Sequence[Instance]) -> list[Instance]:
    """Those current instances of an attribute that the grants show together."""
    naming = [grant for grant in covering if names(grant, attribute)]
    return [*found] if any(not timed(grant) for grant in naming) else _in_period(naming, attribute, found)


def _in_period(limited: Sequence[Grant], attribute: str, found: Sequence[Instance]) -> list[Instance]:
    naming = [grant for grant in limited if names(grant, attribute)]
    return [one for one in found if any(holds(grant, one) for grant in naming)] if naming else []


def holds(grant: Grant, instance: Instance) -> bool:
    """What a current instance says lies in the period of the grant: it was observed then, or, where no moment of observation
    is known, it was said before the period ended, and has been true since."""
    observed = instance.get("observedAt")
    moment = observed or instance.get("modifiedAt")
    if not timed(grant) or moment is None:
        return not timed(grant)
    at = times.parse(moment)
    return (grant.until is None or at < grant.until) and (observed is None or grant.since is None or at >= grant.since)


def _modified(created: str, kept: Iterable[Sequence[Instance]]) -> str:
    stamps = [one["modifiedAt"] for instances in kept for one in instances if "modifiedAt" in one]
    # Without its Z a moment with a fraction stands behind the one without.
    last: str = max([created, *stamps], key=lambda stamp: stamp[:-1])
    return last


def allowed(covering: Iterable[Grant]) -> frozenset[str] | None:
    """The attributes that the grants show together, if each at some time only; None: all."""
    names: set[str] = set()
    for grant in covering:
        if grant.attributes is None:
            return None
        names |= grant.attributes
    return frozenset(names)


def limited(grant: Grant) -> bool:
    """The grant may hide something of an entity that it covers."""
    return grant.attributes is not None or timed(grant)
