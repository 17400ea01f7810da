# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Work goes on while somebody waits for it, and no longer."""

import asyncio

import pytest
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Message

from hanze.errors import ResourceNotFound
from hanze.web.leaving import while_there

pytestmark = pytest.mark.anyio


def request(leaves: asyncio.Event) -> Request:
    """A request whose client goes away when it is told to."""
    messages: list[Message] = [{"type": "http.request", "body": b"", "more_body": False}]

    async def receive() -> Message:
        if messages:
            return messages.pop()
        await leaves.wait()
        return {"type": "http.disconnect"}

    return Request({"type": "http", "method": "GET"}, receive)


async def test_who_waits_gets_the_answer_or_the_error() -> None:
    before = asyncio.all_tasks()

    async def good() -> Response:
        await asyncio.sleep(0.01)
        return Response("well")

    async def bad() -> Response:
        raise ResourceNotFound("There is nothing.")

    assert (await while_there(request(asyncio.Event()), good())).body == b"well"
    with pytest.raises(ResourceNotFound):
        await while_there(request(asyncio.Event()), bad())
    assert asyncio.all_tasks() == before


async def test_where_nobody_waits_any_more_the_work_ends() -> None:
    before, leaves, ended = asyncio.all_tasks(), asyncio.Event(), asyncio.Event()

    async def long() -> Response:
        try:
            leaves.set()
            await asyncio.sleep(60)
        finally:
            ended.set()
        return Response("nobody")

    async with asyncio.timeout(5):
        answer = await while_there(request(leaves), long())
    assert answer.status_code == 204 and ended.is_set()
    assert asyncio.all_tasks() == before
