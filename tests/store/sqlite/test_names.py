# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Names have the same number for ever, however little is remembered of them."""

from collections.abc import Iterator
from pathlib import Path

import apsw
import pytest

from hanze.store.sqlite import connect, names, schema
from hanze.store.sqlite.names import Names


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[apsw.Connection]:
    path = tmp_path / "hanze.db"
    opened = connect.writer(path)
    schema.migrate(opened, path)
    yield opened
    opened.close()


def remembered(of: Names) -> int:
    """How many names are in memory, all together."""
    memory = of._memory
    made = sum(len(one) for one in memory.made.values())
    return max(len(memory.tenants), len(memory.numbers), len(memory.iris), len(memory.made), made)


def test_numbers_stay_where_the_memory_is_full(connection: apsw.Connection, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(names, "MOST_CACHED", 10)
    known = Names(connection)
    first: dict[tuple[str, str], int] = {}
    for turn in range(2):
        for n in range(40):
            tn = known.tenant(f"tenant{n}", make=True)
            assert tn is not None
            made = known.made(tn, "a")
            for name in ("a", "b", "c"):
                number = first.setdefault((f"tenant{n}", name), made[name])
                assert made[name] == number == known.number(tn, "a", name), turn
                assert known.iri(number) == name
            assert remembered(known) <= 10
    assert len(set(first.values())) == 120


def test_a_name_that_was_never_seen_has_no_number(connection: apsw.Connection) -> None:
    known = Names(connection)
    assert known.tenant("x") is None and known.number(0, "t", "x") is None
    assert known.number(0, "t", "x", make=True) == known.number(0, "t", "x")
    assert known.number(0, "a", "x") is None
    assert connection.execute("SELECT count(*) FROM name").get == 1
