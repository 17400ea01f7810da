# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Proof "soak": a demonstration at 600 times the pace with every kind of source. After each hour of its clock every reading is
there that was told, what is not there was not told, and no memory grows but caches; and in the end nothing at all is missing.
"""

import os
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

from tests.prove.node import Node, hanze, init, running
from tests.prove.seen import Seen, check, total
from tests.prove.soak import sources, town
from tests.prove.soak.folder import Folder
from tests.prove.soak.messages import Messages
from tests.prove.soak.neighbour import Neighbour
from tests.prove.soak.pace import Pace, World
from tests.prove.soak.replay import Replay
from tests.prove.soak.talk import Talk

RATE = 600
WARM = 4
"""Rounds after which the memory of the node is at rest: caches are full."""

TURNS = 4
"""Rounds: in one of these the first world is harmed, in the next one the second, and so on."""

MOST_GROWTH = 30.0
"""Megabytes beyond the store's caches that may come and go again: what free memory the system has not taken back yet."""

DEMO = "\n[demo]\nclock = true\n"


def prove(rounds: Iterable[int], seed: int) -> Iterator[Seen]:
    """A round is an hour of the clock: six seconds. One node for all rounds."""
    with ExitStack() as stack:
        place = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        worlds = _worlds(place, stack)
        folder = init(place / "node", DEMO)
        node = stack.enter_context(running(folder, "--allow-loopback"))
        talk = stack.enter_context(Talk(folder))
        replay = stack.enter_context(Replay(talk.now, seed))
        for world in worlds:
            world.begin(talk.now())
        declared = sources.declare(folder, replay, worlds, seed)
        town.wait(talk)
        sources.wait(talk, worlds)
        _faster(folder)
        with Pace(talk.now, worlds) as pace:
            rest = Rest()
            for count, _ in enumerate(rounds):
                begin, harm = talk.now(), _harm(worlds, count)
                seen = town.hour(node, talk, seed)
                pace.check()
                check(not node.tracebacks(), f"an error of ours: {node.tracebacks()[:1]}")
                told = total(world.compare(node) for world in worlds)
                yield seen + replay.seen(node, begin) + told + harm + rest.seen(node)
        for world in worlds:
            world.finish(node)
        sources.check_all(talk, declared)


def _worlds(place: Path, stack: ExitStack) -> Sequence[World]:
    return (
        stack.enter_context(Messages(place / "mosquitto")),
        stack.enter_context(Neighbour(place / "neighbour")),
        Folder(place / "tables"),
    )


def _harm(worlds: Sequence[World], count: int) -> Seen:
    """What is done to one of the worlds, if it is the turn of one."""
    turn = count % TURNS
    return Seen({worlds[turn].harm(): 1}) if turn < len(worlds) else Seen()


class Rest:
    """Remembers how much memory the node has when it is at rest."""

    def __init__(self) -> None:
        self._count = 0
        self._most = 0.0

    def seen(self, node: Node) -> Seen:
        """Failed where it has grown since."""
        whole, own = _memory(node)
        self._count += 1
        if self._count <= WARM:
            self._most = max(self._most, own)
        check(own < self._most + MOST_GROWTH, f"the node grew from {self._most:.0f} to {own:.0f} MB beyond caches")
        return Seen({}, {"memory in MB": round(whole), "memory beyond the store's caches in MB": round(own)})


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
