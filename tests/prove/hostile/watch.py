# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Looks at a node from a process of its own all the while: how long /health takes, how much memory the node holds."""

import multiprocessing
import os
import time
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple

from tests.prove.node import Node
from tests.prove.seen import check
from tests.prove.wire import Lost, Wire

HEALTH_SECONDS = 1.0
MEGABYTES = 400.0
EVERY = 0.05
QUERY = "/ngsi-ld/v1/entities?type=Filler&limit=1"


class Measured(NamedTuple):
    """The slowest /health and the slowest small query in seconds, the most memory in megabytes, what else went wrong."""

    slowest: float
    query: float
    memory: float
    wrong: str


class Watch:
    """Watches until it is asked; `check` fails where the node broke its promise since the last time."""

    def __init__(self, node: Node) -> None:
        context = multiprocessing.get_context("spawn")
        self._ours, theirs = context.Pipe()
        self._process = context.Process(target=_watch, args=(theirs, node.port, node.process.pid), daemon=True)
        self._process.start()
        self._ours.recv()

    def seen(self) -> Measured:
        self._ours.send(True)
        found = self._ours.recv()
        assert isinstance(found, Measured)
        return found

    def check(self, about: str, *, queries: bool = False) -> Measured:
        """`about`: what was done since the last time, for the message. `queries`: those of others too come in time."""
        found = self.seen()
        check(not found.wrong, f"{about}: {found.wrong}")
        check(found.slowest <= HEALTH_SECONDS, f"{about}: /health took {found.slowest:.2f} s")
        check(found.query <= HEALTH_SECONDS or not queries, f"{about}: another query took {found.query:.2f} s")
        check(found.memory <= MEGABYTES, f"{about}: the node holds {found.memory:.0f} MB")
        return found

    def close(self) -> None:
        self._ours.send(False)
        self._process.join(10)


def _watch(asked: Connection, port: int, process: int) -> None:
    asked.send(True)
    times, memory, wrong = {"/health": 0.0, QUERY: 0.0}, 0.0, ""
    wire: Wire | None = None
    while True:
        for path in times:
            begin = time.perf_counter()
            try:
                wire = wire or Wire(port, 10)
                answer = wire.call("GET", path)
                wrong = wrong or ("" if answer.status == 200 else f"{path} says {answer.status} {answer.body[:300]!r}")
            except Lost as error:
                # A kept connection may be closed at any time; a new one must be taken.
                wrong = wrong or ("" if wire is not None else str(error))
                wire = None
            times[path] = max(times[path], time.perf_counter() - begin)
        memory = max(memory, _memory(process))
        if asked.poll(EVERY):
            if not asked.recv():
                return
            asked.send(Measured(times["/health"], times[QUERY], memory, wrong))
            times, memory, wrong = {"/health": 0.0, QUERY: 0.0}, 0.0, ""


def _memory(process: int) -> float:
    try:
        pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
    except OSError:
        return 0.0
    return pages * os.sysconf("SC_PAGESIZE") / 1e6
