# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The tables of a node's database and the steps from each earlier version to the next.

Every name (tenant, type, attribute) is a small number inside the database. Type and attribute numbers belong to one
tenant, so that each index that starts with such a number is an index of one tenant.
"""

import shutil
from collections.abc import Sequence
from pathlib import Path

import apsw
import msgspec

from hanze.errors import ConfigurationError
from hanze.store.sqlite.copying import copy

VERSION_1 = """
CREATE TABLE meta(key TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE tenant(tn INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE name(nid INTEGER PRIMARY KEY, tn INTEGER NOT NULL, kind TEXT NOT NULL, iri TEXT NOT NULL,
                  UNIQUE (tn, kind, iri));

-- live 0: deleted, or known by its history only; doc then has no attributes
-- expires: when the first of the entity, its instances and their sub-attributes expires
CREATE TABLE entity(eid INTEGER PRIMARY KEY, tn INTEGER NOT NULL, id TEXT NOT NULL, live INTEGER NOT NULL,
                    doc TEXT NOT NULL, expires INTEGER, gone INTEGER, UNIQUE (tn, id));
CREATE INDEX entity_expires ON entity(expires) WHERE expires IS NOT NULL;
CREATE TABLE entity_type(tid INTEGER, live INTEGER, eid INTEGER, PRIMARY KEY (tid, live, eid)) WITHOUT ROWID;

-- one row at least for every attribute of a current entity; v an empty blob: look into the entity
CREATE TABLE value(aid INTEGER, tid INTEGER, v, eid INTEGER, PRIMARY KEY (aid, tid, v, eid)) WITHOUT ROWID;
CREATE TABLE kind(aid INTEGER, tid INTEGER, kind TEXT, PRIMARY KEY (aid, tid, kind)) WITHOUT ROWID;
-- gid: the entity's number, and above its 40 bits which of its rows, one for each place and family; family: the number of
-- attribute and type together (a name of kind p), low and high the same as a dimension of the tree, since what stands
-- beside the tree is slow to reach; x, y of a point, shape of anything else
CREATE VIRTUAL TABLE place USING rtree(gid, west, east, south, north, low, high,
                                       +family INTEGER, +x REAL, +y REAL, +shape TEXT);

-- at: observedAt, or modifiedAt where the shape has none; doc: the whole instance where it is more than shape + value
CREATE TABLE shape(sid INTEGER PRIMARY KEY, template TEXT NOT NULL, observed INTEGER NOT NULL, gone INTEGER NOT NULL,
                   dataset TEXT, UNIQUE (template, observed, gone));
CREATE TABLE history(eid INTEGER, aid INTEGER, at INTEGER, number INTEGER, modified INTEGER NOT NULL,
                     sid INTEGER NOT NULL, value, doc TEXT, PRIMARY KEY (eid, aid, at, number)) WITHOUT ROWID;
-- rows of the history that go at a moment
CREATE TABLE expiring(moment INTEGER, eid INTEGER, aid INTEGER, at INTEGER, number INTEGER,
                      PRIMARY KEY (moment, eid, aid, at, number)) WITHOUT ROWID;

CREATE TABLE journal(seq INTEGER PRIMARY KEY, at INTEGER NOT NULL, tn INTEGER NOT NULL, eid INTEGER NOT NULL,
                     kind TEXT NOT NULL, body BLOB NOT NULL);
CREATE TABLE consumer(name TEXT PRIMARY KEY, seq INTEGER NOT NULL, types TEXT) WITHOUT ROWID;
CREATE TABLE vault(name TEXT PRIMARY KEY, columns TEXT NOT NULL) WITHOUT ROWID;
INSERT INTO tenant VALUES (0, '');
"""

STEPS: tuple[str, ...] = (VERSION_1,)
"""STEPS[n] takes a database of version n to version n + 1."""

VERSION = len(STEPS)


def version(connection: apsw.Connection) -> int:
    """The schema version of a database; 0 for an empty one."""
    return int(connection.pragma("user_version"))


def ours(connection: apsw.Connection) -> bool:
    """The database has the tables that those of every version have."""
    names = msgspec.json.encode(("meta", "tenant", "name", "entity", "history", "journal", "vault")).decode()
    sql = "SELECT count(*) FROM json_each(?) WHERE value NOT IN (SELECT name FROM sqlite_schema)"
    return not connection.execute(sql, (names,)).get


def migrate(connection: apsw.Connection, path: Path, steps: Sequence[str] = STEPS) -> None:
    """Brings a database to the present version in one transaction, after a copy of it was written beside it; refuses a
    newer one, and one that is not of Hanze."""
    found, present = version(connection), len(steps)
    if found == 0 and not connection.execute("SELECT count(*) FROM sqlite_schema").get:
        _take(connection, steps)
        return
    check(connection, path, present)
    if found == present:
        return
    beside = path.with_name(f"{path.name}.schema-{found}")
    _room(connection, path, beside)
    copy(connection, beside)
    try:
        _take(connection, steps[found:], present)
    except apsw.Error as error:
        raise ConfigurationError(
            f"{path} could not be brought from schema {found} to {present} ({error}); it is as it was, "
            f"and a copy of it is {beside}."
        ) from error


def check(connection: apsw.Connection, path: Path, present: int = VERSION) -> None:
    """ConfigurationError where the database is not one of Hanze, or of a newer one."""
    if not ours(connection):
        raise ConfigurationError(f"{path} is a database, but not one of Hanze; move it away.")
    if (found := version(connection)) > present:
        raise ConfigurationError(
            f"{path} was written by a newer Hanze (schema {found}, this program knows {present}); "
            "install the newer version or restore a backup."
        )


def _take(connection: apsw.Connection, steps: Sequence[str], present: int | None = None) -> None:
    with connection:
        for step in steps:
            connection.execute(step)
        connection.pragma("user_version", present or len(steps))


def _room(connection: apsw.Connection, path: Path, beside: Path) -> None:
    """ConfigurationError where the disk has no room for a copy and what the steps may write."""
    needed = 2 * connection.pragma("page_count") * connection.pragma("page_size")
    free = shutil.disk_usage(path.parent).free
    if free < needed:
        raise ConfigurationError(
            f"{path} is of an earlier version and is copied to {beside.name} before it is changed; that takes "
            f"{needed / 1e6:.0f} MB and the disk has {free / 1e6:.0f} MB left. Free some space."
        )
