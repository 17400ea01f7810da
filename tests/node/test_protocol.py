# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a client may send, wait for and leave unread, over real sockets with narrow limits."""

import asyncio
import contextlib
import json
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, MutableMapping
from typing import Any

import pytest
import uvicorn

from hanze.http.lasting import ABORT, LASTING
from hanze.http.reply import Send
from hanze.http.request import Receive
from hanze.node import protocol
from hanze.node.config import Server
from hanze.node.protocol import Protocol
from hanze.node.serve import settings

pytestmark = pytest.mark.anyio

GET = b"GET /%d HTTP/1.1\r\nHost: x\r\n\r\n"
LARGE = 24 << 20
"""Far more than the system keeps for a connection."""


async def app(scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
    """Answers with the path, after the body; /slow late, /large with much, /lasting without an end, /abort never."""
    if scope["type"] == "lifespan":
        while True:
            message = await receive()
            await send({"type": message["type"] + ".complete"})
            if message["type"].endswith("shutdown"):
                return
    more = True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return
        more = message.get("more_body", False)
    if scope["path"] == "/lasting":
        scope[LASTING] = True
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await receive()
        return
    if scope["path"] == "/abort":
        scope[ABORT]()
        return
    if scope["path"] == "/slow":
        await asyncio.sleep(0.2)
    body = b"x" * LARGE if scope["path"] == "/large" else scope["path"].encode()
    head = [(b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": head})
    await send({"type": "http.response.body", "body": body})


class Looking(uvicorn.Server):
    """Looks after its connections all the time."""

    async def on_tick(self, counter: int) -> bool:
        now = asyncio.get_running_loop().time()
        for one in [one for one in self.server_state.connections if isinstance(one, Protocol)]:
            one.look(now)
        return await super().on_tick(counter)


Line = tuple[asyncio.StreamReader, asyncio.StreamWriter]
Open = Callable[..., Awaitable[Line]]


@pytest.fixture
async def opened() -> AsyncIterator[Open]:
    """Opens connections to a server, and says something on them at once."""
    bound = socket.create_server(("127.0.0.1", 0))
    server = Looking(settings(app, Server()))
    task = asyncio.create_task(server._serve([bound]))
    while not server.started:
        await asyncio.sleep(0.01)
    lines: list[Line] = []

    async def open(*parts: bytes) -> Line:
        line = await asyncio.open_connection(*bound.getsockname())
        line[1].write(b"".join(parts))
        lines.append(line)
        return line

    yield open
    for _, writer in lines:
        writer.transport.abort()
    server.force_exit = server.should_exit = True
    await task


async def answer(line: Line) -> tuple[int, bytes]:
    """The next one; 0 where the connection ended."""
    head = await line[0].readuntil(b"\r\n\r\n")
    length = next(part for part in head.lower().split(b"\r\n") if part.startswith(b"content-length: "))
    return int(head.split()[1]), await line[0].readexactly(int(length.split()[1]))


async def ended(line: Line) -> None:
    assert await asyncio.wait_for(line[0].read(), 5) == b""


async def test_pipelined_requests_are_answered_in_order(opened: Open) -> None:
    line = await opened(*(GET % number for number in range(20)))
    assert [await answer(line) for _ in range(20)] == [(200, b"/%d" % number) for number in range(20)]


@pytest.mark.parametrize("bad", [b"rubbish\r\n\r\n", b"POST /x HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"])
async def test_what_cannot_be_read_is_refused_after_the_answers_to_what_came_before(opened: Open, bad: bytes) -> None:
    line = await opened(b"GET /slow HTTP/1.1\r\n\r\n", GET % 1, bad, GET % 2)
    assert await answer(line) == (200, b"/slow")
    assert await answer(line) == (200, b"/1")
    assert (await answer(line))[0] == 400
    await ended(line)


async def test_a_body_that_cannot_be_read_is_refused(opened: Open) -> None:
    line = await opened(b"POST /x HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabc")
    await asyncio.sleep(0.05)
    line[1].write(b"de\r\nzz\r\n")
    assert (await answer(line))[0] == 400
    await ended(line)


async def test_too_many_pipelined_requests(opened: Open) -> None:
    count = protocol.MOST_PIPELINED + 10
    line = await opened(b"GET /slow HTTP/1.1\r\n\r\n", *(GET % number for number in range(count)))
    statuses = [(await answer(line))[0] for _ in range(protocol.MOST_PIPELINED + 2)]
    assert statuses == [200] * (protocol.MOST_PIPELINED + 1) + [400]
    await ended(line)


async def test_after_an_upgrade_that_is_not_offered_nothing_is_read(opened: Open) -> None:
    head = b"GET /1 HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n"
    line = await opened(head, GET % 2)
    assert await answer(line) == (200, b"/1")
    await ended(line)


@pytest.mark.parametrize(
    "begun", [b"GET /1 HT", b"GET /1 HTTP/1.1\r\nX: y\r\n", b"POST /1 HTTP/1.1\r\nContent-Length: 9\r\n\r\nabc"]
)
async def test_a_request_that_does_not_come_in_time(
    opened: Open, begun: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(protocol, "REQUEST_SECONDS", 0.3)
    line = await opened(begun)
    status, body = await asyncio.wait_for(answer(line), 5)
    assert status == 408
    assert json.loads(body)["detail"].startswith("The request was not whole after")
    await ended(line)


async def test_a_slow_request_that_goes_on_is_waited_for(opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protocol, "REQUEST_SECONDS", 0.3)
    monkeypatch.setattr(protocol, "BYTES_A_SECOND", 1000)
    line = await opened(b"POST /1 HTTP/1.1\r\nContent-Length: 3000\r\n\r\n")
    for _ in range(6):
        line[1].write(b"x" * 500)
        await asyncio.sleep(0.15)
    assert await answer(line) == (200, b"/1")


async def test_a_connection_that_says_nothing_is_closed(opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protocol, "REQUEST_SECONDS", 0.3)
    await ended(await opened())


async def test_a_slow_answer_is_no_slow_request(opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protocol, "REQUEST_SECONDS", 0.05)
    line = await opened(b"GET /slow HTTP/1.1\r\n\r\n")
    assert await answer(line) == (200, b"/slow")


async def test_the_connection_that_waits_longest_makes_room(opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protocol, "MOST_CONNECTIONS", 3)
    working = await opened(b"GET /slow HTTP/1.1\r\n\r\n")
    silent = [await opened(b"GET /x HTTP/1.1\r\nX:") for _ in range(2)]
    await asyncio.sleep(0.05)
    newest = await opened(GET % 1)
    assert await answer(newest) == (200, b"/1")
    with contextlib.suppress(ConnectionError):
        await ended(silent[0])
    assert await answer(working) == (200, b"/slow")


async def test_where_all_are_at_work_a_new_one_is_told_so(opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protocol, "MOST_CONNECTIONS", 2)
    working = [await opened(b"GET /slow HTTP/1.1\r\n\r\n") for _ in range(2)]
    await asyncio.sleep(0.05)
    refused = await opened()
    assert (await answer(refused))[0] == 503
    await ended(refused)
    assert [await answer(line) for line in working] == [(200, b"/slow")] * 2


async def test_answers_without_an_end_take_no_room_from_others(opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protocol, "MOST_CONNECTIONS", 2)
    lasting = [await opened(b"GET /lasting HTTP/1.1\r\n\r\n") for _ in range(3)]
    for reader, _ in lasting:
        await reader.readuntil(b"\r\n\r\n")
    working = [await opened(b"GET /slow HTTP/1.1\r\n\r\n") for _ in range(2)]
    await asyncio.sleep(0.05)
    assert (await answer(await opened()))[0] == 503
    assert [await answer(line) for line in working] == [(200, b"/slow")] * 2


async def test_an_application_can_end_a_connection_at_once(opened: Open) -> None:
    line = await opened(b"GET /abort HTTP/1.1\r\n\r\n", GET % 1)
    with contextlib.suppress(ConnectionError):
        await ended(line)


async def test_answers_that_nobody_reads_are_given_up(opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protocol, "MOST_UNREAD_BYTES", 2 * LARGE)
    deaf = [await opened(b"GET /large HTTP/1.1\r\n\r\n") for _ in range(4)]
    await asyncio.sleep(0.5)
    first, last = deaf[0], deaf[-1]
    with pytest.raises((asyncio.IncompleteReadError, ConnectionError)):
        await answer(first)
    assert (await answer(last))[0] == 200


async def test_who_does_not_read_for_too_long_is_left(opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(protocol, "UNREAD_SECONDS", 0.2)
    line = await opened(b"GET /large HTTP/1.1\r\n\r\n")
    await asyncio.sleep(0.6)
    with pytest.raises((asyncio.IncompleteReadError, ConnectionError)):
        await answer(line)
