# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A city that is harmed: small, with something of everything, killed or stopped; and what it answered."""

import random
from pathlib import Path

from tests.prove.kill.book import Book
from tests.prove.kill.mix import HUB, Mix
from tests.prove.node import init, running
from tests.prove.seen import check
from tests.prove.wire import Wire

WRITES = 60
LARGE = 30_000
"""Bytes of a text that takes several pages."""


class City:
    """The folder is never started again: rounds work on copies of it."""

    def __init__(self, folder: Path, seed: int, *, killed: bool) -> None:
        self.folder = init(folder)
        self.book = Book()
        self.killed = killed
        mix = Mix(0, self.book.state, random.Random(seed))
        # The first life leaves its data in the database, the second one leaves them in the log if it is killed.
        for last in (False, True):
            with running(folder, "--allow-loopback") as node:
                wire = node.wire()
                if not last:
                    wire.api("POST", "/entities", {"id": HUB, "type": "Hub", "name": "x" * LARGE})
                self._write(wire, mix)
                if last and killed:
                    node.kill()

    def _write(self, wire: Wire, mix: Mix) -> None:
        for _ in range(WRITES):
            write = mix.draw()
            self.book.begin(write)
            answer = wire.api(write.method, write.path, write.body)
            check(answer.status in (201, 204), f"{write.method} {write.path}: {answer.status} {answer.body[:200]!r}")
            self.book.done(write)
