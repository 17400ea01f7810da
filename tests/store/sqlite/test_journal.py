# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The journal is trimmed behind the slowest consumer, in steps, and one that is too slow is told what it missed."""

from pathlib import Path

import pytest

from hanze.store import sqlite
from hanze.store.base import Store, Trimmed, UnitOfWork
from hanze.store.sqlite import journal
from hanze.store.sqlite.work import Work
from tests.contract.conftest import Clock
from tests.contract.making import entity, save


def trim(store: Store, most: int = journal.MOST_ROWS) -> Trimmed:
    def work(uow: UnitOfWork) -> Trimmed:
        assert isinstance(uow, Work)
        return journal.trim(uow._direct(), uow.head(), most)

    return store.submit(work).result()


def write(store: Store, rows: int) -> None:
    save(store, *(entity(str(n % 7), a=store.head() + n) for n in range(rows)))


def follow(store: Store, **positions: int) -> None:
    for name, position in positions.items():
        store.submit(lambda uow, name=name, position=position: uow.position(name, position)).result()  # type: ignore[misc]


def there(store: Store) -> list[int]:
    return [row.seq for row in store.journal(0, 10_000)]


def test_nobody_loses_what_he_has_not_read(store: Store) -> None:
    write(store, 30)
    follow(store, quick=25, slow=10)
    assert trim(store) == Trimmed(10, (), 11)
    assert there(store) == list(range(11, 31))
    assert trim(store) == Trimmed(0)
    follow(store, slow=30)
    assert trim(store) == Trimmed(15, (), 26)
    store.submit(lambda uow: uow.forget("quick")).result()
    assert trim(store) == Trimmed(5, (), 31)
    assert there(store) == []


def test_one_that_is_too_far_behind_is_told(store: Store) -> None:
    write(store, 30)
    follow(store, quick=28, slow=10, late=19, dead=0)
    assert trim(store, most=10) == Trimmed(20, ("dead", "late", "slow"), 21)
    assert there(store) == list(range(21, 31))
    follow(store, slow=20, late=22, dead=20)
    assert trim(store, most=10) == Trimmed(0)
    write(store, 1)
    assert trim(store, most=10) == Trimmed(1, ("dead", "slow"), 22)


def test_it_goes_in_steps(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal, "TRIM_AT_ONCE", 9)
    write(store, 35)
    follow(store, one=34)
    steps = [trim(store) for _ in range(5)]
    assert [step.rows for step in steps] == [10, 10, 10, 4, 0]
    assert [step.first for step in steps] == [11, 21, 31, 35, 0]
    assert there(store) == [35]


def test_without_a_consumer_the_latest_stay(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(journal, "KEPT_WITHOUT_CONSUMERS", 12)
    write(store, 30)
    assert trim(store).rows == 18
    assert there(store) == list(range(19, 31))


def test_numbers_go_on_where_all_was_trimmed(tmp_path: Path) -> None:
    store = sqlite.open(tmp_path, clock=Clock())
    write(store, 5)
    follow(store, one=5)
    assert trim(store).rows == 5
    store.close()
    store = sqlite.open(tmp_path, clock=Clock())
    assert store.head() == 5
    write(store, 2)
    assert there(store) == [6, 7] and store.consumers() == {"one": 5}
    store.close()


def test_a_consumer_ahead_of_the_journal_does_no_harm(store: Store) -> None:
    write(store, 5)
    follow(store, odd=99)
    assert trim(store) == Trimmed(5, (), 6)
    write(store, 1)
    assert there(store) == [6]


def test_what_is_not_settled_stays_though_every_consumer_has_read_it(store: Store) -> None:
    save(store, *(entity(str(number)) for number in range(10)))
    store.submit(lambda uow: uow.position("reader", uow.head())).result()
    assert store.submit(lambda uow: uow.trim(4)).result().rows == 4
    assert store.submit(lambda uow: uow.trim()).result().rows == 6
