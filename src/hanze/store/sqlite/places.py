# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Finds places by a geo-query: candidates from the R*Tree, then the exact test."""

import apsw
import msgspec

from hanze.ngsild import geometry
from hanze.ngsild.selection import Geo

COLUMNS = "SELECT p.eid, p.x, p.y, p.shape FROM "
BOXED = COLUMNS + "box b JOIN place p ON p.gid = b.gid WHERE b.east >= ? AND b.west <= ? AND b.north >= ? AND b.south <= ? AND p.aid = ?"
EVERY = COLUMNS + "place p WHERE p.aid = ?"


def find(connection: apsw.Connection, aid: int, geo: Geo) -> list[int]:
    """Numbers of the entities of which a place fulfils the geo-query, ascending."""
    boxes = geometry.search_boxes(geo)
    rows: list[tuple[int, float | None, float | None, str | None]] = []
    if boxes is None:
        rows += connection.execute(EVERY, (aid,))
    else:
        for west, south, east, north in boxes:
            rows += connection.execute(BOXED, (west, east, south, north, aid))
    points = [(row[0], row[1], row[2]) for row in rows if row[3] is None]
    inside = geometry.points_hold(geo, [x for _, x, _ in points], [y for _, _, y in points])
    found = {eid for (eid, _, _), fits in zip(points, inside, strict=True) if fits}
    for eid, _, _, text in rows:
        if text is not None and eid not in found and geometry.holds(geo, geometry.shape(msgspec.json.decode(text))):
            found.add(eid)
    return sorted(found)
