# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is written in one turn of the event loop leaves together, in order, whatever comes after."""

import asyncio
import socket

import pytest

from hanze.node.gathering import JOINED_BYTES, Gathering

pytestmark = pytest.mark.anyio


async def pair() -> tuple[Gathering, socket.socket]:
    """The transport of one end of a connection, and the other end."""
    loop = asyncio.get_running_loop()
    near, far = socket.socketpair()
    far.settimeout(5)
    transport, _ = await loop.create_connection(asyncio.Protocol, sock=near)
    return Gathering(transport, loop), far


def rest(far: socket.socket) -> bytes:
    with far, far.makefile("rb") as file:
        return file.read()


async def test_head_and_body_come_in_one_piece() -> None:
    transport, far = await pair()
    transport.write(b"head ")
    transport.write(b"body")
    assert transport.get_write_buffer_size() == 9
    await asyncio.sleep(0.01)
    assert await asyncio.to_thread(far.recv, 100) == b"head body"
    assert transport.get_write_buffer_size() == 0
    transport.write(b"more")
    await asyncio.sleep(0.01)
    assert await asyncio.to_thread(far.recv, 100) == b"more"
    transport.close()
    assert await asyncio.to_thread(rest, far) == b""


async def test_a_large_body_comes_whole_after_its_head() -> None:
    transport, far = await pair()
    body = bytes(range(256)) * (JOINED_BYTES // 128)
    transport.write(b"head ")
    transport.write(body)
    transport.close()
    assert await asyncio.to_thread(rest, far) == b"head " + body


async def test_what_was_written_before_a_close_arrives_and_before_an_abort_does_not() -> None:
    transport, far = await pair()
    transport.write(b"last words")
    transport.close()
    transport.write(b"too late")
    assert await asyncio.to_thread(rest, far) == b"last words"
    transport, far = await pair()
    transport.write(b"never said")
    transport.abort()
    assert transport.is_closing()
    assert await asyncio.to_thread(rest, far) == b""
