# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A real node on a small disk that fills up, by its own writes or by something else, and gets room again."""

import contextlib
import random
import time
from pathlib import Path

from tests.prove.disk.small import fill, resize
from tests.prove.kill import verify
from tests.prove.kill.book import Book
from tests.prove.kill.mix import HUB, Mix
from tests.prove.kill.receiver import Receiver
from tests.prove.node import Node, hanze, init
from tests.prove.seen import Seen, check
from tests.prove.wire import Answer, Wire

LARGE = 64_000
"""Kilobytes of the disk once there is room again."""
WRITES_WHILE_FULL = 60
MOST_SMALL_WRITES = 300
RECOVERS_WITHIN = 10.0


def round(disk: Path, chance: random.Random) -> Seen:
    """One city from its founding over a full disk to its verification after a kill."""
    receiver = Receiver(chance.randrange(1 << 30))
    try:
        return _Small(disk, chance, receiver).run()
    finally:
        receiver.close()


class _Small:
    def __init__(self, disk: Path, chance: random.Random, receiver: Receiver) -> None:
        self._disk = disk
        self._chance = chance
        self._receiver = receiver
        self._folder = init(disk / "node")
        self._book = Book()
        self._mix = Mix(0, self._book.state, chance)
        self._refused = 0

    def run(self) -> Seen:
        node = self._start().ready()
        try:
            wire = node.wire()
            wire.api("POST", "/entities", {"id": HUB, "type": "Hub", "name": "the hub"})
            for one in self._receiver.subscriptions():
                wire.api("POST", "/subscriptions", one)
            self._fill(wire)
            self._while_full(wire)
            # Commands take their time, and a line that is silent for long is cut.
            wire = node.wire()
            self._make_room(wire)
            verify.latest(wire, [self._book])
            self._receiver.settle(self._book.told)
            check(not node.tracebacks(), f"in the node's log: {node.tracebacks()[:1]}")
        finally:
            node.kill()
        self._again()
        return Seen(
            {
                "nodes on a full disk": 1,
                "answered writes": self._book.answered,
                "refused writes": self._refused,
                "lost": 0,
            }
        )

    def _start(self) -> Node:
        return Node(self._folder, "--allow-loopback")

    def _write(self, wire: Wire) -> Answer:
        """A write, which is either kept or refused for one reason."""
        write = self._mix.draw()
        self._book.begin(write)
        answer = wire.api(write.method, write.path, write.body)
        if answer.status == 503:
            _check_refusal(answer)
            self._refused += 1
            self._book.under_way = None
        else:
            check(answer.status in (201, 204), f"{write.method} {write.path}: {answer.status} {answer.body[:200]!r}")
            self._book.done(write)
        return answer

    def _fill(self, wire: Wire) -> None:
        """Until the first refusal. In half of the rounds something else fills the disk and leaves a little room."""
        others = self._chance.random() < 0.5
        writes = self._chance.randrange(60)
        while self._write(wire).status != 503:
            writes -= 1
            if others and writes == 0:
                fill(self._disk / "ballast", self._chance.randrange(100_000))

    def _while_full(self, wire: Wire) -> None:
        """Reads go on, small writes may still find room, commands say what is wrong."""
        for _ in range(WRITES_WHILE_FULL):
            self._write(wire)
        verify.latest(wire, [self._book])
        self._to_the_last_page(wire)
        backup = hanze("backup", self._disk / "backup.db", "--folder", self._folder)
        check(backup.returncode == 2 and "is full" in backup.stderr, f"hanze backup says {backup.stderr!r}")
        check(not list(self._disk.glob("backup*")), "hanze backup left a part of its file")
        doctor = hanze("doctor", "--folder", self._folder)
        check(doctor.returncode == 1 and "free some space" in doctor.stdout, f"hanze doctor says {doctor.stdout!r}")

    def _to_the_last_page(self, wire: Wire) -> None:
        """Where a large write finds no room a small one still may; in the end /health says that none does."""
        fill(self._disk / "ballast", 0)
        for _ in range(MOST_SMALL_WRITES):
            self._write(wire)
            health = wire.call("GET", "/health")
            if health.status == 503:
                break
        check(health.status == 503 and b"is full" in health.body, f"/health says {health.status} {health.body!r}")

    def _make_room(self, wire: Wire) -> None:
        """By a file less or a larger disk; the node goes on by itself."""
        if self._chance.random() < 0.5:
            (self._disk / "ballast").unlink()
        resize(self._disk, LARGE)
        end = time.monotonic() + RECOVERS_WITHIN
        while wire.call("GET", "/health").status == 503:
            check(time.monotonic() < end, f"the node does not go on: {wire.call('GET', '/health').body!r}")
            time.sleep(0.05)
        before = self._refused
        for _ in range(20):
            self._write(wire)
        check(self._refused == before, "a write is refused although there is room")

    def _again(self) -> None:
        """After the kill: a start on a disk that is full again does it, or says in one sentence why not; then with room."""
        fill(self._disk / "ballast", self._chance.choice((0, 8_192, 60_000)))
        node = self._start()
        with contextlib.suppress(AssertionError):
            node.ready()
            verify.latest(node.wire(), [self._book])
        node.kill()
        if node.process.returncode != -9:
            last = node.lines[-1] if node.lines else ""
            check(node.process.returncode == 2 and "full" in last, f"on a full disk the start says {node.lines[-5:]}")
        check(not node.tracebacks(), f"in the node's log: {node.tracebacks()[:1]}")
        resize(self._disk, LARGE)
        (self._disk / "ballast").unlink(missing_ok=True)
        node = self._start().ready()
        verify.latest(node.wire(), [self._book])
        verify.everything(node.wire(), [self._book], self._folder / "hanze.db")
        node.kill()


def _check_refusal(answer: Answer) -> None:
    check(answer.headers.get("content-type") == "application/problem+json", f"refused as {answer.headers}")
    detail = answer.json()["detail"]
    check("is full" in detail and detail.endswith("."), f"refused with {detail!r}")
