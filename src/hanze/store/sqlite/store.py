# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The embedded store: one folder, one SQLite file, one writer thread and a pool of readers."""

import asyncio
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import TypeVar

import apsw

from hanze.ngsild.times import Clock
from hanze.store.base import Look, UnitOfWork
from hanze.store.sqlite import connect, schema, sound, vaults
from hanze.store.sqlite.deadlines import Deadlines
from hanze.store.sqlite.history import History
from hanze.store.sqlite.lane import Budget, Lane, Overrun
from hanze.store.sqlite.reading import Reading
from hanze.store.sqlite.reads import FILE, SqliteReads, view
from hanze.store.sqlite.writer import Writer
from hanze.store.vault import Vault

T = TypeVar("T")

READERS = 4

PATIENCE_SECONDS = 0.05
"""Queries take turns, since threads that share the interpreter slow each other down. One that has waited so long for one
that takes long begins beside it."""


def open(
    folder: Path, *, clock: Clock, real: Clock | None = None, vaults: Sequence[Vault] = (), vfs: str | None = None
) -> "SqliteStore":
    """Opens the database in the folder and makes or migrates it. Errors: ConfigurationError in one sentence.

    `real`: the clock of the machine, where `clock` is that of a demonstration. `vfs`: name of an apsw VFS, for tests that take
    the power away.
    """
    return SqliteStore(folder / FILE, clock, real or clock, vaults, vfs)


class _Reader(threading.local):
    """What a thread reads with."""

    def __init__(self, store: "SqliteStore") -> None:
        self.connection = connection = connect.reader(store.path, store.vfs)
        self.budget = Budget(connection)
        self.reading = Reading(connection, self.budget.check)
        self.history = History(connection, self.reading.names, self.reading.selector)
        store.connections.append(connection)
        store.writer.on_drop(self.reading.names.forget)


class SqliteStore(SqliteReads):
    """The Store of one node; see hanze.store.base for what the methods mean."""

    _own: _Reader

    def __init__(self, path: Path, clock: Clock, real: Clock, declared: Sequence[Vault], vfs: str | None) -> None:
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
        self.writer = Writer(connection, path, clock, real, declared, vfs)
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

    def looking(self) -> Look:
        return partial(view, self.path.parent)

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
