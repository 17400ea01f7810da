# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Counts and times for /metrics, in the text format of Prometheus (0.0.4)."""

import resource
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from hanze.store.sqlite import SqliteStore

EDGES = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
"""Upper edges of the latency histogram, seconds."""

METRICS = {
    "hanze_requests_total": ("counter", "Requests that were answered, by method and status."),
    "hanze_request_seconds": ("histogram", "Seconds from the head of a request to the end of its reply."),
    "hanze_writer_queue": ("gauge", "Works that wait for the writer."),
    "hanze_writes_total": ("counter", "Works that the writer did."),
    "hanze_commits_total": ("counter", "Transactions in which it did them."),
    "hanze_journal_head": ("gauge", "Number of the last change in the journal."),
    "hanze_journal_lag": ("gauge", "Changes that the slowest reader of the journal has not taken yet."),
    "hanze_database_bytes": ("gauge", "Size of the database."),
    "hanze_wal_bytes": ("gauge", "Size of its write-ahead log."),
    "hanze_memory_bytes": ("gauge", "Memory that the process holds."),
    "hanze_store_memory_bytes": ("gauge", "The part of it that is the store's, nearly all for its caches."),
    "hanze_subscriptions": ("gauge", "Subscriptions that there are."),
    "hanze_subscriptions_behind": ("gauge", "Subscriptions whose receiver is too slow, so that changes wait for it."),
    "hanze_subscriptions_failing": ("gauge", "Subscriptions whose last notification failed."),
    "hanze_notifications_sent_total": ("counter", "Notifications that were taken by their receivers."),
    "hanze_notifications_failed_total": ("counter", "Attempts to notify that failed."),
    "hanze_notifications_missed": ("gauge", "Notifications of the subscriptions there are that will never be sent."),
    "hanze_notifier_lag": ("gauge", "Changes in the journal that the notifier has not looked at yet."),
    "hanze_live_streams": ("gauge", "Streams of live changes that are open."),
    "hanze_live_messages_total": ("counter", "Messages that were sent on them."),
    "hanze_live_dropped_total": ("counter", "Streams whose client did not read, so that they were ended."),
    "hanze_calculations": ("gauge", "Calculations that run in processes of their own."),
    "hanze_calculations_waiting": ("gauge", "Calculations that wait for such a process."),
    "hanze_calculations_failed_total": ("counter", "Calculations that took too much time or memory, or broke."),
}
"""Name to kind and meaning; the reference page is made from it."""

_TOLD = {
    "hanze_subscriptions": "subscriptions", "hanze_subscriptions_behind": "behind",
    "hanze_subscriptions_failing": "failing", "hanze_notifications_sent_total": "sent",
    "hanze_notifications_failed_total": "failed", "hanze_notifications_missed": "missed", "hanze_notifier_lag": "lag",
    "hanze_live_streams": "streams", "hanze_live_messages_total": "messages", "hanze_live_dropped_total": "dropped",
    "hanze_calculations": "calculations", "hanze_calculations_waiting": "calculations_waiting",
    "hanze_calculations_failed_total": "calculations_failed",
}  # fmt: skip


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

    def text(self, store: SqliteStore, figures: Mapping[str, int]) -> str:
        """The page. `figures`: of the notifier, of the live streams and of calculations."""
        head = store.head()
        values = {
            "hanze_writer_queue": store.writer.waiting(),
            "hanze_writes_total": store.writer.works,
            "hanze_commits_total": store.writer.commits,
            "hanze_journal_head": head,
            "hanze_journal_lag": head - min(store.consumers().values(), default=head),
            "hanze_database_bytes": _size(store.path),
            "hanze_wal_bytes": _size(store.path.with_name(store.path.name + "-wal")),
            "hanze_memory_bytes": memory(),
            "hanze_store_memory_bytes": store.memory(),
            **{name: figures[key] for name, key in _TOLD.items()},
        }
        lines = []
        for name, (kind, told) in METRICS.items():
            lines += [f"# HELP {name} {told}", f"# TYPE {name} {kind}"]
            if name == "hanze_requests_total":
                lines += self._requests(name)
            elif kind == "histogram":
                lines += self._histogram(name)
            else:
                lines.append(f"{name} {values[name]}")
        return "\n".join(lines) + "\n"

    def _requests(self, name: str) -> Iterator[str]:
        for (method, status), count in sorted(self.requests.items()):
            yield f'{name}{{method="{method}",status="{status}"}} {count}'

    def _histogram(self, name: str) -> Iterator[str]:
        total = 0
        for edge, count in zip((*EDGES, "+Inf"), self.buckets, strict=True):
            total += count
            yield f'{name}_bucket{{le="{edge}"}} {total}'
        yield f"{name}_sum {self.seconds:.6f}"
        yield f"{name}_count {total}"


def memory() -> int:
    """Bytes of memory that the process holds."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0
