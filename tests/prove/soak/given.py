# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a source was given and when, to be compared with what the node has of it."""

import threading
import time
from collections.abc import Sequence

from hanze.ngsild import times
from tests.prove.node import Node
from tests.prove.seen import check

Reading = tuple[str, str, float]
"""Id, observedAt, value."""


class Given:
    """Readings of one attribute of some entities; no two have the same value."""

    def __init__(self, source: str, attribute: str, ids: Sequence[str]) -> None:
        self._source = source
        self._attribute = attribute
        self._ids = ids
        self._lock = threading.Lock()
        self._all: set[Reading] = set()
        self._taken: list[tuple[float, Reading]] = []
        self._since: int | None = None
        self._told = 0

    def make(self, at: int) -> list[Reading]:
        """One of each entity, which may be on its way from now on. `at`: of the node's clock."""
        with self._lock:
            self._since = at - 1 if self._since is None else self._since
            first = len(self._all)
            made = [(id, times.text(at), float(first + number)) for number, id in enumerate(self._ids)]
            self._all.update(made)
            return made

    def taken(self, readings: list[Reading]) -> None:
        """The source answered that it has them."""
        with self._lock:
            self._taken += [(time.monotonic(), one) for one in readings]

    def more(self) -> int:
        """How many were taken since the last time that this was asked."""
        with self._lock:
            before, self._told = self._told, len(self._taken)
            return self._told - before

    def compare(self, node: Node, within: float = 0.0) -> None:
        """All that was taken more than so many seconds of the machine ago is in the history, once, and nothing that was never
        given."""
        if self._since is None:
            return
        latest = time.monotonic() - within
        with self._lock:
            due = {one for at, one in self._taken if at <= latest}
        there = [one for id in self._ids for one in history(node, id, self._attribute, self._since)]
        # What is on its way now may be there already.
        with self._lock:
            never = set(there) - self._all
        lost = due - set(there)
        check(not lost, f"{self._source}: {len(lost)} of {len(due)} readings are missing, such as {sorted(lost)[:2]}")
        check(not never, f"{self._source}: {len(never)} readings were never given, such as {sorted(never)[:2]}")
        check(len(there) == len(set(there)), f"{self._source}: a reading is there twice")


def history(node: Node, id: str, attribute: str, since: int) -> list[Reading]:
    """What the node has of an attribute from that moment of its clock on."""
    query = f"/temporal/entities/{id}?attrs={attribute}&timerel=after&timeAt={times.text(since)}&lastN=10000"
    answer = node.wire().api("GET", query)
    if answer.status == 404:
        return []
    check(answer.status == 200, f"{query}: {answer.status} {answer.body[:300]!r}")
    told = answer.json().get(attribute, [])
    return [(id, one["observedAt"], float(one["value"])) for one in (told if isinstance(told, list) else [told])]
