# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Finds the @contexts that a file names as the node would: fetched by the guarded client, within the node's limits."""

import asyncio
import contextlib
from collections.abc import Iterator

from hanze.broker.contexts import Contexts
from hanze.feeds.documents import Find
from hanze.node.config import Config
from hanze.outgoing import Client, Guard
from hanze.outgoing.documents import fetcher


@contextlib.contextmanager
def finding(settings: Config) -> Iterator[Find]:
    """Gives a function from an @context value to the context; each document is fetched once."""
    client, limits = Client(Guard(settings.outgoing.allow)), settings.limits
    contexts = Contexts(fetcher(client, seconds=limits.context_seconds, most_bytes=limits.context_bytes))
    with asyncio.Runner() as runner:
        try:
            yield lambda user: runner.run(contexts.find(user))
        finally:
            runner.get_loop().call_soon(client.close)
            runner.run(asyncio.sleep(0))
