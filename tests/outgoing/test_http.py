# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The client against a real server on loopback: limits, redirects, kept connections, line, circuit."""

import asyncio
import socket

import pytest

from hanze.errors import AddressRefused, CallFailed, ContextNotAvailable
from hanze.outgoing import Client, Guard
from hanze.outgoing.destination import MOST_CONNECTIONS
from hanze.outgoing.documents import fetcher
from tests.outgoing.server import OK, Asked, always, serving

pytestmark = pytest.mark.anyio


def client(*allow: str) -> Client:
    return Client(Guard(allow or ("127.0.0.1",)))


def unused_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


async def test_post_arrives_as_sent_and_connections_are_kept() -> None:
    calls = client()
    async with serving(always(OK)) as server:
        for number in range(5):
            response = await calls.request(
                "POST", server.url("/a?b=1"), headers=[("X-Key", "café")], body=f"body {number}".encode()
            )
            assert (response.status, response.body, response.cut) == (200, b"ok", False)
        assert server.connections == 1
        assert [one.body for one in server.asked] == [f"body {n}".encode() for n in range(5)]
        assert server.asked[0].method == "POST"
        assert server.asked[0].path == "/a?b=1"
        assert server.asked[0].headers["host"] == f"127.0.0.1:{server.port}"
        assert server.asked[0].headers["x-key"] == "café"
    calls.close()


@pytest.mark.parametrize(
    ("reply", "body"),
    [
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n", b"abcde"),
        (b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nuntil the end", b"until the end"),
        (b"HTTP/1.0 200 OK\r\nConnection: close\r\n\r\nold", b"old"),
        (b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx", b"x"),
        (b"HTTP/1.1 204 No Content\r\n\r\n", b""),
    ],
)
async def test_ways_to_frame_a_response(reply: bytes, body: bytes) -> None:
    calls = client()
    async with serving(always(reply)) as server:
        for _ in range(2):
            response = await calls.request("GET", server.url(), seconds=2)
            assert response.body == body
    calls.close()


@pytest.mark.parametrize(
    "reply",
    [
        b"SSH-2.0-OpenSSH\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\nConnection: close\r\n\r\nshort",
        b"HTTP/1.1 101 Switching\r\nUpgrade: websocket\r\nConnection: upgrade\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X: " + b"y" * 100_000 + b"\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 20_000 + b"\r\n",
        None,
    ],
)
async def test_broken_responses(reply: bytes | None) -> None:
    async def answer(asked: Asked) -> bytes | None:
        return reply

    calls = client()
    async with serving(answer) as server:
        with pytest.raises(CallFailed):
            await calls.request("GET", server.url(), seconds=2)
    calls.close()


async def test_size_limit() -> None:
    calls = client()
    async with serving(always(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n" + b"x" * 100_000)) as server:
        response = await calls.request("GET", server.url(), most_bytes=1000)
        assert (len(response.body), response.cut) == (1000, True)
        with pytest.raises(CallFailed, match="more than 1000 bytes"):
            await calls.get(server.url(), most_bytes=1000)
        assert len(await calls.get(server.url())) == 100_000
        assert server.connections == 3, "a connection with unread bytes is not used again"
    calls.close()


async def test_time_limit_covers_the_whole_answer() -> None:
    async def answer(asked: Asked) -> bytes:
        await asyncio.sleep(5)
        return OK

    calls = client()
    async with serving(answer) as server:
        with pytest.raises(CallFailed, match=r"did not answer within 0\.2 s"):
            await calls.request("GET", server.url(), seconds=0.2)
    calls.close()


async def test_a_connection_that_the_server_closed_is_replaced() -> None:
    async def answer(asked: Asked) -> bytes | None:
        return None if asked.connection == 1 and len(server.asked) > 1 else OK

    calls = client()
    async with serving(answer) as server:
        assert (await calls.request("POST", server.url(), body=b"1")).status == 200
        assert (await calls.request("POST", server.url(), body=b"2")).status == 200
        assert [(one.body, one.connection) for one in server.asked] == [(b"1", 1), (b"2", 1), (b"2", 2)]
    calls.close()


async def test_bytes_that_nobody_asked_for_close_the_connection() -> None:
    calls = client()
    async with serving(always(OK + b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil")) as server:
        for _ in range(3):
            assert (await calls.request("GET", server.url())).body == b"ok"
            await asyncio.sleep(0.01)
    calls.close()


async def test_redirects_pass_the_guard_at_each_hop() -> None:
    async def answer(asked: Asked) -> bytes:
        places = {"/1": "/2", "/2": "/3", "/loop": "/loop", "/out": "http://169.254.169.254/latest/meta-data"}
        if asked.path in places:
            return f"HTTP/1.1 302 Found\r\nLocation: {places[asked.path]}\r\nContent-Length: 0\r\n\r\n".encode()
        return OK

    calls = client()
    async with serving(answer) as server:
        assert await calls.get(server.url("/1")) == b"ok"
        assert [one.path for one in server.asked] == ["/1", "/2", "/3"]
        with pytest.raises(CallFailed, match="more than 5 times"):
            await calls.get(server.url("/loop"))
        with pytest.raises(AddressRefused):
            await calls.get(server.url("/out"))
        assert (await calls.request("POST", server.url("/1"))).status == 302, "request does not follow"
    calls.close()


async def test_loopback_is_refused_without_a_connection() -> None:
    calls = client("10.0.0.0/8")
    async with serving(always(OK)) as server:
        for host in ("127.0.0.1", "localhost", "[::1]", "2130706433"):
            with pytest.raises(AddressRefused):
                await calls.request("GET", f"http://{host}:{server.port}/")
        assert server.connections == 0


async def test_headers_cannot_break_out() -> None:
    calls = client()
    with pytest.raises(CallFailed, match="line break"):
        await calls.request("GET", "http://127.0.0.1:1/", headers=[("X", "a\r\nHost: b")])


async def test_only_so_many_connections_and_first_come_first_served() -> None:
    busy = 0
    most = 0

    async def answer(asked: Asked) -> bytes:
        nonlocal busy, most
        busy += 1
        most = max(most, busy)
        await asyncio.sleep(0.01)
        busy -= 1
        return OK

    calls = client()
    async with serving(answer) as server:
        replies = await asyncio.gather(*(calls.request("GET", server.url(f"/{n}")) for n in range(100)))
        assert {reply.status for reply in replies} == {200}
        assert most == server.connections == MOST_CONNECTIONS
    calls.close()


async def test_who_gives_up_in_line_leaves_no_gap() -> None:
    gate = asyncio.Event()

    async def answer(asked: Asked) -> bytes:
        await gate.wait()
        return OK

    calls = client()
    async with serving(answer) as server:
        tasks = [asyncio.ensure_future(calls.request("GET", server.url())) for _ in range(MOST_CONNECTIONS + 20)]
        await asyncio.sleep(0.05)
        for task in tasks[MOST_CONNECTIONS : MOST_CONNECTIONS + 10] + tasks[:5]:
            task.cancel()
        await asyncio.sleep(0.05)
        gate.set()
        done = await asyncio.gather(*tasks, return_exceptions=True)
        assert sum(isinstance(one, asyncio.CancelledError) for one in done) == 15
        assert (await calls.request("GET", server.url(), seconds=1)).status == 200
    calls.close()


async def test_a_dead_destination_is_left_alone_and_found_again() -> None:
    calls = client()
    port = unused_port()
    url = f"http://127.0.0.1:{port}/"
    for _ in range(5):
        with pytest.raises(CallFailed, match="cannot be reached") as failed:
            await calls.request("GET", url)
        assert failed.value.wait == 0
    with pytest.raises(CallFailed, match="left alone") as resting:
        await calls.request("GET", url)
    assert 0 < resting.value.wait <= 0.5
    async with serving(always(OK), port=port):
        await asyncio.sleep(resting.value.wait)
        assert (await calls.request("GET", url)).status == 200
    calls.close()


async def test_json_and_documents() -> None:
    async def answer(asked: Asked) -> bytes:
        if asked.path == "/gone":
            return b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"
        if asked.path == "/packed":
            return b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\nxx"
        body = b'{"a": 1}' if asked.path == "/json" else b"<html>"
        return b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body)

    calls = client()
    async with serving(answer) as server:
        assert await calls.get_json(server.url("/json")) == {"a": 1}
        with pytest.raises(CallFailed, match="not JSON"):
            await calls.get_json(server.url("/html"))
        with pytest.raises(CallFailed, match="encoding gzip"):
            await calls.get(server.url("/packed"))
        fetch = fetcher(calls, seconds=1, most_bytes=100)
        assert await fetch(server.url("/json")) == b'{"a": 1}'
        with pytest.raises(ContextNotAvailable, match="status 404"):
            await fetch(server.url("/gone"))
    calls.close()
