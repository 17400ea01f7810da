# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a proxy says of the client is believed of trusted proxies only."""

from collections.abc import MutableMapping
from typing import Any

import pytest

from hanze.node.config import Server
from hanze.node.serve import settings

pytestmark = pytest.mark.anyio


async def seen(trusted: tuple[str, ...], peer: str, **headers: str) -> tuple[str, str]:
    """Who asks and by which scheme, as the node sees it."""
    found: list[MutableMapping[str, Any]] = []

    async def app(scope: MutableMapping[str, Any], receive: Any, send: Any) -> None:
        found.append(scope)

    made = settings(app, Server(trusted_proxies=trusted))
    made.load()
    named = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    scope = {"type": "http", "client": (peer, 5000), "scheme": "http", "headers": named}
    await made.loaded_app(scope, None, None)
    return found[0]["client"][0], found[0]["scheme"]


TOLD = {"x_forwarded_for": "203.0.113.5", "x_forwarded_proto": "https"}


@pytest.mark.parametrize(
    ("trusted", "peer"),
    [
        ((), "127.0.0.1"),
        ((), "10.0.0.1"),
        (("127.0.0.1",), "10.0.0.1"),
        (("10.0.0.0/8",), "127.0.0.1"),
        (("::1",), "127.0.0.1"),
    ],
)
async def test_somebody_else_is_not_believed(trusted: tuple[str, ...], peer: str) -> None:
    assert await seen(trusted, peer, **TOLD) == (peer, "http")


@pytest.mark.parametrize(
    ("trusted", "peer"),
    [(("127.0.0.1",), "127.0.0.1"), (("10.0.0.0/8", "192.0.2.1"), "10.200.0.1"), (("::1",), "::1")],
)
async def test_a_trusted_proxy_is_believed(trusted: tuple[str, ...], peer: str) -> None:
    assert await seen(trusted, peer, **TOLD) == ("203.0.113.5", "https")
    assert await seen(trusted, peer) == (peer, "http")


async def test_a_client_cannot_put_words_into_the_mouth_of_a_trusted_proxy() -> None:
    """Proxies write the address that they see behind what came: the last one that is no proxy counts."""
    found = await seen(("127.0.0.1",), "127.0.0.1", x_forwarded_for="127.0.0.1, 198.51.100.9, 203.0.113.5")
    assert found[0] == "203.0.113.5"
    found = await seen(("127.0.0.1", "10.0.0.0/8"), "127.0.0.1", x_forwarded_for="1.2.3.4, 203.0.113.5, 10.0.0.7")
    assert found[0] == "203.0.113.5"
    found = await seen(("127.0.0.1",), "127.0.0.1", x_forwarded_proto="javascript")
    assert found[1] == "http"
