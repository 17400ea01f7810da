# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reads the journal in commit order, and trims it behind the slowest consumer within stated limits."""

from typing import Any

import apsw

from hanze.store.base import JournalRow, Trimmed
from hanze.store.sqlite.names import Names
from hanze.store.sqlite.tape import unpack

MOST_ROWS = 2_000_000
"""A consumer that is further behind than this loses rows."""

MOST_BYTES = 4 << 20
"""Of packed rows that are read at once; beyond the first."""

TRIM_AT_ONCE = 20_000
KEPT_WITHOUT_CONSUMERS = 100_000

READ = """SELECT j.seq, j.at, t.name, e.id, j.kind, j.body
FROM journal j JOIN tenant t ON t.tn = j.tn JOIN entity e ON e.eid = j.eid WHERE j.seq > ? ORDER BY j.seq LIMIT ?"""


def read(connection: apsw.Connection, names: Names, after: int, limit: int) -> list[JournalRow]:
    rows = []
    for seq, at, tenant, id, kind, packed in _fetched(connection, after, limit):
        body = unpack(packed)
        types = [names.iri(tid) for tid in body.types]
        attributes = [names.iri(aid) for aid in body.attributes]
        rows.append(JournalRow(seq, at, tenant, id, types, kind, attributes, body.changes, body.entity, len(packed)))
    return rows


def _fetched(connection: apsw.Connection, after: int, limit: int) -> list[tuple[Any, ...]]:
    found: list[tuple[Any, ...]] = []
    weight = 0
    cursor = connection.execute(READ, (after, limit))
    for row in cursor:
        weight += len(row[-1])
        if found and weight > MOST_BYTES:
            break
        found.append(row)
    cursor.close()
    return found


def trim(connection: apsw.Connection, head: int, most: int = MOST_ROWS, settled: int | None = None) -> Trimmed:
    """Deletes what every consumer has read, up to `settled`, and what is beyond the limit, a bounded number of rows at once."""
    slowest = connection.execute("SELECT min(seq) FROM consumer").get
    safe = head - KEPT_WITHOUT_CONSUMERS if slowest is None else min(slowest, head if settled is None else settled)
    upto = max(safe, head - most)
    lowest = connection.execute("SELECT min(seq) FROM journal").get
    if lowest is None or lowest > upto:
        return Trimmed(0)
    upto = min(upto, lowest + TRIM_AT_ONCE)
    connection.execute("DELETE FROM journal WHERE seq <= ?", (upto,))
    rows = connection.changes()
    lost = connection.execute("SELECT name FROM consumer WHERE seq < ? ORDER BY name", (upto,)).fetchall()
    return Trimmed(rows, tuple(str(name) for (name,) in lost), upto + 1)
