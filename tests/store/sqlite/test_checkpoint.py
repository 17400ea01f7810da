# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The log stays small under steady writes, also after a reader has kept it from ending, and nothing of it is lost."""

from pathlib import Path

import apsw
import pytest

from hanze.ngsild.times import system
from hanze.store import sqlite
from hanze.store.base import UnitOfWork
from hanze.store.scope import EVERYTHING
from hanze.store.sqlite import checkpoint
from hanze.store.sqlite.store import SqliteStore
from tests.contract.making import entity, outcome

PAGE = 4096


def write(store: SqliteStore, first: int, last: int) -> None:
    def work(number: int, uow: UnitOfWork) -> None:
        one = entity(f"{number % 50}", n=number, pad="x" * 9_000)
        uow.save("", outcome(uow.entity("", one.id), one))

    for number in range(first, last):
        store.submit(lambda uow, number=number: work(number, uow)).result()  # type: ignore[misc]


def log_bytes(folder: Path) -> int:
    return (folder / f"{sqlite.FILE}-wal").stat().st_size


def test_the_log_begins_anew_under_steady_writes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checkpoint, "MOST", 300)
    monkeypatch.setattr(checkpoint, "STEP", 50)
    store = sqlite.open(tmp_path, clock=system)
    write(store, 0, 400)
    written = store.submit(lambda uow: uow._connection.status(apsw.SQLITE_DBSTATUS_CACHE_WRITE)[0]).result()  # type: ignore[attr-defined]
    assert written > 2_000
    # How soon depends on who else is copying just then; without a new beginning the log would hold all.
    assert log_bytes(tmp_path) < written * PAGE / 3
    store.close()
    again = sqlite.open(tmp_path, clock=system)
    assert {again.get("", f"urn:ngsi-ld:T:{n}", EVERYTHING) is not None for n in range(50)} == {True}
    again.close()


def test_the_log_ends_when_the_reader_that_needed_it_has_gone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checkpoint, "MOST", 300)
    monkeypatch.setattr(checkpoint, "STEP", 50)
    store = sqlite.open(tmp_path, clock=system)
    write(store, 0, 10)
    reader = apsw.Connection(str(tmp_path / sqlite.FILE))
    reader.execute("BEGIN")
    assert reader.execute("SELECT count(*) FROM entity").get == 10
    write(store, 10, 300)
    grown = log_bytes(tmp_path)
    assert grown > 1_000 * PAGE
    reader.execute("COMMIT")
    reader.close()
    write(store, 300, 700)
    assert log_bytes(tmp_path) < grown + 2 * 50 * PAGE
    store.close()
