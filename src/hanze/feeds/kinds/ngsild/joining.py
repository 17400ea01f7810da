# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Another broker as a source: subscribes, copies, takes notifications, and looks from time to time whether all is well."""

import asyncio
import base64
from collections.abc import Sequence
from typing import ClassVar
from urllib.parse import urlsplit

from hanze.broker.contexts import Contexts
from hanze.errors import HanzeError, SourceFailed
from hanze.errors import mark as _
from hanze.feeds.called import Line
from hanze.feeds.kinds import answers
from hanze.feeds.kinds.ngsild.broker import API, Broker
from hanze.feeds.kinds.ngsild.comparing import Comparison
from hanze.feeds.kinds.ngsild.keeping import Keeper
from hanze.feeds.kinds.ngsild.memory import Memory, Options
from hanze.feeds.kinds.ngsild.reading import Reader
from hanze.feeds.kinds.ngsild.subscription import Subscription, Trouble
from hanze.feeds.source import Feed, Put, Refused, State

LOOK_SECONDS = 10.0
"""Seconds from one look at the subscription and the types to the next."""

NOTE_SECONDS = 60.0
"""While nothing comes, it is written so often that all is well."""

REST = 5.0
"""After a comparison that took a second, so many seconds pass before trouble leads to another one; LOOK_SECONDS at least."""

UNDELIVERED = Refused(
    "notifications", "the other broker could not deliver some; see whether it reaches the address that callback names"
)

EVERYWHERE = ("", "0.0.0.0", "::")
"""Hosts under which a node listens, but nobody reaches it."""

CALLBACK = _(
    "Give the option callback: the address of this node as the other broker reaches it, such as http://10.0.0.7:9090."
)


class Ngsild:
    """`every`: seconds from one comparison of all to the next."""

    kind: ClassVar[str] = "ngsild"
    every: ClassVar[float] = 3600.0

    async def join(self, feed: Feed, state: State, put: Put, line: Line) -> None:
        chosen = answers.options(feed, Options)
        memory = answers.memory(state, Memory)
        reader = Reader(feed, Contexts(line.fetch), chosen.context, line.identity)
        keeper = Keeper(put, reader, lambda: answers.remembered(memory))
        if not memory.token:
            # What is remembered before the subscription is made leads to it whatever happens then.
            memory.token = base64.b32encode(line.random(25)).decode().lower()
            memory.subscription = f"urn:ngsi-ld:Subscription:hanze:{feed.name}:{line.random(8).hex()}"
            await keeper.note()
        broker = Broker(feed.url, chosen, line)
        url = line.open(_callback(chosen, line, broker), memory.token, keeper.receive)
        subscription = Subscription(broker, chosen, memory, url)
        await _Mirror(feed, chosen, line, broker, reader, keeper, subscription).run()

    async def leave(self, feed: Feed, state: State, line: Line) -> None:
        chosen, memory = answers.options(feed, Options), answers.memory(state, Memory)
        await Subscription(Broker(feed.url, chosen, line), chosen, memory, "").drop()


def _callback(chosen: Options, line: Line, broker: Broker) -> str:
    """Where the other broker reaches this node."""
    found = chosen.callback or line.address
    try:
        host = urlsplit(found).hostname or ""
    except ValueError:
        host = ""
    if host in EVERYWHERE:
        raise SourceFailed("The other broker cannot be told where this node is.", CALLBACK)
    if broker.root == found.rstrip("/") + API:
        raise SourceFailed("The source is this node itself.", "Give the address of another broker as url.")
    return found


class _Mirror:
    """What goes on until the line breaks."""

    def __init__(
        self, feed: Feed, chosen: Options, line: Line, broker: Broker, reader: Reader, keeper: Keeper,
        subscription: Subscription,
    ) -> None:  # fmt: skip
        self._chosen = chosen
        self._every = feed.every or Ngsild.every
        self._line = line
        self._broker = broker
        self._reader = reader
        self._keeper = keeper
        self._subscription = subscription
        self._types: Sequence[str] = ()
        self._up = 0.0
        self._noted = 0.0
        self._wrong: list[Refused] = []

    async def run(self) -> None:
        loop = asyncio.get_running_loop()
        self._reader.other, self._up = await self._broker.identity()
        while True:
            began = loop.time()
            await self._compare()
            took = loop.time() - began
            due, rested = loop.time() + self._every, loop.time() + max(LOOK_SECONDS, REST * took)
            wanted = False
            while loop.time() < due and (not wanted or loop.time() < rested):
                await asyncio.sleep(min(LOOK_SECONDS, max(0.0, due - loop.time())))
                wanted = await self._look() or wanted

    async def _compare(self) -> None:
        """The subscription is there before anything is copied, so that what changes meanwhile is notified."""
        self._types = await self._wanted()
        if self._types:
            await self._subscription.ensure(self._types)
            await self._subscription.trouble()
            comparison = Comparison(self._broker, self._reader, self._keeper, self._line)
            self._wrong += await comparison.run(self._types)
        else:
            self._wrong.append(Refused("all types", "the other broker has no entities yet"))
        await self._note()

    async def _look(self) -> bool:
        """Something happened, so that all is to be compared again."""
        restarted = await self._restarted()
        if not self._types:
            return bool(await self._wanted())
        trouble = await self._subscription.trouble()
        if trouble is Trouble.UNDELIVERED and UNDELIVERED not in self._wrong:
            self._wrong.append(UNDELIVERED)
        changed = bool(trouble) or await self._wanted() != self._types or restarted
        if not changed and self._subscription.due:
            changed = await self._subscription.ensure(self._types)
        if asyncio.get_running_loop().time() - self._noted > NOTE_SECONDS:
            await self._note()
        return changed

    async def _restarted(self) -> bool:
        if not self._reader.other:
            return False
        before = self._up
        _, self._up = await self._broker.identity()
        return self._up < before

    async def _wanted(self) -> Sequence[str]:
        try:
            if self._chosen.types:
                return await self._reader.expanded(self._chosen.types)
            return await self._reader.types(await self._broker.types())
        except SourceFailed:
            raise
        except HanzeError as error:
            raise SourceFailed(error.detail, answers.CHANGED) from None

    async def _note(self) -> None:
        self._noted = asyncio.get_running_loop().time()
        wrong, self._wrong = self._wrong, []
        await self._keeper.note(wrong)
