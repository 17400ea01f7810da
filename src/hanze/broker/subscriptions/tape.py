# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reads the journal for all subscriptions; the latest changes are kept, so that who is a little behind reads no database."""

from collections.abc import Iterable

from hanze.broker.subscriptions.facts import Facts, facts
from hanze.store.base import JournalRow, Store

KEPT = 512
"""Changes."""

Looked = tuple[int, Facts | None]
"""A journal number, and what happened there; None where it concerns no subscription at all."""


class Tape:
    """The journal as subscriptions see it."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._kept: dict[int, Facts | None] = {}

    def forward(self, after: int, limit: int) -> list[Looked]:
        """What follows, read anew and kept."""
        found = _looked(self._store.journal(after, limit))
        kept = self._kept
        kept.update(found)
        for seq in list(kept)[: len(kept) - KEPT]:
            del kept[seq]
        return found

    def again(self, after: int, limit: int) -> list[Looked]:
        """What follows, out of what is kept where it goes back so far."""
        found: list[Looked] = []
        kept, seq = self._kept, after + 1
        while seq in kept and len(found) < limit:
            found.append((seq, kept[seq]))
            seq += 1
        return found or _looked(self._store.journal(after, limit))


def _looked(rows: Iterable[JournalRow]) -> list[Looked]:
    return [(row.seq, facts(row)) for row in rows]
