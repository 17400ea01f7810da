# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A request as the fuzzer holds it, and how it becomes bytes: JSON that no library would write, headers as they are."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

import msgspec

ROOT = "/ngsi-ld/v1"


class Raw(str):
    """Text that stands in JSON as it is."""


class Twice(msgspec.Struct):
    """An object with the same key twice."""

    of: dict[str, Any]


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """`path`: below the root, as it is sent; `text`: the body as bytes, instead of `body`."""

    method: str
    path: str
    params: tuple[tuple[str, str], ...] = ()
    headers: tuple[tuple[str, str], ...] = (("Content-Type", "application/json"),)
    body: Any = None
    text: bytes | None = None

    def but(self, **changes: Any) -> Asked:
        return msgspec.structs.replace(self, **changes)

    def data(self) -> bytes:
        """The body."""
        if self.text is not None:
            return self.text
        return b"" if self.body is None else dump(self.body).encode("utf-8", "surrogatepass")

    def wire(self) -> bytes:
        """The whole request."""
        query = "&".join(
            f"{quote(name, safe=SAFE)}={quote(value, safe=SAFE, errors='replace')}" for name, value in self.params
        )
        data = self.data()
        lines = [f"{self.method} {ROOT}{self.path}{'?' + query if query else ''} HTTP/1.1", "Host: node"]
        lines += [f"{name}: {value}" for name, value in self.headers]
        if data or self.method in ("POST", "PATCH", "PUT"):
            lines.append(f"Content-Length: {len(data)}")
        return "\r\n".join([*lines, "", ""]).encode("utf-8", "surrogatepass") + data


SAFE = "/:;,@()[]{}'!*|~"


def dump(value: Any) -> str:
    """JSON; Raw stands in it as it is, Twice with its first member twice."""
    if isinstance(value, Raw):
        return str(value)
    if isinstance(value, dict):
        return "{" + ",".join(_members(value)) + "}"
    if isinstance(value, Twice):
        return "{" + ",".join([*_members(value.of), *_members(value.of)[:1]]) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(dump, value)) + "]"
    return json.dumps(value)


def _members(value: dict[str, Any]) -> list[str]:
    return [f"{dump(key)}:{dump(one)}" for key, one in value.items()]
