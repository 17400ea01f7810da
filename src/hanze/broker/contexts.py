# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Finds the context that a request names: built once, kept within limits, fetched once however many ask."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import Any

import msgspec

from hanze.errors import BadRequestData, ContextNotAvailable
from hanze.http.request import json
from hanze.ngsild.context import CORE, Context, MissingDocument, build

MOST_CONTEXTS = 500
MOST_DOCUMENTS = 500
LARGEST_KEPT = 64_000
"""Bytes of an inline @context beyond which it is built anew each time."""

Fetch = Callable[[str], Awaitable[bytes]]
"""Gives the body of a URL; ContextNotAvailable where it cannot be had."""


class Contexts:
    """The contexts of one node. A context is found by what the user wrote; documents by their URL."""

    def __init__(self, fetch: Fetch) -> None:
        self._fetch = fetch
        self._built: OrderedDict[str, Context] = OrderedDict()
        self._documents: OrderedDict[str, Any] = OrderedDict()
        self._under_way: dict[str, asyncio.Task[Any]] = {}

    def known(self, url: str | None) -> Context | None:
        """The context of a URL, where it is at hand; the core for None."""
        return CORE if url is None else self._built.get(url)

    async def find(self, user: Any) -> Context:
        """The context of an @context value. Errors: BadRequestData, ContextNotAvailable."""
        if user is None:
            return CORE
        key = user if isinstance(user, str) else msgspec.json.encode(user).decode()
        found = self._built.get(key)
        if found is not None:
            self._built.move_to_end(key)
            return found
        while True:
            try:
                found = build(user, self._documents)
                break
            except MissingDocument as missing:
                await self._load(missing.url)
        if len(key) <= LARGEST_KEPT:
            self._built[key] = found
            if len(self._built) > MOST_CONTEXTS:
                self._built.popitem(last=False)
        return found

    async def _load(self, url: str) -> None:
        task = self._under_way.get(url)
        if task is None:
            task = self._under_way[url] = asyncio.ensure_future(self._fetch(url))
            task.add_done_callback(lambda _: self._under_way.pop(url, None))
        body = await asyncio.shield(task)
        try:
            document = json(body)
        except Exception:
            raise BadRequestData(f"@context {url} is not JSON; name a document that is.") from None
        self._documents[url] = document
        if len(self._documents) > MOST_DOCUMENTS:
            self._documents.popitem(last=False)


async def no_fetch(url: str) -> bytes:
    """For a node that may not call out."""
    raise ContextNotAvailable(f"@context {url} is not at hand and this node fetches nothing.")
