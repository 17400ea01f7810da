# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The nodes under attack, the servers that take part in it, and one attack after the other."""

import json
import random
import socket
import threading
from collections.abc import Callable
from pathlib import Path

from tests.prove.background import Background
from tests.prove.hostile import bombs, crowds, inside, odd, remote, seeds, tricks
from tests.prove.hostile.asked import Asked, dump
from tests.prove.hostile.judge import judge
from tests.prove.hostile.mutate import mutated
from tests.prove.hostile.watch import Measured, Watch
from tests.prove.node import Node, init
from tests.prove.seen import Failed, Seen, check
from tests.prove.wire import Lost, Wire

WATCH_EVERY = 25
"""Attacks between two looks at what was measured; after the heavy ones it is looked at once."""

LD = (("Content-Type", "application/ld+json"),)


class Siege:
    """One node may call this machine, since the hostile contexts are there; the other one may not."""

    def __init__(self, place: Path, seed: int) -> None:
        self._seed = seed
        self._documents = Background(remote.documents)
        self._broken = Background(remote.documents)
        self._sender = Background(remote.documents, "127.0.0.2")
        self._never = Background(remote.never)
        self._canaries = [Background(remote.canary, host) for host in ("127.0.0.1", "::1") if _listens(host)]
        self.node = Node(init(place / "open"), "--allow-loopback").ready()
        self._inner = Node(init(place / "guarded", '[outgoing]\nallow = ["127.0.0.2"]\n')).ready()
        self._requests = seeds.requests()
        self._wire: Wire | None = None
        self._late: list[threading.Thread] = []
        self._wrong: list[str] = []
        self._called = 0
        self._fill()
        self._watch = Watch(self.node)
        self._kinds: list[tuple[Callable[[random.Random], Seen], float]] = [
            (self._mutation, 100), (self._kept, 15), (self._trick, 12), (self._context, 10), (self._inside, 10),
            (self._bomb, 4), (self._slow, 0.5), (self._crowd, 0.2),
        ]  # fmt: skip

    def round(self, number: int) -> Seen:
        """One attack, drawn at random."""
        chance = random.Random(f"{self._seed} {number}")
        kinds, weights = zip(*self._kinds, strict=True)
        attack: Callable[[random.Random], Seen] = chance.choices(kinds, weights)[0]
        seen = attack(chance)
        return seen + self._looked(f"round {number}") if number % WATCH_EVERY == 0 else seen

    def end(self) -> Seen:
        """What was late comes in; nothing was called that must not be; the nodes live."""
        for thread in self._late:
            thread.join(30)
            check(not thread.is_alive(), "a request that waits for a slow server is never answered")
        check(not self._wrong, "; ".join(self._wrong[:1]))
        seen = self._looked("the end")
        check(
            self._sender.paths or self._called < 50, "the server that may be called was not: the proof proves nothing"
        )
        for node in (self.node, self._inner):
            check(node.process.poll() is None, f"a node ended: {node.lines[-3:]}")
            check(node.wire().call("GET", "/health").status == 200, "a node is not healthy in the end")
            check(not node.tracebacks(), f"in the node's log: {node.tracebacks()[:1]}")
            node.stop()
        self._check_canary("the end")
        return seen

    def close(self) -> None:
        self._watch.close()
        for node in (self.node, self._inner):
            node.kill()
        for server in (self._documents, self._broken, self._sender, self._never, *self._canaries):
            server.close()

    def _fill(self) -> None:
        """Entities and a history that queries have to look at."""
        wire = self.node.wire()
        for first in range(0, bombs.FILLERS, 500):
            batch = [bombs.filler(number) for number in range(first, first + 500)]
            check(wire.api("POST", "/entityOperations/upsert", batch).status == 201, "the fillers are not taken")
        for number in range(4):
            moments = [f"2020-01-01T{n // 3600:02d}:{n // 60 % 60:02d}:{n % 60:02d}Z" for n in range(20_000)]
            past = [{"type": "Property", "value": n, "observedAt": at} for n, at in enumerate(moments)]
            body = {"id": f"urn:ngsi-ld:Old:{number}", "type": "Old", "level": past}
            check(wire.api("POST", "/temporal/entities", body).status == 201, "the history is not taken")

    def _looked(self, about: str) -> Seen:
        found = self._watch.check(about)
        check(not self.node.tracebacks(), f"{about}: in the node's log: {self.node.tracebacks()[:1]}")
        return _measured(found)

    def _send(self, port: int, asked: Asked, wire: Wire | None = None) -> Seen:
        """One request on a kept connection, or a new one where the node has closed it."""
        data = asked.wire()
        told = data[:1500].decode("latin-1")
        for last in (False, True):
            line = wire or Wire(port, 60)
            try:
                line.send(data)
                answer = line.receive(head=asked.method == "HEAD")
            except Lost as error:
                # A kept connection may have been closed before the request came; a new one may not.
                check(wire is not None and not last, f"{told}\nis not answered: {error}")
                wire = self._wire = None
                continue
            kind = judge(answer, told, head=asked.method == "HEAD")
            self._wire = (
                None if answer.headers.get("connection") == "close" else (line if port == self.node.port else None)
            )
            return Seen({"requests": 1, kind: 1})
        raise AssertionError

    # attacks

    def _mutation(self, chance: random.Random) -> Seen:
        return self._send(self.node.port, mutated(chance.choice(self._requests), chance), self._wire)

    def _kept(self, chance: random.Random) -> Seen:
        """A value that is taken is given back as it was."""
        id, value = "urn:ngsi-ld:Kept:1", odd.value(chance)
        told = dump({"id": id, "type": "Kept", "v": {"type": "Property", "value": value}})
        seen = self._send(
            self.node.port, Asked(method="POST", path="/entities", text=told.encode("utf-8", "surrogatepass"))
        )
        if "taken" in seen.counts:
            wire = self.node.wire()
            found = wire.api("GET", f"/entities/{id}")
            check(found.status == 200, f"{told[:500]} is taken, and then {found.status}")
            kept, sent = found.json()["v"]["value"], json.loads(told)["v"]["value"]
            check(kept == sent, f"{told[:500]} is kept as {dump(kept)[:500]}")
            check(wire.api("DELETE", f"/entities/{id}").status == 204, "it cannot be deleted")
            wire.close()
        return seen + Seen({"values given back as they were": seen.counts.get("taken", 0)})

    def _trick(self, chance: random.Random) -> Seen:
        return self._play(chance.choice(tricks.TRICKS), chance)

    def _play(self, trick: tricks.Trick, chance: random.Random) -> Seen:
        try:
            answers = tricks.play(self.node.port, trick, trick.make(chance))
        except ValueError as error:
            check(False, f"{trick.name}: {error}")
        check(len(answers) >= (trick.answers or 0), f"{trick.name}: {len(answers)} answers")
        seen = Seen({"tricks with the protocol": 1})
        for answer in answers:
            seen = seen + Seen({"requests": 1, judge(answer, trick.name): 1})
        return seen

    def _context(self, chance: random.Random) -> Seen:
        """A hostile @context, named in the body or by a header; each time under another URL, so that it is fetched."""
        name = chance.choice(list(remote.DOCUMENTS))
        # A server that gives no answers is left alone for a while; the others must not be.
        server = self._broken if name in remote.BROKEN else self._documents
        asked = _with_context(f"http://127.0.0.1:{server.port}/{name}?{chance.random()}", chance)
        return self._send(self.node.port, asked) + Seen({"hostile contexts": 1})

    def _slow(self, chance: random.Random) -> Seen:
        """A context from a server that never answers; the request is awaited in the end."""
        asked = _with_context(f"http://127.0.0.1:{self._never.port}/{chance.random()}", chance)
        thread = threading.Thread(target=self._await, args=(asked,), daemon=True)
        thread.start()
        self._late.append(thread)
        return Seen({"hostile contexts": 1})

    def _await(self, asked: Asked) -> None:
        try:
            self._send(self.node.port, asked)
        except Failed as error:
            self._wrong.append(str(error))

    def _inside(self, chance: random.Random) -> Seen:
        """An address of the inside as a context or as the receiver of notifications."""
        self._called += 1
        url = inside.address(chance, chance.choice(self._canaries).port, self._sender.port)
        port = self._inner.port
        if chance.random() < 0.6:
            seen = self._send(port, _with_context(url, chance))
        else:
            body = {**seeds.SUBSCRIPTION, "entities": [{"type": "Room"}], "notification": {"endpoint": {"uri": url}}}
            for name in ("q", "geoQ", "scopeQ", "throttling", "notificationTrigger", "watchedAttributes"):
                body.pop(name)
            seen = self._send(port, Asked(method="POST", path="/subscriptions", body=body))
            changed = {**seeds.ENTITY, "bare": chance.random()}
            seen += self._send(port, Asked(method="POST", path="/entityOperations/upsert", body=[changed]))
        self._check_canary(url)
        return seen + Seen({"addresses of the inside": 1, "of them called": 0})

    def _check_canary(self, about: str) -> None:
        called = [path for canary in self._canaries for path in canary.paths]
        check(not called, f"{about}: the node called an address of the inside: {called[:3]}")

    def _bomb(self, chance: random.Random) -> Seen:
        return self._burst(bombs.BOMBS.index(chance.choice(bombs.BOMBS)), chance)

    def _burst(self, number: int, chance: random.Random) -> Seen:
        seen = self._send(self.node.port, bombs.BOMBS[number](chance))
        for id in ("urn:ngsi-ld:Bomb:1", "urn:ngsi-ld:Bomb:2", "urn:b:same"):
            self._send(self.node.port, Asked(method="DELETE", path=f"/entities/{id}"))
        found = self._watch.check(f"bomb {number}", queries=True)
        query = {"slowest query of others beside a bomb in ms": 1000 * round(found.query, 3)}
        return seen + _measured(found) + Seen({"bombs": 1}, query)

    def _crowd(self, chance: random.Random) -> Seen:
        return self._gather(chance.choice(crowds.CROWDS), chance)

    def _gather(self, crowd: crowds.Crowd, chance: random.Random) -> Seen:
        count = crowd(self.node.port, chance)
        return self._looked(crowd.__name__) + Seen({"connections in crowds": count})


def _measured(found: Measured) -> Seen:
    return Seen({}, {"slowest /health in ms": round(found.slowest * 1000), "most memory in MB": round(found.memory)})


def _listens(host: str) -> bool:
    """This machine has the address."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as made:
        try:
            made.bind((host, 0))
        except OSError:
            return False
    return True


def _with_context(url: str, chance: random.Random) -> Asked:
    if chance.random() < 0.5:
        link = f'<{url}>; rel="http://www.w3.org/ns/json-ld#context"; type="application/ld+json"'
        clean = link.replace("\r", "").replace("\n", "")
        return Asked(method="GET", path="/entities", params=(("type", "Room"),), headers=(("Link", clean),))
    user = chance.choice((url, [url], [url, seeds.CORE], [{"a": "http://a/"}, url]))
    return Asked(method="POST", path="/entityOperations/upsert", body=[{**seeds.ENTITY, "@context": user}], headers=LD)
