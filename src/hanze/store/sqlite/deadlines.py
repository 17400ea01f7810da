# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Ends queries that take too long: they hold one of few readers, for which others wait."""

import contextlib
import threading
import time
from collections.abc import Callable, Iterator

import apsw

from hanze.errors import TooComplexQuery

SECONDS = 10.0
CROWDED_SECONDS = 3.0
"""What a query gets where others wait for a reader."""

EVERY = 0.1


class _Query:
    """One under way."""

    def __init__(self, connection: apsw.Connection, begun: float) -> None:
        self.connection = connection
        self.begun = begun
        self.late = False


class Deadlines:
    """Those of one store with so many readers. `clock`: seconds that only go forward."""

    def __init__(self, readers: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._readers = readers
        self._clock = clock
        self._asked = 0
        self._under_way: set[_Query] = set()
        self._lock = threading.Lock()
        self._closed = threading.Event()
        threading.Thread(target=self._watch, name="deadlines", daemon=True).start()

    @contextlib.contextmanager
    def asked(self) -> Iterator[None]:
        """A query is waited for, whether it has a reader or not."""
        self._asked += 1
        try:
            yield
        finally:
            self._asked -= 1

    @contextlib.contextmanager
    def of(self, connection: apsw.Connection) -> Iterator[None]:
        """A query that this connection runs; TooComplexQuery where it was ended."""
        query = _Query(connection, self._clock())
        with self._lock:
            self._under_way.add(query)
        try:
            yield
        except Exception as error:
            if not query.late:
                raise
            raise TooComplexQuery(
                f"The query took more than {self._clock() - query.begun:.0f} s; narrow it, or ask for less at once."
            ) from error
        finally:
            with self._lock:
                self._under_way.discard(query)

    def close(self) -> None:
        self._closed.set()

    def _watch(self) -> None:
        while not self._closed.wait(EVERY):
            self._end_late()

    def _end_late(self) -> None:
        seconds = CROWDED_SECONDS if self._asked > self._readers else SECONDS
        latest = self._clock() - seconds
        # With the lock held no other query can begin on the connection that is interrupted.
        with self._lock:
            for query in self._under_way:
                if query.begun < latest:
                    query.late = True
                    query.connection.interrupt()
