# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A whole node by the clock of the machine: when an agreement ends, its streams and subscriptions stop within five seconds."""

import asyncio
import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import httpx2
import msgspec
import uvicorn

from hanze.access import VAULTS, agreed, keys, log
from hanze.access.agreed import Agreed
from hanze.ngsild import times
from hanze.node import config
from hanze.node.node import Node
from hanze.node.serve import settings
from hanze.store import sqlite
from hanze.store.scope import Grant
from tests.contract.making import iri
from tests.running import folder_of, until

QUIET = "urn:ngsi-ld:Agreement:havendam:quiet"
LASTS = 3.0
"""Seconds."""

STOPS = 5.0
"""Seconds after its end."""


class Came:
    """What reached the partner: when (microseconds), by which way, and the value."""

    def __init__(self) -> None:
        self.found: list[tuple[int, str, float]] = []
        self.ended = 0

    def note(self, way: str, entities: list[Any]) -> None:
        for one in entities:
            value = one["db"]["value"] if isinstance(one["db"], dict) else one["db"]
            self.found.append((times.system(), way, value))

    def ways(self) -> set[str]:
        return {way for _, way, _ in self.found}


@contextmanager
def receiving(came: Came) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            came.note("sent", msgspec.json.decode(body)["data"])
            self.send_response(204)
            self.end_headers()

        def log_message(self, *words: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()
    thread.join()


def follow(address: str, key: str, came: Came) -> threading.Thread:
    """Reads a stream until it ends."""

    def work() -> None:
        with httpx2.stream("GET", f"{address}/live?types=Noise", headers={"X-API-Key": key}, timeout=30) as answer:
            for line in answer.iter_lines():
                if line.startswith("data: {"):
                    came.note("live", msgspec.json.decode(line.removeprefix("data: "))["entities"])
        came.ended = times.system()

    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    return thread


@contextmanager
def serving(folder: Path) -> Iterator[tuple[Node, httpx2.Client]]:
    """The node of a new folder, by its real server in a thread of its own."""
    bound = socket.create_server(("127.0.0.1", 0))
    address = f"http://127.0.0.1:{bound.getsockname()[1]}"
    settled = config.load(folder)
    node = Node(folder, settled, times.system, open=True, address=address)
    server = uvicorn.Server(settings(node.app, settled.server))
    thread = threading.Thread(target=lambda: asyncio.run(server._serve([bound])), daemon=True)
    thread.start()
    until(lambda: server.started, "the node runs")
    with httpx2.Client(base_url=address, timeout=20) as client:
        yield node, client
    server.should_exit = True
    thread.join(20)
    bound.close()


def bound_key(node: Node) -> tuple[str, int]:
    """The key of an agreement that ends soon, and when."""
    now = times.system()
    ends = now + int(LASTS * 1e6)
    grant = Grant(types=frozenset({iri("Noise")}), attributes=frozenset({iri("db")}))
    made = Agreed(id=QUIET, grants=(grant,), starts=now, ends=ends)
    node.store.submit(lambda work: agreed.put(work, made)).result()
    text, _ = node.store.submit(
        lambda work: keys.create(work, os.urandom, "operator", "reader", agreement=QUIET, name="noise lab")
    ).result()
    node.access.forget_keys()
    return text, ends


def write(client: httpx2.Client, value: float) -> None:
    body = {"id": "urn:ngsi-ld:Noise:1", "type": "Noise", "db": {"type": "Property", "value": value}}
    assert client.post("/ngsi-ld/v1/entityOperations/upsert", json=[body]).is_success


def test_streams_subscriptions_and_calls_stop(tmp_path: Path) -> None:
    folder = folder_of(
        tmp_path / "city", '[city]\nname = "Havendam"\ncode = "havendam"\n\n[outgoing]\nallow = ["127.0.0.1"]\n'
    )
    came = Came()
    with receiving(came) as url, serving(folder) as (node, client):
        write(client, 0.0)
        key, ends = bound_key(node)
        with_key = {"X-API-Key": key}

        def ask(path: str) -> httpx2.Response:
            return client.get("/ngsi-ld/v1" + path, headers=with_key)

        subscription = {
            "type": "Subscription", "entities": [{"type": "Noise"}],
            "notification": {"endpoint": {"uri": url, "accept": "application/json"}},
        }  # fmt: skip
        made = client.post("/ngsi-ld/v1/subscriptions", json=subscription, headers=with_key)
        assert made.status_code == 201, made.text
        thread = follow(str(client.base_url).rstrip("/"), key, came)
        until(lambda: node.live.hub.figures()["streams"], "the stream begins")
        value, written, refused = 0.0, 0.0, 0
        while (now := times.system()) < ends + STOPS * 1e6:
            value += 1
            written = value if now < ends else written
            write(client, value)
            status = ask("/entities/urn:ngsi-ld:Noise:1").status_code
            refused = refused or (times.system() if status == 403 else 0)
            time.sleep(0.1)
        thread.join(1)
        assert came.ways() == {"sent", "live"}, "nothing came before the end"
        last = max(at for at, _, _ in came.found)
        print(f"after the end: call {refused - ends}, stream {came.ended - ends}, last {last - ends} microseconds")
        assert ends < came.ended < ends + STOPS * 1e6 and last < ends + STOPS * 1e6 and refused < ends + STOPS * 1e6
        # What was written after the end did not leave, by no way.
        assert max(seen for _, _, seen in came.found) <= written + 1
        answer = ask("/entities?type=Noise")
        assert answer.status_code == 403 and "ended on" in answer.json()["detail"]
        refusal = client.post("/ngsi-ld/v1/subscriptions", json=subscription, headers=with_key)
        assert refusal.status_code == 403 and value > written + 5
    store = sqlite.open(folder, clock=times.system, vaults=VAULTS)
    found = [one for one in log.entries(store) if one.agreement == QUIET]
    store.close()
    assert sum(one.calls for one in found) > 10 and sum(one.reads for one in found) >= len(came.found)
    assert {one.principal.partition(" (")[0] for one in found} == {"noise lab"}
