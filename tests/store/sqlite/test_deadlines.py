# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Queries that take too long end, sooner where others wait; none is ended for another one."""

import asyncio
import time
from pathlib import Path

import apsw
import pytest

from hanze.errors import TooComplexQuery
from hanze.ngsild.times import system
from hanze.store import sqlite
from hanze.store.sqlite import deadlines
from hanze.store.sqlite.deadlines import Deadlines
from hanze.store.sqlite.store import READERS

ENDLESS = "WITH RECURSIVE n(v) AS (SELECT 1 UNION ALL SELECT v + 1 FROM n) SELECT count(*) FROM n"


class Seconds:
    """Goes on when it is told to."""

    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def run(limits: Deadlines, clock: Seconds, seconds: float) -> None:
    """An endless query that has taken so long already."""
    connection = apsw.Connection("")
    with limits.of(connection):
        clock.now += seconds
        connection.execute(ENDLESS).fetchall()


def test_a_query_ends_when_its_time_is_over() -> None:
    clock = Seconds()
    limits = Deadlines(1, clock)
    with pytest.raises(TooComplexQuery, match=r"took more than 11 s; narrow it"):
        run(limits, clock, deadlines.SECONDS + 1)
    limits.close()


def test_where_others_wait_it_ends_sooner() -> None:
    clock = Seconds()
    limits = Deadlines(1, clock)
    with limits.asked(), limits.asked(), pytest.raises(TooComplexQuery):
        run(limits, clock, deadlines.CROWDED_SECONDS + 1)
    limits.close()


def test_another_error_stays_what_it_is() -> None:
    limits = Deadlines(1)
    with pytest.raises(apsw.SQLError), limits.of(connection := apsw.Connection("")):
        connection.execute("nonsense")
    limits.close()


@pytest.mark.anyio
async def test_a_store_ends_long_queries_and_answers_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deadlines, "SECONDS", 0.3)
    monkeypatch.setattr(deadlines, "CROWDED_SECONDS", 0.3)
    store = sqlite.open(tmp_path, clock=system)

    def endless() -> int:
        return int(store._own.connection.execute(ENDLESS).get)

    begin = time.monotonic()
    ends = await asyncio.gather(*(store.read(endless) for _ in range(READERS)), return_exceptions=True)
    assert [type(one) for one in ends] == [TooComplexQuery] * READERS
    assert time.monotonic() - begin < 5
    assert await store.read(store.tenants) == [""]
    store.close()
