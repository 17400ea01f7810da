# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Short reads are done on the event loop, one a turn; what is not short goes to a reader and is answered all the same."""

import asyncio
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import apsw
import pytest

from hanze.ngsild.selection import EntitySelection, Geo, TypeIs
from hanze.ngsild.times import system
from hanze.store import sqlite
from hanze.store.scope import EVERYTHING
from hanze.store.sqlite import lane, places
from hanze.store.sqlite.lane import Budget, Lane, Overrun
from hanze.store.sqlite.store import SqliteStore
from tests.contract.making import entity, iri, point, save

pytestmark = pytest.mark.anyio

ENDLESS = "WITH RECURSIVE n(v) AS (SELECT 1 UNION ALL SELECT v + 1 FROM n) SELECT count(*) FROM n"
HERE = Geo("near", {"type": "Point", "coordinates": [4.5, 52.0]}, iri("place"), max_distance=1000.0)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    made = sqlite.open(tmp_path, clock=system)
    save(made, *(entity(str(n), place=point(4.5, 52.0)) for n in range(50)))
    yield made
    made.close()


def ids(store: SqliteStore, threads: list[int]) -> int:
    """A read that tells its thread."""
    threads.append(threading.get_ident())
    page = store.query("", EntitySelection(types=TypeIs(iri("T")), geo=HERE), EVERYTHING, limit=100, count=True)
    assert page.count == len(page.entities)
    return len(page.entities)


async def test_a_short_read_stays_on_the_loop_and_one_without_a_kind_does_not(store: SqliteStore) -> None:
    threads: list[int] = []
    assert await store.read(lambda: ids(store, threads), "near") == 50
    assert await store.read(lambda: ids(store, threads)) == 50
    assert threads[0] == threading.get_ident() != threads[1]


async def test_what_takes_long_is_done_by_a_reader_and_when_it_does_again_so_is_its_kind(
    store: SqliteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, threads = threading.get_ident(), list[int]()

    def slow() -> int:
        threads.append(threading.get_ident())
        if threads[-1] == here:
            store._own.reading.connection.execute(ENDLESS)
        return 1

    for _ in range(3):
        assert await store.read(slow, "slow") == 1
    assert [one == here for one in threads] == [True, False, True, False, False]
    # Its connection is as good as new, and other kinds are not concerned.
    assert await store.read(lambda: ids(store, threads), "near") == 50
    assert threads[-1] == here
    monkeypatch.setattr(lane, "LONG_FOR_SECONDS", 0.0)
    store._lane.is_long("slow")
    assert await store.read(slow, "slow") == 1
    assert threads[-2] == here


def test_a_kind_is_long_for_a_while_when_it_is_so_twice_within_a_while() -> None:
    now = 0.0
    asked = Lane(lambda: Budget(apsw.Connection("")), lambda: now)
    asked.is_long("rare")
    now += lane.AGAIN_SECONDS
    asked.is_long("rare")
    assert asked.takes("rare")
    now += lane.LONG_FOR_SECONDS
    asked.is_long("rare")
    assert not asked.takes("rare") and asked.takes("other")
    now += lane.LONG_FOR_SECONDS
    assert asked.takes("rare")
    asked.is_long("rare")
    assert not asked.takes("rare")


def test_few_kinds_are_remembered() -> None:
    asked = Lane(lambda: Budget(apsw.Connection("")), lambda: 0.0)
    for number in range(3 * lane.MOST_KINDS):
        asked.is_long(str(number))
        asked.is_long(str(number))
        assert max(len(asked._long), len(asked._overran)) <= lane.MOST_KINDS
    assert not asked.takes(str(number))


async def test_places_in_great_number_are_given_up(store: SqliteStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lane, "SECONDS", -1.0)
    monkeypatch.setattr(lane, "STEPS", 1 << 30)
    threads: list[int] = []
    assert await store.read(lambda: ids(store, threads), "near") == 50
    assert threads[0] == threading.get_ident() != threads[1]
    with pytest.raises(Overrun):
        store._own.budget.run(
            lambda: places.Places(store._own.reading.connection, [1], HERE, store._own.budget.check).every(), -1.0
        )


async def test_an_error_of_the_work_stays_its_own(store: SqliteStore) -> None:
    def wrong() -> None:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        await store.read(wrong, "wrong")
    assert store._lane.takes("wrong")


async def test_other_work_goes_on_between_two_reads() -> None:
    connection, seen = apsw.Connection(""), list[str]()
    budget = Budget(connection)
    short = Lane(lambda: budget)

    def read(name: str) -> None:
        time.sleep(0.001)
        seen.append(name)

    async def others() -> None:
        for _ in range(2):
            await asyncio.sleep(0)
            seen.append("other")

    task = asyncio.create_task(others())
    await asyncio.gather(*(short.run(lambda name=name: read(name)) for name in "abc"))  # type: ignore[misc]
    await task
    assert [name for name in seen if name != "other"] == ["a", "b", "c"]
    assert "other" in seen[: seen.index("c")]


async def test_who_does_not_wait_any_more_costs_nothing() -> None:
    connection, seen = apsw.Connection(""), list[int]()
    budget = Budget(connection)
    short = Lane(lambda: budget)
    first, second = (asyncio.create_task(short.run(lambda n=n: seen.append(n))) for n in (1, 2))  # type: ignore[misc]
    await asyncio.sleep(0)
    first.cancel()
    await second
    assert seen == [2]
