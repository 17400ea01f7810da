# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Of what moves, a grant with an area shows the history only of when it was there: a condition on history h.

Where it was at a moment says the last place that was known by then; before the first one it was where that is. One with several
places at the same moment was in each of them. Most things never move, and of those nothing is asked.
"""

from collections.abc import Iterable, Sequence
from typing import Any

import apsw
import msgspec

from hanze.store.mask import LOCATION, Border, border
from hanze.store.scope import Grant
from hanze.store.sqlite.connect import scalar
from hanze.store.sqlite.kept import decode
from hanze.store.sqlite.lens import Placed
from hanze.store.sqlite.names import Names
from hanze.store.sqlite.select import Ids

MOST_BORDERS = 4096

ONE_OR_MORE = "SELECT doc FROM history WHERE eid = ? AND aid = ? LIMIT 2"
PLACES = "SELECT DISTINCT doc FROM history WHERE eid = ? AND aid = ?"


class Stays:
    """Of one connection."""

    def __init__(self, connection: apsw.Connection, names: Names) -> None:
        self._connection = connection
        self._names = names
        self._numbers: dict[int, tuple[dict[str, Any], int]] = {}
        """By the identity of an area, which is kept with it."""
        self._borders: dict[int, Border] = {}
        self._given = 0
        scalar(connection, "was_in", self._was_in, 2)

    def _was_in(self, number: int, doc: str | None) -> bool:
        """The place of a document of the history lies in the area; none where it was deleted."""
        return doc is not None and self._borders[number].touched(decode(doc))

    def _number(self, area: dict[str, Any]) -> int:
        known = self._numbers.get(id(area))
        if known is None:
            if len(self._numbers) >= MOST_BORDERS:
                _, oldest = self._numbers.pop(next(iter(self._numbers)))
                del self._borders[oldest]
            self._given += 1
            known = self._numbers[id(area)] = area, self._given
            self._borders[self._given] = border(area)
        return known[1]

    def placed(self, tn: int, grants: Iterable[Grant]) -> list[Grant]:
        """The grants, those with an area so that they show nothing from elsewhere."""
        place = self._names.number(tn, "a", LOCATION)
        return [grant if place is None or grant.area is None else self._placed(grant, place) for grant in grants]

    def of(self, tn: int, eid: int, grants: Sequence[Grant]) -> list[Grant]:
        """The same for one entity: those in whose area it always was stay as they are."""
        if all(grant.area is None for grant in grants):
            return [*grants]
        return [
            grant if isinstance(one, Placed) and self._stayed(eid, one) else one
            for grant, one in zip(grants, self.placed(tn, grants), strict=True)
        ]

    def moved(self, tn: int, candidates: Ids, grants: Sequence[Grant]) -> set[int]:
        """Those of the candidates that were elsewhere than in the area of one of the grants."""
        found: set[int] = set()
        known = {one.border: one for one in self.placed(tn, grants) if isinstance(one, Placed)}
        for one in known.values():
            rows: Any = self._connection.execute(
                f"SELECT d.eid FROM ({candidates.sql}) d WHERE EXISTS (SELECT 1 FROM "
                "(SELECT DISTINCT doc FROM history WHERE eid = d.eid AND aid = ?) WHERE NOT was_in(?, doc))",
                (*candidates.values, one.place, one.border),
            )
            found.update(eid for (eid,) in rows)
        return found

    def _placed(self, grant: Grant, place: int) -> Placed:
        assert grant.area is not None
        return Placed(**msgspec.structs.asdict(grant), place=place, border=self._number(grant.area))

    def _stayed(self, eid: int, grant: Placed) -> bool:
        # Most things have one place, which is told without sorting.
        places: Any = self._connection.execute(ONE_OR_MORE, (eid, grant.place)).fetchall()
        if len(places) > 1:
            places = self._connection.execute(PLACES, (eid, grant.place)).fetchall()
        return all(self._was_in(grant.border, doc) for (doc,) in places)
