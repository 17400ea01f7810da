# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Calls to the provider: an answer that is too long is none, though its beginning could be read."""

import pytest

from hanze.errors import SignInFailed
from hanze.outgoing import Client, Guard
from hanze.web.people.oidc.calls import MOST_BYTES, Calls
from tests.outgoing.server import always, serving

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(("size", "reason"), [(MOST_BYTES, ""), (MOST_BYTES + 1, "wrong")])
async def test_an_answer_that_is_too_long(size: int, reason: str) -> None:
    body = b"{}".ljust(size)
    client = Client(Guard(["127.0.0.1"]))
    async with serving(always(b"HTTP/1.1 200 X\r\nContent-Length: %d\r\n\r\n" % size + body)) as server:
        try:
            found = await Calls(client).get(server.url(), dict)
        except SignInFailed as error:
            assert error.reason == reason
        else:
            assert (found, reason) == ({}, "")
    client.close()


async def test_an_address_that_the_node_may_not_call() -> None:
    client = Client(Guard())
    with pytest.raises(SignInFailed) as found:
        await Calls(client).get("http://127.0.0.1:1/", dict)
    assert found.value.reason == "down" and "[outgoing] allow" in found.value.detail
    client.close()
