# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Some harms of the proof "corrupt", and a large database that is damaged."""

import time
from pathlib import Path

from hanze.ngsild.times import system
from hanze.store import sqlite
from hanze.store.sqlite import sound
from tests.contract.making import entity, save
from tests.prove import corrupt
from tests.prove.corrupt.harm import HARMS
from tests.prove.node import Node, init, running
from tests.prove.seen import total

SOME = (
    "inner hanze.db-wal",
    "gone hanze.db-wal",
    "page hanze.db",
    "empty hanze.db",
    "folder hanze.sock",
    "flip hanze.toml",
)


def test_a_harmed_node_has_everything_or_says_what_is_wrong() -> None:
    rounds = [number for number, harm in enumerate(HARMS) if harm.name in SOME]
    assert len(rounds) == len(SOME)
    seen = total(corrupt.prove(rounds, seed=1)).counts
    assert seen["harms"] == len(SOME)
    assert seen["refused in one sentence"] >= len(SOME) - 1


def test_damage_in_a_large_database_is_told_by_health(tmp_path: Path) -> None:
    folder = init(tmp_path / "node")
    store = sqlite.open(folder, clock=system)
    for number in range(24):
        save(store, *(entity(f"{number}-{part}", a="x" * 60_000) for part in range(30)))
    store.close()
    database = folder / "hanze.db"
    assert database.stat().st_size > sound.QUICK_BYTES
    with running(folder) as node:
        assert node.wire().call("GET", "/health").status == 200
    with open(database, "r+b") as file:
        file.seek(database.stat().st_size // 2 // 4096 * 4096)
        file.write(b"\xaa" * 40_960)
    # It may be told before the first question, so nobody waits for a healthy node.
    node = Node(folder).up()
    try:
        end = time.monotonic() + 20
        while (answer := node.wire().call("GET", "/health")).status == 200:
            assert time.monotonic() < end, "nobody notices the damage"
            time.sleep(0.05)
    finally:
        node.stop()
    assert answer.status == 503
    assert "is damaged" in answer.json()["detail"] and "hanze restore" in answer.json()["detail"]
