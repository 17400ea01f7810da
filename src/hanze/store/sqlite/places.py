# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Finds places by a geo-query: the R*Tree gives candidates; where a candidate's box does not tell yet, its exact shape does."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

import apsw
import msgspec
import numpy as np
from numpy.typing import NDArray

from hanze.ngsild import boxes, geometry
from hanze.ngsild.selection import Geo
from hanze.store.sqlite.tree import Boxes, Numbers, once, walk

BITS = 40
"""An entity's number fits in so many bits; its further places count above them."""

MASK = (1 << BITS) - 1

EXACT_NUMBERS = 1 << 22
"""Families with a smaller number are told apart by the tree itself, whose coordinates are 32-bit floats."""

THICKNESS = 0.5
"""What a place has in the dimension of families: without any, all volumes were 0 and the tree could not arrange itself."""

JUDGED_AT_ONCE = 10_000

EXACT = (
    "SELECT json_group_array(json_array(rowid, a0, a1, a2, a3)) FROM json_each(?) asked "
    "CROSS JOIN place_rowid ON rowid = asked.value"
)
"""What stands beside the tree, in the order of its columns: family, x, y, shape."""

Unsure = tuple[int, int, float | None, float | None, str | None]
"""The number of a place, its family, and where it is: a point, or the text of a shape."""

Degrees = NDArray[np.float64]

decode_unsure = msgspec.json.Decoder(list[Unsure]).decode


class _Candidates(NamedTuple):
    """Numbers of places; the middles of their boxes and how wide these are, in degrees, NaN for what is not tiny."""

    gids: Numbers
    x: Degrees
    y: Degrees
    width: Degrees

    def only(self, some: Any) -> "_Candidates":
        return _Candidates(*(column[some] for column in self))

    def slices(self, size: int) -> Iterator["_Candidates"]:
        for start in range(0, len(self.gids), size):
            yield self.only(slice(start, start + size))


class Places:
    """The places that one geo-query may be about, and which of them fulfil it.

    `families`: numbers of what is searched, each one attribute of the entities of one type. `check`: is called now and
    then, and raises where the search takes too long.
    """

    def __init__(
        self, connection: apsw.Connection, families: Sequence[int], geo: Geo, check: Callable[[], None] = lambda: None
    ) -> None:
        self._connection = connection
        self._check = check
        self._families = np.array(sorted(families), dtype=np.float64)
        self._geo = geo
        self._searched = boxes.to_search(geo)
        self._every: Numbers | None = None

    def every(self) -> Numbers:
        """Numbers of the entities of which a place fulfils the query, ascending."""
        if self._every is None:
            found = [self._fulfilling(part) for part in self._candidates().slices(JUDGED_AT_ONCE)]
            self._every = once(np.concatenate(found) & MASK) if found else np.empty(0, dtype=np.int64)
        return self._every

    def parts(self, size: int) -> Iterator[Numbers]:
        """The same, part by part, for who needs only the first: of so many candidates, then of ever more."""
        if self._every is not None:
            for start in range(0, len(self._every), size):
                yield self._every[start : start + size]
            return
        left = self._candidates()
        while len(left.gids):
            entities = left.gids & MASK
            now = (
                entities <= np.partition(entities, size)[size] if len(entities) > size else np.full(len(entities), True)
            )
            yield once(self._fulfilling(left.only(now)) & MASK)
            left, size = left.only(~now), 4 * size

    def _candidates(self) -> "_Candidates":
        """The places in reach."""
        found = [_Candidates(np.empty(0, dtype=np.int64), np.empty(0), np.empty(0), np.empty(0))]
        for gids, reached in walk(self._connection, self._fit) if len(self._families) else ():
            self._check()
            west, east, south, north = reached.T[:4].astype(np.float64)
            width = np.maximum(east - west, north - south)
            width[width >= boxes.TINY] = np.nan
            found.append(_Candidates(gids, (west + east) / 2, (south + north) / 2, width))
        return _Candidates(*map(np.concatenate, zip(*found, strict=True)))

    def _fit(self, found: Boxes) -> NDArray[np.bool_]:
        west, east, south, north, low, high = found.T
        # Of the families between low and high, is there one that is asked for?
        own: NDArray[np.bool_] = np.searchsorted(self._families, high, side="right") > np.searchsorted(
            self._families, low
        )
        if self._searched is None:
            return own
        reached = np.zeros(len(found), dtype=bool)
        for left, bottom, right, top in self._searched:
            reached |= (east >= left) & (west <= right) & (north >= bottom) & (south <= top)
        own &= reached
        return own

    def _fulfilling(self, some: "_Candidates") -> Numbers:
        """Those of the places that fulfil the query."""
        self._check()
        gids = some.gids
        if len(self._families) and self._families[-1] >= EXACT_NUMBERS:
            return self._exactly(gids)
        inside, outside = boxes.judge(self._geo, some.x, some.y, some.width)
        unsure = ~(inside | outside)
        return np.concatenate((gids[inside], self._exactly(gids[unsure]))) if unsure.any() else gids[inside]

    def _exactly(self, gids: Numbers) -> Numbers:
        """The same, by their points and shapes."""
        text = msgspec.json.encode(gids.tolist()).decode()
        families = set(map(int, self._families))
        rows = [row for row in decode_unsure(self._connection.execute(EXACT, (text,)).get) if row[1] in families]
        points = [(gid, x, y) for gid, _, x, y, _ in rows if x is not None and y is not None]
        inside = geometry.points_hold(self._geo, [x for _, x, _ in points], [y for _, _, y in points])
        shapes = [(gid, geometry.shape(msgspec.json.decode(text))) for gid, *_, text in rows if text is not None]
        found = [gid for (gid, _, _), fits in zip(points, inside, strict=True) if fits]
        found += [gid for gid, place in shapes if geometry.holds(self._geo, place)]
        return np.array(found, dtype=np.int64)


def row(eid: int, number: int, family: int, place: dict[str, Any]) -> tuple[Any, ...]:
    """The row of an entity's place; `number` counts its rows from 0, one for each place and family."""
    gid = eid | number << BITS
    if place["type"] == "Point":
        x, y = place["coordinates"][:2]
        return gid, x, x, y, y, family, family + THICKNESS, family, x, y, None
    west, south, east, north = geometry.bounds(place)
    return (
        gid,
        west,
        east,
        south,
        north,
        family,
        family + THICKNESS,
        family,
        None,
        None,
        msgspec.json.encode(place).decode(),
    )
