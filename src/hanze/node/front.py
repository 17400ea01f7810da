# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What every request passes first: it is measured, sent to the API or to the rest, and answered whatever happens."""

import asyncio
import logging
import time
from collections.abc import MutableMapping
from typing import Any

from hanze.errors import Unavailable, ours
from hanze.http.lasting import LASTING
from hanze.http.reply import Send, problem
from hanze.http.request import Receive
from hanze.node.metrics import Metrics

log = logging.getLogger("hanze.node")

NOSNIFF, NO_STORE = (b"x-content-type-options", b"nosniff"), (b"cache-control", b"no-store")
"""What every reply of the node has; the second where it does not say itself how long it may be kept."""

ALWAYS_TLS = (b"strict-transport-security", b"max-age=31536000")
"""What every reply over TLS has too: for a year browsers come no other way (RFC 6797)."""


class Front:
    """ASGI: paths that begin with `root` go straight to `api`, the hot path; all others to `rest`."""

    def __init__(self, root: str, api: Any, rest: Any, metrics: Metrics) -> None:
        self._root = root
        self._api = api
        self._rest = rest
        self._metrics = metrics

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._rest(scope, receive, send)
            return
        app = self._api if scope["path"].startswith(self._root) else self._rest
        begin = begun = time.perf_counter()
        status = 0

        async def sending(message: MutableMapping[str, Any]) -> None:
            nonlocal status, begun
            if message["type"] == "http.response.start":
                status, begun = message["status"], time.perf_counter()
                headers = message["headers"]
                # Only pages and their files may be kept.
                kept = app is self._rest and any(name == b"cache-control" for name, _ in headers)
                message["headers"] = [*headers, NOSNIFF] if kept else [*headers, NOSNIFF, NO_STORE]
                if scope["scheme"] == "https":
                    message["headers"].append(ALWAYS_TLS)
            await send(message)

        try:
            await app(scope, receive, sending)
        except asyncio.CancelledError:
            # The server cancels what is still under way when its time to stop is over.
            if status:
                raise
            await problem(Unavailable("The node is stopping; ask again when it runs.")).send(sending)
        except Exception:
            if status:
                raise
            log.exception("an error of ours")
            await problem(ours()).send(sending)
        finally:
            self._metrics.note(scope["method"], status, (begun if LASTING in scope else time.perf_counter()) - begin)
