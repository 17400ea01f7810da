# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Applies a scope to what was read: which entities, and which of their attributes, a principal may see."""

from collections.abc import Iterable, Sequence

import msgspec

from hanze.ngsild import geometry, times
from hanze.ngsild.entity import CORE, Entity, Instance
from hanze.store.scope import EVERYTHING, Grant, Scope

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
    if grant.types is not None and grant.types.isdisjoint(entity.types):
        return False
    if grant.without and not grant.without.isdisjoint(entity.types):
        return False
    return grant.area is None or _inside(grant.area, entity)


def _inside(area: dict[str, object], entity: Entity) -> bool:
    border = geometry.shape(area)
    return any(
        instance["type"] == "GeoProperty" and border.intersects(geometry.shape(instance["value"]))
        for instance in entity.attributes.get(LOCATION, ())
    )


def seen(entity: Entity, scope: Scope, tenant: str) -> bool:
    """At least one grant covers the entity."""
    return any(covers(grant, entity) for grant in grants(scope, tenant))


def visible(entity: Entity, scope: Scope, tenant: str) -> Entity | None:
    """The entity with the attributes that the scope shows; None where no grant covers it."""
    if scope is EVERYTHING:
        return entity
    covering = [grant for grant in grants(scope, tenant) if covers(grant, entity)]
    return shown(entity, covering) if covering else None


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
