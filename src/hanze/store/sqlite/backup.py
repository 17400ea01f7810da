# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Copies a running node's database to one file, and puts such a file back."""

import shutil
from pathlib import Path

import apsw

from hanze.errors import ConfigurationError
from hanze.store.sqlite import connect, schema
from hanze.store.sqlite.copying import copy, sync

FILES = ("", "-wal")
"""A database and its log, which a backup does not have, and data that were moved aside may have."""


def backup(database: Path, target: Path) -> int:
    """Writes a consistent copy of the database while the node goes on; gives its size in bytes."""
    if target.exists():
        raise ConfigurationError(f"{target} exists already; choose another name or move it away.")
    connection = connect.reader(database)
    try:
        connection.pragma("query_only", False)
        return copy(connection, target)
    finally:
        connection.close()


def check(source: Path) -> int:
    """The schema version of a backup; ConfigurationError where it is none or is damaged."""
    if not source.is_file():
        raise ConfigurationError(f"{source} is not a file; name a backup that 'hanze backup' wrote.")
    try:
        connection = apsw.Connection(str(source), flags=apsw.SQLITE_OPEN_READONLY)
    except apsw.Error as error:
        raise connect.translate(error, source) from error
    try:
        verdict = connection.execute("PRAGMA quick_check(1)").get
        ours, version = schema.ours(connection), schema.version(connection)
    except apsw.Error as error:
        raise ConfigurationError(f"{source} is not a backup of Hanze, or it is damaged ({error}).") from error
    finally:
        connection.close()
    if not ours:
        raise ConfigurationError(
            f"{source} is a database, but not one of Hanze; name a backup that 'hanze backup' wrote."
        )
    if verdict != "ok":
        raise ConfigurationError(f"{source} is damaged ({connect.plain(verdict)}); name another backup.")
    if version > schema.VERSION:
        raise ConfigurationError(
            f"{source} was written by a newer Hanze (schema {version}, this program knows {schema.VERSION})."
        )
    return version


def restore(source: Path, database: Path) -> Path | None:
    """Puts a backup in the database's place; gives where the former database was moved to, None where there was none.

    The node must not run: whoever calls holds the folder's lock.
    """
    check(source)
    parts = [
        (_beside(source, suffix), _beside(database, suffix + ".part"), _beside(database, suffix)) for suffix in FILES
    ]
    parts = [part for part in parts if part[0].exists()]
    try:
        for origin, part, _ in parts:
            shutil.copyfile(origin, part)
            sync(part)
    except OSError as error:
        for _, part, _ in parts:
            part.unlink(missing_ok=True)
        raise ConfigurationError(
            f"{source} cannot be copied to {database.parent} ({error.strerror}); the data there are as they were."
        ) from error
    former = _set_aside(database)
    for _, part, place in parts:
        part.rename(place)
    sync(database.parent)
    return former


def _set_aside(database: Path) -> Path | None:
    """A log without its database is moved too: it would be taken for a part of the one that comes in its place."""
    there = [suffix for suffix in (*FILES, "-shm") if _beside(database, suffix).exists()]
    number = 1
    while (former := _beside(database, f".before-restore-{number}")).exists():
        number += 1
    for suffix in there:
        _beside(database, suffix).rename(_beside(former, suffix))
    return former if "" in there else None


def _beside(path: Path, suffix: str) -> Path:
    return path.with_name(path.name + suffix)
