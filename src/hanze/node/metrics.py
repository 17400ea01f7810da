# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Counts and times for /metrics, in the text format of Prometheus (0.0.4)."""

import resource
import time
from bisect import bisect_left
from collections import Counter
from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

from hanze.http.reply import Send
from hanze.http.request import Receive
from hanze.store.sqlite import SqliteStore

EDGES = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
"""Upper edges of the latency histogram, seconds."""


class Metrics:
    """What one node counts."""

    def __init__(self) -> None:
        self.requests: Counter[tuple[str, int]] = Counter()
        self.buckets = [0] * (len(EDGES) + 1)
        self.seconds = 0.0

    def note(self, method: str, status: int, seconds: float) -> None:
        self.requests[method, status] += 1
        self.buckets[bisect_left(EDGES, seconds)] += 1
        self.seconds += seconds

    def text(self, store: SqliteStore, consumers: MutableMapping[str, int]) -> str:
        """The page. `consumers`: name to position in the journal."""
        head = store.head()
        lines = ["# TYPE hanze_requests_total counter"]
        lines += [
            f'hanze_requests_total{{method="{method}",status="{status}"}} {count}'
            for (method, status), count in sorted(self.requests.items())
        ]
        lines.append("# TYPE hanze_request_seconds histogram")
        total = 0
        for edge, count in zip((*EDGES, "+Inf"), self.buckets, strict=True):
            total += count
            lines.append(f'hanze_request_seconds_bucket{{le="{edge}"}} {total}')
        lines += [f"hanze_request_seconds_sum {self.seconds:.6f}", f"hanze_request_seconds_count {total}"]
        gauges = {
            "hanze_writer_queue": store.writer.waiting(),
            "hanze_journal_head": head,
            "hanze_database_bytes": _size(store.path),
            "hanze_wal_bytes": _size(store.path.with_name(store.path.name + "-wal")),
            "hanze_memory_bytes": memory(),
        }
        for name, value in gauges.items():
            lines += [f"# TYPE {name} gauge", f"{name} {value}"]
        for name, count in (("hanze_commits_total", store.writer.commits), ("hanze_writes_total", store.writer.works)):
            lines += [f"# TYPE {name} counter", f"{name} {count}"]
        if consumers:
            lines.append("# TYPE hanze_journal_lag gauge")
            lines += [f'hanze_journal_lag{{consumer="{name}"}} {head - seq}' for name, seq in sorted(consumers.items())]
        return "\n".join(lines) + "\n"


def memory() -> int:
    """Bytes of memory that the process holds."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


class Measured:
    """ASGI middleware that notes each request, and adds the headers that every reply of the node has."""

    def __init__(self, app: Any, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begin = time.perf_counter()
        status = 500

        async def sending(message: MutableMapping[str, Any]) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message["headers"], *HEADERS]
            await send(message)

        try:
            await self._app(scope, receive, sending)
        finally:
            self._metrics.note(scope["method"], status, time.perf_counter() - begin)


HEADERS = ((b"x-content-type-options", b"nosniff"), (b"cache-control", b"no-store"))
