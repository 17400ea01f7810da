# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A table of a CSV file (also .csv.gz) whose first row names the columns; what is wrong is told with line, column and value."""

import csv
import gzip
import math
import zlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NoReturn

from hanze.errors import ConfigurationError

PARTED = {";": "semicolons", "\t": "tabs"}
"""Marks that stand between columns elsewhere."""

YES, NO = frozenset({"yes", "y", "true", "1"}), frozenset({"no", "n", "false", "0", ""})


class Table:
    """The rows of a file, each once read. ConfigurationError where it is no such table."""

    def __init__(self, file: Path, needed: Sequence[str]) -> None:
        self.file = file
        self._lines = csv.reader(self._text().splitlines(keepends=True), strict=True)
        self.columns = self._head(needed)

    def _text(self) -> str:
        data = self.file.read_bytes()
        try:
            return (gzip.decompress(data) if self.file.suffix == ".gz" else data).decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise self.wrong(f"is not UTF-8 text (byte {error.start}); save it as CSV in UTF-8") from None
        except (gzip.BadGzipFile, EOFError, zlib.error):
            raise self.wrong("cannot be unpacked; pack it with gzip, or give the CSV itself") from None

    def _head(self, needed: Sequence[str]) -> list[str]:
        head = [name.strip() for name in self._next() or []]
        if not head:
            raise self.wrong("is empty; its first row names the columns")
        if len(head) == 1 and (mark := next((mark for mark in PARTED if mark in head[0]), None)):
            raise self.wrong(f"has its columns parted by {PARTED[mark]}; save it with commas")
        if twice := next((name for name in head if head.count(name) > 1), None):
            raise self.wrong(f"has the column {twice!r} twice; keep one")
        if missing := [name for name in needed if name not in head]:
            raise self.wrong(f"has no column {missing[0]!r}; its columns are {', '.join(head)[:200]}")
        return head

    def _next(self) -> list[str] | None:
        try:
            return next(self._lines, None)
        except csv.Error as error:
            raise self.wrong(
                f"cannot be read in line {self._lines.line_num} ({error}); mend the quotes there"
            ) from None

    def rows(self) -> Iterator["Row"]:
        """Each row that is not empty; ConfigurationError for one of another width."""
        while (cells := self._next()) is not None:
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) != len(self.columns):
                raise self.wrong(
                    f"has {len(cells)} values in line {self._lines.line_num} and {len(self.columns)} columns; give each its value"
                )
            yield Row(self, self._lines.line_num, dict(zip(self.columns, map(str.strip, cells), strict=True)))

    def wrong(self, what: str) -> ConfigurationError:
        return ConfigurationError(f"{self.file} {what}.")


class Row:
    """One row: `cells` by column, and the line where it ends."""

    __slots__ = ("_table", "cells", "line")

    def __init__(self, table: Table, line: int, cells: Mapping[str, str]) -> None:
        self._table = table
        self.line = line
        self.cells = cells

    def text(self, column: str) -> str:
        """What stands there; ConfigurationError where nothing does."""
        found = self.cells[column]
        return found if found else self._wrong(column, "a text")

    def number(self, column: str) -> float:
        """ConfigurationError where no number stands there."""
        found = self.maybe(column)
        return self._wrong(column, "a number") if found is None else found

    def maybe(self, column: str) -> float | None:
        """The number; None where nothing stands there."""
        cell = self.cells[column]
        if not cell:
            return None
        try:
            found = float(cell)
        except ValueError:
            return self._wrong(column, "a number with a decimal point")
        return found if math.isfinite(found) else self._wrong(column, "a finite number")

    def flag(self, column: str) -> bool:
        """Yes or no; a column that is not there says no."""
        cell = self.cells.get(column, "").lower()
        if cell not in YES and cell not in NO:
            self._wrong(column, "yes or no")
        return cell in YES

    def wrong(self, what: str) -> ConfigurationError:
        return self._table.wrong(f"line {self.line}: {what}")

    def _wrong(self, column: str, needed: str) -> NoReturn:
        raise self.wrong(f"{column} is {self.cells.get(column, '')!r}; {needed} stands there")
