# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A node as a process of its own, in the hand of a prover: started, watched, killed."""

import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.prove.seen import Failed
from tests.prove.wire import Lost, Wire

STARTS_WITHIN = 30.0
_ADDRESS = re.compile(r" runs at http://[^:]+:(\d+)")


def hanze(*words: str | Path, seconds: float = 60) -> subprocess.CompletedProcess[str]:
    """A verb of the command, run to its end."""
    return subprocess.run(
        [sys.executable, "-m", "hanze.cli", *map(str, words)],
        capture_output=True, text=True, timeout=seconds, errors="replace",
    )  # fmt: skip


def init(folder: Path, more: str = "") -> Path:
    """Makes a node's folder; `more` is added to its configuration."""
    done = hanze("init", folder)
    if done.returncode:
        raise Failed(done.stderr)
    file = folder / "hanze.toml"
    file.write_text(file.read_text("utf-8") + more, "utf-8")
    return folder


class Node:
    """A node that was started; `ready` waits until it answers."""

    def __init__(self, folder: Path, *words: str) -> None:
        """`words`: options of `hanze serve`; the node is open and has a port of its own."""
        self.folder = folder
        self.port = 0
        self.lines: list[str] = []
        """What it said on standard error so far."""
        self._told = threading.Event()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "hanze.cli", "serve", str(folder), "--open", "--port", "0", *words],
            stderr=subprocess.PIPE, text=True, errors="replace",
        )  # fmt: skip
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            self.lines.append(line.rstrip("\n"))
            found = _ADDRESS.search(line)
            if found and not self.port:
                self.port = int(found[1])
                self._told.set()
        self._told.set()

    def up(self) -> "Node":
        """Waits until the node says where it runs, or ends."""
        self._told.wait(STARTS_WITHIN)
        return self

    def ready(self) -> "Node":
        """Waits until the node is healthy; Failed where it ends before, or takes too long."""
        end = time.monotonic() + STARTS_WITHIN
        self.up()
        while self.process.poll() is None and time.monotonic() < end:
            with contextlib.suppress(Lost):
                if self.wire(5).call("GET", "/health").status == 200:
                    return self
            time.sleep(0.005)
        self.kill()
        raise Failed(f"the node of {self.folder} did not start: {self.lines[-5:]}")

    def wire(self, seconds: float = 20.0) -> Wire:
        """A new connection to it."""
        return Wire(self.port, seconds)

    def rss(self) -> float:
        """Megabytes of memory that the process holds."""
        pages = int(Path(f"/proc/{self.process.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGESIZE") / 1e6

    def kill(self) -> None:
        """As a power cut would, without a word."""
        self._end(signal.SIGKILL)

    def stop(self) -> None:
        self._end(signal.SIGTERM)

    def _end(self, how: signal.Signals) -> None:
        if self.process.poll() is None:
            self.process.send_signal(how)
        self.process.wait(15)
        self._reader.join(5)
        assert self.process.stderr is not None
        self.process.stderr.close()

    def logged(self) -> list[dict[str, Any]]:
        """The lines of its log."""
        return [json.loads(line) for line in self.lines if line.startswith("{")]

    def tracebacks(self) -> list[str]:
        """What no operator should see."""
        return [line for line in self.lines if "Traceback" in line]


@contextlib.contextmanager
def running(folder: Path, *words: str) -> Iterator[Node]:
    """A node that answers; stopped in the end."""
    node = Node(folder, *words)
    try:
        yield node.ready()
    finally:
        node.stop()
