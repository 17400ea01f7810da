# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""No worker outlives its node, however that one ends and whatever the worker does."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.compute.test_pool import alive
from tests.running import until

PARENT = """
import asyncio, sys
from hanze.compute.pool import Pool
from tests.compute import jobs

async def main():
    pool = Pool(2, 400 << 20)
    await asyncio.gather(pool.run(jobs.{job}, *{given}), asyncio.sleep(60))

asyncio.run(main())
"""


@pytest.mark.parametrize(("job", "given"), [("sleep", [60]), ("keep", [])])
def test_a_killed_node_leaves_no_worker(tmp_path: Path, job: str, given: list[object]) -> None:
    mark = tmp_path / "pid"
    paths = os.pathsep.join(one for one in sys.path if one)
    parent = subprocess.Popen(
        [sys.executable, "-c", PARENT.format(job=job, given=[*given, str(mark)])],
        env={**os.environ, "PYTHONPATH": f"{os.getcwd()}{os.pathsep}{paths}"},
    )
    try:
        until(lambda: mark.exists() and mark.read_text(), "the job runs")
        worker = int(mark.read_text())
        assert alive(worker)
        parent.send_signal(signal.SIGKILL)
        parent.wait()
        until(lambda: not alive(worker), "the worker has ended", 3)
    finally:
        parent.kill()
        parent.wait()


def test_an_idle_worker_ends_with_its_pipe() -> None:
    worker = subprocess.Popen(
        [sys.executable, "-m", "hanze.compute.worker", str(400 << 20)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    with worker:
        assert worker.stdin is not None
        worker.stdin.close()
        assert worker.wait(5) == 0
