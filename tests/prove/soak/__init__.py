# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Proof "soak": a demonstration at 600 times the pace with every kind of source that can be replayed. After each hour of its
clock every reading of the hour is there that was told, what is not there was not told, and no memory grows but caches.
"""

import os
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.prove.node import Node, hanze, init, running
from tests.prove.seen import Seen, check
from tests.prove.soak import sources, town
from tests.prove.soak.replay import Replay
from tests.prove.soak.talk import Talk

RATE = 600
WARM = 4
"""Rounds after which the memory of the node is at rest: caches are full."""

MOST_GROWTH = 30.0
"""Megabytes beyond the store's caches that may come and go again: what free memory the system has not taken back yet."""

DEMO = "\n[demo]\nclock = true\n"


def prove(rounds: Iterable[int], seed: int) -> Iterator[Seen]:
    """A round is an hour of the clock: six seconds. One node for all rounds."""
    with tempfile.TemporaryDirectory() as place:
        folder = init(Path(place) / "node", DEMO)
        with running(folder, "--allow-loopback") as node, Talk(folder) as talk, Replay(talk.now, seed) as replay:
            declared = sources.declare(folder, replay, seed)
            town.wait(talk)
            _faster(folder)
            at_rest = 0.0
            for count, _ in enumerate(rounds):
                begin = talk.now()
                seen = town.hour(node, talk, seed)
                check(not node.tracebacks(), f"an error of ours: {node.tracebacks()[:1]}")
                whole, own = _memory(node)
                if count < WARM:
                    at_rest = max(at_rest, own)
                check(own < at_rest + MOST_GROWTH, f"the node grew from {at_rest:.0f} to {own:.0f} MB beyond caches")
                memory: dict[str, float] = {
                    "memory in MB": round(whole),
                    "memory beyond the store's caches in MB": round(own),
                }
                yield seen + replay.seen(node, begin) + Seen({}, memory)
            sources.check_all(talk, declared)


def _faster(folder: Path) -> None:
    done = hanze("clock", folder, "--rate", str(RATE))
    check(done.returncode == 0, done.stderr)


def _memory(node: Node) -> tuple[float, float]:
    """Megabytes that the node holds, and those beyond what its store has for caches and maps of its file."""
    told = dict(
        line.split() for line in node.wire().call("GET", "/metrics").body.decode().splitlines() if line[0] != "#"
    )
    whole, store = (float(told[f"hanze_{name}_bytes"]) / 1e6 for name in ("memory", "store_memory"))
    mapped = int(Path(f"/proc/{node.process.pid}/statm").read_text().split()[2]) * os.sysconf("SC_PAGESIZE") / 1e6
    return whole, whole - store - mapped
