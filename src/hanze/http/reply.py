# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What goes back: status, headers and body; and the problem that an error becomes."""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

import msgspec

from hanze.errors import HanzeError

Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Headers = list[tuple[bytes, bytes]]

encode = msgspec.json.Encoder().encode

PROBLEM = (b"content-type", b"application/problem+json")
JSON = (b"content-type", b"application/json")


class Reply:
    """A reply; a body of None is no body at all, without Content-Length."""

    __slots__ = ("body", "headers", "status")

    def __init__(self, status: int, headers: Headers | None = None, body: bytes | None = None) -> None:
        self.status = status
        self.headers: Headers = headers if headers is not None else []
        self.body = body

    async def send(self, send: Send) -> None:
        headers = self.headers
        if self.body is not None:
            headers = [*headers, (b"content-length", str(len(self.body)).encode())]
        await send({"type": "http.response.start", "status": self.status, "headers": headers})
        await send({"type": "http.response.body", "body": self.body or b""})


def json(status: int, value: Any, headers: Headers | None = None) -> Reply:
    return Reply(status, [JSON, *(headers or [])], encode(value))


def problem(error: HanzeError) -> Reply:
    """The problem details of an error (RFC 9457)."""
    headers: Headers = [PROBLEM]
    if error.status == 401:
        headers.append((b"www-authenticate", b'Bearer realm="hanze"'))
    methods = error.members.get("methods")
    if isinstance(methods, list):
        headers.append((b"allow", ", ".join(methods).encode()))
    if error.status == 503:
        headers.append((b"retry-after", b"5"))
    wait = error.members.get("retryAfter")
    if isinstance(wait, int):
        headers.append((b"retry-after", str(wait).encode()))
    return Reply(error.status, headers, encode(error.problem()))
