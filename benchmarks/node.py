# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A node under load: started in a folder of its own, asked for its memory, stopped."""

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

PORT = 9790


class Running:
    """A node that answers at `url`."""

    def __init__(self, folder: Path, port: int = PORT) -> None:
        self.folder = folder
        self.port = port
        self.url = f"http://127.0.0.1:{port}"
        self.api = self.url + "/ngsi-ld/v1"
        begin = time.perf_counter()
        self.process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "hanze.cli",
                "serve",
                str(folder),
                "--open",
                "--allow-loopback",
                "--port",
                str(port),
            ],
            stderr=subprocess.DEVNULL,
        )
        while True:
            with contextlib.suppress(OSError):
                urllib.request.urlopen(self.url + "/health", timeout=1).read()
                break
            if time.perf_counter() - begin > 30:
                raise TimeoutError("the node did not start")
            time.sleep(0.01)
        self.start_seconds = time.perf_counter() - begin

    def rss(self) -> float:
        """Megabytes that the process holds."""
        pages = int(Path(f"/proc/{self.process.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGESIZE") / 1e6

    def stop(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(10)


@contextlib.contextmanager
def fresh() -> Iterator[Running]:
    """A new node in a temporary folder."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "node"
        subprocess.run([sys.executable, "-m", "hanze.cli", "init", str(folder)], check=True, stdout=subprocess.DEVNULL)
        running = Running(folder)
        try:
            yield running
        finally:
            running.stop()
