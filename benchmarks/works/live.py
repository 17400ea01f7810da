# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Five hundred browsers that follow what changes, while much does. The browsers are a process of their own.

`python -m benchmarks.works.live PORT` is that process: it says `ready`, follows until its input ends, and tells what came.
"""

import asyncio
import subprocess
import sys
import time
from typing import Any

import msgspec

from benchmarks import client
from benchmarks.node import Running, fresh
from benchmarks.table import Row

PORT = 9793
CLIENTS = 500
RATE = 200
SECONDS = 20
ENTITIES = 1000
SENDERS = 8
MOST_MILLISECONDS, MOST_MEGABYTES = 50, 250

CONFIG = f"[limits]\nstreams_of_address = {CLIENTS}\n"

Values = dict[str, int]
"""What was said last of the attribute of each entity, by id."""


class Came(msgspec.Struct):
    """What came to all browsers. `same`: each knows the same at the end; `ordered`: no value came after a later one."""

    messages: int
    megabytes: float
    values: Values
    same: bool
    ordered: bool


class Browsers:
    """Connections that read; a message that many get is understood once."""

    def __init__(self) -> None:
        self._known: dict[bytes, Values] = {}
        self.values: list[Values] = [{} for _ in range(CLIENTS)]
        self.greeted = self.messages = self.bytes = 0
        self.ordered = True

    async def follow(self, port: int, number: int) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1 << 20)
        writer.write(f"GET /live?types={client.TYPE} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        head = await reader.readuntil(b"\r\n\r\n")
        assert b" 200 " in head, head
        try:
            while True:
                size = int(await reader.readline(), 16)
                self._take(self.values[number], (await reader.readexactly(size + 2))[:-2])
        finally:
            writer.close()

    def _take(self, values: Values, part: bytes) -> None:
        kind = part.partition(b"event: ")[2].partition(b"\n")[0]
        self.bytes += len(part)
        if kind == b"still":
            self.greeted += 1
            return
        assert kind == b"changes", part[:200]
        self.messages += 1
        said = self._known.get(part)
        if said is None:
            self._known = {part: _values(part)}
            said = self._known[part]
        self.ordered &= all(values.get(id, -1) <= value for id, value in said.items())
        values |= said


def _values(part: bytes) -> Values:
    told: dict[str, Any] = msgspec.json.decode(part.partition(b"data: ")[2])
    return {one["id"]: one["level"]["value"] for one in told["entities"]}


async def _browse(port: int) -> None:
    browsers, loop = Browsers(), asyncio.get_running_loop()
    tasks = [loop.create_task(browsers.follow(port, number)) for number in range(CLIENTS)]
    while browsers.greeted < CLIENTS:
        await asyncio.sleep(0.01)
    print("ready", flush=True)
    await loop.run_in_executor(None, sys.stdin.read)
    broken = [task for task in tasks if task.done()]
    for task in broken[:1]:
        task.result()
    last = browsers.values[0]
    same = all(values == last for values in browsers.values)
    came = Came(browsers.messages, browsers.bytes / 1e6, last, same, browsers.ordered)
    sys.stdout.buffer.write(msgspec.json.encode(came))
    for task in tasks:
        task.cancel()


async def _send(port: int, numbers: range, begin: float, late: list[float]) -> None:
    """Updates of these numbers, each at its time; notes how long after it each was answered."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for number in numbers:
        due = begin + number / RATE
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
        body = b'{"value":%d}' % number
        writer.write(
            f"PATCH /ngsi-ld/v1/entities/{_id(number)}/attrs/level HTTP/1.1\r\nHost: localhost\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n".encode()
            + body
        )
        head = await reader.readuntil(b"\r\n\r\n")
        late.append(time.perf_counter() - due)
        assert b" 204 " in head, head
    writer.close()


def _id(number: int) -> str:
    # Neighbours are far apart, so that a message has many entities.
    return f"urn:ngsi-ld:{client.TYPE}:{number * 7 % ENTITIES}"


async def _update(port: int) -> list[float]:
    """Seconds that each update took, from the moment that it was due."""
    late: list[float] = []
    begin = time.perf_counter() + 0.1 - 1000 / RATE
    numbers = range(1000, 1000 + RATE * SECONDS)
    await asyncio.gather(*(_send(port, numbers[one::SENDERS], begin, late) for one in range(SENDERS)))
    return late


def live() -> list[Row]:
    with fresh(PORT, CONFIG) as node:
        client.fill(node.port, 0, ENTITIES)
        alone = client.percentile(asyncio.run(_update(node.port)), 0.99)
        command = [sys.executable, "-m", "benchmarks.works.live", str(node.port)]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as browsers:
            assert browsers.stdout is not None
            assert browsers.stdout.readline() == b"ready\n"
            late = asyncio.run(_update(node.port))
            time.sleep(3)
            memory = node.rss()
            told, _ = browsers.communicate()
        return [_row(late, alone, memory, msgspec.json.decode(told, type=Came), node)]


def _row(late: list[float], alone: float, memory: float, came: Came, node: Running) -> Row:
    last = {_id(number): number for number in range(1000, 1000 + RATE * SECONDS)}
    missed = sum(came.values.get(id) != value for id, value in last.items())
    assert came.same and came.ordered and not missed, f"{missed} last values missed; {came.same=}, {came.ordered=}"
    p99 = client.percentile(late, 0.99)
    each = came.messages / CLIENTS / SECONDS
    return Row(
        f"{CLIENTS} live streams, {RATE} updates/s for {SECONDS} s",
        f"none missed; update p99 < {MOST_MILLISECONDS} ms; {MOST_MEGABYTES} MB",
        f"none missed, {each:.1f} messages a second to each ({came.megabytes / SECONDS:.0f} MB/s in all); update p99 {p99:.0f} ms "
        f"(without streams {alone:.0f} ms), {memory:.0f} MB (peak {node.peak():.0f} MB)",
        min(MOST_MILLISECONDS / p99, MOST_MEGABYTES / memory),
    )


if __name__ == "__main__":
    asyncio.run(_browse(int(sys.argv[1])))
