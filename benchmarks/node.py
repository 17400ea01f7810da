# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A node under load: started in a folder of its own, asked for its memory, stopped."""

import contextlib
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks import client

PORT = 9790


def peak(pid: int) -> float:
    """The most megabytes that a process has held; 0 where it is gone."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0.0
    lines = [line.split() for line in status.splitlines() if line.startswith("VmHWM:")]
    return int(lines[0][1]) / 1000 if lines else 0.0


def spent(pid: int) -> float:
    """Seconds of a processor that a process has taken so far."""
    parts = Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()
    return (int(parts[11]) + int(parts[12])) / os.sysconf("SC_CLK_TCK")


def end(process: "subprocess.Popen[bytes]", seconds: float = 10) -> None:
    """Asked to, and else made to; it is gone afterwards in any case."""
    process.terminate()
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


class Running:
    """A node that answers at `url`."""

    def __init__(self, folder: Path, port: int = PORT) -> None:
        self.folder = folder
        self.port = port
        self.url = f"http://127.0.0.1:{port}"
        self.start()

    def start(self) -> None:
        """At first, and after it was killed."""
        begin = time.perf_counter()
        command = [sys.executable, "-m", "hanze.cli", "serve", str(self.folder), "--open", "--allow-loopback"]
        self.process = subprocess.Popen([*command, "--port", str(self.port)], stderr=subprocess.DEVNULL)
        client.wait(self.port)
        if self.process.poll() is not None:
            raise RuntimeError(f"port {self.port} is another's; end what was left of an earlier run")
        self.start_seconds = time.perf_counter() - begin

    def restart(self) -> None:
        self.stop()
        self.start()

    def kill(self) -> None:
        self.process.kill()
        self.process.wait(10)

    def rss(self) -> float:
        """Megabytes that the process holds now."""
        pages = int(Path(f"/proc/{self.process.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGESIZE") / 1e6

    def peak(self) -> float:
        return peak(self.process.pid)

    def spent(self) -> float:
        return spent(self.process.pid)

    def spent_exactly(self) -> float:
        """The same by the scheduler, to the nanosecond, of the threads that there are."""
        tasks = Path(f"/proc/{self.process.pid}/task").iterdir()
        return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks) / 1e9

    def stop(self) -> None:
        end(self.process)


@contextlib.contextmanager
def fresh(port: int = PORT, config: str = "") -> Iterator[Running]:
    """A new node in a temporary folder; `config` stands in its hanze.toml."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "node"
        subprocess.run([sys.executable, "-m", "hanze.cli", "init", str(folder)], check=True, stdout=subprocess.DEVNULL)
        with (folder / "hanze.toml").open("a", encoding="utf-8") as file:
            file.write(config)
        running = Running(folder, port)
        try:
            yield running
        finally:
            running.stop()
