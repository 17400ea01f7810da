# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reads and durable updates while trials are evaluated in a worker, without a pause."""

import asyncio
import contextlib
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import numpy as np

from benchmarks import client
from benchmarks.node import fresh
from benchmarks.table import Row
from hanze.compute.pool import Pool
from hanze.experiments.evaluate.evaluating import evaluate
from hanze.experiments.evaluate.question import Question
from hanze.experiments.evaluate.table import Table

PORT = 9797
SECONDS = 10
ENTITIES = 10_000
UNITS, MOMENTS = 40, 60
LEAST, LATEST = 0.4, 100.0
"""Of the rate when nothing else is done; milliseconds."""


def evaluation() -> list[Row]:
    with fresh(PORT) as node:
        client.fill(node.port, 0, ENTITIES)
        scripts = {
            "reads by id": client.script("GET", "", ENTITIES),
            "durable updates": client.script("PATCH", "/attrs/level", ENTITIES, '{"value":%d}'),
        }
        idle = {name: client.wrk(node.url, script, 32, SECONDS) for name, script in scripts.items()}
        with _evaluating() as done:
            busy = {name: client.wrk(node.url, script, 32, SECONDS) for name, script in scripts.items()}
            count = done()
    return [
        Row(
            f"{name} while trials are evaluated",
            f"≥ {LEAST:.0%} of the idle rate, p99 < {LATEST:g} ms",
            f"{busy[name].rate:,.0f}/s of {idle[name].rate:,.0f}/s ({busy[name].rate / idle[name].rate:.0%}), "
            f"p99 {busy[name].p99:.1f} ms; {count} evaluations meanwhile",
            min(busy[name].rate / idle[name].rate / LEAST, LATEST / busy[name].p99),
        )
        for name in scripts
    ]


def _table() -> tuple[Table, Question]:
    """A measure in some of forty streets, of which sixty weeks are known: with all its checks, seconds of work."""
    chance = np.random.default_rng(1)
    level, course = chance.normal(50, 8, UNITS), chance.normal(0, 1, MOMENTS).cumsum()
    rows = [(unit, moment) for unit in range(UNITS) for moment in range(MOMENTS)]
    values = [level[u] + course[m] + chance.normal() - 4 * (u < 6 and m >= 40) for u, m in rows]
    columns = {
        "street": [f"street {unit}" for unit, _ in rows], "week": [str(moment) for _, moment in rows],
        "noise": [f"{value:.4f}" for value in values],
    }  # fmt: skip
    treated = tuple(f"street {unit}" for unit in range(6))
    question = Question(design="sdid", outcome="noise", time="week", unit="street", treated=treated, start="40")
    return Table(columns, "bench"), question


@contextmanager
def _evaluating() -> Iterator[Callable[[], int]]:
    """One evaluation after the other, by a pool as a node has it; gives how many there were so far."""
    loop, count = asyncio.new_event_loop(), [0]

    async def work() -> None:
        pool = Pool(1)
        table, question = _table()
        try:
            while True:
                await pool.run(evaluate, table, question, seconds=120.0)
                count[0] += 1
        finally:
            await pool.stop()

    task = loop.create_task(work())

    def run() -> None:
        with contextlib.suppress(asyncio.CancelledError):
            loop.run_until_complete(task)

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield lambda: count[0]
    finally:
        loop.call_soon_threadsafe(task.cancel)
        thread.join()
        loop.close()
