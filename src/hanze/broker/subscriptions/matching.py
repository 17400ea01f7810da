# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which subscriptions a change may concern, by index, and which it does concern, by what they ask."""

from collections.abc import Iterable, Iterator
from typing import Any, Generic, Protocol, TypeVar

from hanze.broker.subscriptions.facts import Facts
from hanze.broker.subscriptions.model import Definition, Selector
from hanze.ngsild import match, pattern
from hanze.ngsild.entity import Entity
from hanze.ngsild.selection import All, TypeIs


def concerns(definition: Definition, facts: Facts, lookup: match.Lookup | None = None) -> bool:
    """The change sets off the subscription: trigger, watched attributes, entity, q, geoQ and scopeQ. `lookup`: the
    entities that relationships lead to, as the owner may see them now."""
    return facts.happened(definition.triggers, definition.watched) and fits(definition, facts.entity, lookup)


def fits(definition: Definition, entity: Entity, lookup: match.Lookup | None = None) -> bool:
    """The subscription is about the entity, in the state given."""
    selectors = definition.selectors
    return (
        (not selectors or any(_selects(one, entity) for one in selectors))
        and (definition.q is None or match.query(entity, definition.q, lookup))
        and (definition.scope_q is None or match.scope(entity, definition.scope_q))
        and (definition.geo is None or match.geo(entity, definition.geo))
    )


def _selects(selector: Selector, entity: Entity) -> bool:
    return (
        (not selector.ids or entity.id in selector.ids)
        and (selector.types is None or match.types(entity, selector.types))
        and (selector.id_pattern is None or bool(pattern.compile(selector.id_pattern).search(entity.id)))
    )


class Indexed(Protocol):
    """What the index holds."""

    @property
    def definition(self) -> Definition: ...


T = TypeVar("T", bound=Indexed)


class _Shelf(Generic[T]):
    """Subscriptions with one key: by watched attribute, and those that any change may set off."""

    def __init__(self) -> None:
        self.every: dict[T, None] = {}
        self.watching: dict[str, dict[T, None]] = {}

    def put(self, one: T) -> None:
        definition = one.definition
        if definition.watched and not definition.triggers & {"entityCreated", "entityDeleted"}:
            for name in definition.watched:
                self.watching.setdefault(name, {})[one] = None
        else:
            self.every[one] = None

    def take(self, one: T) -> None:
        self.every.pop(one, None)
        for name in one.definition.watched:
            if name in self.watching:
                self.watching[name].pop(one, None)
                if not self.watching[name]:
                    del self.watching[name]

    def find(self, changed: Iterable[str]) -> Iterator[T]:
        yield from self.every
        if self.watching:
            for name in changed:
                yield from self.watching.get(name, ())

    def empty(self) -> bool:
        return not self.every and not self.watching


class Index(Generic[T]):
    """Subscriptions by tenant and id or type, so that a change looks only at those it may concern."""

    def __init__(self) -> None:
        self._shelves: dict[tuple[str, str, str], _Shelf[T]] = {}

    def put(self, one: T) -> None:
        for key in _keys(one.definition):
            shelf = self._shelves.get(key)
            if shelf is None:
                shelf = self._shelves[key] = _Shelf()
            shelf.put(one)

    def take(self, one: T) -> None:
        """Forgets it; its definition must be that with which it was put."""
        for key in _keys(one.definition):
            shelf = self._shelves.get(key)
            if shelf is not None:
                shelf.take(one)
                if shelf.empty():
                    del self._shelves[key]

    def find(self, tenant: str, entity: Entity, changed: Iterable[str]) -> list[T]:
        """Each once, in the order in which they were put on their shelves."""
        found: dict[T, None] = {}
        shelves = self._shelves
        for key in ((tenant, "id", entity.id), *((tenant, "type", one) for one in entity.types), (tenant, "", "")):
            shelf = shelves.get(key)
            if shelf is not None:
                for one in shelf.find(changed):
                    found[one] = None
        return list(found)


def _keys(definition: Definition) -> set[tuple[str, str, str]]:
    if not definition.selectors:
        return {(definition.tenant, "", "")}
    keys: set[tuple[str, str, str]] = set()
    for selector in definition.selectors:
        if selector.ids:
            keys |= {(definition.tenant, "id", id) for id in selector.ids}
        elif selector.types is not None:
            keys |= {(definition.tenant, "type", iri) for iri in type_names(selector.types)}
        else:
            keys.add((definition.tenant, "", ""))
    return keys


def type_names(selection: Any) -> set[str]:
    """Types of which an entity has at least one where the selection holds."""
    if isinstance(selection, TypeIs):
        return {selection.iri}
    parts = [type_names(part) for part in selection.of]
    return min(parts, key=len) if isinstance(selection, All) else set().union(*parts)


def watched_types(definition: Definition) -> set[str] | None:
    """The types that the journal must keep whole states of; None for all."""
    found: set[str] = set()
    for selector in definition.selectors:
        if selector.types is None:
            return None
        found |= type_names(selector.types)
    return found if definition.selectors else None
