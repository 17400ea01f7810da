# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Copies a running node's database to one file, and puts such a file back."""

import os
import shutil
from pathlib import Path

import apsw

from hanze.errors import ConfigurationError
from hanze.store.sqlite import connect, schema

BESIDE = ("-wal", "-shm")


def backup(database: Path, target: Path) -> int:
    """Writes a consistent copy of the database while the node goes on; gives its size in bytes.

    The copy appears under its name only when it is whole.
    """
    if target.exists():
        raise ConfigurationError(f"{target} exists already; choose another name or move it away.")
    part = target.with_name(target.name + ".part")
    part.unlink(missing_ok=True)
    connection = connect.reader(database)
    try:
        connection.pragma("query_only", False)
        connection.execute("VACUUM INTO ?", (str(part),))
    except apsw.Error as error:
        part.unlink(missing_ok=True)
        raise connect.translate(error, target) from error
    finally:
        connection.close()
    _sync(part)
    part.rename(target)
    _sync(target.parent)
    return target.stat().st_size


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
        version = schema.version(connection)
    except apsw.Error as error:
        raise ConfigurationError(f"{source} is not a backup of Hanze, or it is damaged ({error}).") from error
    finally:
        connection.close()
    if verdict != "ok" or version == 0:
        raise ConfigurationError(f"{source} is not a backup of Hanze, or it is damaged ({verdict}).")
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
    part = database.with_name(database.name + ".part")
    shutil.copyfile(source, part)
    _sync(part)
    former = _set_aside(database) if database.exists() else None
    part.rename(database)
    _sync(database.parent)
    return former


def _set_aside(database: Path) -> Path:
    number = 1
    while (former := database.with_name(f"{database.name}.before-restore-{number}")).exists():
        number += 1
    for suffix in ("", *BESIDE):
        beside = database.with_name(database.name + suffix)
        if beside.exists():
            beside.rename(former.with_name(former.name + suffix))
    return former


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
