# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reads the tables of a GTFS zip: bounded, and row by row."""

import csv
import io
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from typing import IO

from hanze.errors import SourceFailed
from hanze.errors import mark as _

Row = Mapping[str, str]

MOST_TABLE = 64 << 20
"""Bytes of one table when it is unpacked: the stops of a whole country have 10 MB."""

MOST_ROWS = 1_000_000

MOST_LIST = 1 << 20
"""Bytes of the zip's list of files."""

ADVICE = _("See whether the URL gives a GTFS zip; where it should, tell the keeper of the source.")

_END, _LOCATOR = b"PK\5\6", b"PK\6\7"
_BROKEN = (
    zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, RuntimeError,
    IndexError, OverflowError,
)  # fmt: skip


class Tables:
    """The tables of one zip, at its top or all in one folder. Errors: SourceFailed where it is no zip."""

    def __init__(self, data: bytes) -> None:
        _check_list(data)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _BROKEN as error:
            raise SourceFailed(f"What the source gave is no zip: {error}.", ADVICE) from None
        self._names = {name.rpartition("/")[2]: name for name in reversed(self._zip.namelist())}

    @property
    def names(self) -> frozenset[str]:
        """The tables that are there."""
        return frozenset(self._names)

    def rows(self, table: str, needed: tuple[str, ...]) -> Iterator[tuple[int, Row]]:
        """The rows of a table with their line numbers. Errors: SourceFailed where it or a needed column is missing."""
        if table not in self._names:
            raise SourceFailed(f"The zip has no {table}.", ADVICE)
        try:
            with self._zip.open(self._names[table]) as packed:
                # What is not UTF-8 is seen, and refused, in its own row.
                lines = io.TextIOWrapper(io.BufferedReader(_Bounded(packed, table)), "utf-8-sig", "surrogateescape", "")
                yield from _rows(csv.reader(lines), table, needed)
        except (*_BROKEN, csv.Error) as error:
            raise SourceFailed(f"{table} in the zip cannot be read: {error}.", ADVICE) from None


def _rows(reader: Iterator[list[str]], table: str, needed: tuple[str, ...]) -> Iterator[tuple[int, Row]]:
    head = [name.strip() for name in next(reader, [])]
    for name in needed:
        if name not in head:
            raise SourceFailed(f"{table} has no column {name}.", ADVICE)
    for number, cells in enumerate(reader, 2):
        if number > MOST_ROWS:
            raise SourceFailed(f"{table} has more than {MOST_ROWS} rows.", ADVICE)
        if cells:
            yield number, dict(zip(head, map(str.strip, cells), strict=False))


def _check_list(data: bytes) -> None:
    """A list of millions of files would fill the memory when it is read."""
    end = data.rfind(_END, -65_557)
    if end < 0:
        raise SourceFailed("What the source gave is no zip, or it was cut off.", ADVICE)
    size = int.from_bytes(data[end + 12 : end + 16], "little")
    locator = data[max(0, end - 20) : end]
    if locator.startswith(_LOCATOR):
        place = int.from_bytes(locator[8:16], "little")
        size = int.from_bytes(data[place + 40 : place + 48], "little")
    if size > MOST_LIST:
        raise SourceFailed(f"The zip's list of files has more than {MOST_LIST} bytes.", ADVICE)


class _Bounded(io.RawIOBase):
    """A table that ends with an error where it becomes too large."""

    def __init__(self, packed: IO[bytes], table: str) -> None:
        self._packed = packed
        self._table = table
        self._rest = MOST_TABLE

    def readable(self) -> bool:
        return True

    def readinto(self, room: "bytearray | memoryview") -> int:  # type: ignore[override]
        piece = self._packed.read(len(room))
        self._rest -= len(piece)
        if self._rest < 0:
            raise SourceFailed(f"{self._table} has more than {MOST_TABLE >> 20} MB when it is unpacked.", ADVICE)
        room[: len(piece)] = piece
        return len(piece)
