# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The node of the demonstration as a process of its own, and verbs beside it."""

import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Sequence
from pathlib import Path

import click
import msgspec

from hanze.cli import main

STARTS_WITHIN = 20.0
STOPS_WITHIN = 10.0

Say = Callable[[str], None]


def hanze(*commands: Sequence[str]) -> None:
    """Runs verbs of the command one after the other, in this process since another takes a second to begin; the demonstration ends
    where one fails, which has then said why."""
    for words in commands:
        try:
            main(words)
        except SystemExit as end:
            if end.code:
                raise


class Node:
    """A node that was started; `say` takes what it says."""

    def __init__(self, folder: Path, port: int, say: Say) -> None:
        self._say = say
        self._process = subprocess.Popen(
            [sys.executable, "-m", "hanze.cli", "serve", str(folder), "--open", "--port", str(port)],
            stderr=subprocess.PIPE, text=True,
        )  # fmt: skip

    def address(self) -> str:
        """Where it runs; it answers there before this returns. Errors: ClickException where it did not start."""
        assert self._process.stderr is not None
        deadline = time.monotonic() + STARTS_WITHIN
        for line in self._process.stderr:
            text = _message(line)
            self._say(text)
            if " runs at " in text:
                address = text.split(" runs at ")[1].split()[0].removesuffix("/ngsi-ld/v1")
                while time.monotonic() < deadline:
                    try:
                        with urllib.request.urlopen(address + "/health", timeout=2):
                            # The node must never wait for someone to read what it says.
                            threading.Thread(target=self._repeat, daemon=True).start()
                            return address
                    except OSError:
                        time.sleep(0.1)
        raise click.ClickException("The node did not start; its words stand above.")

    def runs(self) -> bool:
        return self._process.poll() is None

    def wait(self) -> None:
        """Until it ends."""
        self._process.wait()

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(STOPS_WITHIN)

    def _repeat(self) -> None:
        assert self._process.stderr is not None
        for line in self._process.stderr:
            self._say(_message(line))


def _message(line: str) -> str:
    """What a line of the node's log says."""
    return str(msgspec.json.decode(line)["message"]) if line.startswith("{") else line.rstrip()
