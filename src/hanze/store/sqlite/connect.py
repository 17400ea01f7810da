# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Opens connections with the settings that rules 3 and 4 of the architecture ask for."""

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path

import apsw

from hanze.errors import ConfigurationError, HanzeError, TooComplexQuery, Unavailable

WRITER_CACHE_KIB, READER_CACHE_KIB = 96_000, 8_000
"""Page cache in KiB. Readers map the file instead: the operating system caches it once for all."""

MMAP_BYTES = 1 << 30

BUSY = 10_000
"""Milliseconds that a connection waits for another one."""

SYNCHRONOUS = "full"
"""Every commit is on the disk before anyone is answered."""


SECURE_DELETE = "fast"
"""What is deleted is overwritten in the pages that are written anyway."""


def writer(path: Path, vfs: str | None = None) -> apsw.Connection:
    """The connection that writes: WAL, every commit synced to disk; Checkpoints copies the log into the database."""
    connection = _connect(path, apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE, vfs)
    connection.pragma("cache_size", -WRITER_CACHE_KIB)
    connection.pragma("journal_mode", "wal")
    connection.pragma("synchronous", SYNCHRONOUS)
    connection.pragma("wal_autocheckpoint", 0)
    connection.pragma("journal_size_limit", 64 << 20)
    connection.pragma("secure_delete", SECURE_DELETE)
    return connection


def reader(path: Path, vfs: str | None = None, *, mapped: bool = True) -> apsw.Connection:
    """A connection that cannot write. `mapped`: the file is; in a worker process what is mapped counts as its memory."""
    connection = _connect(path, apsw.SQLITE_OPEN_READWRITE, vfs)
    connection.pragma("query_only", True)
    connection.pragma("mmap_size", MMAP_BYTES if mapped and not vfs else 0)
    return connection


def _connect(path: Path, flags: int, vfs: str | None) -> apsw.Connection:
    try:
        connection = apsw.Connection(str(path), flags=flags, vfs=vfs, statementcachesize=200)
        connection.set_busy_timeout(BUSY)
        connection.pragma("cache_size", -READER_CACHE_KIB)
        connection.pragma("temp_store", "memory")
        connection.pragma("schema_version")
    except apsw.Error as error:
        raise translate(error, path) from error
    return connection


def translate(error: Exception, path: Path) -> HanzeError:
    """The plain sentence for an error of SQLite, or for one of reading what was stored."""
    if isinstance(error, apsw.FullError):
        return Unavailable(f"The disk that holds {path} is full; nothing of this request was kept. Free some space.")
    if isinstance(error, apsw.NotADBError | apsw.CorruptError) or not isinstance(error, apsw.Error):
        return ConfigurationError(f"{path} is damaged ({error}); restore a backup with 'hanze restore'.")
    if isinstance(error, apsw.CantOpenError | apsw.ReadOnlyError | apsw.PermissionsError):
        return ConfigurationError(f"{path} cannot be opened; check that the folder exists and may be written.")
    if isinstance(error, apsw.SQLError):
        # SQLite has limits of its own: of terms, of values, of depth.
        return TooComplexQuery(f"The query has too many conditions ({error}); ask for less at once.")
    return Unavailable(f"The store cannot work with {path} ({error}); nothing of this request was kept.")


def plain(verdict: str) -> str:
    """What SQLite's checks of a database found, in one line."""
    return " ".join(verdict.removeprefix("*** in database main ***").split())


@contextlib.contextmanager
def one_moment(connection: apsw.Connection) -> Iterator[None]:
    """All that is read meanwhile is of the same state of the database."""
    connection.execute("BEGIN")
    try:
        yield
    finally:
        # A query that takes too long is interrupted at any moment.
        while connection.in_transaction:
            with contextlib.suppress(apsw.InterruptError):
                connection.execute("COMMIT")


def scalar(connection: apsw.Connection, name: str, function: Callable[..., object], arguments: int) -> None:
    """Gives SQL a function of ours."""
    connection.create_scalar_function(name, function, arguments, deterministic=True)
