# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""HTTP as uvicorn reads it, with limits on what a client may send, wait for and leave unread, and problems where a request
cannot even be read."""

from collections.abc import Iterable
from typing import Any

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol, RequestResponseCycle

from hanze.errors import HanzeError, HeadTooLarge, InvalidRequest, TooSlow, Unavailable
from hanze.http.lasting import ABORT, LASTING
from hanze.http.reply import problem
from hanze.node.gathering import Gathering

MOST_HEAD_BYTES = 64 << 10
MOST_PIPELINED = 32
"""Requests of one connection that wait for the answer to an earlier one."""

MOST_CONNECTIONS = 1_000
"""Beyond it the connection that has waited longest for its client makes room. Answers without an end have a limit of their own."""

REQUEST_SECONDS, BYTES_A_SECOND = 30.0, 32 << 10
"""A request has so long to come in, and longer while it comes at this rate."""

UNREAD_SECONDS, MOST_UNREAD_BYTES = 60.0, 64 << 20
"""So long, and for all connections so much, may answers wait for clients to read them."""


class Protocol(HttpToolsProtocol):
    """One connection."""

    _head = 0
    """Bytes that came since the head of a request began; 0 where none is under way."""
    _body = False
    """A request's head is read, and not all of its body."""
    _waiting = 0.0
    """Since when the client is to send something, a request or the rest of one; 0 where it is not."""
    _came = 0
    """Bytes that came since then."""
    _unread = 0.0
    """Since when the client does not read; 0 where it does."""
    _deaf = False
    """Nothing more is read."""
    _last = b""
    """What is said when the requests before are answered."""
    _running: RequestResponseCycle | None = None

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self.transport: Any = Gathering(transport, self.loop)
        self._waiting = self.loop.time()
        if len(self.connections) > MOST_CONNECTIONS and _ordinary(self.connections) > MOST_CONNECTIONS:
            self._make_room()

    def _make_room(self) -> None:
        others = [one for one in self.connections if isinstance(one, Protocol) and one._waiting and one is not self]
        if others:
            min(others, key=lambda one: one._waiting).transport.abort()
        else:
            self._refuse(Unavailable(f"The node is busy with {MOST_CONNECTIONS} requests; ask again in a while."))

    def connection_lost(self, exc: Exception | None) -> None:
        if self._running is not None:
            # Where requests are pipelined, uvicorn tells it to the last one only.
            self._running.disconnected = True
            self._running.message_event.set()
        super().connection_lost(exc)

    def look(self, now: float) -> None:
        """Called every second: ends the connection where its client is too slow."""
        if self._waiting and now - self._waiting > REQUEST_SECONDS + self._came / BYTES_A_SECOND:
            if self._came:
                self._refuse(TooSlow(f"The request was not whole after {now - self._waiting:.0f} s; send it faster."))
            else:
                self.transport.close()
        elif self._unread and now - self._unread > UNREAD_SECONDS:
            self.transport.abort()

    def data_received(self, data: bytes) -> None:
        if self._deaf:
            return
        self._came += len(data)
        if self._head:
            self._head += len(data)
            if self._head > MOST_HEAD_BYTES:
                self._refuse(
                    HeadTooLarge(
                        f"The request line and headers pass {MOST_HEAD_BYTES} bytes; send fewer or shorter ones.",
                        limit=MOST_HEAD_BYTES,
                    )
                )
                return
        super().data_received(data)

    # what the parser finds

    def on_message_begin(self) -> None:
        self._head, self._came = 1, 1
        self._waiting = self.loop.time()
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        self._head = 0
        super().on_headers_complete()
        self._body = True
        if len(self.pipeline) > MOST_PIPELINED:
            raise ValueError("too many requests in line")

    def on_message_complete(self) -> None:
        self._body, self._came = False, 0
        # Where the answer went out before the request was whole, the client's next turn begins here.
        self._waiting = self.loop.time() if self._running is None else 0.0
        super().on_message_complete()

    def _unsupported_upgrade_warning(self) -> None:
        """The request is answered as HTTP; what follows it would be something else."""
        self._deaf = True
        if self.cycle.response_complete:
            self.transport.close()
        self.cycle.keep_alive = False

    def send_400_response(self, msg: str) -> None:
        self._refuse(InvalidRequest("This is no HTTP request that can be read; send HTTP/1.1."))

    # answers

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: Any) -> None:
        self._running = cycle
        scope: Any = cycle.scope
        scope[ABORT] = self.transport.abort
        super()._start_asgi_task(cycle, app)

    def on_response_complete(self) -> None:
        last = not self.pipeline
        super().on_response_complete()
        if not last:
            return
        self._running = None
        if self._last:
            self._close_with(self._last)
        elif not self._waiting:
            self._waiting, self._came = self.loop.time(), 0

    def _refuse(self, error: HanzeError) -> None:
        """The last answer on this connection, to the request that is coming in, after the answers to those before it."""
        self._deaf = True
        if self._body and self.cycle is self._running:
            self.cycle.disconnected = True
            self.cycle.message_event.set()
            self._close_with(b"" if self.cycle.response_started else _last_answer(error))
            return
        if self._body and self.pipeline and self.pipeline[0][0] is self.cycle:
            self.pipeline.popleft()
        if self._running is None:
            self._close_with(b"" if self._body else _last_answer(error))
        else:
            self._last = _last_answer(error)

    def _close_with(self, data: bytes) -> None:
        if not self.transport.is_closing():
            self.transport.write(data)
            self.transport.close()

    def pause_writing(self) -> None:
        super().pause_writing()
        self._unread = self.loop.time()
        unread = [one for one in self.connections if isinstance(one, Protocol) and one._unread]
        total = sum(one.transport.get_write_buffer_size() for one in unread)
        for one in sorted(unread, key=lambda one: one._unread):
            if total <= MOST_UNREAD_BYTES:
                break
            total -= one.transport.get_write_buffer_size()
            one.transport.abort()

    def resume_writing(self) -> None:
        super().resume_writing()
        self._unread = 0.0


def _ordinary(connections: Iterable[Any]) -> int:
    """How many of them give no answer without an end."""
    return sum(one._running is None or LASTING not in one._running.scope for one in connections)


def _last_answer(error: HanzeError) -> bytes:
    reply = problem(error)
    body = reply.body or b""
    headers = [*reply.headers, (b"content-length", str(len(body)).encode()), (b"connection", b"close")]
    lines = b"".join(name + b": " + value + b"\r\n" for name, value in headers)
    return STATUS_LINE[reply.status] + lines + b"\r\n" + body
