# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a scope shows of an entity, with all that follows from its types alone worked out once."""

import msgspec

from hanze.ngsild.entity import Entity
from hanze.store import mask
from hanze.store.mask import LOCATION, Border, border
from hanze.store.scope import EVERYTHING, Grant, Scope

MOST_KEPT = 4096
"""Combinations of types, and tenants, of which is known what follows for one scope."""

WIDE = "*"
"""Stands among tenants, as none can be called, for the scope without its areas and periods."""


class View:
    """What grants that cover an entity show of it. `always`: the attributes that they show at any time; None: all."""

    __slots__ = ("always", "covering", "timed")

    def __init__(self, covering: list[Grant]) -> None:
        self.covering = covering
        self.timed = any(map(mask.timed, covering))
        self.always = mask.allowed(grant for grant in covering if not mask.timed(grant))

    def show(self, entity: Entity) -> Entity:
        """The entity as mask.shown has it."""
        always = self.always
        if always is None:
            return entity
        if self.timed or not entity.attributes.keys() <= always:
            return mask.shown(entity, self.covering)
        # Nothing is hidden now; something that was may have gone since, unless what is shown came last.
        modified = entity.modified
        for instances in entity.attributes.values():
            for one in instances:
                if one.get("modifiedAt") == modified:
                    return entity
        return mask.shown(entity, self.covering)


class _Plan:
    """The grants that cover entities of some types: `whole` wherever these are, each of `placed` those that touch a border."""

    __slots__ = ("_views", "placed", "whole")

    def __init__(self, whole: list[Grant], placed: list[tuple[Grant, Border]]) -> None:
        self.whole = whole
        self.placed = placed
        self._views: dict[int, View | None] = {0: View(whole) if whole else None}

    def view(self, entity: Entity) -> View | None:
        """None where no grant covers the entity."""
        number = 0
        if self.placed:
            places = entity.attributes.get(LOCATION, ())
            bit = 1
            for _, edge in self.placed:
                for place in places:
                    if edge.touched(place):
                        number |= bit
                        break
                bit <<= 1
        if number not in self._views:
            placed = [grant for bit, (grant, _) in enumerate(self.placed) if number >> bit & 1]
            self._views[number] = View([*self.whole, *placed])
        return self._views[number]


class Sight:
    """How a scope looks at the entities of one tenant."""

    __slots__ = ("_plans", "_scope", "_tenant", "brief", "narrow", "pause")

    def __init__(self, scope: Scope, tenant: str) -> None:
        allowed = mask.grants(scope, tenant)
        self.brief = any(map(mask.timed, allowed))
        """Some grants show a period only."""
        self.narrow = self.brief or any(grant.area is not None for grant in allowed)
        """The same, or an area only."""
        self.pause = 0
        """For who reads pages, to remember what did not pay."""
        self._scope = scope
        self._tenant = tenant
        self._plans: dict[tuple[str, ...], _Plan] = {}

    def view(self, entity: Entity) -> View | None:
        """How it shows the entity; None where no grant covers it."""
        types = tuple(entity.types)
        plan = self._plans.get(types)
        return (plan or self._made(types)).view(entity)

    def _made(self, types: tuple[str, ...]) -> _Plan:
        if len(self._plans) >= MOST_KEPT:
            self._plans.clear()
        fitting = [grant for grant in mask.grants(self._scope, self._tenant) if mask.fits(grant, types)]
        placed = [(grant, border(grant.area)) for grant in fitting if grant.area is not None]
        made = self._plans[types] = _Plan([grant for grant in fitting if grant.area is None], placed)
        return made


def sight(scope: Scope, tenant: str) -> Sight:
    """The same one for the same scope."""
    found: Sight | None = scope.known.get(tenant)
    if found is None:
        if len(scope.known) >= MOST_KEPT:
            scope.known.clear()
        found = scope.known[tenant] = Sight(scope, tenant)
    return found


def wide(scope: Scope) -> Scope:
    """The scope without its areas and periods; the same value for the same scope."""
    found: Scope | None = scope.known.get(WIDE)
    if found is None:
        grants = (msgspec.structs.replace(grant, area=None, since=None, until=None) for grant in scope.grants)
        found = scope.known[WIDE] = Scope(tuple(grants))
    return found


def view(entity: Entity, scope: Scope, tenant: str) -> View | None:
    """How the scope shows the entity; None where no grant covers it."""
    return sight(scope, tenant).view(entity)


def visible(entity: Entity, scope: Scope, tenant: str) -> Entity | None:
    """The entity with the attributes that the scope shows; None where no grant covers it."""
    if scope is EVERYTHING:
        return entity
    found = view(entity, scope, tenant)
    return None if found is None else found.show(entity)


def seen(entity: Entity, scope: Scope, tenant: str) -> bool:
    """At least one grant covers the entity."""
    return scope is EVERYTHING or view(entity, scope, tenant) is not None
