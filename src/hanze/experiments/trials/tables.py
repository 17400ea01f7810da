# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Tables that are loaded for a trial: a counter, or the log of a service; the newest takes the place of the one before."""

from collections.abc import Sequence
from datetime import tzinfo
from pathlib import Path

import msgspec
import numpy as np

from hanze.errors import ConfigurationError
from hanze.experiments.evaluate import table as plain
from hanze.experiments.trials import days
from hanze.experiments.trials.outcome import Loaded
from hanze.experiments.trials.vaults import TABLES
from hanze.store.base import Reads, UnitOfWork

DAY = 86_400_000_000

MOST_BYTES = 16 << 20

Row = tuple[str, int, float]
"""A unit, a moment (microseconds) and a number; of a log 1 for each case."""


class Table(msgspec.Struct, frozen=True):
    """`name`: of the file, `hash`: SHA-256 of it, `at`: when it came (microseconds)."""

    name: str
    hash: str
    at: int
    rows: Sequence[Row]


def read(file: Path, loaded: Loaded, zone: tzinfo) -> tuple[str, list[Row]]:
    """The hash of a file of CSV, and its rows in order; cells without a number are left out. A day without a time is one of the
    city. Errors: ConfigurationError with row, column and fix."""
    table = plain.read(file)
    units, words = table.words(loaded.unit_column), table.words(loaded.time_column)
    moments, dated = table.moments(loaded.time_column)
    if not dated:
        raise ConfigurationError(
            f"{loaded.time_column} holds numbers; give days or moments there, such as 2026-03-01 or 2026-03-01T07:00."
        )
    values = table.numbers(loaded.column) if loaded.column else np.ones(table.rows)
    made = [
        (unit, days.since(word.strip(), zone) if len(word.strip()) == 10 else round(moment * DAY), value)
        for unit, word, moment, value in zip(units, words, moments.tolist(), values.tolist(), strict=True)
        if unit and value == value
    ]
    return table.hash, sorted(made, key=lambda one: (one[1], one[0]))


def put(uow: UnitOfWork, trial: str, name: str, hash: str, rows: Sequence[Row]) -> None:
    """It counts from now on."""
    body = msgspec.json.encode(rows)
    uow.vault(TABLES).put({"trial": trial, "name": name, "hash": hash, "rows": body, "at": uow.now})


def find(reads: Reads, trial: str) -> Table | None:
    """None where none was loaded."""
    for row in reads.vault(TABLES).select({"trial": trial}, limit=1):
        return Table(row["name"], row["hash"], row["at"], msgspec.json.decode(row["rows"], type=list[Row]))
    return None
