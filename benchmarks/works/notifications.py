# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A thousand subscriptions: each update matches one, and one update matches all. The receiver is this process."""

import asyncio
import json
import time
from collections.abc import Awaitable, Callable

from benchmarks import client
from benchmarks.node import Running, fresh
from benchmarks.table import Row

SUBSCRIPTIONS = 1000
RATE = 1000
SECONDS = 10
SENDERS = 8
PORT = 9792
ANSWER = b"HTTP/1.1 204 No Content\r\n\r\n"


class Receiver:
    """Answers 204 and notes when which value of which entity came."""

    def __init__(self) -> None:
        self.came: dict[str, list[tuple[int, float]]] = {}
        self.count = 0
        self._open: set[asyncio.StreamWriter] = set()

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._open.add(writer)
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                length = int(head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0])
                body = json.loads(await reader.readexactly(length))
                writer.write(ANSWER)
                now = time.perf_counter()
                for entity in body["data"]:
                    key = body["subscriptionId"]
                    self.came.setdefault(key, []).append((entity["level"]["value"], now))
                    self.count += 1
        except (asyncio.IncompleteReadError, ConnectionError):
            return
        finally:
            self._open.discard(writer)
            writer.close()

    async def close(self) -> None:
        """Ends the connections, so that none is left waiting."""
        for writer in list(self._open):
            writer.close()
        while self._open:
            await asyncio.sleep(0.01)

    async def wait(self, count: int, seconds: float) -> None:
        end = time.monotonic() + seconds
        while self.count < count and time.monotonic() < end:
            await asyncio.sleep(0.005)


def notifications() -> list[Row]:
    with fresh() as node:
        client.fill(node.port, 0, SUBSCRIPTIONS)
        connection = client.Connection(node.port)
        for number in range(SUBSCRIPTIONS):
            _subscribe(connection, f"one:{number}", {"id": f"urn:ngsi-ld:{client.TYPE}:{number}"})
        rows = asyncio.run(_with_receiver(lambda receiver: _each(node, receiver)))
        connection = client.Connection(node.port)
        for number in range(SUBSCRIPTIONS):
            connection.call("DELETE", f"/ngsi-ld/v1/subscriptions/urn:ngsi-ld:Subscription:one:{number}")
            _subscribe(connection, f"all:{number}", {})
        return rows + asyncio.run(_with_receiver(lambda receiver: _all(node, receiver)))


def _subscribe(connection: client.Connection, name: str, who: dict[str, str]) -> None:
    document = {
        "id": f"urn:ngsi-ld:Subscription:{name}", "type": "Subscription",
        "entities": [{"type": client.TYPE, **who}], "watchedAttributes": ["level"],
        "notification": {"attributes": ["level"], "endpoint": {"uri": f"http://127.0.0.1:{PORT}/"}},
    }  # fmt: skip
    status, answer = connection.call("POST", "/ngsi-ld/v1/subscriptions", json.dumps(document).encode())
    assert status == 201, answer[:300]


async def _with_receiver(work: Callable[[Receiver], Awaitable[list[Row]]]) -> list[Row]:
    receiver = Receiver()
    server = await asyncio.start_server(receiver.serve, "127.0.0.1", PORT)
    try:
        return await work(receiver)
    finally:
        server.close()
        await receiver.close()


async def _send(port: int, numbers: range, begin: float, sent: dict[int, float]) -> None:
    """Updates of these numbers, each at its time; notes when each was sent."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for number in numbers:
        await asyncio.sleep(max(0.0, begin + number / RATE - time.perf_counter()))
        body = b'{"value":%d}' % number
        path = f"/ngsi-ld/v1/entities/urn:ngsi-ld:{client.TYPE}:{number % SUBSCRIPTIONS}/attrs/level"
        sent[number] = time.perf_counter()
        writer.write(
            f"PATCH {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(body)}\r\n\r\n".encode()
            + body
        )
        head = await reader.readuntil(b"\r\n\r\n")
        assert b" 204 " in head, head
    writer.close()


async def _each(node: Running, receiver: Receiver) -> list[Row]:
    sent: dict[int, float] = {}
    first, last = SUBSCRIPTIONS, SUBSCRIPTIONS + RATE * SECONDS
    begin = time.perf_counter() - first / RATE
    await asyncio.gather(*(_send(node.port, range(first + one, last, SENDERS), begin, sent) for one in range(SENDERS)))
    await receiver.wait(len(sent), 30)
    late = [at - sent[value] for came in receiver.came.values() for value, at in came]
    ordered = all([value for value, _ in came] == sorted(value for value, _ in came) for came in receiver.came.values())
    assert ordered and receiver.count == len(sent), f"{receiver.count} of {len(sent)} came, in order: {ordered}"
    p95 = client.percentile(late, 0.95)
    return [
        Row(
            f"{SUBSCRIPTIONS:,} subscriptions, each update matches one, {RATE:,} updates/s for {SECONDS} s",
            "all, in order; p95 < 250 ms",
            f"{receiver.count:,} of {len(sent):,}, in order; from sending the update p95 {p95:.0f} ms",
            250 / p95,
        )
    ]


async def _all(node: Running, receiver: Receiver) -> list[Row]:
    begin = time.perf_counter()
    await _send(node.port, range(7, 8), begin - 7 / RATE, {})
    await receiver.wait(SUBSCRIPTIONS, 60)
    assert receiver.count == SUBSCRIPTIONS, receiver.count
    last = max(at for came in receiver.came.values() for _, at in came)
    return [
        Row(f"one update that matches all {SUBSCRIPTIONS:,}", "time stated", f"all notified after {last - begin:.2f} s")
    ]
