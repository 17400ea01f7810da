# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Finds places by a geo-query: the R*Tree gives candidates; where a candidate's box does not tell yet, its exact shape does.

All that SQL finds comes as one row: each row that Python steps to costs a turn at the interpreter's lock, which under load
is far more than the search itself.
"""

import math
from collections.abc import Iterator
from typing import Any

import apsw
import msgspec

from hanze.ngsild import geometry
from hanze.ngsild.selection import Geo
from hanze.store.sqlite.condition import Parameters, Sql

BITS = 40
"""An entity's number fits in so many bits; its further places count above them."""

MASK = (1 << BITS) - 1

EXACT_NUMBERS = 1 << 22
"""Attributes with a smaller number are told apart by the tree itself, whose coordinates are 32-bit floats."""

THICKNESS = 0.5
"""What a place has in the dimension of attributes: without any, all volumes were 0 and the tree could not arrange itself."""

TINY, ACROSS = 1e-4, 8.0
"""A box of so many degrees is known to within so many metres."""

HALF = math.pi / 720
"""From the sum of two degrees to half their mean in radians."""

NEARNESS = (
    f"pow(sin((south + north) * {HALF} - ?), 2) + "
    f"? * cos((south + north) * {2 * HALF}) * pow(sin((west + east) * {HALF} - ?), 2)"
)
"""The haversine of the angle between a point and the middle of a box: grows with their distance."""

CANDIDATES = "SELECT json_group_array(gid) FROM place WHERE {box}"

JUDGED = (
    f"SELECT json_group_array(CASE {{verdict}} WHEN 1 THEN gid & {MASK} WHEN 0 THEN 0 "
    f"ELSE json_array(gid & {MASK}, x, y, shape) END) FROM place WHERE {{box}}"
)
"""Numbers of entities that match, 0 for what does not, and what must be looked at exactly."""

Unsure = tuple[int, float | None, float | None, str | None]
"""An entity's number, and its place: a point, or the text of a shape."""

decode_gids = msgspec.json.Decoder(list[int]).decode
decode_judged = msgspec.json.Decoder(list[int | Unsure]).decode


class Places:
    """The places that one geo-query may be about, and which of them fulfil it."""

    def __init__(self, connection: apsw.Connection, aid: int, geo: Geo) -> None:
        self._connection = connection
        self._geo = geo
        self._boxes = _boxes(aid, geo)
        self._verdict = _verdict(geo)

    def every(self) -> list[int]:
        """Numbers of the entities of which a place fulfils the query, ascending."""
        return sorted(set[int]().union(*(self._fulfil(box, values) for box, values in self._boxes)))

    def parts(self, size: int) -> Iterator[list[int]]:
        """The same, part by part, for who needs only the first: of so many candidates, then of ever more."""
        gids = self._candidates()
        start = 0
        while start < len(gids):
            end = min(start + size, len(gids))
            while end < len(gids) and gids[end] & MASK == gids[end - 1] & MASK:
                end += 1
            listed = msgspec.json.encode(gids[start:end]).decode()
            yield sorted(self._fulfil("gid IN (SELECT value FROM json_each(?))", [listed]))
            start, size = end, 4 * size

    def _candidates(self) -> list[int]:
        """Numbers of the places in the boxes, in the order of their entities."""
        found: set[int] = set()
        for box, values in self._boxes:
            found.update(decode_gids(self._connection.execute(CANDIDATES.format(box=box), values).get))
        gids = sorted(found)
        if gids and gids[-1] > MASK:
            gids.sort(key=MASK.__and__)
        return gids

    def _fulfil(self, condition: str, values: Parameters) -> set[int]:
        """The entities that have a place under the condition that fulfils the query."""
        verdict, needed = self._verdict
        text = self._connection.execute(JUDGED.format(verdict=verdict, box=condition), (*needed, *values)).get
        judged = decode_judged(text)
        found = {one for one in judged if isinstance(one, int)}
        found |= _exactly(self._geo, [one for one in judged if isinstance(one, tuple)])
        found.discard(0)
        return found


def find(connection: apsw.Connection, aid: int, geo: Geo) -> list[int]:
    """Numbers of the entities of which a place fulfils the geo-query, ascending."""
    return Places(connection, aid, geo).every()


def _boxes(aid: int, geo: Geo) -> list[Sql]:
    """Conditions on the tree that together hold every match."""
    own, values = "low <= ? AND high >= ?", [aid, aid]
    if aid >= EXACT_NUMBERS:
        own, values = own + " AND aid = ?", [*values, aid]
    boxes = geometry.search_boxes(geo)
    if boxes is None:
        return [(own, [*values])]
    return [
        (f"{own} AND east >= ? AND west <= ? AND north >= ? AND south <= ?", [*values, west, east, south, north])
        for west, south, east, north in boxes
    ]


def _verdict(geo: Geo) -> Sql:
    """SQL that is 1 where the box alone shows that the place fulfils the query, 0 where it shows the contrary, else NULL."""
    if geo.relation == "near" and geo.geometry["type"] == "Point":
        x, y = (math.radians(at) for at in geo.geometry["coordinates"][:2])
        low = -2 * ACROSS if geo.min_distance is None else geo.min_distance
        high = math.inf if geo.max_distance is None else geo.max_distance
        tiny = f"east - west < {TINY} AND north - south < {TINY}"
        at: Parameters = [y / 2, math.cos(y), x / 2]
        inner, outer = ([_haversine(low + by), _haversine(high - by)] for by in (ACROSS, -ACROSS))
        return (
            f"CASE WHEN {tiny} AND {NEARNESS} BETWEEN ? AND ? THEN 1 "
            f"WHEN {tiny} AND {NEARNESS} NOT BETWEEN ? AND ? THEN 0 END",
            [*at, *inner, *at, *outer],
        )
    if geo.relation in ("within", "intersects") and geometry.is_box(geo.geometry):
        west, south, east, north = geometry.bounds(geo.geometry)
        return (
            "CASE WHEN west >= ? AND east <= ? AND south >= ? AND north <= ? THEN 1 END",
            [west, east, south, north],
        )
    return "NULL", []


def _haversine(metres: float) -> float:
    """That of the angle over which the distance lies; negative where it is."""
    angle = metres / geometry.RADIUS
    return angle if angle < 0 else 2.0 if angle > math.pi else math.sin(angle / 2) ** 2


def _exactly(geo: Geo, rows: list[Unsure]) -> set[int]:
    """Those of the candidates whose exact place fulfils the query."""
    points = [(eid, x, y) for eid, x, y, _ in rows if x is not None and y is not None]
    inside = geometry.points_hold(geo, [x for _, x, _ in points], [y for _, _, y in points])
    found = {eid for (eid, _, _), fits in zip(points, inside, strict=True) if fits}
    for eid, _, _, text in rows:
        if text is not None and geometry.holds(geo, geometry.shape(msgspec.json.decode(text))):
            found.add(eid)
    return found


def row(eid: int, number: int, aid: int, place: dict[str, Any]) -> tuple[Any, ...]:
    """The row of an entity's place; `number` counts its places from 0."""
    gid = eid | number << BITS
    if place["type"] == "Point":
        x, y = place["coordinates"][:2]
        return gid, x, x, y, y, aid, aid + THICKNESS, aid, x, y, None
    west, south, east, north = geometry.bounds(place)
    return gid, west, east, south, north, aid, aid + THICKNESS, aid, None, None, msgspec.json.encode(place).decode()
