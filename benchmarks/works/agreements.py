# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the scope of an agreement costs: the same questions by its key and by one of a reader, who sees all.

The agreement shows the entities of one type in an area, with their attributes, and the node has public types beside it. So both
keys get the same answers. What is compared is the processor time that the node takes for an answer, each key's turn after the
other's, so that other work on the machine counts for both or for none.
"""

import math
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from benchmarks.client import TYPE, Connection, fill
from benchmarks.node import PORT, Running
from benchmarks.table import Row
from hanze.access import VAULTS, agreed, keys
from hanze.access.agreed import Agreed
from hanze.ngsild import times
from hanze.ngsild.context import CORE
from hanze.store import sqlite
from hanze.store.scope import Grant

ENTITIES = 10_000
ROUNDS = 40
MOST = 1.05
"""Times as long as without."""

ID = "urn:ngsi-ld:Agreement:bench:quiet"
CONFIG = '[city]\nname = "Havendam"\ncode = "havendam"\n\n[access]\npublic = ["Park", "Tree", "Bench"]\n'
ROUND = [[4.5 + math.cos(n / 20 * math.pi), 52.5 + math.sin(n / 20 * math.pi)] for n in range(40)]
AREA = {"type": "Polygon", "coordinates": [[*ROUND, ROUND[0]]]}
"""A polygon of forty points with all entities in it."""

SHOWN = ("level", "power", "signal", "flow", "location")
QUESTIONS = (
    ("an entity by id", f"/entities/urn:ngsi-ld:{TYPE}:{{}}", 200),
    ("a page of 20", f"/entities?type={TYPE}&limit=20", 40),
    ("a page of 100 by a condition", f"/entities?type={TYPE}&q=level%3E50&limit=100", 8),
    ("a day of one by the hour", f"/temporal/entities/urn:ngsi-ld:{TYPE}:{{}}?attrs=power&options=aggregatedValues"
     "&aggrMethods=avg&aggrPeriodDuration=PT1H&timerel=after&timeAt=2020-01-01T00:00:00Z", 40),
)  # fmt: skip


def agreements() -> list[Row]:
    """A row for each question."""
    with _node() as (running, reader, partner):
        return [_row(running, reader, partner, *question) for question in QUESTIONS]


@contextmanager
def _node() -> Iterator[tuple[Running, str, str]]:
    """A node with entities, a key of a reader and one of the agreement."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "node"
        subprocess.run([sys.executable, "-m", "hanze.cli", "init", str(folder)], check=True, stdout=subprocess.DEVNULL)
        (folder / "hanze.toml").write_text(CONFIG, "utf-8")
        found = _keys(folder)
        running = Running(folder, PORT)
        try:
            fill(PORT, 0, ENTITIES)
            yield running, *found
        finally:
            running.stop()


def _keys(folder: Path) -> tuple[str, str]:
    store = sqlite.open(folder, clock=times.system, vaults=VAULTS)
    types, names = frozenset({CORE.expand(TYPE)}), frozenset(map(CORE.expand, SHOWN))
    grant = Grant(tenants=frozenset({""}), types=types, attributes=names, area=AREA)
    now = times.system()
    made = Agreed(id=ID, grants=(grant,), starts=now, ends=now + 86_400_000_000, rate=10_000_000)
    store.submit(lambda work: agreed.put(work, made)).result()
    reader, _ = store.submit(lambda work: keys.create(work, os.urandom, "bench", "reader")).result()
    partner, _ = store.submit(lambda work: keys.create(work, os.urandom, "bench", "reader", agreement=ID)).result()
    store.close()
    return reader, partner


def _row(running: Running, reader: str, partner: str, name: str, path: str, count: int) -> Row:
    mine, theirs = [Connection(PORT, {"X-API-Key": key}) for key in (reader, partner)]
    assert mine.call("GET", _path(path, 1)) == theirs.call("GET", _path(path, 1)), "both keys see the same"
    without: list[float] = []
    within: list[float] = []
    for number in range(ROUNDS + 1):
        for connection, spent in (
            ((mine, without), (theirs, within)) if number % 2 else ((theirs, within), (mine, without))
        ):
            taken = _spent(running, connection, path, count)
            if number:
                spent.append(taken)
    # Of two turns right after each other; the least ones of one key differ by a tenth from those of the same key.
    ratio = median(one / other for one, other in zip(within, without, strict=True))
    told = f"{median(within) * 1e6:,.0f} against {median(without) * 1e6:,.0f} µs of the processor, {100 * (ratio - 1):+.1f} %"
    return Row(f"agreement: {name}", "< 5 % more than without", told, MOST / ratio)


def _path(path: str, number: int) -> str:
    return "/ngsi-ld/v1" + path.format(number * 7 % ENTITIES)


def _spent(running: Running, connection: Connection, path: str, count: int) -> float:
    """Seconds of the processor for one answer."""
    begin = running.spent_exactly()
    for number in range(count):
        status, answer = connection.call("GET", _path(path, number))
        assert status == 200, answer[:300]
    return (running.spent_exactly() - begin) / count
