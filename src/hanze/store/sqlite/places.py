# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Finds places by a geo-query: candidates from the R*Tree, then the exact test."""

from typing import Any

import apsw
import msgspec

from hanze.ngsild import geometry
from hanze.ngsild.selection import Geo

BITS = 40
"""An entity's number fits in so many bits; its further places count above them."""

MASK = (1 << BITS) - 1

EVERY = "SELECT gid, x, y, shape FROM place WHERE aid = ?"
BOXED = EVERY + " AND east >= ? AND west <= ? AND north >= ? AND south <= ?"


def find(connection: apsw.Connection, aid: int, geo: Geo) -> list[int]:
    """Numbers of the entities of which a place fulfils the geo-query, ascending."""
    boxes = geometry.search_boxes(geo)
    rows: list[tuple[int, float | None, float | None, str | None]] = []
    if boxes is None:
        rows += connection.execute(EVERY, (aid,))
    else:
        for west, south, east, north in boxes:
            rows += connection.execute(BOXED, (aid, west, east, south, north))
    points = [(gid, x, y) for gid, x, y, _ in rows if x is not None and y is not None]
    inside = geometry.points_hold(geo, [x for _, x, _ in points], [y for _, _, y in points])
    found = {gid & MASK for (gid, _, _), fits in zip(points, inside, strict=True) if fits}
    for gid, _, _, text in rows:
        if text is not None and geometry.holds(geo, geometry.shape(msgspec.json.decode(text))):
            found.add(gid & MASK)
    return sorted(found)


def row(eid: int, number: int, aid: int, place: dict[str, Any]) -> tuple[Any, ...]:
    """The row of an entity's place; `number` counts its places from 0."""
    gid = eid | number << BITS
    if place["type"] == "Point":
        x, y = place["coordinates"][:2]
        return gid, x, x, y, y, aid, x, y, None
    west, south, east, north = geometry.bounds(place)
    return gid, west, east, south, north, aid, None, None, msgspec.json.encode(place).decode()
