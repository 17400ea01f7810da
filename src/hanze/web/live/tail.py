# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reads the end of the journal, beside the event loop, and goes back in it as far as a client that comes again needs.

It is no registered consumer: nothing is kept for it.
"""

from functools import partial

from hanze.store.base import JournalRow, Store
from hanze.web.live.recent import Recent

MOST_BACK = 30_000
"""Rows: who is further behind asks anew."""

ROWS_AT_ONCE = 500


class Tail:
    """What changed lately, and the journal numbers between which all of it is known."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._head = 0
        self.recent = Recent()

    def open(self) -> None:
        """Sees from now on what is committed."""
        self._head = self._store.head()
        self._store.on_commit(self._committed)

    def _committed(self, head: int) -> None:
        # In the writer's thread, which is not held up: the number is looked at once a second.
        self._head = head

    @property
    def cursor(self) -> int:
        return self.recent.cursor

    def begin(self) -> None:
        """What was committed before is nobody's concern."""
        self.recent.begin(self._head)

    def knows(self, after: int) -> bool:
        """All that changed after this number is known."""
        return self.recent.floor <= after <= self.recent.cursor

    async def forward(self) -> None:
        """To the end of the journal."""
        recent, head = self.recent, self._head
        if head - recent.cursor > MOST_BACK:
            recent.begin(head)
        while recent.cursor < head:
            rows = await self._rows(recent.cursor)
            recent.forward(rows)
            if not rows:
                # What was there was erased.
                recent.cursor = head
        recent.forget(recent.cursor - MOST_BACK)

    async def back(self, after: int) -> None:
        """So that what changed after this number is known too, where the journal goes back so far."""
        recent = self.recent
        if not recent.cursor - MOST_BACK <= after < recent.floor:
            return
        first = await self._store.read(partial(self._store.journal, 0, 1))
        at = floor = max(after, first[0].seq - 1) if first else recent.floor
        found: list[JournalRow] = []
        while at < recent.floor:
            rows = await self._rows(at)
            found += rows
            at = rows[-1].seq if rows else recent.floor
        recent.back(found, min(floor, recent.floor))

    async def _rows(self, after: int) -> list[JournalRow]:
        return await self._store.read(partial(self._store.journal, after, ROWS_AT_ONCE))
