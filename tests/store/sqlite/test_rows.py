# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""However many rows there are, each is written once."""

import apsw
import pytest

from hanze.store.sqlite import rows


@pytest.mark.parametrize("count", [0, 1, 3, 4, 5, 16, 63, 64, 65, 149, 1000])
def test_each_row_is_written_once(count: int) -> None:
    connection = apsw.Connection(":memory:")
    connection.execute("CREATE TABLE t(a, b)")
    given = [(number, f"row {number}") for number in range(count)]
    rows.write(connection, "INSERT INTO t VALUES {rows}", given)
    assert connection.execute("SELECT a, b FROM t").fetchall() == given
    rows.write(connection, "DELETE FROM t WHERE (a, b) IN (VALUES {rows})", given[::2])
    assert connection.execute("SELECT a, b FROM t").fetchall() == given[1::2]
