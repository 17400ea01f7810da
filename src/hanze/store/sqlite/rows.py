# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Writes many rows with few statements.

Each statement that runs gives the interpreter's lock away and must wait for it again, which under load takes longer than
the statement; a statement with many rows waits once.
"""

from collections.abc import Sequence
from functools import lru_cache
from itertools import chain
from typing import Any

import apsw

SIZES = (64, 16, 4, 1)
"""Rows of one statement; few sizes, so that all statements stay prepared."""


def write(connection: apsw.Connection, sql: str, rows: Sequence[tuple[Any, ...]]) -> None:
    """Runs `sql` for all rows, which stand where it says {rows}; each has the same number of values."""
    start, count = 0, len(rows)
    for size in SIZES:
        while count - start >= size:
            part = rows[start : start + size]
            connection.execute(_statement(sql, len(part[0]), size), tuple(chain.from_iterable(part)))
            start += size


@lru_cache(maxsize=128)
def _statement(sql: str, width: int, size: int) -> str:
    row = f"({', '.join('?' * width)})"
    return sql.replace("{rows}", ", ".join([row] * size))
