# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Sends requests for the NGSI-LD API straight to it, past the routes of everything else: it is the hot path."""

from collections.abc import MutableMapping
from typing import Any

from hanze.http.reply import Send
from hanze.http.request import Receive


class Front:
    """ASGI: paths that begin with `root` go to `api`, all others to `rest`."""

    def __init__(self, root: str, api: Any, rest: Any) -> None:
        self._root = root
        self._api = api
        self._rest = rest

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        direct = scope["type"] == "http" and scope["path"].startswith(self._root)
        await (self._api if direct else self._rest)(scope, receive, send)
