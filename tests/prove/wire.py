# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""One kept HTTP connection, plain enough to see every byte of an answer."""

import json
import socket
from typing import Any, BinaryIO, NamedTuple

SECONDS = 20.0


class Lost(Exception):
    """The connection ended before the answer was whole."""


class Answer(NamedTuple):
    """`headers`: lower-case name to value."""

    status: int
    headers: dict[str, str]
    body: bytes

    def json(self) -> Any:
        return json.loads(self.body)


class Wire:
    """A connection to the node on a port of this machine."""

    def __init__(self, port: int, seconds: float = SECONDS) -> None:
        try:
            self._socket = socket.create_connection(("127.0.0.1", port), seconds)
        except OSError as error:
            raise Lost(str(error)) from None
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._file = self._socket.makefile("rb")

    def call(self, method: str, path: str, body: Any = None, **headers: str) -> Answer:
        """`body`: sent as JSON; `headers`: with underscores for hyphens. Lost where no whole answer comes."""
        data = b"" if body is None else json.dumps(body).encode()
        lines = [f"{method} {path} HTTP/1.1", "Host: node", f"Content-Length: {len(data)}"]
        if body is not None and "Content_Type" not in headers:
            lines.append("Content-Type: application/json")
        lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
        self.send("\r\n".join([*lines, "", ""]).encode() + data)
        return self.receive()

    def api(self, method: str, path: str, body: Any = None, **headers: str) -> Answer:
        """A call below the root of the API."""
        return self.call(method, "/ngsi-ld/v1" + path, body, **headers)

    def send(self, data: bytes) -> None:
        try:
            self._socket.sendall(data)
        except OSError as error:
            raise Lost(str(error)) from None

    def receive(self, *, head: bool = False) -> Answer:
        """`head`: the answer to HEAD, which has no body."""
        try:
            while (found := read(self._file, head=head)).status == 100:
                pass
            return found
        except (OSError, ValueError) as error:
            raise Lost(str(error)) from None

    def close(self) -> None:
        self._file.close()
        self._socket.close()

    def __del__(self) -> None:
        """Provers drop many connections, whole or torn; none stays open behind them."""
        if hasattr(self, "_file"):
            self.close()


def read(file: BinaryIO, *, head: bool = False) -> Answer:
    """The next answer of a server; ValueError where it is no whole and well-formed one."""
    first = _line(file)
    version, _, rest = first.partition(" ")
    code, _, _ = rest.partition(" ")
    if version != "HTTP/1.1" or len(code) != 3 or not code.isdigit():
        raise ValueError(f"the status line is {first!r}")
    headers: dict[str, str] = {}
    while line := _line(file):
        name, colon, value = line.partition(":")
        if not colon or not name or name != name.strip():
            raise ValueError(f"a header is {line!r}")
        headers[name.lower()] = value.strip()
    return Answer(int(code), headers, b"" if head else _body(file, int(code), headers))


def _line(file: BinaryIO) -> str:
    line = file.readline(65_537)
    if not line.endswith(b"\r\n"):
        raise ValueError(f"the answer ends in the middle of a line: {line[:100]!r}")
    return line[:-2].decode("latin-1")


def _body(file: BinaryIO, status: int, headers: dict[str, str]) -> bytes:
    if status < 200 or status in (204, 304):
        return b""
    if "content-length" in headers:
        return _exactly(file, int(headers["content-length"]))
    if headers.get("transfer-encoding") != "chunked":
        return file.read()
    parts = []
    while size := int(_line(file), 16):
        parts.append(_exactly(file, size))
        _line(file)
    _line(file)
    return b"".join(parts)


def _exactly(file: BinaryIO, size: int) -> bytes:
    found = file.read(size)
    if len(found) < size:
        raise ValueError(f"the body has {len(found)} bytes of {size}")
    return found
