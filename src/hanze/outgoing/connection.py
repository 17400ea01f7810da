# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""One keep-alive HTTP/1.1 connection: sends a request, gives its response.

Own code because the notifications of a busy node go through it: a POST costs an eighth of what it costs in httpx2
(measured: 63 against 520 microseconds), and reading the protocol is still httptools' work.
"""

import asyncio
from typing import cast

import httptools

from hanze.errors import CallFailed
from hanze.outgoing.message import Response

MOST_HEAD = 32_768
"""Bytes of status line and headers."""


class Stale(Exception):
    """The server had closed the connection before it saw the request: it can be sent again on another one."""


class Connection(asyncio.Protocol):
    """Used by one request at a time; `usable` says whether another may follow."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._transport: asyncio.Transport | None = None
        self._parser: httptools.HttpResponseParser | None = None
        self._waiter: asyncio.Future[Response] | None = None
        self._most = 0
        self._quiet_since = self._loop.time()
        self.usable = True

    async def exchange(self, request: bytes, most_bytes: int) -> Response:
        """The response to a request; at most `most_bytes` of its body. Errors: CallFailed, Stale."""
        transport = self._transport
        if transport is None or not self.usable:
            raise Stale
        self._begin()
        self._most = most_bytes
        self._seen = 0
        waiter = self._waiter = self._loop.create_future()
        try:
            transport.write(request)
            response: Response = await waiter
            return response
        except BaseException:
            self.close()
            raise
        finally:
            self._waiter = None
            self._quiet_since = self._loop.time()

    def idle(self) -> float:
        """Seconds since the last response."""
        return self._loop.time() - self._quiet_since

    def close(self) -> None:
        self.usable = False
        if self._transport is not None:
            self._transport.abort()

    def _begin(self) -> None:
        self._parser = httptools.HttpResponseParser(self)
        self._headers: dict[str, str] = {}
        self._parts: list[bytes] = []
        self._size = 0
        self._cut = False
        self._framed = False
        self._head_read = False
        self._complete = False
        self._extra = False
        self._keep = False

    # asyncio.Protocol

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        parser = self._parser
        if self._waiter is None or parser is None:
            # A server speaks when it is spoken to: what comes now would be read as the answer to the next request.
            self.close()
            return
        self._seen += len(data)
        try:
            parser.feed_data(data)
        except (httptools.HttpParserError, httptools.HttpParserCallbackError, httptools.HttpParserUpgrade):
            self._fail(CallFailed("The server's answer is not HTTP."))
            return
        if self._complete or self._cut:
            self.usable = self.usable and self._keep and not self._cut and not self._extra
            self._finish()
        elif self._seen > MOST_HEAD + (2 * self._most if self._head_read else 0):
            self._fail(CallFailed("The headers or the framing of the server's answer are too long."))

    def eof_received(self) -> None:
        self.usable = False

    def connection_lost(self, error: Exception | None) -> None:
        self.usable = False
        self._transport = None
        if self._waiter is None or self._waiter.done():
            return
        if self._seen == 0:
            self._fail(Stale())
        elif error is None and self._head_read and not self._framed:
            # Without Content-Length and chunks, the end of the connection is the end of the body (RFC 9112, 6.3).
            self._finish()
        else:
            self._fail(CallFailed("The server closed the connection in the middle of its answer."))

    # httptools

    def on_message_begin(self) -> None:
        self._extra = self._complete

    def on_header(self, name: bytes, value: bytes) -> None:
        if self._extra:
            return
        key = name.decode("latin-1").lower()
        self._headers[key] = value.decode("latin-1")
        if key in ("content-length", "transfer-encoding"):
            self._framed = True

    def on_headers_complete(self) -> None:
        self._head_read = True

    def on_body(self, data: bytes) -> None:
        if self._extra:
            return
        room = self._most - self._size
        if len(data) > room:
            self._cut = True
            data = data[: max(0, room)]
        self._size += len(data)
        self._parts.append(data)

    def on_message_complete(self) -> None:
        if self._extra:
            return
        if self._read_status() < 200:
            self._headers, self._head_read = {}, False
            return
        # Now, since the parser forgets it with the next byte.
        self._keep = self._parser is not None and self._parser.should_keep_alive()
        self._complete = True

    def _read_status(self) -> int:
        if not self._complete and self._parser is not None:
            self._status = int(self._parser.get_status_code())
        return self._status

    def _finish(self) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(Response(self._read_status(), self._headers, b"".join(self._parts), self._cut))

    def _fail(self, error: Exception) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_exception(error)
        self.close()

    _seen = 0
    _status = 0
