# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The embedded store: one folder, one SQLite file, one writer thread and a pool of readers."""

import asyncio
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager
from functools import partial, wraps
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, TypeAlias, TypeVar

import apsw
import msgspec

from hanze.ngsild.entity import Entity
from hanze.ngsild.selection import EntitySelection, Order, Window
from hanze.ngsild.times import Clock
from hanze.store.base import Bucket, JournalRow, Numbers, Page, Series, TemporalEntity, TemporalPage, UnitOfWork
from hanze.store.scope import Scope
from hanze.store.sqlite import connect, journal, schema, sound, vaults
from hanze.store.sqlite.deadlines import Deadlines
from hanze.store.sqlite.history import History
from hanze.store.sqlite.lane import Budget, Lane, Overrun
from hanze.store.sqlite.reading import Reading
from hanze.store.sqlite.vaults import VaultView
from hanze.store.sqlite.writer import Writer
from hanze.store.vault import Vault

T = TypeVar("T")
P = ParamSpec("P")

FILE = "hanze.db"
READERS = 4

PATIENCE_SECONDS = 0.05
"""Queries take turns, since threads that share the interpreter slow each other down. One that has waited so long for one
that takes long begins beside it."""


def open(folder: Path, *, clock: Clock, vaults: Sequence[Vault] = (), vfs: str | None = None) -> "SqliteStore":
    """Opens the database in the folder and makes or migrates it. Errors: ConfigurationError in one sentence.

    `vfs`: name of an apsw VFS, for tests that take the power away.
    """
    return SqliteStore(folder / FILE, clock, vaults, vfs)


Read: TypeAlias = Callable[Concatenate["SqliteStore", P], T]


def _told(method: Read[P, T]) -> Read[P, T]:
    """A method that reads by one statement; what cannot be read is told in one plain sentence."""

    @wraps(method)
    def told(store: "SqliteStore", /, *given: P.args, **named: P.kwargs) -> T:
        try:
            return method(store, *given, **named)
        except (apsw.Error, msgspec.DecodeError, UnicodeDecodeError) as error:
            raise connect.translate(error, store.path) from error

    return told


def _reading(method: Read[P, T]) -> Read[P, T]:
    """The same for several statements, which all see the same state."""

    @_told
    @wraps(method)
    def together(store: "SqliteStore", /, *given: P.args, **named: P.kwargs) -> T:
        with store.one_moment():
            return method(store, *given, **named)

    return together


class _Reader(threading.local):
    """What a thread reads with."""

    def __init__(self, store: "SqliteStore") -> None:
        self.connection = connection = connect.reader(store.path, store.vfs)
        self.budget = Budget(connection)
        self.reading = Reading(connection, self.budget.check)
        self.history = History(connection, self.reading.names, self.reading.selector)
        store.connections.append(connection)
        store.writer.on_drop(self.reading.names.forget)


class SqliteStore:
    """The Store of one node; see hanze.store.base for what the methods mean."""

    def __init__(self, path: Path, clock: Clock, declared: Sequence[Vault], vfs: str | None) -> None:
        self.path = path
        self.vfs = vfs
        self.connections: list[apsw.Connection] = []
        self._clock = clock
        sound.check(path)
        connection = connect.writer(path, vfs)
        try:
            schema.migrate(connection, path)
            with connection:
                vaults.prepare(connection, declared)
        except apsw.Error as error:
            connection.close()
            raise connect.translate(error, path) from error
        except BaseException:
            connection.close()
            raise
        self.writer = Writer(connection, path, clock, declared, vfs)
        self._pool = ThreadPoolExecutor(READERS, thread_name_prefix="reader")
        self._deadlines = Deadlines(READERS)
        self._turn = threading.Lock()
        self._lane = Lane(lambda: self._own.budget)
        self._own = _Reader(self)

    # writing

    def submit(self, work: Callable[[UnitOfWork], T]) -> Future[T]:
        return self.writer.submit(work)

    async def write(self, work: Callable[[UnitOfWork], T]) -> T:
        return await self.writer.write(work)

    async def read(self, work: Callable[[], T], kind: str = "") -> T:
        if kind and self._lane.takes(kind):
            try:
                return await self._lane.run(work)
            except Overrun:
                self._lane.is_long(kind)
        with self._deadlines.asked():
            return await asyncio.get_running_loop().run_in_executor(self._pool, self._timed, work)

    def _timed(self, work: Callable[[], T]) -> T:
        with self._deadlines.of(self._own.connection):
            mine = self._turn.acquire(timeout=PATIENCE_SECONDS)
            try:
                return work()
            finally:
                if mine:
                    self._turn.release()

    def memory(self) -> int:
        """Bytes that SQLite holds in this process: caches of pages, nearly all."""
        return apsw.memory_used()

    def on_commit(self, wake: Callable[[int], None]) -> None:
        self.writer.on_commit(wake)

    def close(self) -> None:
        self.writer.close()
        self._deadlines.close()
        # A query that would take long is broken off, so that nobody waits for an answer that nobody gets.
        ending = threading.Thread(target=partial(self._pool.shutdown, cancel_futures=True))
        ending.start()
        while ending.is_alive():
            for connection in self.connections:
                connection.interrupt()
            ending.join(0.05)
        for connection in self.connections:
            connection.close()

    # reading

    def one_moment(self) -> AbstractContextManager[None]:
        """What this thread reads meanwhile is of the same state."""
        return connect.one_moment(self._own.connection)

    @_told
    def get(self, tenant: str, id: str, scope: Scope) -> Entity | None:
        return self._own.reading.get(tenant, id, scope, self._clock())

    @_reading
    def query(
        self, tenant: str, selection: EntitySelection, scope: Scope, *, limit: int, offset: int = 0,
        count: bool = False, order: Sequence[Order] = (),
    ) -> Page:  # fmt: skip
        reading = self._own.reading
        return reading.query(
            tenant, selection, scope, self._clock(), limit=limit, offset=offset, count=count, order=order
        )

    @_reading
    def types(self, tenant: str, scope: Scope) -> list[str]:
        return self._own.reading.types(tenant, scope, self._clock())

    @_reading
    def attributes(self, tenant: str, scope: Scope) -> list[str]:
        return self._own.reading.attributes(tenant, scope, self._clock())

    @_reading
    def type_details(self, tenant: str, type: str, scope: Scope) -> tuple[int, dict[str, list[str]]] | None:
        return self._own.reading.type_details(tenant, type, scope, self._clock())

    @_reading
    def attribute_details(self, tenant: str, attribute: str, scope: Scope) -> tuple[int, list[str], list[str]] | None:
        return self._own.reading.attribute_details(tenant, attribute, scope, self._clock())

    # history

    @_reading
    def temporal(
        self, tenant: str, id: str, window: Window, scope: Scope, *, attributes: Sequence[str] = (),
        datasets: Sequence[str] | None = None, cap: int | None = None, oldest_first: bool = True,
    ) -> TemporalEntity | None:  # fmt: skip
        return self._own.history.temporal(
            tenant, id, window, scope, attributes=attributes, datasets=datasets, cap=cap, oldest_first=oldest_first
        )

    @_reading
    def temporal_query(
        self, tenant: str, selection: EntitySelection, window: Window, scope: Scope, *, limit: int, offset: int = 0,
        count: bool = False, cap: int | None = None, attributes: Sequence[str] = (), order: Sequence[Order] = (),
        datasets: Sequence[str] | None = None,
    ) -> TemporalPage:  # fmt: skip
        return self._own.history.temporal_query(
            tenant, selection, window, scope, limit=limit, offset=offset, count=count, cap=cap,
            attributes=attributes, order=order, datasets=datasets,
        )  # fmt: skip

    @_reading
    def series(
        self, tenant: str, id: str, window: Window, scope: Scope, *, attributes: Sequence[str] = (),
        datasets: Sequence[str] | None = None,
    ) -> list[Series]:  # fmt: skip
        return self._own.history.series(tenant, id, window, scope, attributes=attributes, datasets=datasets)

    @_reading
    def aggregate(
        self, tenant: str, id: str, attribute: str, dataset: str | None, window: Window, scope: Scope,
        methods: Sequence[str], period: Any,
    ) -> list[Bucket]:  # fmt: skip
        return self._own.history.aggregate(tenant, id, attribute, dataset, window, scope, methods, period)

    @_reading
    def numbers(
        self, tenant: str, id: str, attribute: str, dataset: str | None, window: Window, scope: Scope
    ) -> list[Numbers]:
        return self._own.history.numbers(tenant, id, attribute, dataset, window, scope)

    # tenants, journal, vaults

    @_told
    def tenants(self) -> list[str]:
        return [name for (name,) in self._own.reading.connection.execute("SELECT name FROM tenant ORDER BY name")]

    @_told
    def has_tenant(self, name: str) -> bool:
        return self._own.reading.names.tenant(name) is not None

    @_told
    def journal(self, after: int, limit: int) -> list[JournalRow]:
        reading = self._own.reading
        return journal.read(reading.connection, reading.names, after, limit)

    @_told
    def position(self, consumer: str) -> int | None:
        found = self._own.reading.connection.execute("SELECT seq FROM consumer WHERE name = ?", (consumer,)).get
        return None if found is None else int(found)

    @_told
    def consumers(self) -> dict[str, int]:
        found = self._own.reading.connection.execute("SELECT name, seq FROM consumer")
        return {str(name): int(seq) for name, seq in found}

    @_told
    def head(self) -> int:
        return int(self._own.reading.connection.execute("SELECT value FROM meta WHERE key = 'seq'").get or 0)

    def vault(self, vault: Vault) -> VaultView:
        return VaultView(self._own.reading.connection, vault)
