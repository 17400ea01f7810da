# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a worker has read already, so that one more reading costs one series and not a year of all: it follows the journal."""

from collections.abc import Iterable

import msgspec

from hanze.compute import Shelf
from hanze.goals.areas.assigning import Map
from hanze.goals.computing.reading import Kept, Key
from hanze.goals.computing.scene import WHOLE, Scene
from hanze.goals.indicators.reducing import Grid, Steps
from hanze.goals.keeping import areas
from hanze.goals.model import AREA, LAND
from hanze.ngsild.calendar import Period
from hanze.store.base import JournalRow, Reads

MOST_ROWS, ROWS = 20_000, 2_000
"""Of the journal: who is further behind reads everything anew; and those of one read."""

MOST_BYTES, MOST_GRIDS = 96 << 20, 200

LONGEST = 600_000_000
"""Microseconds after which all is read anew, for of what its retention ends the journal does not tell."""


class Ground(msgspec.Struct, frozen=True):
    """The areas, and which of the smallest a place lies in."""

    scene: Scene
    leaves: Map


class Recalled:
    """What is known of a store as of a number of its journal, `since` a moment (microseconds)."""

    def __init__(self, seq: int = 0, since: int = 0) -> None:
        self._seq, self._since = seq, since
        self._ground: Ground | None = None
        self.series: dict[Key, Kept] = {}
        self.grids: dict[tuple[Period, Steps], Grid] = {}

    def ground(self, reads: Reads) -> Ground:
        if self._ground is None:
            scene = Scene(areas.read(reads) or [WHOLE])
            self._ground = Ground(scene, Map(one.area for one in scene.smallest))
        return self._ground

    def followed(self, reads: Reads, now: int) -> bool:
        """Forgets what was altered since; whether that can be told."""
        if not 0 <= now - self._since < LONGEST or not 0 <= reads.head() - self._seq < MOST_ROWS:
            return False
        while rows := reads.journal(self._seq, ROWS):
            if rows[0].seq != self._seq + 1:
                return False
            self._forget(rows)
            self._seq = rows[-1].seq
        return True

    def _forget(self, rows: Iterable[JournalRow]) -> None:
        altered = {row.id for row in rows if not row.tenant}
        self.series = {key: kept for key, kept in self.series.items() if key[0] not in altered}
        if any(AREA.iri in row.types or LAND.iri in row.types for row in rows):
            self._ground = None

    def bounded(self) -> None:
        """Lets go of what came first, where it is too much to keep."""
        size = sum(kept.bytes for kept in self.series.values())
        for key in list(self.series):
            if size <= MOST_BYTES:
                break
            size -= self.series.pop(key).bytes
        if len(self.grids) > MOST_GRIDS:
            self.grids.clear()


def recalled(shelf: Shelf, name: str, reads: Reads, now: int) -> Recalled:
    """What a worker knows of the store with this name, as of now."""
    known = shelf.get(name)
    # What is altered while this looks is in the journal after this number.
    head = reads.head()
    if not isinstance(known, Recalled) or not known.followed(reads, now):
        known = shelf[name] = Recalled(head, now)
    return known
