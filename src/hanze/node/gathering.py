# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Head and body of an answer leave in one call of the system, which takes as long as reading an entity does."""

import asyncio
from typing import Any

JOINED_BYTES = 64 << 10
"""More is not copied to be together."""


class Gathering:
    """A transport that writes what it was given when the event loop has done what it is doing."""

    __slots__ = ("_loop", "_transport", "_waiting")

    def __init__(self, transport: Any, loop: asyncio.AbstractEventLoop) -> None:
        self._transport = transport
        self._loop = loop
        self._waiting: list[bytes] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)

    def write(self, data: bytes) -> None:
        if not self._waiting:
            self._loop.call_soon(self._flush)
        self._waiting.append(data)

    def _flush(self) -> None:
        waiting, self._waiting = self._waiting, []
        if not waiting or self._transport.is_closing():
            return
        if sum(map(len, waiting)) <= JOINED_BYTES:
            self._transport.write(b"".join(waiting))
        else:
            self._transport.writelines(waiting)

    def close(self) -> None:
        self._flush()
        self._transport.close()

    def abort(self) -> None:
        self._waiting.clear()
        self._transport.abort()

    def get_write_buffer_size(self) -> int:
        return sum(map(len, self._waiting)) + int(self._transport.get_write_buffer_size())
