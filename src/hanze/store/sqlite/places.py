# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Finds places by a geo-query: the R*Tree gives candidates; where a candidate's box does not tell yet, its exact shape does.

All that SQL finds comes as one row: each row that Python steps to costs a turn at the interpreter's lock, which under load
is far more than the search itself.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from typing import Any

import apsw
import msgspec
import numpy as np

from hanze.ngsild import boxes, geometry
from hanze.ngsild.selection import Geo
from hanze.store.sqlite.condition import Sql

BITS = 40
"""An entity's number fits in so many bits; its further places count above them."""

MASK = (1 << BITS) - 1

EXACT_NUMBERS = 1 << 22
"""Attributes with a smaller number are told apart by the tree itself, whose coordinates are 32-bit floats."""

THICKNESS = 0.5
"""What a place has in the dimension of attributes: without any, all volumes were 0 and the tree could not arrange itself."""

UNIT, LARGE = 10_000_000, 1 << 40
"""Candidates are told in whole UNITs of a degree, since these are quick to write and to read; LARGE: the box is not tiny."""

CANDIDATES = (
    f"SELECT json_group_array(gid), json_group_array(CASE WHEN east - west < {boxes.TINY} AND north - south < {boxes.TINY} "
    f"THEN CAST((west + east) * {UNIT // 2} AS INTEGER) ELSE {LARGE} END), "
    f"json_group_array(CAST((south + north) * {UNIT // 2} AS INTEGER)) FROM place WHERE "
)

EXACT = "SELECT json_group_array(json_array(gid, x, y, shape)) FROM place WHERE gid IN (SELECT value FROM json_each(?))"

Unsure = tuple[int, float | None, float | None, str | None]
"""The number of a place, and where it is: a point, or the text of a shape."""

decode_numbers = msgspec.json.Decoder(list[int]).decode
decode_unsure = msgspec.json.Decoder(list[Unsure]).decode


class Places:
    """The places that one geo-query may be about, and which of them fulfil it."""

    def __init__(self, connection: apsw.Connection, aid: int, geo: Geo) -> None:
        self._connection = connection
        self._geo = geo
        self._every: list[int] | None = None
        self._gids, self._x, self._y = _candidates(connection, aid, geo)

    def every(self) -> list[int]:
        """Numbers of the entities of which a place fulfils the query, ascending."""
        if self._every is None:
            self._every = self._fulfil(slice(None))
        return self._every

    def parts(self, size: int) -> Iterator[list[int]]:
        """The same, part by part, for who needs only the first: of so many candidates, then of ever more."""
        eids = self._gids & MASK
        start, count = 0, len(eids)
        while start < count:
            last = min(start + size, count) - 1
            end = int(np.searchsorted(eids, eids[last], "right"))
            if self._every is None:
                yield self._fulfil(slice(start, end))
            else:
                yield self._every[bisect_left(self._every, eids[start]) : bisect_right(self._every, eids[last])]
            start, size = end, 4 * size

    def _fulfil(self, part: slice) -> list[int]:
        """The entities that have a place in this part of the candidates that fulfils the query."""
        gids = self._gids[part]
        inside, outside = boxes.judge(self._geo, self._x[part], self._y[part])
        found = {*gids[inside].tolist(), *self._exactly(gids[~(inside | outside)].tolist())}
        return sorted({gid & MASK for gid in found})

    def _exactly(self, gids: list[int]) -> list[int]:
        """Those of the places that fulfil the query, by their points and shapes."""
        if not gids:
            return []
        rows = decode_unsure(self._connection.execute(EXACT, (msgspec.json.encode(gids).decode(),)).get)
        points = [(gid, x, y) for gid, x, y, _ in rows if x is not None and y is not None]
        inside = geometry.points_hold(self._geo, [x for _, x, _ in points], [y for _, _, y in points])
        shapes = [(gid, geometry.shape(msgspec.json.decode(text))) for gid, _, _, text in rows if text is not None]
        return [
            *(gid for (gid, _, _), fits in zip(points, inside, strict=True) if fits),
            *(gid for gid, place in shapes if geometry.holds(self._geo, place)),
        ]


def _candidates(connection: apsw.Connection, aid: int, geo: Geo) -> tuple[Any, Any, Any]:
    """The places in reach: their numbers in the order of their entities, and the middles of their boxes in degrees."""
    columns: list[list[int]] = [[], [], []]
    for condition, values in _conditions(aid, geo):
        for column, text in zip(columns, connection.execute(CANDIDATES + condition, values).fetchall()[0], strict=True):
            column += decode_numbers(str(text))
    gids, which = np.unique(np.array(columns[0], dtype=np.int64), return_index=True)
    order = np.argsort(gids & MASK, kind="stable")
    x, y = (np.array(column, dtype=np.int64)[which[order]] for column in columns[1:])
    return gids[order], np.where(x == LARGE, np.nan, x / UNIT), y / UNIT


def _conditions(aid: int, geo: Geo) -> list[Sql]:
    """Conditions on the tree that together hold every match."""
    own, values = "low <= ? AND high >= ?", [aid, aid]
    if aid >= EXACT_NUMBERS:
        own, values = own + " AND aid = ?", [*values, aid]
    searched = boxes.to_search(geo)
    if searched is None:
        return [(own, [*values])]
    return [
        (f"{own} AND east >= ? AND west <= ? AND north >= ? AND south <= ?", [*values, west, east, south, north])
        for west, south, east, north in searched
    ]


def row(eid: int, number: int, aid: int, place: dict[str, Any]) -> tuple[Any, ...]:
    """The row of an entity's place; `number` counts its places from 0."""
    gid = eid | number << BITS
    if place["type"] == "Point":
        x, y = place["coordinates"][:2]
        return gid, x, x, y, y, aid, aid + THICKNESS, aid, x, y, None
    west, south, east, north = geometry.bounds(place)
    return gid, west, east, south, north, aid, aid + THICKNESS, aid, None, None, msgspec.json.encode(place).decode()
