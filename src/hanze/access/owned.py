# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A store on which types that a room owns cannot be written, whatever route or role asks."""

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from typing import Any, TypeVar, cast

from hanze.access.policy import check_owned
from hanze.ngsild.entity import Entity, Instance, Outcome
from hanze.store.base import Store, UnitOfWork
from hanze.store.scope import EVERYTHING

T = TypeVar("T")


def protected(store: Store, owned: Mapping[str, str]) -> Store:
    """The store for everyone who is not the room itself; the store as it is where nothing is owned."""
    return cast(Store, _Protected(store, owned)) if owned else store


class _Protected:
    def __init__(self, store: Store, owned: Mapping[str, str]) -> None:
        self._store = store
        self._owned = owned

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)

    def _wrap(self, work: Callable[[UnitOfWork], T]) -> Callable[[UnitOfWork], T]:
        return lambda unit: work(cast(UnitOfWork, _Unit(unit, self._store, self._owned)))

    def submit(self, work: Callable[[UnitOfWork], T]) -> Future[T]:
        return self._store.submit(self._wrap(work))

    async def write(self, work: Callable[[UnitOfWork], T]) -> T:
        return await self._store.write(self._wrap(work))


class _Unit:
    """A unit of work that looks at the types of what it is asked to write."""

    def __init__(self, unit: UnitOfWork, store: Store, owned: Mapping[str, str]) -> None:
        self._unit = unit
        self._store = store
        self._owned = owned

    def __getattr__(self, name: str) -> Any:
        return getattr(self._unit, name)

    def save(self, tenant: str, outcome: Outcome, kind: str = "") -> None:
        for entity in (outcome.before, outcome.after):
            if entity is not None:
                check_owned(self._owned, entity.types)
        self._unit.save(tenant, outcome, kind)

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

    def delete_history(self, tenant: str, id: str, *arguments: Any, **options: Any) -> bool:
        self._check(tenant, id)
        return self._unit.delete_history(tenant, id, *arguments, **options)

    def end_history(self, tenant: str, id: str, *arguments: Any, **options: Any) -> bool:
        self._check(tenant, id)
        return self._unit.end_history(tenant, id, *arguments, **options)

    def replace_instance(self, tenant: str, id: str, attribute: str, number: int, doc: Instance) -> bool:
        self._check(tenant, id)
        return self._unit.replace_instance(tenant, id, attribute, number, doc)

    def erase(self, tenant: str, id: str, attribute: str | None = None) -> int | None:
        self._check(tenant, id)
        return self._unit.erase(tenant, id, attribute)

    def drop_tenant(self, name: str) -> bool:
        for type in self._store.types(name, EVERYTHING):
            check_owned(self._owned, [type])
        return self._unit.drop_tenant(name)

    def _check(self, tenant: str, id: str) -> None:
        """The types that the entity has, or had when it was deleted."""
        check_owned(self._owned, self._unit.types(tenant, id) or ())
