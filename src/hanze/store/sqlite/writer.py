# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The one writer: a thread that runs queued works in order and commits what has gathered as one transaction."""

import asyncio
import contextlib
import logging
import queue
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import Any, TypeVar

import apsw
import msgspec

from hanze.errors import Unavailable
from hanze.ngsild.times import Clock
from hanze.store.base import UnitOfWork
from hanze.store.sqlite.checkpoint import Checkpoints
from hanze.store.sqlite.connect import translate
from hanze.store.sqlite.work import Work
from hanze.store.vault import Vault

T = TypeVar("T")

log = logging.getLogger("hanze.store")

MOST_PER_COMMIT = 512


class _Item:
    """One queued work, and who waits for it."""

    __slots__ = ("error", "future", "loop", "result", "work")

    def __init__(self, work: Callable[[UnitOfWork], Any], future: Any, loop: asyncio.AbstractEventLoop | None) -> None:
        self.work = work
        self.future = future
        self.loop = loop
        self.result: Any = None
        self.error: BaseException | None = None

    def settle(self) -> None:
        """Answers, unless nobody waits any more."""
        if self.future.done() if self.loop is not None else not self.future.set_running_or_notify_cancel():
            return
        if self.error is not None:
            self.future.set_exception(self.error)
        else:
            self.future.set_result(self.result)


class _Spoiled(Exception):
    """A work failed after it had written; the whole transaction must be done again without it."""


class Writer:
    """Owns the connection that writes."""

    def __init__(
        self, connection: apsw.Connection, path: Path, clock: Clock, real: Clock, vaults: Sequence[Vault],
        vfs: str | None,
    ) -> None:  # fmt: skip
        self._connection = connection
        self._path = path
        self._clock, self._real = clock, real
        self._queue: queue.SimpleQueue[_Item | None] = queue.SimpleQueue()
        self._wakes: list[Callable[[int], None]] = []
        self._forgets: list[Callable[[], None]] = []
        self._erased = self._dropped = False
        self._work = Work(connection, vaults)
        self._checkpoints = Checkpoints(connection, path, vfs)
        self._door = threading.Lock()
        self._closed = False
        self.commits = 0
        self.works = 0
        self.refused = False
        """The last write was refused by the disk, or by the system."""
        self._begun = 0.0
        self._thread = threading.Thread(target=self._run, name="writer", daemon=True)
        self._thread.start()

    def submit(self, work: Callable[[UnitOfWork], T]) -> Future[T]:
        future: Future[T] = Future()
        self._put(_Item(work, future, None))
        return future

    async def write(self, work: Callable[[UnitOfWork], T]) -> T:
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()
        self._put(_Item(work, future, loop))
        return await future

    def _put(self, item: _Item) -> None:
        with self._door:
            if self._closed:
                raise Unavailable("The node is stopping; try again when it runs.")
            self._queue.put(item)

    def waiting(self) -> int:
        """How many works are queued."""
        return self._queue.qsize()

    def busy(self) -> float:
        """Seconds of the machine that the transaction under way has taken so far."""
        begun = self._begun
        return time.monotonic() - begun if begun else 0.0

    def on_commit(self, wake: Callable[[int], None]) -> None:
        self._wakes.append(wake)

    def on_drop(self, forget: Callable[[], None]) -> None:
        """`forget` is called in the writer's thread when a tenant was dropped."""
        self._forgets.append(forget)

    def close(self) -> None:
        with self._door:
            if self._closed:
                return
            self._closed = True
            self._queue.put(None)
        self._thread.join()
        self._checkpoints.close()
        self._connection.close()

    def _run(self) -> None:
        go_on = True
        while go_on:
            first = self._queue.get()
            if first is None:
                return
            items = [first]
            while len(items) < MOST_PER_COMMIT:
                try:
                    item = self._queue.get_nowait()
                except queue.Empty:
                    break
                if item is None:
                    go_on = False
                    break
                items.append(item)
            self._begun = time.monotonic()
            head = self._work.head()
            self._commit(items)
            self._begun = 0.0
            self._clear_away()
            self._answer(items)
            self._checkpoints.written()
            if self._work.head() != head:
                self._wake(self._work.head())

    def _clear_away(self) -> None:
        """What was erased is gone from memory and log too before anyone is told so."""
        if self._dropped:
            for forget in self._forgets:
                forget()
        if self._erased:
            self._checkpoints.empty()
        self._erased = self._dropped = False

    def _wake(self, head: int) -> None:
        for wake in self._wakes:
            try:
                wake(head)
            except Exception:
                log.exception("whoever waits for changes cannot be woken")

    def _commit(self, items: list[_Item]) -> None:
        """One transaction for all; where one spoils it, one transaction for each."""
        try:
            self._transaction(items)
        except BaseException as error:
            self._roll_back()
            if len(items) > 1:
                for item in items:
                    item.error = None
                    self._commit([item])
            elif isinstance(error, apsw.Error):
                items[0].error = translate(error, self._path)
                self.refused = True
            elif not isinstance(error, _Spoiled):
                items[0].error = error

    def _transaction(self, items: list[_Item]) -> None:
        work = self._work
        before = self._connection.total_changes()
        self._connection.execute("BEGIN IMMEDIATE")
        work.begin(self._clock(), self._real())
        for item in items:
            mark = work.mark()
            try:
                item.result = item.work(work)
            except apsw.Error:
                raise
            except Exception as error:
                unread = isinstance(error, msgspec.DecodeError | UnicodeDecodeError)
                item.error = translate(error, self._path) if unread else error
                if not work.undo(mark):
                    raise _Spoiled from error
        work.flush()
        self._connection.execute("COMMIT")
        if self.refused and self._connection.total_changes() != before:
            self.refused = False
        self.commits += 1
        self.works += len(items)
        self._erased |= work.erased
        self._dropped |= work.dropped

    def _roll_back(self) -> None:
        try:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            self._work.rolled_back()
        except apsw.Error:
            # The database cannot even be read now; the next transaction fails with its own plain sentence.
            return

    def _answer(self, items: list[_Item]) -> None:
        loops: dict[asyncio.AbstractEventLoop, list[_Item]] = {}
        for item in items:
            if item.loop is None:
                item.settle()
            else:
                loops.setdefault(item.loop, []).append(item)
        for loop, group in loops.items():
            # A loop that was closed has nobody left who waits.
            with contextlib.suppress(RuntimeError):
                loop.call_soon_threadsafe(_settle_all, group)


def _settle_all(items: list[_Item]) -> None:
    for item in items:
        item.settle()
