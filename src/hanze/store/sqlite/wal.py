# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whether the log of a database (FILE-wal) still holds all that was committed to it.

SQLite reads the log up to the first page that is not whole and passes over the rest without a word, since a power cut
leaves such an end. With every commit synced that end can only be of the last transaction, which nobody was answered. This
finds out where more is missing: from the log's index (FILE-shm), where the system lived on, and from whole transactions
behind the damage. It changes nothing. Source: sqlite.org/fileformat2.html (4) and sqlite.org/walformat.html.
"""

import struct
from pathlib import Path
from typing import BinaryIO

import apsw

from hanze.errors import ConfigurationError

HEAD, FRAME_HEAD, INDEX_HEAD, BACKFILL = 32, 24, 48, 96
"""Bytes before the first frame, before the page of a frame, and of the index; where the index has the moved frames."""

LITTLE, BIG = 0x377F0682, 0x377F0683

Sum = tuple[int, int]


def check(database: Path) -> None:
    """ConfigurationError where the log lacks something; nobody else may have the database open."""
    log = database.with_name(database.name + "-wal")
    promised, salts = _promise(database.with_name(database.name + "-shm"))
    size = log.stat().st_size if log.exists() else 0
    if size <= HEAD:
        if promised:
            raise _damaged(log, f"{promised} pages that were written last are not there any more")
        return
    with open(log, "rb") as file:
        head = file.read(HEAD)
        order = _order(head)
        if not order:
            raise _damaged(log, "its beginning cannot be read")
        whole = _whole(database)
        if whole is None:
            return
        if salts == head[16:24] and whole < promised:
            raise _damaged(log, f"of {promised} pages that were written last only {whole} are whole")
        if _goes_on(file, head, order, size, whole):
            raise _damaged(log, f"only {whole} pages are whole, and changes stand behind them")


def _damaged(log: Path, what: str) -> ConfigurationError:
    index = log.name.removesuffix("wal") + "shm"
    return ConfigurationError(
        f"{log} is damaged: {what}. Restore a backup with 'hanze restore', or move {log.name} and {index} away "
        "to go on without the last changes."
    )


def _promise(index: Path) -> tuple[int, bytes]:
    """How many frames the index knows that are not moved into the database yet, and the salts of their log."""
    try:
        with open(index, "rb") as file:
            found = file.read(BACKFILL + 4)
    except FileNotFoundError:
        return 0, b""
    if len(found) < BACKFILL + 4 or _sum("=", found[:40], (0, 0)) != struct.unpack("=2I", found[40:INDEX_HEAD]):
        return 0, b""
    (frames,), (moved,) = struct.unpack("=I", found[16:20]), struct.unpack("=I", found[BACKFILL:])
    return (frames if moved < frames else 0), found[32:40]


def _order(head: bytes) -> str:
    """The order of bytes in sums; empty where the head of the log is not whole."""
    magic = int.from_bytes(head[:4], "big")
    order = {LITTLE: "<", BIG: ">"}.get(magic, "")
    return order if order and _sum(order, head[:24], (0, 0)) == struct.unpack(">2I", head[24:]) else ""


def _whole(database: Path) -> int | None:
    """How many frames SQLite takes; None where somebody else has the database open."""
    connection = apsw.Connection(str(database), flags=apsw.SQLITE_OPEN_READWRITE)
    try:
        # With these two SQLite keeps its index in memory and leaves both files as they are.
        connection.config(apsw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1)
        connection.pragma("locking_mode", "exclusive")
        connection.pragma("schema_version")
        frames, _ = connection.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_NOOP)
        return max(frames, 0)
    except apsw.BusyError:
        return None
    finally:
        connection.close()


def _goes_on(file: BinaryIO, head: bytes, order: str, size: int, whole: int) -> bool:
    """Behind the whole frames a transaction ends, and another one follows it that was summed up on top of it."""
    page = int.from_bytes(head[8:12], "big")
    step = page + FRAME_HEAD
    ended: Sum | None = None
    for number in range(whole, (size - HEAD) // step):
        file.seek(HEAD + number * step)
        frame = file.read(FRAME_HEAD)
        if frame[8:16] != head[16:24]:
            return False
        told: Sum = struct.unpack(">2I", frame[16:])
        if ended is not None and _sum(order, file.read(page), _sum(order, frame[:8], ended)) == told:
            return True
        ended = told if frame[4:8] != bytes(4) else None
    return False


def _sum(order: str, data: bytes, start: Sum) -> Sum:
    """SQLite's sum of 32-bit words."""
    one, two = start
    words = struct.unpack(f"{order}{len(data) // 4}I", data)
    for first, second in zip(words[::2], words[1::2], strict=True):
        one = (one + first + two) & 0xFFFFFFFF
        two = (two + second + one) & 0xFFFFFFFF
    return one, two
