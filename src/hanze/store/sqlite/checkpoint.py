# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Copies what the log holds into the database beside the writer, so that no write waits for it.

The log begins anew only when nothing of it is left to copy, which beside a busy writer never comes about. So from time to
time the writer copies the rest itself, which then is little.
"""

import logging
import threading
from pathlib import Path

import apsw

from hanze.store.sqlite import connect

log = logging.getLogger("hanze.store")

STEP = 1_000
"""Pages written between two copies beside the writer (4 MB)."""

MOST = 12_000
"""Pages written since the log began after which the writer ends it (48 MB)."""


PATIENCE = 200
"""Milliseconds that an erasure waits for readers; what then is still in the log goes after a later commit."""


class Checkpoints:
    """Those of one writer, who calls `written` after each commit."""

    def __init__(self, writer: apsw.Connection, path: Path, vfs: str | None) -> None:
        self._writer = writer
        self._own = connect.writer(path, vfs)
        self._begun = self._copied = self._pages()
        self._emptying = False
        self._wanted = threading.Event()
        self._closing = False
        self._thread = threading.Thread(target=self._run, name="checkpoints", daemon=True)
        self._thread.start()

    def _pages(self) -> int:
        """How many pages the writer has ever written."""
        return self._writer.status(apsw.SQLITE_DBSTATUS_CACHE_WRITE)[0]

    def written(self) -> None:
        """Only in the writer's thread, outside a transaction."""
        if self._emptying:
            self._emptying = not _empty(self._writer, 0)
        pages = self._pages()
        if pages - self._begun >= MOST:
            left = _copy(self._writer)
            # Where the log is still needed, by a reader or since the disk is full, its end comes a step later.
            self._begun, self._copied = (pages - MOST + STEP if left else pages), pages
        elif pages - self._copied >= STEP:
            self._copied = pages
            self._wanted.set()

    def empty(self) -> None:
        """What was erased goes out of the log too: at once, or as soon as nobody reads from the log any more."""
        self._emptying = not _empty(self._writer, PATIENCE)

    def _run(self) -> None:
        while not self._closing:
            self._wanted.wait()
            self._wanted.clear()
            _copy(self._own)

    def close(self) -> None:
        self._closing = True
        self._wanted.set()
        self._thread.join()
        self._own.close()


def _copy(connection: apsw.Connection) -> bool:
    """Copies what can be copied without waiting for anyone; whether something is left."""
    try:
        frames, copied = connection.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_PASSIVE)
    except apsw.BusyError:
        return True  # the other one is at it
    except apsw.Error as error:
        log.warning("the log cannot be copied into the database for now: %s", error)
        return True
    return copied < frames


def _empty(connection: apsw.Connection, milliseconds: int) -> bool:
    """Copies the whole log and takes it away; False where someone still needs it after so long."""
    connection.set_busy_timeout(milliseconds)
    try:
        connection.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_TRUNCATE)
        return True
    except apsw.BusyError:
        return False
    except apsw.Error as error:
        log.warning("the log cannot be emptied for now: %s", error)
        return False
    finally:
        connection.set_busy_timeout(connect.BUSY)
