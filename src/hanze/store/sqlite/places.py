# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Finds places by a geo-query: the R*Tree gives candidates; where a candidate's box does not tell yet, its exact shape does.

All that SQL finds comes as one row: each row that Python steps to costs a turn at the interpreter's lock, which under load
is far more than the search itself.
"""

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

REACHED = "SELECT json_group_array(gid) FROM place WHERE "

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
        self._conditions = _conditions(aid, geo)
        self._every: list[int] | None = None

    def every(self) -> list[int]:
        """Numbers of the entities of which a place fulfils the query, ascending."""
        if self._every is None:
            gids, x, y = self._candidates()
            inside, outside = boxes.judge(self._geo, x, y)
            found = [*gids[inside].tolist(), *self._exactly(gids[~(inside | outside)].tolist())]
            self._every = _entities(found)
        return self._every

    def parts(self, size: int) -> Iterator[list[int]]:
        """The same, part by part, for who needs only the first: of so many candidates, then of ever more."""
        if self._every is not None:
            for start in range(0, len(self._every), size):
                yield self._every[start : start + size]
            return
        gids = self._in_order()
        start, count = 0, len(gids)
        while start < count:
            end = min(start + size, count)
            while end < count and gids[end] & MASK == gids[end - 1] & MASK:
                end += 1
            yield _entities(self._exactly(gids[start:end]))
            start, size = end, 4 * size

    def _in_order(self) -> list[int]:
        """The numbers of the places in reach, in the order of their entities."""
        found: set[int] = set()
        for condition, values in self._conditions:
            found.update(decode_numbers(str(self._connection.execute(REACHED + condition, values).get)))
        gids = sorted(found)
        if gids and gids[-1] > MASK:
            gids.sort(key=MASK.__and__)
        return gids

    def _candidates(self) -> tuple[Any, Any, Any]:
        """The places in reach: their numbers, and the middles of their boxes in degrees."""
        columns: list[list[int]] = [[], [], []]
        for condition, values in self._conditions:
            row = self._connection.execute(CANDIDATES + condition, values).fetchall()[0]
            for column, text in zip(columns, row, strict=True):
                column += decode_numbers(str(text))
        gids, x, y = (np.array(column, dtype=np.int64) for column in columns)
        return gids, np.where(x == LARGE, np.nan, x / UNIT), y / UNIT

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


def _entities(gids: list[int]) -> list[int]:
    return sorted({gid & MASK for gid in gids})


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
