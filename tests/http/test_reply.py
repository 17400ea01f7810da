# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Replies as they go onto the wire, and errors as problem details."""

from collections.abc import MutableMapping
from typing import Any

import msgspec
import pytest

from hanze import errors
from hanze.errors import HanzeError
from hanze.http.reply import Reply, json, problem

pytestmark = pytest.mark.anyio


async def sent(reply: Reply) -> tuple[int, dict[bytes, bytes], bytes]:
    messages: list[MutableMapping[str, Any]] = []

    async def send(message: MutableMapping[str, Any]) -> None:
        messages.append(message)

    await reply.send(send)
    start, body = messages
    assert (start["type"], body["type"]) == ("http.response.start", "http.response.body")
    assert not body.get("more_body")
    return start["status"], dict(start["headers"]), body["body"]


async def test_a_body_has_its_length_and_no_body_has_none() -> None:
    assert await sent(Reply(204, [(b"x", b"y")])) == (204, {b"x": b"y"}, b"")
    assert await sent(Reply(201, None, b"")) == (201, {b"content-length": b"0"}, b"")
    status, headers, body = await sent(json(200, {"name": "Zoë"}, [(b"x", b"y")]))
    assert (status, body) == (200, '{"name":"Zoë"}'.encode())
    assert headers == {b"content-type": b"application/json", b"x": b"y", b"content-length": b"15"}


async def test_a_reply_can_be_sent_twice() -> None:
    reply = json(200, [])
    assert await sent(reply) == await sent(reply)


def every() -> list[type[HanzeError]]:
    found = [one for one in vars(errors).values() if isinstance(one, type) and issubclass(one, HanzeError)]
    assert len(found) > 20
    return found


@pytest.mark.parametrize("kind", every())
async def test_an_error_is_a_problem(kind: type[HanzeError]) -> None:
    status, headers, body = await sent(
        problem(kind("One plain sentence.", **({"limit": 5} if kind is HanzeError else {})))
    )
    found = msgspec.json.decode(body)
    assert headers[b"content-type"] == b"application/problem+json"
    assert found["status"] == status == kind.status
    assert found["title"] == kind.title
    assert found["detail"] == "One plain sentence."
    assert found["type"].startswith((errors.ETSI, errors.HANZE))
    assert (b"retry-after" in headers) == (status == 503)


async def test_members_and_the_way_to_authenticate() -> None:
    _, headers, body = await sent(problem(errors.NoRightToAccess("No key.", status=401, key="x")))
    assert headers[b"www-authenticate"] == b'Bearer realm="hanze"'
    assert msgspec.json.decode(body)["key"] == "x"
    assert b"www-authenticate" not in (await sent(problem(errors.NoRightToAccess("No right."))))[1]
