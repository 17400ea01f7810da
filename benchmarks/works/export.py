# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A full export, page by page, while updates arrive."""

import json
import threading
import time
from pathlib import Path

from benchmarks import client
from benchmarks.node import fresh
from benchmarks.table import Row

ENTITIES = 100_000
PAGE = 1000


class Watch:
    """The largest size that a file has had since the watch began."""

    def __init__(self, path: Path) -> None:
        self.most = 0
        self._path = path
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def _run(self) -> None:
        while not self._stop.wait(0.02):
            self.most = max(self.most, self._path.stat().st_size)

    def stop(self) -> int:
        self._stop.set()
        self._thread.join()
        return self.most


def export() -> list[Row]:
    with fresh() as node:
        client.fill(node.port, 0, ENTITIES)
        watch = Watch(node.folder / "hanze.db-wal")
        stream = client.Updates(node.port, ENTITIES, 500)
        connection, seen, begin = client.Connection(node.port), set[str](), time.perf_counter()
        for offset in range(0, ENTITIES, PAGE):
            path = f"/ngsi-ld/v1/entities?type={client.TYPE}&limit={PAGE}&offset={offset}"
            status, answer = connection.call("GET", path)
            assert status == 200, answer[:300]
            seen.update(one["id"] for one in json.loads(answer))
        spent = time.perf_counter() - begin
        stream.stop()
        log = watch.stop() / 1e6
    assert len(seen) == ENTITIES, len(seen)
    p99 = client.percentile(stream.times, 0.99)
    return [
        Row(
            f"export of {ENTITIES:,} entities in pages of {PAGE:,} while 500 updates/s arrive",
            "log < 256 MB; updates p99 < 100 ms",
            f"log {log:.0f} MB; updates p99 {p99:.1f} ms; {spent:.1f} s",
            min(256 / log, 100 / p99),
        )
    ]
