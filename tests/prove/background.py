# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A server in a thread of its own, for provers that wait in plain calls."""

import asyncio
import threading
from collections.abc import Awaitable, Callable
from concurrent.futures import Future

from tests.outgoing.server import Asked, serving


class Background:
    """Answers until it is closed; `paths`: what it was asked."""

    def __init__(self, answer: Callable[[Asked], Awaitable[bytes | None]], host: str = "127.0.0.1") -> None:
        self.paths: list[str] = []
        self._answer = answer
        self._host = host
        self._started: Future[int] = Future()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), daemon=True)
        self._thread.start()
        self.port = self._started.result(10)

    async def _serve(self) -> None:
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        async with serving(self._take, host=self._host) as server:
            self._started.set_result(server.port)
            await self._stop.wait()

    async def _take(self, asked: Asked) -> bytes | None:
        self.paths.append(asked.path)
        try:
            return await self._answer(asked)
        except asyncio.CancelledError:
            # The prover is done; whoever still waits here is not answered.
            return None

    def close(self) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(10)
