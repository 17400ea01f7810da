# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Puts what comes on the disk, one thing at a time and in the right order: pages of a copy, and notifications."""

import asyncio
from collections.abc import Callable, Iterable, Mapping

from msgspec import Struct

from hanze.errors import BadRequestData, HanzeError
from hanze.feeds.kinds.ngsild.broker import CONTEXT_REL
from hanze.feeds.kinds.ngsild.order import Order
from hanze.feeds.kinds.ngsild.reading import Reader, Told
from hanze.feeds.source import Found, Put, Refused, State
from hanze.http.request import json

MOST_AT_ONCE = 500
"""Entities of notifications in one transaction."""

LARGE = 64 << 10
"""Bytes of a body that is read in a thread of its own."""


class News(Struct):
    """A notification that waits to be written. `came`: when, in seconds of the event loop."""

    told: list[Told]
    refused: list[Refused]
    came: float
    done: bool = False
    error: HanzeError | None = None


class Keeper:
    """`state`: gives what the source is to remember."""

    def __init__(self, put: Put, reader: Reader, state: Callable[[], State]) -> None:
        self._put = put
        self._reader = reader
        self._state = state
        self._order = Order()
        self._turn = asyncio.Lock()
        self._waiting: list[News] = []
        self.came = 0
        """Notifications so far."""

    async def receive(self, headers: Mapping[str, str], body: bytes) -> None:
        """A notification; returns when it is on the disk. Errors: BadRequestData where it is none, HanzeError."""
        came = asyncio.get_running_loop().time()
        document = await asyncio.to_thread(json, body) if len(body) > LARGE else json(body)
        data = document.get("data") if isinstance(document, dict) else None
        if isinstance(data, dict):
            data = [data]
        if not isinstance(data, list):
            raise BadRequestData("The notification has no list data.")
        told, refused = await self._reader.several(data, _context(headers.get("link", "")), notified=True)
        news = News(told, refused, came)
        self._waiting.append(news)
        self.came += 1
        async with self._turn:
            # Who waited first writes for all who wait.
            if not news.done:
                await self._write_waiting()
        if news.error is not None:
            raise news.error

    async def page(self, told: Iterable[Told], asked: float) -> None:
        """Entities of a copy that was asked for at a moment of the event loop."""
        async with self._turn:
            whole, rest = Found(whole=True, stated=True), Found(stated=True)
            for one in told:
                sifted = self._order.copied(one, asked)
                if sifted.now is not None:
                    (whole if sifted.whole else rest).entities.append(sifted.now)
                if sifted.past is not None:
                    rest.past.append(sifted.past)
            for found in (whole, rest):
                if found.entities or found.past:
                    await self._put(found, self._state())

    async def gone(self, ids: Iterable[str], asked: float) -> None:
        """These were asked for and are not there any more."""
        async with self._turn:
            left = [id for id in ids if not self._order.stays(id, asked)]
            if left:
                await self._put(Found(gone=left), self._state())

    async def note(self, refused: Iterable[Refused] = ()) -> None:
        """All is well but for this; the state is written too."""
        async with self._turn:
            await self._put(Found(refused=[*refused]), self._state())

    async def _write_waiting(self) -> None:
        news: list[News] = []
        while self._waiting and (not news or sum(len(one.told) for one in news) < MOST_AT_ONCE):
            news.append(self._waiting.pop(0))
        try:
            for found in self._founds(news):
                await self._put(found, self._state())
        except HanzeError as error:
            for one in news:
                one.error = error
        finally:
            for one in news:
                one.done = True

    def _founds(self, news: Iterable[News]) -> Iterable[Found]:
        """What the notifications say, in order: an entity that was deleted and comes again is not in one with its deletion."""
        found = Found(stated=True)
        for one in news:
            found.refused += one.refused
            for told in one.told:
                sifted = self._order.notified(told, one.came)
                if sifted.now is not None and told.deleted is not None:
                    found.gone.append(told.entity.id)
                elif sifted.now is not None:
                    if told.entity.id in found.gone:
                        yield found
                        found = Found(stated=True)
                    found.entities.append(sifted.now)
                if sifted.past is not None:
                    found.past.append(sifted.past)
        yield found


def _context(link: str) -> str | None:
    """The URL of the @context that a Link header names."""
    for part in link.split(","):
        if CONTEXT_REL in part and "<" in part:
            return part.partition("<")[2].partition(">")[0] or None
    return None
