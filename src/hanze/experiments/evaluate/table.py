# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A table of a trial: columns of text or numbers, and moments in one of the usual ways of writing them."""

import hashlib
import math
import re
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

from hanze.errors import ConfigurationError
from hanze.goals.sdsn import plain

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

MISSING = frozenset({"", ".", "na", "n/a", "nan", "null", "none"})
"""How tables write that nothing is known, in small letters."""

_DATE = re.compile(r"(\d{4})-(\d{1,2})(?:-(\d{1,2}))?(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?)?(?:Z|\+00:?00)?")


class Table(msgspec.Struct, frozen=True):
    """`columns`: by name, all of one length; `hash`: SHA-256 of what it was read from; `name`: what errors call it."""

    columns: Mapping[str, Sequence[str]]
    hash: str
    name: str = "The table"

    @property
    def rows(self) -> int:
        return len(next(iter(self.columns.values()), ()))

    def words(self, column: str) -> Sequence[str]:
        """The cells of a column. Errors: ConfigurationError where it is not there."""
        if column not in self.columns:
            raise ConfigurationError(
                f"{self.name} has no column {column!r}; its columns are {', '.join(list(self.columns)[:25])}."
            )
        return self.columns[column]

    def numbers(self, column: str) -> Floats:
        """The numbers of a column; NaN where nothing is known. Errors: ConfigurationError with row and value."""
        words = self.words(column)
        try:
            found = np.array([math.nan if one.lower() in MISSING else float(one) for one in words], float)
        except ValueError:
            row = next(row for row, one in enumerate(words, 1) if one.lower() not in MISSING and not _number(one))
            raise self._wrong(column, row, "a number with a decimal point") from None
        if np.isinf(found).any():
            raise self._wrong(column, int(np.argmax(np.isinf(found))) + 1, "a finite number")
        return found

    def moments(self, column: str) -> tuple[Floats, bool]:
        """The moments of a column, and whether they are dates: days since 1970-01-01 in UTC, else the numbers as they are."""
        words = self.words(column)
        known: dict[str, tuple[float, bool]] = {}
        for row, word in enumerate(words, 1):
            if word not in known:
                found = moment(word)
                if found is None:
                    raise self._wrong(column, row, "a number or a date such as 2026-03-01")
                known[word] = found
        kinds = {dated for _, dated in known.values()}
        if len(kinds) > 1:
            raise ConfigurationError(f"{self.name}: {column} has numbers and dates; give one kind.")
        return np.array([known[word][0] for word in words], np.float64), kinds == {True}

    def _wrong(self, column: str, row: int, needed: str) -> ConfigurationError:
        return ConfigurationError(
            f"{self.name}, row {row}: {column} is {self.columns[column][row - 1]!r}; {needed} stands there."
        )


def read(file: Path) -> Table:
    """A CSV file in UTF-8 (also .csv.gz) whose first row names the columns. Errors: ConfigurationError with line and fix."""
    found = plain.Table(file, ())
    columns: dict[str, list[str]] = {name: [] for name in found.columns}
    for row in found.rows():
        for name, cell in row.cells.items():
            columns[name].append(cell)
    if not next(iter(columns.values()), []):
        raise ConfigurationError(f"{file} has no rows below its head.")
    return Table(columns, hashlib.sha256(file.read_bytes()).hexdigest(), str(file))


def moment(word: str) -> tuple[float, bool] | None:
    """A number, or the days since 1970-01-01 of a date, a month or a moment in UTC, and whether it is one; None for others."""
    if _number(word):
        return float(word), False
    found = _DATE.fullmatch(word.strip())
    if found is None:
        return None
    year, month, day, hour, minute, second = (int(part) if part else 0 for part in found.groups())
    try:
        days = date(year, month, day or 1).toordinal() - date(1970, 1, 1).toordinal()
    except ValueError:
        return None
    return days + (hour * 3600 + minute * 60 + second) / 86_400, True


def _number(word: str) -> bool:
    try:
        return math.isfinite(float(word))
    except ValueError:
        return False
