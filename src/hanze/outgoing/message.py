# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A request as bytes, and the response that comes back."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from hanze.errors import CallFailed
from hanze.outgoing.url import Target

AGENT = "Hanze"


class Response(NamedTuple):
    """`headers`: by lower-case name, the last where one came twice. `cut`: the body was longer than was asked for."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    cut: bool = False


def request(method: str, target: Target, headers: Iterable[tuple[str, str]], body: bytes) -> bytes:
    """The request; CallFailed where a header would break out of its line."""
    lines = [f"{method} {target.path} HTTP/1.1\r\nHost: {target.authority}\r\nUser-Agent: {AGENT}"]
    for name, value in headers:
        if "\n" in value or "\r" in value or "\0" in value:
            raise CallFailed(f"The header {name} has a line break in it.")
        lines.append(f"{name}: {value}")
    if body or method in ("POST", "PUT", "PATCH"):
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join(lines).encode("utf-8") + b"\r\n\r\n" + body
