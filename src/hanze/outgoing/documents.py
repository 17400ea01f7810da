# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Fetches remote @context documents with the guarded client."""

from collections.abc import Awaitable, Callable

from hanze.errors import CallFailed, ContextNotAvailable
from hanze.outgoing.http import Client

ACCEPT = "application/ld+json, application/json;q=0.9, */*;q=0.1"


def fetcher(client: Client, *, seconds: float, most_bytes: int) -> Callable[[str], Awaitable[bytes]]:
    """Gives the body of a URL; ContextNotAvailable where it cannot be had."""

    async def fetch(url: str) -> bytes:
        try:
            return await client.get(url, accept=ACCEPT, seconds=seconds, most_bytes=most_bytes)
        except CallFailed as error:
            raise ContextNotAvailable(f"@context {url} cannot be retrieved: {error.detail}") from None

    return fetch
