# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Turns of a few at a time: who waits is served in order, one of each asker after the other, and not too many wait."""

import asyncio
import contextlib
from collections import deque
from collections.abc import AsyncIterator

from hanze.errors import Unavailable


class Turns:
    """`most` have a turn at once; `waiting` may wait, `of_one` of them of one asker, so that nobody fills the line."""

    def __init__(self, most: int, *, waiting: int, of_one: int) -> None:
        self._free = most
        self._waiting, self._of_one = waiting, of_one
        self._lines: dict[str, deque[asyncio.Future[None]]] = {}
        """By asker, whose turn is next first."""

    @property
    def waiting(self) -> int:
        return sum(map(len, self._lines.values()))

    @contextlib.asynccontextmanager
    async def turn(self, asker: str) -> AsyncIterator[None]:
        """A turn until the block ends. Errors: Unavailable where too many wait."""
        if self._free:
            self._free -= 1
        else:
            await self._wait(asker)
        try:
            yield
        finally:
            self._pass_on()

    async def _wait(self, asker: str) -> None:
        line = self._lines.get(asker, deque())
        if self.waiting >= self._waiting or len(line) >= self._of_one:
            raise Unavailable("Too many calculations wait already; try again in a minute.", waiting=self.waiting)
        mine = asyncio.get_running_loop().create_future()
        line.append(mine)
        self._lines[asker] = line
        try:
            await mine
        except asyncio.CancelledError:
            if mine.done() and not mine.cancelled():
                self._pass_on()
            else:
                self._leave(asker, mine)
            raise

    def _leave(self, asker: str, mine: asyncio.Future[None]) -> None:
        line = self._lines[asker]
        line.remove(mine)
        if not line:
            del self._lines[asker]

    def _pass_on(self) -> None:
        for asker, line in list(self._lines.items()):
            # One that was cancelled a moment ago takes itself out of its line.
            mine = next((one for one in line if not one.done()), None)
            if mine is not None:
                line.remove(mine)
                del self._lines[asker]
                if line:
                    self._lines[asker] = line
                mine.set_result(None)
                return
        self._free += 1
