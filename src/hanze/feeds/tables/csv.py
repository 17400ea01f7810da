# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reads a CSV file in batches of rows."""

import csv
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import msgspec

from hanze.errors import ConfigurationError
from hanze.feeds.tables.mapping import Csv, Mapping
from hanze.feeds.tables.shaping import Rejected, Shaped, Shaper
from hanze.feeds.tables.wide import Cells, Wide

BATCH = 20_000
"""Rows of a batch, those included that a wide table has in its columns."""

BROKEN = "expected after"
"""What the reader says of a quote amid a cell, which spoils no other row."""

BOM = "\ufeff"
"""A byte order mark stays in the text where the encoding does not know it for one."""


def batches(file: Path, mapping: Mapping, skip: int = 0) -> Iterator[tuple[int, Shaped]]:
    """Each batch: how many rows were read up to its end, and what they became. `skip`: rows that are done already."""
    with file.open(encoding=mapping.csv.encoding, newline="") as lines:
        yield from read(lines, str(file), mapping, skip)


def read(
    lines: Iterable[str], name: str, mapping: Mapping, skip: int = 0, most: int = BATCH
) -> Iterator[tuple[int, Shaped]]:
    """The same of the lines of a file that messages call `name`. Where a line cannot be read, what stands above it comes
    before the ConfigurationError that says so."""
    counted = _Counted(lines)
    batch: _Batch | None = None
    wrong = ""
    try:
        reader = csv.reader(_below(counted, name, mapping.csv), delimiter=mapping.csv.delimiter, strict=True)
        header = list(mapping.csv.columns) or _header(next(reader, None), name)
        batch = _Batch(header, name, mapping, skip, most)
        for line, cells in _rows(reader, counted):
            batch.add(line, cells)
            if batch.full:
                yield batch.taken()
    except UnicodeError as error:
        wrong = (
            f"{name}, behind line {counted.number}, is not {mapping.csv.encoding} ({_reason(error)}); "
            'name its encoding with csv.encoding in the mapping, such as "latin-1".'
        )
    except csv.Error as error:
        wrong = f"{name}, line {counted.number}: {error}; mend the line."
    if batch is not None and batch.lines:
        yield batch.taken()
    if wrong:
        raise ConfigurationError(wrong)


class _Counted:
    """Lines, and how many were given."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._lines = iter(lines)
        self.number = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        self.number += 1
        return line


def _below(lines: _Counted, name: str, told: Csv) -> Iterator[str]:
    """The lines from the header on."""
    for _ in range(told.skip):
        next(lines, None)
    if not told.header:
        return lines
    for line in lines:
        if line.removeprefix(BOM).lstrip().startswith(told.header):
            return chain([line], lines)
    raise ConfigurationError(f"{name} has no line that begins with {told.header!r}; see to csv.header in the mapping.")


def _header(cells: list[str] | None, name: str) -> list[str]:
    if not cells:
        raise ConfigurationError(f"{name} has no header; its first line names the columns (csv.skip: lines above it).")
    return [cell.removeprefix(BOM).strip() for cell in cells]


def _rows(reader: Any, lines: _Counted) -> Iterator[tuple[int, list[str] | str]]:
    """The line that each row begins with, and its cells, or why there are none."""
    while True:
        first = lines.number + 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            if BROKEN not in str(error):
                raise
            yield first, f"{error}; write a quote inside a cell twice"
            continue
        if cells is None:
            return
        yield first, cells


def _reason(error: UnicodeError) -> str:
    return error.reason if isinstance(error, UnicodeDecodeError) else str(error)


class _Batch:
    """The rows that are gathered, with the line of each."""

    def __init__(self, header: list[str], name: str, mapping: Mapping, skip: int, most: int) -> None:
        self._wide = Wide(header, mapping, name)
        self._shaper = Shaper(mapping)
        self._count = len(header)
        self._skip = skip
        self._most = max(1, most // self._wide.width)
        self._done = 0
        self._cells: list[Cells] = []
        self._uneven: list[Rejected] = []
        self.lines: list[int] = []

    @property
    def full(self) -> bool:
        return len(self.lines) == self._most

    def add(self, line: int, cells: list[str] | str) -> None:
        """One row more; a text is the reason why it cannot be taken."""
        self._done += 1
        if self._done <= self._skip:
            return
        self.lines.append(line)
        if isinstance(cells, list) and len(cells) == self._count:
            # The first cell of a file without a header may begin with the mark.
            self._cells.append([cells[0].removeprefix(BOM), *cells[1:]] if line == 1 else cells)
            return
        self._cells.append(None)
        if cells:
            told = f"the row has {len(cells)} cells, where the header has {self._count}"
            self._uneven.append(Rejected(self._done, cells if isinstance(cells, str) else told))

    def taken(self) -> tuple[int, Shaped]:
        """How many rows were read, and what the gathered ones became; the next ones are gathered anew."""
        first = self._done - len(self.lines) + 1
        whole = Shaped([], [], [*self._uneven])
        for rows in self._wide.rows(self._cells):
            shaped = self._shaper.shape(rows, first)
            whole.series += shaped.series
            whole.facts += shaped.facts
            whole.rejected += shaped.rejected
        # Of a wide table the same may be wrong with the rows of all columns.
        told = sorted(set(whole.rejected), key=lambda one: (one.row, one.reason))
        whole.rejected = [msgspec.structs.replace(one, line=self.lines[one.row - first]) for one in told]
        self._cells, self._uneven, self.lines = [], [], []
        return self._done, whole
