# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A source on loopback that plays recorded answers, well and badly, and the `get` that kinds are handed to ask it."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import parse_qsl, urlsplit

from hanze.feeds.asking import Asking
from hanze.feeds.source import Get
from hanze.ngsild import times
from hanze.outgoing import Client, Guard
from tests.outgoing.server import Asked, Server, serving

SHARED = Path(__file__).parents[4] / "shared" / "data"
"""Recorded answers of real sources; not a part of the project, so tests that need them are skipped where it is absent."""


class Reply(NamedTuple):
    """What the source answers. `promised`: bytes beyond the body that are announced and never come. `after`: seconds."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = {}
    promised: int = 0
    after: float = 0.0


class Question(NamedTuple):
    """What the source was asked: `query` has the last value of each name."""

    path: str
    query: Mapping[str, str]
    headers: Mapping[str, str]


Answers = Mapping[str, Reply | bytes | Callable[[Question], Reply | bytes]]
"""By path: what is answered, or what says so. Any other path is answered with 404."""


class Source:
    """A running source: where it is, and what it was asked so far. `answers` may be exchanged between looks."""

    def __init__(self, server: Server, answers: Answers) -> None:
        self._server = server
        self.answers = answers

    def url(self, path: str = "/") -> str:
        return self._server.url(path)

    @property
    def asked(self) -> list[Question]:
        return [_question(one) for one in self._server.asked]

    @property
    def paths(self) -> list[str]:
        return [one.path for one in self.asked]


@asynccontextmanager
async def source(answers: Answers) -> AsyncIterator[Source]:
    """A source that gives these answers until the block ends."""
    closing = asyncio.Event()

    async def answer(asked: Asked) -> bytes | None:
        question = _question(asked)
        found = running.answers.get(question.path, Reply(status=404))
        if callable(found):
            found = found(question)
        reply = Reply(found) if isinstance(found, bytes) else found
        if reply.after and not await _passed(reply.after, closing):
            return None
        return _written(reply)

    async with serving(answer) as server:
        running = Source(server, answers)
        try:
            yield running
        finally:
            closing.set()
            # What is still to be answered late ends now; a task that outlives the loop would be told of as an error.
            await asyncio.sleep(0.01)


@asynccontextmanager
async def asking(*, seconds: float = 5.0) -> AsyncIterator[Get]:
    """The `get` of a node, which may call loopback here. `seconds`: how long a source may take."""
    client = Client(Guard(("127.0.0.1",)))
    try:
        yield Asking(client, times.system, seconds=seconds).get
    finally:
        client.close()


async def _passed(seconds: float, closing: asyncio.Event) -> bool:
    """So many seconds have passed; False where the source was closed before."""
    try:
        await asyncio.wait_for(closing.wait(), seconds)
    except TimeoutError:
        return True
    return False


def _question(asked: Asked) -> Question:
    parts = urlsplit(asked.path)
    return Question(parts.path, dict(parse_qsl(parts.query, keep_blank_values=True)), asked.headers)


def _written(reply: Reply) -> bytes:
    lines = [f"HTTP/1.1 {reply.status} -", f"Content-Length: {len(reply.body) + reply.promised}"]
    lines += [f"{name}: {value}" for name, value in reply.headers.items()]
    if reply.promised:
        # The server closes the connection after it, so that the rest does not come.
        lines.append("Connection: close")
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + reply.body
