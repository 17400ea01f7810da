# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Memory for the bodies of requests that are under way at the same time: there is so much, and large ones wait for it."""

import asyncio
from collections import deque

from hanze.errors import TooManyRequests

FREE_BYTES = 64 << 10
"""The first bytes of a body take no room: small requests never wait."""

SECONDS = 10.0
"""The longest wait; whoever waited gives back what it holds, so that others can go on."""


class Room:
    """So many bytes; who comes first is served first."""

    def __init__(self, size: int) -> None:
        self._left = size
        self._line: deque[tuple[int, asyncio.Future[None]]] = deque()

    async def take(self, size: int) -> None:
        """Waits until there is room; TooManyRequests where none comes."""
        if not self._line and size <= self._left:
            self._left -= size
            return
        place = (size, asyncio.get_running_loop().create_future())
        self._line.append(place)
        try:
            async with asyncio.timeout(SECONDS):
                await place[1]
        except BaseException as error:
            if place[1].done() and not place[1].cancelled():
                self.give(size)
            if isinstance(error, TimeoutError):
                raise TooManyRequests(
                    "Too many large requests are under way; send it again in a while, or in smaller parts."
                ) from None
            raise

    def give(self, size: int) -> None:
        """What was taken is free again."""
        self._left += size
        while self._line:
            wanted, ticket = self._line[0]
            if ticket.done():
                self._line.popleft()
            elif wanted <= self._left:
                self._line.popleft()
                self._left -= wanted
                ticket.set_result(None)
            else:
                return
