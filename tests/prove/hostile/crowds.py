# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Many connections at once: slow ones, silent ones, ones with large bodies, ones that do not read what they are sent."""

import contextlib
import random
import socket
import threading
import time
from collections.abc import Callable

from tests.prove.hostile.asked import ROOT
from tests.prove.hostile.tricks import GET, POST

MANY = 1_200
LARGE = 15_000_000
LARGE_AT_ONCE = 12
SECONDS = 4.0

Crowd = Callable[[int, random.Random], int]
"""Does it to the node on a port, for some seconds; how many connections took part."""


def _opened(port: int, count: int) -> list[socket.socket]:
    """As many connections as the node takes."""
    found: list[socket.socket] = []
    with contextlib.suppress(OSError):
        for _ in range(count):
            found.append(socket.create_connection(("127.0.0.1", port), 2))
    return found


def _each(connections: list[socket.socket], data: bytes) -> None:
    for connection in connections:
        with contextlib.suppress(OSError):
            connection.setblocking(False)
            connection.send(data)


def _end(connections: list[socket.socket]) -> int:
    for connection in connections:
        connection.close()
    return len(connections)


def silent(port: int, chance: random.Random) -> int:
    """Connections that never say anything."""
    connections = _opened(port, MANY)
    time.sleep(SECONDS)
    return _end(connections)


def slow_heads(port: int, chance: random.Random) -> int:
    """Heads that come byte by byte."""
    connections = _opened(port, MANY)
    _each(connections, GET)
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        _each(connections, b"X: y\r\n")
        time.sleep(0.5)
    return _end(connections)


def slow_bodies(port: int, chance: random.Random) -> int:
    """Bodies that come byte by byte."""
    connections = _opened(port, MANY // 2)
    _each(connections, POST + b"Content-Length: 1000000\r\n\r\n[")
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        _each(connections, b" ")
        time.sleep(0.5)
    return _end(connections)


def large_bodies(port: int, chance: random.Random) -> int:
    """Large bodies at the same time, none of which ever ends."""
    connections = _opened(port, LARGE_AT_ONCE)

    def send(connection: socket.socket) -> None:
        with contextlib.suppress(OSError):
            connection.sendall(POST + b"Content-Length: %d\r\n\r\n[" % (LARGE + 1) + b" " * LARGE)

    threads = [threading.Thread(target=send, args=(one,), daemon=True) for one in connections]
    for thread in threads:
        thread.start()
    time.sleep(SECONDS)
    count = _end(connections)
    for thread in threads:
        thread.join()
    return count


def deaf(port: int, chance: random.Random) -> int:
    """Connections that ask for pages, and never read one."""
    connections = _opened(port, MANY // 4)
    ask = f"GET {ROOT}/entities?type=Filler&limit=1000 HTTP/1.1\r\nHost: node\r\n\r\n".encode()
    _each(connections, ask * 20)
    time.sleep(SECONDS)
    return _end(connections)


CROWDS: tuple[Crowd, ...] = (silent, slow_heads, slow_bodies, large_bodies, deaf)
