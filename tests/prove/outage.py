# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Proof "outage": a node and its mirror, of which one goes for five minutes; then the mirror is complete without a hand, with each
reading that the other took meanwhile in its history.
"""

import itertools
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any

from hanze.feeds.source import Feed
from hanze.ngsild import times
from hanze.node import sources
from tests.prove.node import Node, init
from tests.prove.seen import Seen, check
from tests.prove.soak.given import Given
from tests.prove.soak.pace import until_it_holds

SECONDS = 300.0
"""That one of them is away."""

EVERY = 1.0
"""Seconds from one turn of readings to the next."""

SENSORS, OTHERS = 10, 1000
"""Entities with readings, and those that change once, or are deleted."""

PATIENCE = 180.0
"""Seconds after which the mirror is to be complete: a source that was away is tried again within a minute, and notifications that
waited come one after the other."""

SIDES = ("the mirror", "the other broker")


def prove(rounds: Iterable[int], seed: int, seconds: float = SECONDS) -> Iterator[Seen]:
    """Both sides in turns."""
    for number in rounds:
        with tempfile.TemporaryDirectory() as place, ExitStack() as stack:
            yield _round(Pair(Path(place), stack), number, seconds)


class Pair:
    """A node with data and its mirror, each at a port that stays."""

    def __init__(self, place: Path, stack: ExitStack) -> None:
        self._folders = [init(place / "ours"), init(place / "theirs")]
        self._ports = [0, 0]
        self._stack = stack
        self.nodes = [self._started(0), self._started(1)]

    @property
    def ours(self) -> Node:
        return self.nodes[0]

    @property
    def theirs(self) -> Node:
        return self.nodes[1]

    def begin(self) -> None:
        """The one becomes a mirror of the other."""
        url = f"http://127.0.0.1:{self._ports[1]}"
        sources.add(self._folders[0], Feed("ngsild", url, name="mirror"))

    def again(self, side: int) -> None:
        self.nodes[side] = self._started(side)

    def _started(self, side: int) -> Node:
        node = Node(self._folders[side], "--allow-loopback", "--port", str(self._ports[side])).ready()
        self._stack.callback(node.stop)
        self._ports[side] = self._ports[side] or node.port
        check(node.port == self._ports[side], "a node did not come back at its port")
        return node


def _round(pair: Pair, number: int, seconds: float) -> Seen:
    side = number % len(SIDES)
    given = Given("mirror", "level", [_id("Sensor", one) for one in range(SENSORS)])
    _write(pair.theirs, [_plain(one, 0) for one in range(OTHERS)])
    _read(pair.theirs, given)
    pair.begin()
    until_it_holds(partial(_complete, pair, given), PATIENCE)

    pair.nodes[side].kill()
    end = time.monotonic() + seconds
    if SIDES[side] == "the mirror":
        _change(pair.theirs, given, end)
    else:
        time.sleep(seconds)
    pair.again(side)
    begin = time.monotonic()
    if SIDES[side] == "the other broker":
        _change(pair.theirs, given, begin + EVERY)
    until_it_holds(partial(_complete, pair, given), PATIENCE)
    spent = time.monotonic() - begin
    # Not only what was left behind is there: it follows again.
    _read(pair.theirs, given)
    until_it_holds(partial(_complete, pair, given), PATIENCE)
    found = pair.theirs.wire().api("GET", "/subscriptions").json()
    check(len(found) == 1, f"{len(found)} subscriptions stand at the other broker")
    errors = [line for node in pair.nodes for line in node.tracebacks()]
    check(not errors, f"an error of ours: {errors[:1]}")
    return Seen(
        {f"outages of {SIDES[side]}": 1, "readings": given.more(), "entities changed or deleted": OTHERS},
        {f"seconds until complete after {SIDES[side]} came back": round(spent, 1)},
    )


def _change(node: Node, given: Given, end: float) -> None:
    """While there is time, readings come; at the beginning all others change, some go and as many come."""
    half = OTHERS // 2
    _write(node, [_plain(one, 1) for one in range(half)])
    gone = [_id("Device", one) for one in range(half, OTHERS)]
    _good(node, "/entityOperations/delete", gone)
    _write(node, [_plain(one, 1) for one in range(OTHERS, OTHERS + half)])
    for turn in itertools.count():
        _read(node, given)
        if time.monotonic() + EVERY > end and turn:
            return
        time.sleep(EVERY)


def _read(node: Node, given: Given) -> None:
    """One reading of each sensor."""
    readings = given.make(times.system())
    _write(node, [_entity(id, value, observedAt=moment) for id, moment, value in readings])
    given.taken(readings)


def _complete(pair: Pair, given: Given) -> None:
    """The mirror has the entities of the other as they are there, and all readings. Failed where not."""
    theirs, ours = _present(pair.theirs), _present(pair.ours)
    differing = theirs.items() ^ ours.items()
    check(not differing, f"{len(differing)} entities differ, such as {sorted(differing)[:2]}")
    given.compare(pair.ours)


def _present(node: Node) -> dict[str, float]:
    found: dict[str, float] = {}
    while True:
        answer = node.wire().api("GET", f"/entities?type=Device,Sensor&limit=1000&offset={len(found)}")
        check(answer.status == 200, f"entities: {answer.status} {answer.body[:200]!r}")
        page = answer.json()
        found |= {one["id"]: one["level"]["value"] for one in page}
        if len(page) < 1000:
            return found


def _id(type: str, number: int) -> str:
    return f"urn:ngsi-ld:{type}:{number}"


def _plain(number: int, value: float) -> dict[str, Any]:
    return _entity(_id("Device", number), value)


def _entity(id: str, value: float, **more: str) -> dict[str, Any]:
    return {"id": id, "type": id.split(":")[2], "level": {"type": "Property", "value": value, **more}}


def _write(node: Node, entities: list[dict[str, Any]]) -> None:
    _good(node, "/entityOperations/upsert?options=update", entities)


def _good(node: Node, path: str, body: Any) -> None:
    answer = node.wire().api("POST", path, body)
    check(answer.status < 300, f"{path}: {answer.status} {answer.body[:200]!r}")
