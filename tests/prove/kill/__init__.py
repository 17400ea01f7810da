# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Proof "kill": a node is killed at random moments under mixed writes; nothing that it answered is ever lost."""

import random
import tempfile
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.prove.kill import verify
from tests.prove.kill.book import Book, Told
from tests.prove.kill.mix import HUB, Mix
from tests.prove.kill.receiver import Receiver
from tests.prove.kill.writer import Writer
from tests.prove.node import Node, init
from tests.prove.seen import Seen, check

CONNECTIONS = 4
LIFE = (0.02, 1.2)
"""Seconds between which a life ends at random."""
UNBORN = 0.1
"""How often the kill comes while the node starts."""
INTERVAL = 10
"""Every so many rounds all entities are compared, the database is checked, and all notifications are waited for."""


def prove(rounds: Iterable[int], seed: int) -> Iterator[Seen]:
    """The same folder lives on over the rounds."""
    with tempfile.TemporaryDirectory() as place:
        yield from City(Path(place) / "node", seed).rounds(list(rounds))


class City:
    """A folder, its writers' books, and the receiver of its notifications, which is never killed."""

    def __init__(self, folder: Path, seed: int) -> None:
        self._folder = init(folder)
        self._seed = seed
        self._receiver = Receiver(seed)
        self._books = [Book() for _ in range(CONNECTIONS)]
        self._mixes = [Mix(n, book.state, random.Random(f"{seed} {n}")) for n, book in enumerate(self._books)]

    def rounds(self, numbers: list[int]) -> Iterator[Seen]:
        try:
            self._found()
            for number in numbers:
                yield self._round(
                    random.Random(f"{self._seed} {number}"), number == numbers[-1] or number % INTERVAL == 9
                )
        finally:
            self._receiver.close()

    def _start(self) -> Node:
        return Node(self._folder, "--allow-loopback")

    def _found(self) -> None:
        """The hub and the subscriptions."""
        node = self._start().ready()
        wire = node.wire()
        asked = [wire.api("POST", "/entities", {"id": HUB, "type": "Hub", "name": "the hub"})]
        asked += [wire.api("POST", "/subscriptions", one) for one in self._receiver.subscriptions()]
        node.kill()
        check(all(answer.status == 201 for answer in asked), f"{asked}")

    def _round(self, chance: random.Random, thorough: bool) -> Seen:
        """A life, its end, and what is there after it."""
        unborn = self._unborn(chance) if chance.random() < UNBORN else 0
        for book in self._books:
            book.forget()
        before = (sum(book.answered for book in self._books), self._receiver.notifications, self._receiver.again)
        node = self._start().ready()
        writers = [Writer(node.port, *pair) for pair in zip(self._books, self._mixes, strict=True)]
        threading.Event().wait(chance.uniform(*LIFE))
        node.kill()
        for writer in writers:
            writer.join()
        refused = [writer.refused for writer in writers if writer.refused]
        check(not refused, "; ".join(refused))
        self._after(thorough, node)
        seen = {
            "kills": 1 + unborn,
            "answered writes": sum(book.answered for book in self._books) - before[0],
            "writes under way at the kill": sum(book.under_way is not None for book in self._books),
            "notifications": self._receiver.notifications - before[1],
            "of them again": self._receiver.again - before[2],
            "lost": 0,
        }
        return Seen(seen)

    def _unborn(self, chance: random.Random) -> int:
        node = self._start()
        threading.Event().wait(chance.uniform(0.1, 1.0))
        node.kill()
        return 1

    def _after(self, thorough: bool, dead: Node) -> None:
        node = self._start().ready()
        try:
            wire = node.wire()
            verify.latest(wire, self._books)
            if thorough:
                verify.everything(wire, self._books, self._folder / "hanze.db")
                self._notified()
            for one in (dead, node):
                check(not one.tracebacks(), f"in the node's log: {one.tracebacks()[:1]}")
        finally:
            node.kill()

    def _notified(self) -> None:
        """All that was answered has come, in order."""
        wanted: set[Told] = set().union(*(book.told for book in self._books))
        self._receiver.settle(wanted)
        for book in self._books:
            book.told.clear()
