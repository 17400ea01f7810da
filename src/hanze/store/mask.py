# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Applies a scope to what was read: which entities, and which of their attributes, a principal may see."""

import msgspec

from hanze.ngsild import geometry
from hanze.ngsild.entity import CORE, Entity
from hanze.store.scope import EVERYTHING, Grant, Scope

LOCATION = CORE + "location"


def unlimited(grant: Grant) -> bool:
    """The grant covers every entity and attribute of its tenants."""
    return grant.types is None and not grant.without and grant.attributes is None and grant.area is None


def grants(scope: Scope, tenant: str) -> list[Grant]:
    """The grants that say something about this tenant."""
    return [grant for grant in scope.grants if grant.tenants is None or tenant in grant.tenants]


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
    if not covering:
        return None
    names = allowed(covering)
    if names is None:
        return entity
    shown = {name: instances for name, instances in entity.attributes.items() if name in names}
    return msgspec.structs.replace(entity, attributes=shown)


def allowed(covering: list[Grant]) -> frozenset[str] | None:
    """The attributes that the grants show together; None: all."""
    names: set[str] = set()
    for grant in covering:
        if grant.attributes is None:
            return None
        names |= grant.attributes
    return frozenset(names)
