# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Finds the @contexts that files name, for the thread that reads them: fetched as a source is, through the guarded client."""

import asyncio
from typing import Any

from hanze.broker.contexts import Contexts
from hanze.errors import ContextNotAvailable, SourceFailed
from hanze.feeds.documents import Find
from hanze.feeds.source import Get
from hanze.ngsild.context import CORE, Context
from hanze.outgoing.documents import ACCEPT

MOST_BYTES = 1 << 20


class Away(Exception):
    """A context cannot be had at this time, so that the file has to wait for it."""


def contexts(get: Get) -> Contexts:
    """Those that are fetched by `get`."""

    async def fetch(url: str) -> bytes:
        try:
            return (await get(url, {"Accept": ACCEPT}, most_bytes=MOST_BYTES)).body
        except SourceFailed as error:
            raise ContextNotAvailable(f"@context {url} cannot be retrieved: {error.detail}") from None

    return Contexts(fetch)


def finder(found: Contexts, loop: asyncio.AbstractEventLoop) -> Find:
    """A function for another thread than that of the loop. It raises Away, and BadRequestData."""

    def find(user: Any) -> Context:
        if user is None:
            return CORE
        try:
            return asyncio.run_coroutine_threadsafe(found.find(user), loop).result()
        except ContextNotAvailable as error:
            raise Away(error.detail) from None

    return find
