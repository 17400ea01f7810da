# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The tape: who is a little behind reads the same as the journal says, and what is kept stays small."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hanze.broker.subscriptions.facts import Facts
from hanze.broker.subscriptions.tape import MOST_BYTES, MOST_KEPT, Tape
from hanze.store.base import JournalRow, Store, UnitOfWork
from hanze.store.sqlite import FILE, SqliteStore
from tests.contract.conftest import Clock
from tests.contract.making import entity, save


class Counting(SqliteStore):
    """Counts how often its journal is read."""

    reads = 0

    def journal(self, after: int, limit: int) -> list[JournalRow]:
        self.reads += 1
        return super().journal(after, limit)


def opened(folder: Path) -> Counting:
    clock = Clock()
    store = Counting(folder / FILE, clock, clock, (), None)
    store.submit(lambda work: work.watch("test", None)).result()
    return store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Counting]:
    made = opened(tmp_path)
    yield made
    made.close()


def write(store: Store, count: int, size: int = 0, first: int = 0) -> None:
    for start in range(first, first + count, 50):
        stop = min(start + 50, first + count)
        save(store, *(entity(str(n), n=n, pad="x" * size) for n in range(start, stop)))


def seqs(found: list[tuple[int, Facts | None]]) -> list[int]:
    return [seq for seq, _ in found]


def test_what_was_read_forward_is_read_again_from_memory(store: Counting) -> None:
    write(store, 100)
    tape = Tape(store)
    first = tape.forward(0, 64)
    second = tape.forward(64, 64)
    assert seqs(first + second) == list(range(1, 101))
    assert store.reads == 2
    assert tape.again(0, 10) == first[:10]
    assert tape.again(60, 200) == (first + second)[60:]
    assert tape.again(60, 200)[0][1] is first[60][1], "the same, so that what was rendered of it is shared"
    assert store.reads == 2
    assert tape.again(100, 10) == []
    assert store.reads == 3


def test_what_is_older_than_kept_is_read_from_the_journal(store: Counting) -> None:
    write(store, MOST_KEPT + 100)
    tape = Tape(store)
    after = 0
    while found := tape.forward(after, 64):
        after = found[-1][0]
    before = store.reads
    assert seqs(tape.again(100, 64)) == list(range(101, 165))
    assert store.reads == before
    assert seqs(tape.again(99, 64)) == list(range(100, 164))
    assert store.reads == before + 1


def test_heavy_changes_are_kept_by_weight(store: Counting) -> None:
    write(store, 20, MOST_BYTES // 20)
    tape = Tape(store)
    after, weights = 0, {}
    while found := tape.forward(after, 64):
        assert len(found) < 10, "so much is not read at once"
        after = found[-1][0]
        weights.update({seq: change.weight for seq, change in found if change is not None})
    assert sorted(weights) == list(range(1, 21))
    kept = [seq for seq in weights if not _reads(store, tape, seq)]
    assert kept == list(range(kept[0], 21)), "the latest"
    assert MOST_BYTES // 2 < sum(weights[seq] for seq in kept) <= MOST_BYTES


def _reads(store: Counting, tape: Tape, seq: int) -> bool:
    """The change is no longer in memory."""
    before = store.reads
    assert seqs(tape.again(seq - 1, 1)) == [seq]
    return store.reads > before


def test_one_that_is_heavier_than_everything(store: Counting) -> None:
    write(store, 1, MOST_BYTES + 1)
    write(store, 3, first=1)
    tape = Tape(store)
    found = tape.forward(0, 64)
    assert seqs(found) == [1], "at least one, however heavy"
    assert found[0][1] is not None
    assert seqs(tape.forward(1, 64)) == [2, 3, 4]
    before = store.reads
    assert seqs(tape.again(0, 64)) == [1]
    assert seqs(tape.again(1, 64)) == [2, 3, 4]
    assert store.reads == before + 1, "it was not kept, those after it were"


def test_rows_that_say_nothing_and_gaps(store: Counting) -> None:
    write(store, 2)

    def work(uow: UnitOfWork) -> None:
        uow.append_history("", entity("old", "Old", n=1))

    store.submit(work).result()
    write(store, 3, first=2)
    store.submit(lambda uow: uow.erase("", "urn:ngsi-ld:T:2")).result()
    tape = Tape(store)
    there = [row.seq for row in store.journal(0, 100)]
    found = tape.forward(0, 64)
    assert seqs(found) == there
    assert [seq for seq, change in found if change is None] == [3]
    after, again = 0, []
    while some := tape.again(after, 2):
        again += some
        after = some[-1][0]
    assert seqs(again) == there


@pytest.fixture(scope="module")
def sixty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Counting]:
    made = opened(tmp_path_factory.mktemp("node"))
    write(made, 60)
    yield made
    made.close()


@settings(max_examples=60)
@given(steps=st.lists(st.integers(1, 80), min_size=1, max_size=12), after=st.integers(0, 60), limit=st.integers(1, 30))
def test_again_says_what_the_journal_says(sixty: Counting, steps: list[int], after: int, limit: int) -> None:
    tape = Tape(sixty)
    position = 0
    for step in steps:
        found = tape.forward(position, step)
        position = found[-1][0] if found else position
    said = tape.again(after, limit)
    rows = sixty.journal(after, limit)[: len(said)]
    assert [(seq, change and change.entity) for seq, change in said] == [(row.seq, row.entity) for row in rows]
    assert bool(said) == (after < 60)
    assert len(said) <= limit
