# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Another real node, with a usual clock, that is mirrored: devices change each minute, visitors come and go, and it is killed."""

import time
from pathlib import Path
from types import TracebackType
from typing import Any

from hanze.feeds.source import Feed
from hanze.ngsild import times
from tests.prove.node import Node, init
from tests.prove.seen import Seen, check
from tests.prove.soak.given import Given
from tests.prove.soak.pace import MINUTE, insisting, until_it_holds
from tests.prove.wire import Answer, Lost

DEVICES = 5

EVERY = 20.0
"""Seconds of the machine from one comparison to the next, so that there are many while devices change."""

STAY = 10
"""Minutes after which a visitor goes and another one comes."""

WITHIN = 30.0
"""Seconds of the machine within which all is mirrored, also after a kill."""

DAY = 86_400_000_000


class Neighbour:
    """`folder`: of the other node."""

    name = "neighbour"
    excuses: tuple[str, ...] = (
        "the other broker has no entities yet", "could not deliver some", "cannot be reached", "refused", "closed", "reset",
    )  # fmt: skip
    speaks = True

    def __init__(self, folder: Path) -> None:
        self._folder = init(folder)
        self._given = Given(self.name, "level", [f"urn:ngsi-ld:Device:{number}" for number in range(DEVICES)])
        self._visitor = 0

    def __enter__(self) -> "Neighbour":
        self._node = Node(self._folder, "--allow-loopback").ready()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._node.stop()

    def feed(self) -> Feed:
        return Feed(
            "ngsild", f"http://127.0.0.1:{self._node.port}", every=EVERY, options={"types": ["Device", "Visitor"]}
        )

    def begin(self, at: int) -> None:
        self._change(at)

    def tell(self, at: int) -> None:
        self._change(at)
        if at // MINUTE % STAY == 0:
            self._exchange()

    def harm(self) -> str:
        port = self._node.port
        self._node.kill()
        self._node = Node(self._folder, "--allow-loopback", "--port", str(port)).ready()
        return "kills of the other broker"

    def compare(self, node: Node) -> Seen:
        check(not self._node.tracebacks(), f"an error of the other node: {self._node.tracebacks()[:1]}")
        self._subscribed()
        self._given.compare(node, WITHIN)
        return Seen({"changes at the other broker": self._given.more()})

    def finish(self, node: Node) -> None:
        until_it_holds(lambda: self._given.compare(node))
        until_it_holds(lambda: self._same(node))

    def _subscribed(self) -> None:
        """There is one subscription, which ends within a day of the machine's clock, however fast the mirror's runs."""
        found = self._node.wire().api("GET", "/subscriptions").json()
        check(len(found) == 1, f"{len(found)} subscriptions stand at the other broker")
        left = times.parse(found[0]["expiresAt"]) - round(time.time() * 1e6)
        check(DAY // 2 < left <= DAY, f"the subscription has {left / DAY:.1f} days to live")

    def _same(self, node: Node) -> None:
        theirs, ours = _present(self._node), _present(node)
        check(theirs == ours, f"the other broker has {sorted(theirs.items())} and its mirror {sorted(ours.items())}")

    def _change(self, at: int) -> None:
        readings = self._given.make(at)
        made = [
            {"id": id, "type": "Device", "level": {"type": "Property", "value": value, "observedAt": moment}}
            for id, moment, value in readings
        ]
        self._ask("POST", "/entityOperations/upsert?options=update", made)
        self._given.taken(readings)

    def _exchange(self) -> None:
        """One is created, and the one before deleted, perhaps twice where the answer got lost."""
        before, self._visitor = self._visitor, self._visitor + 1
        self._ask("POST", "/entities", {"id": f"urn:ngsi-ld:Visitor:{self._visitor}", "type": "Visitor"}, 409)
        if before:
            self._ask("DELETE", f"/entities/urn:ngsi-ld:Visitor:{before}", None, 404)

    def _ask(self, method: str, path: str, body: Any, *again: int) -> None:
        def ask() -> None:
            answer: Answer = self._node.wire().api(method, path, body)
            check(
                answer.status < 300 or answer.status in again, f"{method} {path}: {answer.status} {answer.body[:200]!r}"
            )

        insisting(ask, (Lost,))


def _present(node: Node) -> dict[str, Any]:
    """What there is now, by id."""
    answer = node.wire().api("GET", "/entities?type=Device,Visitor&limit=1000")
    check(answer.status == 200, f"entities: {answer.status}")
    return {one["id"]: (one.get("level") or {}).get("value") for one in answer.json()}
