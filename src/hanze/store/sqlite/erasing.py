# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Takes data out for good: a tenant with all it has, an entity, an attribute of one."""

import contextlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

import apsw
import msgspec

from hanze.store.sqlite.connect import SECURE_DELETE

if TYPE_CHECKING:
    from hanze.store.sqlite.current import Known, Touched
    from hanze.store.sqlite.work import Work

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
    with overwriting(connection):
        for step in STEPS:
            connection.execute(step, {"tn": tn})


@contextlib.contextmanager
def overwriting(connection: apsw.Connection) -> Iterator[None]:
    """What is deleted meanwhile is overwritten wherever it stands, and so are the pages that became free before; that
    costs writes, so only then."""
    connection.pragma("secure_delete", True)
    try:
        yield
        _fill_free_pages(connection)
    finally:
        connection.pragma("secure_delete", SECURE_DELETE)


MOST_FREE_PAGES = 25_000
"""So many (100 MB) are overwritten at most."""


def _fill_free_pages(connection: apsw.Connection) -> None:
    free = min(connection.pragma("freelist_count"), MOST_FREE_PAGES)
    connection.execute("CREATE TABLE filling(zeros)")
    connection.execute(
        "INSERT INTO filling VALUES (zeroblob(?))", (max(0, free - 1) * (connection.pragma("page_size") - 4),)
    )
    connection.execute("DROP TABLE filling")


def erase(
    work: "Work", connection: apsw.Connection, tn: int, known: "Known | Touched", attribute: str | None
) -> int | None:
    """One entity, or one of its attributes, out of current state, history and journal; how many rows of these went, None
    where it has no such attribute. What a consumer has not read yet of the entity is lost with it."""
    entity, eid = known.entity, known.eid
    where, values = "eid = ?", [eid]
    if attribute is not None:
        aid = work.names.number(tn, "a", attribute)
        where, values = "eid = ? AND aid = ?", [eid, -1 if aid is None else aid]
    there = connection.execute(f"SELECT EXISTS (SELECT 1 FROM history WHERE {where})", values).get
    if attribute is not None and not there and attribute not in entity.attributes:
        return None
    with overwriting(connection):
        doomed = {attribute} & entity.attributes.keys() if attribute is not None else entity.attributes.keys()
        if known.live and (doomed or attribute is None):
            # What is current goes by the way of a change, so that the indexes follow.
            left = {name: found for name, found in entity.attributes.items() if name not in doomed}
            after = msgspec.structs.replace(entity, attributes=left)
            live = attribute is not None
            work.current.change(tn, after, live=live, gone=None, attributes=frozenset(doomed))
            work.current.flush()
        rows = _delete(connection, f"history WHERE {where}", *values) + _delete(
            connection, "journal WHERE eid = ?", eid
        )
        if attribute is None:
            for type in entity.types:
                tid = work.names.number(tn, "t", type)
                _delete(connection, "entity_type WHERE tid = ? AND live IN (0, 1) AND eid = ?", tid, eid)
            _delete(connection, "entity WHERE eid = ?", eid)
            work.current.forget(tn, entity.id)
    return rows


def _delete(connection: apsw.Connection, what: str, *values: int | None) -> int:
    connection.execute(f"DELETE FROM {what}", values)
    return connection.changes()
