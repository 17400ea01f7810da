# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A real server on loopback that takes notifications."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import msgspec

from tests.outgoing.server import Asked, Server, serving

SECONDS = 10.0
"""Longest to wait for what must come."""

Status = Callable[[int, Asked], int]
"""The status of an answer, by the number of the request (from 1) and the request; 0 closes the connection."""


class Receiver:
    """What came, in order. `status`: what it answers. While `gate` is closed it answers nothing."""

    def __init__(self, status: Status) -> None:
        self.status = status
        self.gate = asyncio.Event()
        self.gate.set()
        self.server = Server()
        self.awaited = 0
        """How many a test has waited for: any more would be too many."""
        self._came = asyncio.Event()

    async def answer(self, asked: Asked) -> bytes | None:
        number = len(self.server.asked)
        self._came.set()
        await self.gate.wait()
        status = self.status(number, asked)
        return f"HTTP/1.1 {status} X\r\nContent-Length: 0\r\n\r\n".encode() if status else None

    @property
    def url(self) -> str:
        return self.server.url("/notify")

    @property
    def asked(self) -> list[Asked]:
        return self.server.asked

    @property
    def bodies(self) -> list[dict[str, Any]]:
        return [msgspec.json.decode(one.body) for one in self.server.asked]

    @property
    def data(self) -> list[Any]:
        """The entities of each notification; the entity itself where it is alone."""
        found = [body["data"] for body in self.bodies]
        return [one[0] if isinstance(one, list) and len(one) == 1 else one for one in found]

    async def wait(self, count: int, seconds: float = SECONDS) -> list[Any]:
        """The data of the first `count` requests, once so many came."""
        self.awaited = max(self.awaited, count)
        async with asyncio.timeout(seconds):
            while len(self.server.asked) < count:
                self._came.clear()
                await self._came.wait()
        return self.data[:count]

    def forget(self) -> None:
        """Begins anew; what came so far is as it should be."""
        self.server.asked.clear()
        self.awaited = 0


def fine(number: int, asked: Asked) -> int:
    return 204


@asynccontextmanager
async def receiving(status: Status = fine, *, port: int = 0) -> AsyncIterator[Receiver]:
    receiver = Receiver(status)
    async with serving(receiver.answer, port=port) as server:
        receiver.server = server
        yield receiver
