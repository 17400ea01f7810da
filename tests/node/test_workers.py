# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Calculations of a node that runs: counted, within what the configuration says, and gone with the node however it ends."""

import signal
from pathlib import Path

import pytest

from tests.compute.test_pool import alive
from tests.running import Node, folder_of, room, running, until

CONFIG = '[compute]\nmemory = "600 MB"\n'


def workers(node: Node) -> list[int]:
    """The processes that the node started."""
    found = []
    for one in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = one.read_text().rpartition(")")[2].split()[1]
        except OSError:
            continue
        if int(parent) == node.process.pid:
            found.append(int(one.parent.name))
    return found


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGKILL])
def test_a_worker_starts_when_it_is_needed_and_ends_with_its_node(tmp_path: Path, ending: int) -> None:
    with running(folder_of(tmp_path / "city", CONFIG)) as node:
        node.ok("POST", "/entities", room(1, temperature=21))
        assert workers(node) == []
        answer = node.client.get("/en/data/type.parquet?type=Room")
        assert answer.status_code == 200 and answer.content[:4] == b"PAR1"
        (worker,) = workers(node)
        limits = Path(f"/proc/{worker}/limits").read_text()
        assert str(600 << 20) in next(line for line in limits.splitlines() if line.startswith("Max address space"))
        told = node.client.get("/metrics").text
        assert "hanze_calculations 0\n" in told and "hanze_calculations_failed_total 0\n" in told
        assert node.stop(ending) < 5
        until(lambda: not alive(worker), "the worker has ended", 3)
