# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""HTTP as uvicorn reads it, with a limit for a request's head, and problems where a request cannot even be read."""

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol

from hanze.errors import HanzeError, HeadTooLarge, InvalidRequest
from hanze.http.reply import problem

MOST_HEAD_BYTES = 256 << 10


class Protocol(HttpToolsProtocol):
    """One connection."""

    _head = 0
    """Bytes that came since the head of a request began; 0 where none is under way."""

    def data_received(self, data: bytes) -> None:
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

    def on_message_begin(self) -> None:
        self._head = 1
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        self._head = 0
        super().on_headers_complete()

    def send_400_response(self, msg: str) -> None:
        self._refuse(InvalidRequest("This is no HTTP request that can be read; send HTTP/1.1."))

    def _refuse(self, error: HanzeError) -> None:
        """The last answer on this connection."""
        reply = problem(error)
        body = reply.body or b""
        headers = [*reply.headers, (b"content-length", str(len(body)).encode()), (b"connection", b"close")]
        lines = b"".join(name + b": " + value + b"\r\n" for name, value in headers)
        self.transport.write(STATUS_LINE[reply.status] + lines + b"\r\n" + body)
        self.transport.close()
