# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a store offers: the protocol that the SQLite store fulfils and a later one must fulfil too.

All writes are *work*: functions of a UnitOfWork that the one writer runs in order. What has gathered is committed
as one transaction; only then are the callers answered. A work that raises leaves nothing behind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future
from contextlib import AbstractContextManager
from typing import Any, Protocol, TypeVar

import msgspec
import numpy as np
from numpy.typing import NDArray

from hanze.ngsild.entity import Change, Entity, Instance, Outcome
from hanze.ngsild.selection import EntitySelection, Order, Window
from hanze.store.scope import Scope
from hanze.store.vault import Vault, VaultRead, VaultWrite

T = TypeVar("T")


class Page(msgspec.Struct, frozen=True):
    """Entities of one page in order; `count` of all that match where it was asked for."""

    entities: list[Entity]
    count: int | None = None


class TemporalInstance(msgspec.Struct):
    """One kept instance of an attribute: `number` is its permanent number in this node; `doc` as in Entity, with
    createdAt and modifiedAt; `deleted` (ISO 8601) where this is the mark of a deletion (`doc` then holds what is known)."""

    number: int
    doc: Instance
    deleted: str | None = None


class TemporalEntity(msgspec.Struct):
    """The history of one entity: per attribute IRI its instances, oldest first (newest first where `last` was asked).

    `cut`: a page held back instances; `held`: attributes of which it held back all, with their kind. `span`: earliest and
    latest instant returned, microseconds.
    """

    id: str
    types: list[str]
    scopes: list[str]
    attributes: dict[str, list[TemporalInstance]]
    created: str = ""
    modified: str = ""
    deleted: str | None = None
    expires: str | None = None
    cut: bool = False
    held: dict[str, str] = {}
    span: tuple[int, int] | None = None


class TemporalPage(msgspec.Struct, frozen=True):
    entities: list[TemporalEntity]
    count: int | None = None


class Bucket(msgspec.Struct, frozen=True):
    """One aggregated period: start and end in microseconds, method name to value."""

    start: int
    end: int
    values: dict[str, Any]


class Series(msgspec.Struct, frozen=True):
    """Instances that belong together: attribute IRI, datasetId (None: the default) and kind (Property …)."""

    attribute: str
    dataset: str | None
    kind: str


class Numbers(msgspec.Struct, frozen=True):
    """The numeric values of one attribute in one unit (a UN/CEFACT code, None: it has none): `moments` in microseconds,
    ascending, and as many `values`."""

    unit: str | None
    moments: NDArray[np.int64]
    values: NDArray[np.float64]


class JournalRow(msgspec.Struct):
    """One committed change of one entity, in commit order. `kind`: created, updated, deleted, replaced, bulk.

    `changes` and `entity` (state right after; for a deletion right before) are kept where a consumer watches the
    entity's type at commit; else they are empty. `attributes`: IRIs that changed. `weight`: bytes that the row takes in
    the store, for whoever keeps rows in memory.
    """

    seq: int
    at: int
    tenant: str
    id: str
    types: list[str]
    kind: str
    attributes: list[str]
    changes: list[Change]
    entity: Entity | None
    weight: int = 0


class RetentionRule(msgspec.Struct, frozen=True):
    """History of this type and attribute (IRIs, None: any) is kept for so many days."""

    type: str | None
    attribute: str | None
    days: int


class Trimmed(msgspec.Struct, frozen=True):
    """`rows` of the journal were deleted; `behind`: consumers that lost rows; `first`: the first number still there."""

    rows: int
    behind: tuple[str, ...] = ()
    first: int = 0


class UnitOfWork(Protocol):
    """What a work may do; only in the writer, only while the work runs."""

    now: int
    """Microseconds; the same for the whole work."""
    real: int
    """The same by the clock of the machine, for what people do; another one only in a demonstration whose time runs faster."""
    stamp: str
    """`now` as ISO 8601."""

    def entity(self, tenant: str, id: str) -> Entity | None:
        """The current entity without what has expired; None where it does not exist (or has expired or was deleted)."""
        ...

    def expect(self, tenant: str, ids: Iterable[str]) -> None:
        """These entities are asked for next, and so read together; for works about many."""
        ...

    def types(self, tenant: str, id: str) -> list[str] | None:
        """The types of an entity that is current, was so, or has a history only; None where the node knows none."""
        ...

    def save(self, tenant: str, outcome: Outcome, kind: str = "", *, history: bool = True) -> None:
        """Writes current value, indexes, history (where it is to keep the change) and journal of one outcome. `kind` is derived
        where empty."""
        ...

    def select(self, tenant: str, selection: EntitySelection, limit: int, scope: Scope) -> list[str]:
        """Ids of current entities that match as the scope shows them (for purge)."""
        ...

    def append_history(self, tenant: str, entity: Entity, kind: str = "bulk") -> int:
        """Adds every instance of `entity` to its history without touching the current state; how many were new.

        An instance that is there already (same attribute, datasetId, observedAt and value) is not added again; another
        value of that moment is a further instance. The entity need not exist: it then has a history only.
        """
        ...

    def observe(
        self,
        tenant: str,
        id: str,
        types: list[str],
        attribute: str,
        template: Instance,
        moments: Sequence[int],
        values: Sequence[float | int | str | bool],
    ) -> int:
        """Bulk load of one attribute's observations (ascending moments, microseconds), idempotent; how many were new.

        `template`: type, unitCode, datasetId … of each instance. The entity is made where it does not exist and
        the latest observation becomes the current value. One journal row in all.
        """
        ...

    def delete_history(
        self,
        tenant: str,
        id: str,
        attribute: str | None = None,
        dataset: str | None = None,
        *,
        every_dataset: bool = False,
        number: int | None = None,
    ) -> bool:
        """Removes an entity's history, an attribute's, or one instance; False where there was none."""
        ...

    def end_history(
        self, tenant: str, id: str, attribute: str, dataset: str | None = None, *, every_dataset: bool = False
    ) -> bool:
        """Marks an attribute of an entity that has a history only as deleted now; False where there is nothing of it
        that was not deleted before, or the entity is or was current."""
        ...

    def replace_instance(self, tenant: str, id: str, attribute: str, number: int, doc: Instance) -> bool: ...

    def erase(self, tenant: str, id: str, attribute: str | None = None) -> int | None:
        """Takes an entity, or one attribute of it, out of current state, history and journal; how many kept rows went,
        None where there was nothing. Nothing is left; the caller notes date and ground."""
        ...

    def expire(self, limit: int) -> int:
        """Takes away what has expired: at most `limit` entities or parts of them, and `limit` instances of the history;
        how many. Reads do not show the former any more from the moment on."""
        ...

    def retain(self, rules: Sequence[RetentionRule], limit: int) -> int:
        """Deletes at most `limit` history rows that are past their retention, and as many rows of each vault; how many
        went. Each call looks at a part of the history only, and the next one goes on from there. The narrowest rule
        counts: for type and attribute, attribute, type, any; the first one of equals."""
        ...

    def trim(self, upto: int | None = None) -> Trimmed:
        """Deletes a bounded number of journal rows that every consumer has read, or that are beyond the limit. `upto`: the last
        that may go for being read, since who follows the journal without being a consumer may not have come further."""
        ...

    def tenant(self, name: str) -> None:
        """Makes the tenant where it does not exist yet."""
        ...

    def types_of(self, tenant: str) -> list[str]:
        """The types that entities of the tenant have or had."""
        ...

    def drop_tenant(self, name: str) -> bool: ...

    def vault(self, vault: Vault) -> VaultWrite: ...

    def position(self, consumer: str, seq: int) -> None:
        """Saves how far a journal consumer has come; makes it where it is new."""
        ...

    def watch(self, consumer: str, types: Iterable[str] | None) -> None:
        """From now on the journal keeps changes and states of these types for the consumer (None: of all types)."""
        ...

    def forget(self, consumer: str) -> None:
        """The consumer is gone: nothing is kept for it."""
        ...

    def head(self) -> int:
        """The last journal number, this work's own rows included."""
        ...

    def touch(self) -> None:
        """Writes a little that means nothing, to learn whether the disk takes it."""
        ...


class Reads(Protocol):
    """What can be read, also in another process while the node runs."""

    def get(self, tenant: str, id: str, scope: Scope) -> Entity | None:
        """The current entity as this scope sees it; fast enough for the event loop."""
        ...

    def query(
        self,
        tenant: str,
        selection: EntitySelection,
        scope: Scope,
        *,
        limit: int,
        offset: int = 0,
        count: bool = False,
        order: Sequence[Order] = (),
    ) -> Page:
        """One page of current entities, in order of creation where no `order` is given. limit 0: only the count."""
        ...

    def temporal(
        self,
        tenant: str,
        id: str,
        window: Window,
        scope: Scope,
        *,
        attributes: Sequence[str] = (),
        datasets: Sequence[str] | None = None,
        cap: int | None = None,
        oldest_first: bool = True,
        aggregated: bool = False,
    ) -> TemporalEntity | None:
        """The history of one entity in the window; None where the node has none. `cap`: most instances per attribute.
        `aggregated`: aggregates are asked for next, so it is there also where nothing else of it may be seen."""
        ...

    def temporal_query(
        self,
        tenant: str,
        selection: EntitySelection,
        window: Window,
        scope: Scope,
        *,
        limit: int,
        offset: int = 0,
        count: bool = False,
        cap: int | None = None,
        attributes: Sequence[str] = (),
        order: Sequence[Order] = (),
        datasets: Sequence[str] | None = None,
        aggregated: bool = False,
    ) -> TemporalPage:
        """Histories of the entities that match (q, geo and scopeQ hold for at least one instance in the window).

        Where a history is longer than `cap`, all are cut at one moment. cap 0: the entities without their instances.
        `aggregated`: aggregates are asked for next, so entities count of which nothing else may be seen.
        """
        ...

    def series(
        self,
        tenant: str,
        id: str,
        window: Window,
        scope: Scope,
        *,
        attributes: Sequence[str] = (),
        datasets: Sequence[str] | None = None,
    ) -> list[Series]:
        """What the history of one entity has in the window, in order of attribute and datasetId; also that of which only
        aggregates may be seen."""
        ...

    def aggregate(
        self,
        tenant: str,
        id: str,
        attribute: str,
        dataset: str | None,
        window: Window,
        scope: Scope,
        methods: Sequence[str],
        period: Any,
    ) -> list[Bucket]:
        """Aggregates of one attribute; `period`: a hanze.ngsild.duration.Duration. InvalidRequest where its values in the
        window have several units, or a method cannot be taken of them; NoRightToAccess where the period is finer, or a method
        tells more, than the scope shows (Grant.level)."""
        ...

    def numbers(
        self, tenant: str, id: str, attribute: str, dataset: str | None, window: Window, scope: Scope
    ) -> list[Numbers]:
        """The numbers that one attribute had in the window, those of each unit by themselves, the unit of the newest last."""
        ...

    def types(self, tenant: str, scope: Scope) -> list[str]:
        """Types of the current entities."""
        ...

    def attributes(self, tenant: str, scope: Scope) -> list[str]: ...

    def type_details(self, tenant: str, type: str, scope: Scope) -> tuple[int, dict[str, list[str]]] | None:
        """Entity count, and attribute IRI to the kinds it has or had (Property …); None where no entity has the type."""
        ...

    def attribute_details(self, tenant: str, attribute: str, scope: Scope) -> tuple[int, list[str], list[str]] | None:
        """How many entities have it, the kinds it has or had, the types of those that have it."""
        ...

    def tenants(self) -> list[str]: ...

    def has_tenant(self, name: str) -> bool:
        """The default tenant is the empty name and always there."""
        ...

    def journal(self, after: int, limit: int) -> list[JournalRow]:
        """The rows after a number, at most `limit`; fewer where they are heavy, but at least one where there is one."""
        ...

    def position(self, consumer: str) -> int | None: ...

    def consumers(self) -> dict[str, int]:
        """Every consumer of the journal and how far it has come."""
        ...

    def head(self) -> int: ...

    def vault(self, vault: Vault) -> VaultRead: ...


Look = Callable[[int], AbstractContextManager[Reads]]
"""Opens the data to be read, at a moment in microseconds. Errors: ConfigurationError where they are gone."""


class Store(Reads, Protocol):
    def submit(self, work: Callable[[UnitOfWork], T]) -> Future[T]:
        """Queues a work; the future is done after its commit."""
        ...

    async def write(self, work: Callable[[UnitOfWork], T]) -> T:
        """The same, awaited on an event loop."""
        ...

    async def read(self, work: Callable[[], T], kind: str = "") -> T:
        """Runs a read (a closure that calls the methods below), awaited on an event loop.

        `kind`: a name for questions that are alike and mostly short, which may then be answered without a thread of their
        own; the closure may be begun more than once. Without it a reader thread does the work.
        """
        ...

    def looking(self) -> Look:
        """How another process looks at the same data; it can be pickled."""
        ...

    def on_commit(self, wake: Callable[[int], None]) -> None:
        """`wake(head)` is called in the writer's thread after each commit that wrote to the journal."""
        ...

    def close(self) -> None:
        """Answers what is queued, then closes."""
        ...
