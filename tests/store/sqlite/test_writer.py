# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The one writer goes on whatever a work, or whoever waits for it, does."""

import asyncio
import contextlib
import logging
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from pathlib import Path

import msgspec
import pytest

from hanze.errors import HanzeError, Unavailable
from hanze.store import sqlite
from hanze.store.base import UnitOfWork
from hanze.store.scope import EVERYTHING
from hanze.store.sqlite import SqliteStore
from tests.contract.conftest import Clock
from tests.contract.making import entity, outcome

SECONDS = 10


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[SqliteStore]:
    store = sqlite.open(tmp_path, clock=Clock())
    yield store
    store.close()


@contextlib.contextmanager
def gathered(store: SqliteStore) -> Iterator[None]:
    """What is queued meanwhile goes into one transaction."""
    go_on = threading.Event()
    begun = threading.Event()

    def hold(uow: UnitOfWork) -> None:
        begun.set()
        go_on.wait(SECONDS)

    store.submit(hold)
    begun.wait(SECONDS)
    yield
    go_on.set()


def add(id: str) -> Callable[[UnitOfWork], None]:
    return lambda uow: uow.save("", outcome(None, entity(id, a=1)))


def there(store: SqliteStore, id: str) -> bool:
    return store.get("", f"urn:ngsi-ld:T:{id}", EVERYTHING) is not None


def test_what_has_gathered_is_one_transaction(opened: SqliteStore) -> None:
    with gathered(opened):
        works = [opened.submit(add(str(n))) for n in range(20)]
        before = opened.writer.commits
    for work in works:
        work.result(SECONDS)
    assert opened.writer.commits == before + 2


def test_what_cannot_be_written_at_the_end_spares_the_others(opened: SqliteStore) -> None:
    odd = msgspec.structs.replace(entity("odd", a=1), scopes=[object()])

    def no_text(uow: UnitOfWork) -> None:
        uow.save("", outcome(None, odd))

    with gathered(opened):
        works = [opened.submit(add("first")), opened.submit(no_text), opened.submit(add("last"))]
    works[0].result(SECONDS)
    works[2].result(SECONDS)
    with pytest.raises(TypeError):
        works[1].result(SECONDS)
    assert [there(opened, id) for id in ("first", "odd", "last")] == [True, False, True]
    assert [row.id for row in opened.journal(0, 10)] == ["urn:ngsi-ld:T:first", "urn:ngsi-ld:T:last"]


def test_who_gave_up_waiting_does_not_stop_the_writer(opened: SqliteStore) -> None:
    with gathered(opened):
        given_up = opened.submit(add("given-up"))
        assert given_up.cancel()
    opened.submit(add("next")).result(SECONDS)
    assert there(opened, "given-up") and there(opened, "next")


def test_an_event_loop_that_ended_does_not_stop_the_writer(opened: SqliteStore) -> None:
    async def impatient() -> None:
        task = asyncio.get_running_loop().create_task(opened.write(add("impatient")))
        await asyncio.sleep(0)
        task.cancel()

    with gathered(opened):
        asyncio.run(impatient())
    opened.submit(add("next")).result(SECONDS)
    assert there(opened, "impatient") and there(opened, "next")


def test_a_reader_of_the_journal_that_fails_does_not_stop_the_writer(
    opened: SqliteStore, caplog: pytest.LogCaptureFixture
) -> None:
    heads: list[int] = []

    def broken(head: int) -> None:
        raise RuntimeError("broken")

    opened.on_commit(broken)
    opened.on_commit(heads.append)
    with caplog.at_level(logging.CRITICAL, "hanze.store"):
        opened.submit(add("one")).result(SECONDS)
        opened.submit(add("two")).result(SECONDS)
        opened.submit(lambda uow: None).result(SECONDS)
    assert heads == [1, 2]


def test_closing_answers_what_is_queued(tmp_path: Path) -> None:
    store = sqlite.open(tmp_path, clock=Clock())
    with gathered(store):
        works = [store.submit(add(str(n))) for n in range(600)]
        closing = threading.Thread(target=store.close)
        closing.start()
    closing.join(SECONDS)
    assert all(work.done() and work.exception() is None for work in works)
    with pytest.raises(Unavailable, match="is stopping"):
        store.submit(add("late"))
    again = sqlite.open(tmp_path, clock=Clock())
    assert all(there(again, str(n)) for n in range(600))
    again.close()
    store.close()


def test_whoever_comes_while_it_closes_is_answered_or_refused(tmp_path: Path) -> None:
    store = sqlite.open(tmp_path, clock=Clock())
    taken: list[Future[None]] = []
    refused = threading.Event()

    def come() -> None:
        for _ in range(100_000):
            try:
                taken.append(store.submit(lambda uow: None))
            except HanzeError:
                refused.set()
                return

    visitors = [threading.Thread(target=come) for _ in range(4)]
    for visitor in visitors:
        visitor.start()
    while len(taken) < 1000:
        threading.Event().wait(0.001)
    store.close()
    for visitor in visitors:
        visitor.join(SECONDS)
    assert refused.is_set()
    assert all(one.done() for one in taken)


def test_how_long_a_write_takes_is_real_time_also_where_the_clock_is_fast(tmp_path: Path) -> None:
    clock = Clock()
    store = sqlite.open(tmp_path, clock=clock)
    with gathered(store):
        clock.now += 3600 * 1_000_000
        busy = store.writer.busy()
    store.close()
    assert 0 < busy < SECONDS
