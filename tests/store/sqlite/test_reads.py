# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A view on a store that another one writes: it sees what is committed, what has expired by its clock, and writes nothing."""

import pickle
from pathlib import Path

import apsw
import pytest

from hanze.errors import ConfigurationError
from hanze.store import sqlite
from hanze.store.base import Store
from hanze.store.scope import EVERYTHING
from tests.contract.conftest import Clock
from tests.contract.making import iri
from tests.store.sqlite.past import EVER, ID, append, observe, seen


def test_it_sees_each_commit(store: Store, tmp_path: Path, clock: Clock) -> None:
    with sqlite.view(tmp_path, clock()) as looking:
        assert looking.head() == 0
        for count in (1, 2):
            observe(store, ID, [count], [5.0])
            (found,) = looking.numbers("", ID, iri("no2"), None, EVER, EVERYTHING)
            assert len(found.values) == count
            assert looking.head() == store.head() > 0


def test_another_process_can_be_given_it(store: Store, clock: Clock) -> None:
    observe(store, ID, [1], [5.0])
    with pickle.loads(pickle.dumps(store.looking()))(clock()) as looking:
        assert looking.head() == store.head() > 0


def test_it_reads_all_that_the_store_reads(store: Store, tmp_path: Path, clock: Clock) -> None:
    append(store, ID, no2=[seen(3, 0)])
    with sqlite.view(tmp_path, clock()) as looking:
        assert looking.temporal("", ID, EVER, EVERYTHING) == store.temporal("", ID, EVER, EVERYTHING) is not None
        assert looking.types("", EVERYTHING) == store.types("", EVERYTHING)
        assert looking.tenants() == store.tenants()


def test_the_file_does_not_count_as_memory_of_the_process(store: Store, tmp_path: Path, clock: Clock) -> None:
    """A worker has a limit of memory, to which what is mapped counts."""
    observe(store, ID, list(range(20_000)), [5.0] * 20_000)
    # What stood in the log is then in the file.
    store.close()
    with sqlite.view(tmp_path, clock()) as looking:
        assert len(looking.numbers("", ID, iri("no2"), None, EVER, EVERYTHING)[0].values) == 20_000
        maps = Path("/proc/self/maps").read_text().splitlines()
    assert not [line for line in maps if line.endswith(f"{tmp_path}/hanze.db")]


def test_it_cannot_write(store: Store, tmp_path: Path, clock: Clock) -> None:
    with sqlite.view(tmp_path, clock()) as looking, pytest.raises(apsw.ReadOnlyError):
        looking._own.reading.connection.execute("DELETE FROM entity")


def test_a_folder_without_a_node_is_told(tmp_path: Path, clock: Clock) -> None:
    with (
        pytest.raises(ConfigurationError, match="is not there; give the folder of a node"),
        sqlite.view(tmp_path, clock()),
    ):
        pass
