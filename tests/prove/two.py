# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Proof "two": two processes on one folder. One works, the other one hands its work over or says in one sentence why not."""

import random
import re
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.prove.node import Node, hanze, init, running
from tests.prove.seen import Failed, Seen, check

AT_ONCE = 3
ROWS = 400
"""Of a file that is loaded."""

_BUSY = re.compile(r"hanze: \S+ is in use by [^\n]*; stop that one first, or give another folder with --folder\.\n")
MAPPING = """type = "Row"
id = "urn:ngsi-ld:Row:{number}"
[[attribute]]
name = "level"
column = "level"
"""


def prove(rounds: Iterable[int], seed: int) -> Iterator[Seen]:
    """One folder for all rounds."""
    with tempfile.TemporaryDirectory() as place:
        folder = init(Path(place) / "node")
        backup = Path(place) / "backup.db"
        for number in rounds:
            chance = random.Random(f"{seed} {number}")
            yield _race(folder, chance) + _beside(folder, backup, number) + _loads(folder, number)


def _race(folder: Path, chance: random.Random) -> Seen:
    """Nodes that start at the same time: one runs. It is killed, and the next start does not wait for anything."""
    nodes = []
    for _ in range(AT_ONCE):
        nodes.append(Node(folder))
        threading.Event().wait(chance.random() * 0.05)
    ready = [node for node in nodes if _ready(node)]
    for node in nodes:
        node.kill()
    check(len(ready) == 1, f"{len(ready)} of {AT_ONCE} nodes run in one folder")
    for node in nodes:
        if node is not ready[0]:
            _check_busy(node.process.returncode, node.lines[-1] + "\n", "a running node")
    with running(folder):
        return Seen({"nodes started at the same time": AT_ONCE, "refused in one sentence": AT_ONCE - 1})


def _ready(node: Node) -> bool:
    try:
        node.ready()
    except Failed:
        return False
    return True


def _check_busy(code: int, told: str, holder: str) -> None:
    check(code == 2 and _BUSY.fullmatch(told) and holder in told, f"the second one ends with {code} and says {told!r}")


def _beside(folder: Path, backup: Path, number: int) -> Seen:
    """Beside a running node: a second one and a restore are refused, other verbs are handed over to it."""
    with running(folder) as node:
        check(
            node.wire().api("POST", "/entities", {"id": f"urn:ngsi-ld:Before:{number}", "type": "Before"}).status
            == 201,
            "a write",
        )
        backup.unlink(missing_ok=True)
        for words in (
            ("backup", backup),
            ("key", "create", "--role", "admin"),
            ("load", _file(folder, number), "--mapping", folder.parent / f"rows-{number}.toml"),
        ):
            done = hanze(*words, "--folder", folder)
            check(done.returncode == 0, f"hanze {words[0]} beside a node: {done.stderr!r}")
        for words in (("serve", folder), ("restore", backup, "--folder", folder)):
            done = hanze(*words)
            _check_busy(done.returncode, done.stderr, "a running node")
        for id in (f"urn:ngsi-ld:Before:{number}", f"urn:ngsi-ld:Row:{number}-0"):
            # The verbs may have taken longer than a connection is kept.
            check(node.wire().api("GET", f"/entities/{id}").status == 200, f"{id} is not there")
    return Seen({"refused in one sentence": 2, "handed over to the node": 3})


def _file(folder: Path, number: int) -> Path:
    """Entities to load, others in each round."""
    file = folder.parent / f"rows-{number}.csv"
    file.write_text("number,level\n" + "".join(f"{number}-{row},{row}\n" for row in range(ROWS)))
    file.with_suffix(".toml").write_text(MAPPING)
    return file


def _loads(folder: Path, number: int) -> Seen:
    """Two loads at once without a node: each ends well or says that the other one is there; both again, and all is there."""
    files = (_file(folder, 1_000_000 + number), _file(folder, 2_000_000 + number))
    under_way = [_load(folder, file) for file in files]
    refused = 0
    for process in under_way:
        _, told = process.communicate(timeout=60)
        if process.returncode:
            _check_busy(process.returncode, told, "hanze load")
            refused += 1
    check(refused < len(files), "both loads were refused")
    for file in files:
        done = hanze("load", file, "--mapping", file.with_suffix(".toml"), "--folder", folder)
        check(done.returncode == 0, f"hanze load: {done.stderr!r}")
    with running(folder) as node:
        for file in files:
            name = file.stem.removeprefix("rows-")
            status = node.wire().api("GET", f"/entities/urn:ngsi-ld:Row:{name}-{ROWS - 1}").status
            check(status == 200, f"the last row of {file.name} is not there")
    return Seen({"loads at the same time": len(files), "refused in one sentence": refused})


def _load(folder: Path, file: Path) -> "subprocess.Popen[str]":
    words = ["load", str(file), "--mapping", str(file.with_suffix(".toml")), "--folder", str(folder)]
    return subprocess.Popen(
        [sys.executable, "-m", "hanze.cli", *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
