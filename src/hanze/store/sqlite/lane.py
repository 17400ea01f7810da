# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Short reads on the event loop itself: to hand a query to another thread and back takes as long as most queries.

One is done at each turn of the loop, so that requests of other kinds are answered in between. It has a few milliseconds; what
takes longer is given up and begun anew by a reader, and where it happens again so are, for a while, all questions of its kind.
"""

import asyncio
import math
import time
from collections import deque
from collections.abc import Callable
from typing import Any, TypeVar

import apsw

T = TypeVar("T")

SECONDS = 0.015
"""Of work, the longest that one read may keep the event loop."""

STEPS = 10_000
"""Of SQLite's machine, between two looks at the clock; less than a millisecond."""

LONG_FOR_SECONDS = 1.0
"""A kind that was not short again is taken for long for this time."""

AGAIN_SECONDS = 3.0
"""What was not short before that is forgotten: it met pages that were not in memory, or a moment when the machine was slow."""

MOST_KINDS = 1_000


class Overrun(Exception):
    """The read is not short."""


class Budget:
    """The time of work that the reads of one thread have; without end where none is set."""

    def __init__(self, connection: apsw.Connection, clock: Callable[[], float] = time.thread_time) -> None:
        self._clock = clock
        self._end = math.inf
        self.spent = False
        connection.set_progress_handler(self._over, STEPS)

    def _over(self) -> bool:
        self.spent = self._clock() > self._end
        return self.spent

    def check(self) -> None:
        """Raises Overrun where the time is over; for work between statements that may be long."""
        if self._over():
            raise Overrun

    def run(self, work: Callable[[], T], seconds: float) -> T:
        """Overrun where the work takes longer, however it ended then."""
        self._end, self.spent = self._clock() + seconds, False
        try:
            return work()
        except Exception as error:
            if self.spent:
                raise Overrun from error
            raise
        finally:
            self._end = math.inf


class Lane:
    """The short reads of one event loop, in order."""

    def __init__(self, budget: Callable[[], Budget], clock: Callable[[], float] = time.monotonic) -> None:
        self._budget = budget
        self._clock = clock
        self._waiting: deque[tuple[Callable[[], Any], asyncio.Future[Any]]] = deque()
        self._overran: dict[str, float] = {}
        self._long: dict[str, float] = {}

    def takes(self, kind: str) -> bool:
        """Questions of this kind are short, as far as is known."""
        until = self._long.get(kind)
        if until is None:
            return True
        if self._clock() < until:
            return False
        del self._long[kind]
        return True

    def is_long(self, kind: str) -> None:
        """A question of this kind was not short."""
        if len(self._overran) >= MOST_KINDS:
            self._overran.clear()
            self._long.clear()
        now = self._clock()
        if now - self._overran.get(kind, -math.inf) < AGAIN_SECONDS:
            self._long[kind] = now + LONG_FOR_SECONDS
        self._overran[kind] = now

    async def run(self, work: Callable[[], T]) -> T:
        """Errors: Overrun, and those of the work."""
        loop = asyncio.get_running_loop()
        future: asyncio.Future[T] = loop.create_future()
        if not self._waiting:
            loop.call_soon(self._step, loop)
        self._waiting.append((work, future))
        return await future

    def _step(self, loop: asyncio.AbstractEventLoop) -> None:
        work, future = self._waiting[0]
        if not future.done():
            try:
                future.set_result(self._budget().run(work, SECONDS))
            except Exception as error:
                future.set_exception(error)
        self._waiting.popleft()
        if self._waiting:
            loop.call_soon(self._step, loop)
