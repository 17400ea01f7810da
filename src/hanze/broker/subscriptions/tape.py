# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reads the journal for all subscriptions; the latest changes are kept, so that who is a little behind reads no database."""

from collections import OrderedDict

from hanze.broker.subscriptions.facts import Facts, facts
from hanze.store.base import Store

MOST_KEPT = 512
"""Changes."""

MOST_BYTES = 8 << 20
"""Of the changes that are kept, as the journal has them; in memory they take about five times as much."""

Looked = tuple[int, Facts | None]
"""A journal number, and what happened there; None where it concerns no subscription at all."""


class Tape:
    """The journal as subscriptions see it; used on the event loop only."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._kept: OrderedDict[int, Facts | None] = OrderedDict()
        self._bytes = 0

    def forward(self, after: int, limit: int) -> list[Looked]:
        """What follows, at most `limit`, read anew and kept."""
        found = self._read(after, limit)
        for seq, change in found:
            self._kept[seq] = change
            self._bytes += _weight(change)
        while len(self._kept) > MOST_KEPT or self._bytes > MOST_BYTES:
            _, gone = self._kept.popitem(last=False)
            self._bytes -= _weight(gone)
        return found

    def again(self, after: int, limit: int) -> list[Looked]:
        """What follows, at most `limit`, out of what is kept where it goes back so far."""
        found: list[Looked] = []
        kept, seq = self._kept, after + 1
        while seq in kept and len(found) < limit:
            found.append((seq, kept[seq]))
            seq += 1
        return found or self._read(after, limit)

    def has(self, seq: int) -> bool:
        """The journal still has the row; whoever erases an entity takes its rows out."""
        return any(row.seq == seq for row in self._store.journal(seq - 1, 1))

    def _read(self, after: int, limit: int) -> list[Looked]:
        return [(row.seq, facts(row)) for row in self._store.journal(after, limit)]


def _weight(change: Facts | None) -> int:
    return 0 if change is None else change.weight
