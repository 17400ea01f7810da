# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A node that mirrors another broker, which is a node too: how long the copy takes, how far behind it is, and after an outage."""

import asyncio
import json
import subprocess
import sys
import threading
import time

import httpx2

from benchmarks import client
from benchmarks.node import Running, fresh
from benchmarks.table import Row
from benchmarks.works.notifications import Receiver

ENTITIES = 100_000
RATE, SECONDS = 200, 10
OUTAGE_SECONDS = 10
CHANGED = 2_000
THEIRS, OURS, RECEIVER = 9830, 9840, 9850
DEVICES = f"/ngsi-ld/v1/entities?type={client.TYPE}"


def mirror() -> list[Row]:
    with fresh(THEIRS) as theirs, fresh(OURS) as ours:
        client.fill(theirs.port, 0, ENTITIES)
        rows = [_copy(theirs, ours)]
        rows.append(asyncio.run(_behind(theirs, ours)))
        rows.append(_ours_away(theirs, ours))
        rows.append(_theirs_away(theirs, ours))
        return rows


def _copy(theirs: Running, ours: Running) -> Row:
    waiting = _Waiting(ours.port)
    begin = time.perf_counter()
    command = ["feed", "add", "mirror", "--kind", "ngsild", "--url", theirs.url, "--folder", str(ours.folder)]
    subprocess.run([sys.executable, "-m", "hanze.cli", *command], check=True, stdout=subprocess.DEVNULL)
    _until(ours, "", ENTITIES, 300)
    spent = time.perf_counter() - begin
    p99 = client.percentile(waiting.stop(), 0.99)
    return Row(
        f"mirror of another broker: the copy of {ENTITIES:,} entities",
        "< 60 s",
        f"{spent:.1f} s; meanwhile a reading of one entity p99 {p99:.0f} ms, {ours.peak():.0f} MB at most",
        60 / spent,
    )


class _Waiting:
    """How long small requests take beside the measurement."""

    def __init__(self, port: int) -> None:
        self._times: list[float] = []
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, args=(port,))
        self._thread.start()

    def _run(self, port: int) -> None:
        connection = client.Connection(port)
        while not self._stop.is_set():
            begin = time.perf_counter()
            connection.call("GET", f"/ngsi-ld/v1/entities/urn:ngsi-ld:{client.TYPE}:1")
            self._times.append(time.perf_counter() - begin)
            time.sleep(0.02)

    def stop(self) -> list[float]:
        self._stop.set()
        self._thread.join()
        return self._times


async def _behind(theirs: Running, ours: Running) -> Row:
    """From sending the update to the other broker until a subscriber of ours is told."""
    receiver = Receiver()
    server = await asyncio.start_server(receiver.serve, "127.0.0.1", RECEIVER)
    document = {
        "id": "urn:ngsi-ld:Subscription:told", "type": "Subscription", "entities": [{"type": client.TYPE}],
        "watchedAttributes": ["level"],
        "notification": {"attributes": ["level"], "endpoint": {"uri": f"http://127.0.0.1:{RECEIVER}/"}},
    }  # fmt: skip
    status, answer = client.Connection(ours.port).call(
        "POST", "/ngsi-ld/v1/subscriptions", json.dumps(document).encode()
    )
    assert status == 201, answer[:300]
    sent: dict[int, float] = {}
    await asyncio.to_thread(_updates, theirs.port, sent)
    await receiver.wait(len(sent), 60)
    server.close()
    await receiver.close()
    late = [at - sent[value] for came in receiver.came.values() for value, at in came]
    came = {value for told in receiver.came.values() for value, _ in told}
    assert len(late) == len(sent) == len(came), _lost(ours, sorted(sent.keys() - came), len(late))
    p95 = client.percentile(late, 0.95)
    return Row(
        f"mirror: {RATE} updates/s at the other for {SECONDS} s",
        "all; < 1 s behind",
        f"{len(late):,} of {len(sent):,}; p95 {p95:.0f} ms behind, {max(late) * 1000:.0f} ms at most",
        1000 / p95,
    )


def _lost(ours: Running, missing: list[int], count: int) -> str:
    """What is wrong, and with whom: with the mirror, or with its notifications."""
    connection, there = client.Connection(ours.port), 0
    for number in missing:
        path = f"/ngsi-ld/v1/entities/urn:ngsi-ld:{client.TYPE}:{number % ENTITIES}"
        there += json.loads(connection.call("GET", path)[1])["level"]["value"] == number
    return f"{count} came, {len(missing)} values did not, of which the mirror has {there}: {missing[:5]}"


def _updates(port: int, sent: dict[int, float]) -> None:
    connection, begin = client.Connection(port), time.perf_counter()
    for number in range(1000, 1000 + RATE * SECONDS):
        time.sleep(max(0.0, begin + (number - 1000) / RATE - time.perf_counter()))
        sent[number] = time.perf_counter()
        path = f"/ngsi-ld/v1/entities/urn:ngsi-ld:{client.TYPE}:{number % ENTITIES}/attrs/level"
        status, answer = connection.call("PATCH", path, b'{"value":%d}' % number)
        assert status == 204, answer[:300]


def _ours_away(theirs: Running, ours: Running) -> Row:
    ours.kill()
    begin = time.perf_counter()
    _change(theirs, 10_000)
    time.sleep(max(0.0, OUTAGE_SECONDS - (time.perf_counter() - begin)))
    begin = time.perf_counter()
    ours.start()
    _until(ours, "&q=power>=10000", CHANGED, 300)
    return _row("the mirror killed", time.perf_counter() - begin)


def _theirs_away(theirs: Running, ours: Running) -> Row:
    theirs.kill()
    time.sleep(OUTAGE_SECONDS)
    theirs.start()
    begin = time.perf_counter()
    _change(theirs, 20_000)
    _until(ours, "&q=power>=20000", CHANGED, 300)
    return _row("the other killed", time.perf_counter() - begin)


def _row(what: str, spent: float) -> Row:
    return Row(
        f"mirror: {what}, {OUTAGE_SECONDS} s away, {CHANGED:,} of {ENTITIES:,} entities changed",
        "complete without a hand",
        f"complete {spent:.1f} s after the restart",
    )


def _change(node: Running, value: int) -> None:
    connection = client.Connection(node.port)
    for first in range(0, CHANGED, 1000):
        bodies = [
            {**client.entity(number), "power": {"type": "Property", "value": value}}
            for number in range(first, first + 1000)
        ]
        status, answer = connection.call("POST", "/ngsi-ld/v1/entityOperations/upsert", json.dumps(bodies).encode())
        assert status in (201, 204), answer[:300]


def _until(node: Running, more: str, count: int, seconds: float) -> None:
    """The node has so many entities."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if _count(node.port, more) == count:
            return
        time.sleep(0.25)
    raise TimeoutError(f"{_count(node.port, more)} of {count} entities after {seconds} s")


def _count(port: int, more: str) -> int:
    answer = httpx2.get(f"http://127.0.0.1:{port}{DEVICES}&limit=0&count=true{more}", timeout=60)
    return int(answer.headers["ngsild-results-count"])
