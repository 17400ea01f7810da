# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whether the files of a database are sound, asked before a node works with them. It changes nothing."""

from pathlib import Path

import apsw

from hanze.errors import ConfigurationError
from hanze.store.sqlite import connect, schema, wal

QUICK_BYTES = 64 << 20
"""Up to this size every page is looked at before the start: it takes less than 0.2 s."""


def check(path: Path, *, every_page: bool = False) -> None:
    """ConfigurationError where the database is empty or damaged, or its log is; no node may run in the folder.

    A database that is not there yet is made later. Without `every_page` one that is larger than QUICK_BYTES is not looked
    at page by page.
    """
    for suffix in ("", "-wal", "-shm"):
        beside = path.with_name(path.name + suffix)
        if beside.is_dir():
            raise ConfigurationError(f"{beside} is a folder; move it away, and restore a backup with 'hanze restore'.")
    if not path.exists():
        _check_gone(path)
        return
    if path.stat().st_size == 0:
        raise ConfigurationError(
            f"{path} is empty, so its data are lost; restore a backup with 'hanze restore', "
            "or delete the file to begin with an empty store."
        )
    try:
        wal.check(path)
        if every_page or quick(path):
            pages(path)
    except apsw.Error as error:
        raise connect.translate(error, path) from error


def quick(path: Path) -> bool:
    """The database is small enough to be looked at page by page before the start."""
    return path.stat().st_size <= QUICK_BYTES


def _check_gone(path: Path) -> None:
    log = path.with_name(path.name + "-wal")
    if log.exists() and log.stat().st_size:
        raise ConfigurationError(
            f"{path} is not there, but {log.name} is; put it back or restore a backup with 'hanze restore'."
        )


def pages(path: Path) -> None:
    """Looks at every page; ConfigurationError where something is damaged. It takes about 2 s for each GB."""
    try:
        connection = connect.reader(path)
        try:
            connection.config(apsw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1)
            connection.pragma("mmap_size", 0)
            verdict = connection.execute("PRAGMA integrity_check(1)").get
            if verdict == "ok" and schema.ours(connection) and schema.version(connection) <= schema.VERSION:
                # The structure can be whole where a text inside it is not.
                unread = connection.execute("SELECT id FROM entity WHERE NOT json_valid(doc) LIMIT 1").get
                verdict = "ok" if unread is None else f"{unread} cannot be read"
        finally:
            connection.close()
    except apsw.Error as error:
        raise connect.translate(error, path) from error
    if verdict != "ok":
        raise ConfigurationError(
            f"{path} is damaged ({connect.plain(verdict)}); restore a backup with 'hanze restore'."
        )
