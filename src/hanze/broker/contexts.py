# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Finds the context that a request names: built once, kept within limits, fetched once however many ask."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, NamedTuple

import msgspec

from hanze.errors import BadRequestData, ContextNotAvailable, InvalidRequest
from hanze.http.request import json
from hanze.ngsild.context import CORE, Context, MissingDocument, build
from hanze.store.recent import Recent

MOST_TERMS = 100_000
"""Of all contexts that are kept, some 300 bytes each."""

MOST_BYTES = 4 << 20
"""Of all documents that are kept, as they came; in memory they take about five times as much."""

LARGEST_KEPT = 64_000
"""Bytes of an inline @context beyond which it is built anew each time."""

Fetch = Callable[[str], Awaitable[bytes]]
"""Gives the body of a URL; ContextNotAvailable where it cannot be had."""


class Document(NamedTuple):
    """The parsed body of a URL, and how large it came."""

    value: Any
    bytes: int


class Patience:
    """How long one request still waits for remote documents: so many seconds for all of them together."""

    __slots__ = ("_left", "_seconds")

    def __init__(self, seconds: float) -> None:
        self._seconds = self._left = seconds

    async def wait(self, url: str, load: Callable[[], Awaitable[Document]]) -> Document:
        """What `load` gives; ContextNotAvailable once the time is over, and then nothing is loaded any more."""
        loop = asyncio.get_running_loop()
        began = loop.time()
        try:
            if self._left <= 0:
                raise TimeoutError
            async with asyncio.timeout(self._left):
                return await load()
        except TimeoutError:
            self._left = 0
            raise ContextNotAvailable(
                f"@context {url} was not retrieved: the {self._seconds:g} s that one request waits for contexts are over; "
                "name fewer of them at once, or send the rest again.",
                limit=self._seconds,
            ) from None
        finally:
            self._left -= loop.time() - began


class Contexts:
    """The contexts of one node. A context is found by what the user wrote; documents by their URL."""

    def __init__(self, fetch: Fetch) -> None:
        self._fetch = fetch
        self._built: Recent[str, Context] = Recent(MOST_TERMS)
        self._documents: Recent[str, Document] = Recent(MOST_BYTES)
        self._under_way: dict[str, asyncio.Task[Document]] = {}

    def known(self, url: str | None) -> Context | None:
        """The context of a URL, where it is at hand; the core for None."""
        return CORE if url is None else self._built.get(url)

    async def find(self, user: Any, patience: Patience | None = None) -> Context:
        """The context of an @context value; what is at hand needs no patience. Errors: BadRequestData, ContextNotAvailable."""
        if user is None:
            return CORE
        key = user if isinstance(user, str) else msgspec.json.encode(user).decode()
        found = self._built.get(key)
        if found is not None:
            return found
        documents: dict[str, Document] = {}
        while True:
            try:
                found = build(user, {url: one.value for url, one in documents.items()})
                break
            except MissingDocument as missing:
                documents[missing.url] = await self._document(missing.url, patience)
        # Only what made a context is kept, so that a document is read anew once its author has put it right.
        for url, one in documents.items():
            self._documents.put(url, one, one.bytes)
        if len(key) <= LARGEST_KEPT:
            self._built.put(key, found, len(found.terms))
        return found

    async def _document(self, url: str, patience: Patience | None) -> Document:
        found = self._documents.get(url)
        if found is not None:
            return found
        if patience is None:
            return await self._loaded(url)
        return await patience.wait(url, lambda: self._loaded(url))

    async def _loaded(self, url: str) -> Document:
        task = self._under_way.get(url)
        if task is None:
            task = self._under_way[url] = asyncio.ensure_future(self._load(url))
            task.add_done_callback(lambda done: self._done(url, done))
        return await asyncio.shield(task)

    def _done(self, url: str, task: asyncio.Task[Document]) -> None:
        self._under_way.pop(url, None)
        if not task.cancelled():
            # Where nobody waits any more, an error is nobody's: asked for here, it does not end up in the log.
            task.exception()

    async def _load(self, url: str) -> Document:
        body = await self._fetch(url)
        try:
            return Document(json(body), len(body))
        except InvalidRequest:
            raise BadRequestData(f"@context {url} is not JSON; name a document that is.") from None


async def no_fetch(url: str) -> bytes:
    """For a node that may not call out."""
    raise ContextNotAvailable(f"@context {url} is not at hand and this node fetches nothing.")
