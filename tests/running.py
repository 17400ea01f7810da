# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Runs the command and whole nodes as processes of their own, as people run them."""

import contextlib
import ctypes
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import httpx2

HANZE = [sys.executable, "-m", "hanze.cli"]
PATIENCE = 20.0
"""Seconds after which a test gives up waiting; far more than anything takes."""


class Ran(NamedTuple):
    """What became of a command."""

    code: int
    out: str
    err: str


def hanze(*words: str | Path, given: str = "", **options: Any) -> Ran:
    """Runs a verb to its end."""
    done = subprocess.run(
        [*HANZE, *map(str, words)], input=given, capture_output=True, text=True, timeout=60, **options
    )  # fmt: skip
    return Ran(done.returncode, done.stdout, done.stderr)


def begun(*words: str | Path, **options: Any) -> "subprocess.Popen[str]":
    """A verb under way, its output in pipes."""
    return subprocess.Popen(
        [*HANZE, *map(str, words)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **options
    )  # fmt: skip


def until(true: Callable[[], Any], what: str, patience: float = PATIENCE) -> Any:
    """Waits until it is true, and gives what it was."""
    end = time.monotonic() + patience
    while True:
        found = true()
        if found:
            return found
        if time.monotonic() > end:
            raise AssertionError(f"it never came to this: {what}")
        time.sleep(0.01)


def folder_of(place: Path, config: str = "") -> Path:
    """The folder of a new node at this place; `config` stands below what init writes."""
    assert hanze("init", place).code == 0
    if config:
        (place / "hanze.toml").write_text(config, "utf-8")
    return place


class Node:
    """A node that runs."""

    def __init__(self, folder: Path, process: "subprocess.Popen[bytes]", log: Path) -> None:
        self.folder = folder
        self.process = process
        self._log = log
        line = until(lambda: re.search(r"runs at (http\S+)/ngsi-ld/v1", self._ready()), "the node runs")
        self.address: str = line[1]
        self.client = httpx2.Client(base_url=self.address, timeout=PATIENCE)

    def _ready(self) -> str:
        assert self.process.poll() is None, f"the node ended: {self.log()}"
        return self.log()

    def log(self) -> str:
        """What the node said so far on standard error."""
        return self._log.read_text("utf-8")

    @property
    def port(self) -> int:
        return int(self.address.rpartition(":")[2].partition("/")[0])

    def api(self, method: str, path: str, body: Any = None, **headers: str) -> httpx2.Response:
        """A request below the API's root; `headers` with underscores for hyphens."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.request(method, "/ngsi-ld/v1" + path, json=body, headers=named)

    def ok(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        answer = self.api(method, path, body, **headers)
        assert answer.is_success, answer.text
        return answer.json() if answer.content else None

    def stop(self, with_signal: int = signal.SIGTERM) -> float:
        """Stops the node; how many seconds it took."""
        begin = time.monotonic()
        self.process.send_signal(with_signal)
        self.process.wait(PATIENCE)
        return time.monotonic() - begin


@contextlib.contextmanager
def running(folder: Path, *words: str, open: bool = True, **options: Any) -> Iterator[Node]:
    """A node of this folder at a port of its own, until the block ends."""
    log = folder.with_name(folder.name + ".log")
    command = [*HANZE, "serve", str(folder), "--port", "0", *(["--open"] if open else []), *words]
    with log.open("wb") as lines:
        process = subprocess.Popen(command, stderr=lines, **options)
    try:
        node = Node(folder, process, log)
        try:
            yield node
        finally:
            node.client.close()
    finally:
        process.kill()
        process.wait()


def room(number: int, **attributes: Any) -> dict[str, Any]:
    """A small entity."""
    made = {name: {"type": "Property", "value": value} for name, value in attributes.items()}
    return {"id": f"urn:ngsi-ld:Room:{number}", "type": "Room", **made}


def bound_by_rights() -> None:
    """For `preexec_fn`: rights of files count for the process, also where root runs the tests."""
    if os.geteuid() == 0:
        libc = ctypes.CDLL(None, use_errno=True)
        for capability in (DAC_OVERRIDE, DAC_READ_SEARCH):
            if libc.prctl(PR_CAPBSET_DROP, capability, 0, 0, 0) != 0:
                raise OSError(ctypes.get_errno(), "prctl")


PR_CAPBSET_DROP, DAC_OVERRIDE, DAC_READ_SEARCH = 24, 1, 2
