# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Sources that call this node themselves: where they reach it, who may, and what such a kind of source is given."""

import hmac
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import ClassVar, Protocol, runtime_checkable

from hanze.broker.contexts import Fetch
from hanze.errors import ResourceNotFound, SourceFailed
from hanze.feeds import brought
from hanze.feeds.asking import Asking
from hanze.feeds.brought import BROUGHT, Brought
from hanze.feeds.source import Feed, Put, State
from hanze.ngsild.times import Clock
from hanze.outgoing import Response
from hanze.store.base import Store

PATH = "/sources"
"""Below the base path of the node; the name of the source and its token follow."""

Receive = Callable[[Mapping[str, str], bytes], Awaitable[None]]
"""Takes headers (lower-case names) and body of a call; returns when what they say is on the disk. Errors: HanzeError, which is
the answer."""


class Lines:
    """The doors of one node that are open. `address`: where others reach the node, with its base path, empty where it does not
    know; `identity`: the URI of the node; `random`: so many bytes that nobody can guess; `clock`: that of the machine, since other
    servers live in real time, however fast the node's own runs."""

    def __init__(self, address: str, identity: str, fetch: Fetch, random: Callable[[int], bytes], clock: Clock) -> None:
        self.address = address
        self.identity = identity
        self.fetch = fetch
        self.random = random
        self.clock = clock
        self._doors: dict[str, tuple[str, Receive]] = {}

    def door(self, name: str, token: str) -> Receive:
        """Takes the calls for this source; ResourceNotFound where its door is closed, or the token is not the right one."""
        right, receive = self._doors.get(name, ("", None))
        if not hmac.compare_digest(right.encode(), token.encode()) or receive is None:
            raise ResourceNotFound("There is no source here that is called in this way.")
        return receive

    @contextmanager
    def line(self, feed: Feed, asking: Asking, store: Store) -> Iterator["Line"]:
        """What a kind is given for one source, until the block ends."""
        made = Line(self, feed, asking, store)
        try:
            yield made
        finally:
            made.close()

    def open(self, name: str, token: str, receive: Receive) -> None:
        self._doors[name] = (token, receive)

    def close(self, name: str) -> None:
        self._doors.pop(name, None)


class Line:
    """Both ways between one source and the node."""

    def __init__(self, lines: Lines, feed: Feed, asking: Asking, store: Store) -> None:
        self.address = lines.address
        self.identity = lines.identity
        self.fetch = lines.fetch
        self.random = lines.random
        self.clock = lines.clock
        self._lines = lines
        self._feed = feed
        self._asking = asking
        self._store = store

    async def call(
        self, method: str, url: str, headers: Mapping[str, str], body: bytes = b"", *, most_bytes: int = 1 << 20
    ) -> Response:
        """The answer of the other server, whatever its status. Errors: SourceFailed where there is none."""
        return await self._asking.call(method, url, headers, body, most_bytes=most_bytes)

    def failed(self, url: str, response: Response) -> SourceFailed:
        """What is wrong with an answer that is of no use."""
        return self._asking.failed(url, response)

    def open(self, base: str, token: str, receive: Receive) -> str:
        """From now on `receive` gets the calls of whoever knows the token; the URL for them, at a node whose address is `base`."""
        self._lines.open(self._feed.name, token, receive)
        return f"{base.rstrip('/')}{PATH}/{self._feed.name}/{token}"

    def close(self) -> None:
        """Nobody is let in any more."""
        self._lines.close(self._feed.name)

    async def brought(self, after: str, limit: int) -> list[Brought]:
        """The entities that the source brought, in order of ids, behind the id `after`."""
        # The vault is taken in the thread that reads, which has a connection of its own.
        return await self._store.read(lambda: brought.page(self._store.vault(BROUGHT), self._feed.name, after, limit))


@runtime_checkable
class Called(Protocol):
    """A kind of source that is asked and calls too. What it brings is noted, and only that is ever deleted for it."""

    kind: ClassVar[str]
    every: ClassVar[float]
    """Seconds within which it says something, where the feed does not say."""

    async def join(self, feed: Feed, state: State, put: Put, line: Line) -> None:
        """Runs until it is cancelled; `put` takes one thing at a time. Errors: SourceFailed, after which it begins again."""
        ...

    async def leave(self, feed: Feed, state: State, line: Line) -> None:
        """The source is removed, paused or changed: what stands at the other server for it goes. Errors: SourceFailed."""
        ...
