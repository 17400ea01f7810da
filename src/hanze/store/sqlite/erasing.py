# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Takes data out for good: a tenant with all it has."""

import apsw

STEPS = (
    "DELETE FROM place WHERE gid & 0xFFFFFFFFFF IN (SELECT eid FROM entity WHERE tn = :tn)",
    "DELETE FROM history WHERE eid IN (SELECT eid FROM entity WHERE tn = :tn)",
    "DELETE FROM expiring WHERE eid IN (SELECT eid FROM entity WHERE tn = :tn)",
    "DELETE FROM value WHERE aid IN (SELECT nid FROM name WHERE tn = :tn AND kind = 'a')",
    "DELETE FROM entity_type WHERE tid IN (SELECT nid FROM name WHERE tn = :tn AND kind = 't')",
    "DELETE FROM kind WHERE tid IN (SELECT nid FROM name WHERE tn = :tn AND kind = 't')",
    "DELETE FROM journal WHERE tn = :tn",
    "DELETE FROM entity WHERE tn = :tn",
    "DELETE FROM name WHERE tn = :tn",
    "DELETE FROM tenant WHERE tn = :tn",
)


def tenant(connection: apsw.Connection, tn: int) -> None:
    """Everything of one tenant, history and journal too."""
    for step in STEPS:
        connection.execute(step, {"tn": tn})


def entity(connection: apsw.Connection, eid: int, aid: int | None) -> int:
    """One entity, or one of its attributes (whose current value the caller has taken away), from history and journal;
    how many rows went. What a consumer has not read yet of the entity is lost with it."""
    if aid is None:
        connection.execute("DELETE FROM history WHERE eid = ?", (eid,))
    else:
        connection.execute("DELETE FROM history WHERE eid = ? AND aid = ?", (eid, aid))
    rows = connection.changes()
    connection.execute("DELETE FROM journal WHERE eid = ?", (eid,))
    rows += connection.changes()
    if aid is None:
        for statement in (
            "DELETE FROM place WHERE gid & 0xFFFFFFFFFF = ?",
            "DELETE FROM value WHERE eid = ?",
            "DELETE FROM entity_type WHERE eid = ?",
            "DELETE FROM entity WHERE eid = ?",
        ):
            connection.execute(statement, (eid,))
    return rows
