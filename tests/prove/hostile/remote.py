# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A server of hostile @contexts: endless, huge, recursive, slow, not JSON; and one that must never be called."""

import asyncio
import json
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote

from tests.outgoing.server import OK, Asked

HUGE = 3_000_000


def reply(body: bytes, kind: str = "application/ld+json", status: str = "200 OK", more: str = "") -> bytes:
    return f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n{more}\r\n".encode() + body


def context(value: Any) -> bytes:
    return reply(json.dumps({"@context": value}).encode())


def to(place: str) -> bytes:
    return reply(b"", status="302 Found", more=f"Location: {place}\r\n")


DOCUMENTS: dict[str, Callable[[str], bytes | None]] = {
    "good": lambda here: context({"Room": "https://r.example/Room", "level": "https://r.example/level"}),
    "itself": lambda here: context(f"{here}itself"),
    "ping": lambda here: context([f"{here}pong", {"a": "http://a/"}]),
    "pong": lambda here: context([f"{here}ping", {"b": "http://b/"}]),
    "many": lambda here: context([f"{here}copy{n}" for n in range(29)]),
    "too-many": lambda here: context([f"{here}copy{n}" for n in range(400)]),
    "nested-list": lambda here: context([[[{"a": "http://a/"}]]]),
    "terms": lambda here: context({f"term{n}": f"http://x/{n}" for n in range(15_000)}),
    "too-many-terms": lambda here: context({f"t{n}": "http://x/" for n in range(40_000)}),
    "chain": lambda here: context({f"t{n}": f"t{n + 1}:x" for n in range(2_000)} | {"t2000": "http://x/"}),
    "circle": lambda here: context({"a": "b:x", "b": "c:x", "c": "a:x"}),
    "doubling": lambda here: context({f"t{n}": {"@id": f"t{n + 1}:" + "y" * 200, "@prefix": True} for n in range(19)}),
    "odd-terms": lambda here: context({"": "x", "a b": "y", "@id": "z", "@type": {"@id": "@type"},
    "\0": "http://n/\r\nX: y"}),
    "not-an-object": lambda here: reply(b'["@context"]'),
    "no-context": lambda here: reply(b"{}"),
    "null": lambda here: context(None),
    "number": lambda here: context(7),
    "deep": lambda here: reply(b'{"@context":' + b"[" * 20_000 + b"]" * 20_000 + b"}"),
    "nan": lambda here: reply(b'{"@context":{"a":NaN}}'),
    "huge": lambda here: reply(b'{"@context":{"a":"' + b"x" * HUGE + b'"}}'),
    "endless": lambda here: b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n" + b" " * HUGE,
    "html": lambda here: reply(b"<html></html>", "text/html"),
    "latin": lambda here: reply('{"@context":{"é":"http://x/"}}'.encode("latin-1")),
    "packed": lambda here: reply(b"\x1f\x8b\x08" + b"\0" * 99, more="Content-Encoding: gzip\r\n"),
    "loop": lambda here: to(f"{here}loop"),
    "hop": lambda here: to(f"{here}hop?" + "x" * 50),
    "away": lambda here: to("file:///etc/passwd"),
    "nowhere": lambda here: to("http://"),
    "gone": lambda here: reply(b"", status="404 Not Found"),
    "broken": lambda here: b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{",
    "rubbish": lambda here: b"\0\1\2 rubbish\r\n\r\n",
    "headers": lambda here: b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 20_000 + b"\r\n",
    "split": lambda here: to(f"{here}good\r\nX-Split: yes"),
    "closed": lambda here: None,
}  # fmt: skip


BROKEN = frozenset({"broken", "rubbish", "headers", "closed", "endless"})
"""Those that are no answer."""


async def documents(asked: Asked) -> bytes | None:
    """What stands at a path; anything else is a small context. /to?URL sends on to the URL."""
    name, _, query = asked.path.removeprefix("/").partition("?")
    if name == "to":
        return to(unquote(query))
    made = DOCUMENTS.get(name, _small)
    return made(f"http://{asked.headers['host']}/")


def _small(here: str) -> bytes:
    return context({"small": "http://small.example/"})


async def never(asked: Asked) -> bytes | None:
    """Waits far longer than anybody should."""
    await asyncio.sleep(60)
    return OK


async def canary(asked: Asked) -> bytes | None:
    """Must never be asked."""
    return OK
