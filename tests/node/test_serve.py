# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""How a node ends: within five seconds whatever is under way, and what was answered is there afterwards."""

import contextlib
import signal
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx2
import msgspec
import pytest

from tests.running import PATIENCE, Node, begun, folder_of, room, running, until

MOST_SECONDS = 5.0
API = "/ngsi-ld/v1"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return folder_of(tmp_path / "city")


def upload(node: Node, number: int) -> tuple[socket.socket, bytes]:
    """A connection on which half of an entity was sent, and the other half."""
    body = msgspec.json.encode(room(number, temperature=21))
    line = socket.create_connection(("127.0.0.1", node.port), PATIENCE)
    head = f"POST {API}/entities HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    line.sendall(head.encode() + body[:20])
    return line, body[20:]


def everything(line: socket.socket) -> bytes:
    """What comes until the other side closes."""
    found = b""
    with contextlib.suppress(ConnectionError):
        while part := line.recv(65536):
            found += part
    return found


def there(folder: Path) -> set[str]:
    """Ids of the rooms that a new node finds in the folder."""
    with running(folder) as node:
        found: set[str] = set()
        while True:
            page = node.ok("GET", f"/entities?type=Room&limit=1000&offset={len(found)}")
            found |= {one["id"] for one in page}
            if len(page) < 1000:
                return found


def test_idle_connections_do_not_hold_it_up(folder: Path) -> None:
    with running(folder) as node, contextlib.ExitStack() as lines:
        for _ in range(5):
            line = lines.enter_context(socket.create_connection(("127.0.0.1", node.port), PATIENCE))
            line.sendall(b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n")
            answer = b""
            while not answer.endswith(b"}"):
                answer += line.recv(65536)
            assert answer.startswith(b"HTTP/1.1 200 ")
        silent = lines.enter_context(socket.create_connection(("127.0.0.1", node.port), PATIENCE))
        begun_only = lines.enter_context(socket.create_connection(("127.0.0.1", node.port), PATIENCE))
        begun_only.sendall(b"GET /health HTT")
        time.sleep(0.1)
        assert node.stop() < 2
        assert everything(silent) == everything(begun_only) == everything(line) == b""


def test_what_is_under_way_is_answered_and_kept(folder: Path) -> None:
    with running(folder) as node:
        line, rest = upload(node, 1)
        time.sleep(0.2)
        node.process.send_signal(signal.SIGTERM)
        time.sleep(0.5)
        with pytest.raises(ConnectionError):
            socket.create_connection(("127.0.0.1", node.port), 1)  # nobody new is let in
        line.sendall(rest)
        answer = everything(line)
        assert answer.startswith(b"HTTP/1.1 201 ")
        assert b"connection: close" in answer
        node.process.wait(PATIENCE)
        line.close()
    assert there(folder) == {"urn:ngsi-ld:Room:1"}


def test_what_was_answered_is_there_and_nothing_by_halves(folder: Path) -> None:
    answered: set[str] = set()
    sent: set[str] = set()

    def write(node: Node, first: int) -> None:
        with httpx2.Client(base_url=node.address, timeout=PATIENCE) as client:
            for number in range(first, first + 100_000):
                entity = room(number, temperature=21)
                sent.add(entity["id"])
                try:
                    if client.post(f"{API}/entities", json=entity).status_code != 201:
                        return
                except httpx2.TransportError:
                    return
                answered.add(entity["id"])

    with running(folder) as node:
        writers = [threading.Thread(target=write, args=(node, first * 1_000_000)) for first in range(4)]
        for one in writers:
            one.start()
        until(lambda: len(answered) > 50, "some are answered")
        assert node.stop() < MOST_SECONDS
        for one in writers:
            one.join()
    found = there(folder)
    assert len(answered) > 50
    assert answered <= found <= sent


@contextlib.contextmanager
def hanging() -> Iterator[tuple[str, threading.Event]]:
    """The address of a receiver that takes notifications and never answers, and whether one came."""
    asked = threading.Event()
    kept: list[socket.socket] = []

    def take(listening: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while True:
                kept.append(listening.accept()[0])
                kept[-1].recv(1)
                asked.set()

    with socket.create_server(("127.0.0.1", 0)) as listening:
        listening.settimeout(PATIENCE)
        taking = threading.Thread(target=take, args=(listening,))
        taking.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}/", asked
        listening.shutdown(socket.SHUT_RDWR)
    taking.join()
    for one in kept:
        one.close()


def watch(node: Node, uri: str) -> None:
    node.ok("POST", "/subscriptions", {
        "type": "Subscription", "entities": [{"type": "Room"}], "notification": {"endpoint": {"uri": uri}},
    })  # fmt: skip


def test_a_receiver_that_hangs_does_not_hold_it_up(folder: Path) -> None:
    with hanging() as (uri, asked), running(folder, "--allow-loopback") as node:
        watch(node, uri)
        node.ok("POST", "/entities", room(1, temperature=21))
        assert asked.wait(PATIENCE)
        assert node.stop() < 3


def test_everything_at_once(folder: Path, tmp_path: Path) -> None:
    mapping = tmp_path / "air.toml"
    mapping.write_text(
        'type = "Air"\nid = "urn:x:{s}"\n[time]\ncolumn = "t"\n[[attribute]]\nname = "v"\ncolumn = "v"\n', "utf-8"
    )
    table = tmp_path / "air.csv"
    with table.open("w", encoding="utf-8") as lines:
        lines.write("s,t,v\n")
        lines.writelines(f"a{n % 50},2026-01-01T00:00:00.{n % 10**6:06d},{n}\n" for n in range(600_000))
    with hanging() as (uri, asked), running(folder, "--allow-loopback") as node:
        watch(node, uri)
        node.ok("POST", "/entities", room(1, temperature=21))
        assert asked.wait(PATIENCE)
        stalled, _ = upload(node, 2)
        idle = httpx2.Client(base_url=node.address, timeout=PATIENCE)
        assert idle.get("/health").status_code == 200
        load = begun("load", table, "--mapping", mapping, "--folder", folder)
        until(lambda: node.api("GET", "/types/Air").is_success, "the load is under way")
        assert node.stop() < MOST_SECONDS
        answer = everything(stalled)
        assert answer.startswith(b"HTTP/1.1 503 ")
        assert b"The node is stopping; ask again when it runs." in answer
        _, told = load.communicate(timeout=PATIENCE)
        assert load.returncode == 2
        assert told.startswith("hanze: The node ")
        assert told.count("\n") == 1
        idle.close()
        stalled.close()
        levels = [msgspec.json.decode(line)["level"] for line in node.log().splitlines()]
        assert "Traceback" not in node.log() and set(levels) <= {"info", "error"}
    assert there(folder) == {"urn:ngsi-ld:Room:1"}
