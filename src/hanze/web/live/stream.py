# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""One client: what it wants, how far it was told, and whether it reads what is sent."""

from collections.abc import Awaitable, Callable

from hanze.access import Principal
from hanze.http.reply import Headers, Send
from hanze.web.live.view import Types, View


class Stream:
    """`abort`: ends its connection at once. `who` reads, from which `address`."""

    def __init__(
        self, send: Send, abort: Callable[[], None], view: View, types: Types, who: Principal, address: str
    ) -> None:
        self._send = send
        self._abort = abort
        self.view = view
        self.types = types
        self.who = who
        self.address = address
        self.position = 0
        """The journal number up to which it was told."""
        self.open = False
        """It was greeted, and has not ended."""
        self.told = 0.0
        """When something was sent last."""
        self.stuck = 0.0
        """Since when the client does not read; 0 where it does."""

    async def greet(self, headers: Headers, data: bytes, now: float) -> None:
        await self._send({"type": "http.response.start", "status": 200, "headers": headers})
        await self._send({"type": "http.response.body", "body": data, "more_body": True})
        self.open, self.told = True, now

    def write(self, data: bytes, now: float) -> bool:
        """Sends without waiting; False where the client has not read what was sent before. So for each client there waits what
        the system and the connection hold, and no more than one message beyond it."""
        if not _at_once(self._send({"type": "http.response.body", "body": data, "more_body": True})):
            self.stuck = self.stuck or now
            return False
        if data:
            self.told = now
        self.stuck = 0.0
        return True

    def end(self) -> None:
        """Ends the answer in order, where the client reads it."""
        if self.open:
            self.open = False
            if not _at_once(self._send({"type": "http.response.body", "body": b"", "more_body": False})):
                self._abort()

    def drop(self) -> None:
        """Ends the connection."""
        self.open = False
        self._abort()


def _at_once(sending: Awaitable[None]) -> bool:
    """Sends in this turn of the event loop: so five hundred clients wake no five hundred tasks. False where it would have to wait,
    which a server does before it writes anything, until the client has read enough of what was sent before."""
    steps = sending.__await__()
    try:
        next(steps)
    except StopIteration:
        return True
    steps.close()
    return False
