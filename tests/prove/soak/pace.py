# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Gives the worlds something to tell each minute of the node's clock, in a thread of its own."""

import threading
import time
from collections.abc import Callable, Iterable
from types import TracebackType
from typing import Protocol

from hanze.feeds.source import Feed
from tests.prove.node import Node
from tests.prove.seen import Failed, Seen, check

MINUTE = 60_000_000

SLEEP = 0.02
"""Seconds between two looks at the clock."""

PATIENCE = 30.0


class World(Protocol):
    """The other side of one source. `name`: of the source."""

    name: str
    excuses: tuple[str, ...]
    """Words in what the node says of the source that are explained by what the prover did to this side."""
    speaks: bool
    """It begins by itself, and what was told before that is not waited for."""

    def feed(self) -> Feed: ...

    def begin(self, at: int) -> None:
        """Tells what the source begins with, at this moment of the node's clock."""
        ...

    def tell(self, at: int) -> None:
        """Has new readings of that moment; returns when this side has them for sure."""
        ...

    def harm(self) -> str:
        """Does to this side what happens; what it was, empty where nothing happens to such a side."""
        ...

    def compare(self, node: Node) -> Seen:
        """What was told some time ago is there, and nothing else; how much that was since the last time."""
        ...

    def finish(self, node: Node) -> None:
        """Nothing is told any more: all is there now, or Failed."""
        ...


class Pace:
    """Until the block ends, each world tells something each minute; where the machine is slow, some minutes are left out."""

    def __init__(self, now: Callable[[], int], worlds: Iterable[World]) -> None:
        self._now = now
        self._worlds = list(worlds)
        self._over = threading.Event()
        self._wrong: BaseException | None = None
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> "Pace":
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._thread.join(PATIENCE)

    def check(self) -> None:
        """Failed where the worlds cannot go on."""
        check(self._wrong is None, f"a world ended: {self._wrong!r}")

    def _run(self) -> None:
        last = 0
        try:
            while not self._over.wait(SLEEP):
                minute = self._now() // MINUTE
                if minute > last:
                    last = minute
                    for world in self._worlds:
                        world.tell(minute * MINUTE)
        except Exception as error:
            self._wrong = error


def insisting(call: Callable[[], object], failures: tuple[type[Exception], ...]) -> None:
    """Again and again until it does not fail: this side may be away for some seconds."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            call()
            return
        except failures as error:
            if time.monotonic() > end:
                raise Failed(f"it never came back: {error!r}") from None
            time.sleep(0.05)


def until_it_holds(call: Callable[[], object], seconds: float = 60.0) -> None:
    """Until it raises no Failed any more; the last one where it always does."""
    end = time.monotonic() + seconds
    while True:
        try:
            call()
            return
        except Failed:
            if time.monotonic() > end:
                raise
            time.sleep(0.2)
