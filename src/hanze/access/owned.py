# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A store on which types that a room owns cannot be written, whatever route or role asks."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from typing import Any, TypeVar, cast

from hanze.access.policy import check_owned
from hanze.ngsild.entity import Entity, Instance, Outcome
from hanze.store.base import Store, UnitOfWork

T = TypeVar("T")


def protected(store: Store, owned: Mapping[str, str]) -> Store:
    """The store for everyone who is not the room itself; the store as it is where nothing is owned."""
    return cast(Store, _Protected(store, owned)) if owned else store


def of_room(store: Store, room: str) -> Store:
    """The store for a verb of a room, which may write the types of its own."""
    return store.of(room) if isinstance(store, _Protected) else store


class _Protected:
    def __init__(self, store: Store, owned: Mapping[str, str]) -> None:
        self._store = store
        self._owned = owned

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def of(self, room: str) -> Store:
        return protected(self._store, {type: owner for type, owner in self._owned.items() if owner != room})

    def _wrap(self, work: Callable[[UnitOfWork], T]) -> Callable[[UnitOfWork], T]:
        return lambda unit: work(cast(UnitOfWork, _Unit(unit, self._owned)))

    def submit(self, work: Callable[[UnitOfWork], T]) -> Future[T]:
        return self._store.submit(self._wrap(work))

    async def write(self, work: Callable[[UnitOfWork], T]) -> T:
        return await self._store.write(self._wrap(work))


PASSED = frozenset(
    {"now", "real", "stamp", "entity", "expect", "types", "types_of", "select", "tenant", "vault", "position", "watch", "forget",
     "head", "touch"}
)  # fmt: skip
"""What a unit of work offers that changes no entity and no history."""

BY_ID = frozenset({"delete_history", "end_history", "replace_instance", "erase"})
"""What changes an entity that is named by tenant and id."""


class _Unit:
    """A unit of work that looks at the types of what it is asked to write. What is not known here is not offered."""

    def __init__(self, unit: UnitOfWork, owned: Mapping[str, str]) -> None:
        self._unit = unit
        self._owned = owned

    def __getattr__(self, name: str) -> Any:
        if name in PASSED:
            return getattr(self._unit, name)
        if name not in BY_ID:
            raise AttributeError(f"{name} is only for the rooms themselves")

        def checked(tenant: str, id: str, *arguments: Any, **options: Any) -> Any:
            self._check(tenant, id)
            return getattr(self._unit, name)(tenant, id, *arguments, **options)

        return checked

    def save(self, tenant: str, outcome: Outcome, kind: str = "", *, history: bool = True) -> None:
        for entity in (outcome.before, outcome.after):
            if entity is not None:
                check_owned(self._owned, entity.types)
                self._check(tenant, entity.id)
        self._unit.save(tenant, outcome, kind, history=history)

    def append_history(self, tenant: str, entity: Entity, kind: str = "bulk") -> int:
        check_owned(self._owned, entity.types)
        self._check(tenant, entity.id)
        return self._unit.append_history(tenant, entity, kind)

    def observe(
        self, tenant: str, id: str, types: list[str], attribute: str, template: Instance,
        moments: Sequence[int], values: Sequence[float | int | str | bool],
    ) -> int:  # fmt: skip
        check_owned(self._owned, types)
        self._check(tenant, id)
        return self._unit.observe(tenant, id, types, attribute, template, moments, values)

    def drop_tenant(self, name: str) -> bool:
        check_owned(self._owned, self._unit.types_of(name))
        return self._unit.drop_tenant(name)

    def _check(self, tenant: str, id: str) -> None:
        """The types that the entity has, or had when it was deleted."""
        check_owned(self._owned, self._unit.types(tenant, id) or ())
