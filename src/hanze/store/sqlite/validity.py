# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""When an entity had a scope: from the moment that the scope was set until the next one was, or it was taken away.

Source: ETSI GS CIM 009 V1.8.1, clauses 4.18, 5.7.4.4 and C.5.16.
"""

from typing import Any

import apsw

from hanze.ngsild import match
from hanze.ngsild.entity import Entity
from hanze.ngsild.selection import ScopeQuery, Window
from hanze.store.sqlite.condition import Parameters, Sql
from hanze.store.sqlite.kept import COLUMNS, Kept
from hanze.store.sqlite.lens import SOURCE

SPANS = (
    "SELECT h.at AS since, lead(h.at) OVER (ORDER BY h.at, h.number) AS until, h.value, h.doc, s.template, s.gone "
    f"FROM {SOURCE} WHERE h.eid = d.eid AND h.aid = ?"
)


def fits(scopes: Any, scope_q: ScopeQuery) -> bool:
    """The value that the scope had fulfils the scope query."""
    return match.scope(Entity("", [], {}, scopes if isinstance(scopes, list) else [scopes]), scope_q)


def condition(aid: int, token: int, window: Window) -> Sql:
    """Entity d had, for a moment of the window at least, a scope that passes the test of this token."""
    parts, values = ["NOT gone", "recalls(?, template, value, doc)"], [aid, token]
    first = None if window.relation == "before" else window.start
    beyond = window.start if window.relation == "before" else window.end
    if first is not None:
        parts.append("(until IS NULL OR until > ?)")
        values.append(first)
    if beyond is not None:
        parts.append("since < ?")
        values.append(beyond)
    return f"EXISTS (SELECT 1 FROM ({SPANS}) WHERE {' AND '.join(parts)})", list(values)


def periods(connection: apsw.Connection, kept: Kept, eid: int, aid: int | None, scope_q: ScopeQuery) -> Sql:
    """The part of the history in which the entity had a fitting scope; all of it where its scope has no history."""
    sql = f"SELECT {COLUMNS} FROM {SOURCE} WHERE h.eid = ? AND h.aid = ? ORDER BY h.at, h.number"
    rows: Any = connection.execute(sql, (eid, aid)).fetchall() if aid is not None else []
    if not rows:
        return "1", []
    parts: list[str] = []
    values: Parameters = []
    for row, after in zip(rows, [*rows[1:], None], strict=True):
        instance = kept.instance(row)
        if instance.deleted is None and fits(instance.doc["value"], scope_q):
            parts.append("h.at >= ?" if after is None else "h.at >= ? AND h.at < ?")
            values += [row[1]] if after is None else [row[1], after[1]]
    return "(" + (" OR ".join(f"({part})" for part in parts) or "0") + ")", values
