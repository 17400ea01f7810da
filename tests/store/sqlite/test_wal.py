# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A log that lacks what was committed is found out; one that only ends in what nobody was answered is not."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import apsw
import pytest

from hanze.errors import ConfigurationError
from hanze.ngsild.times import system
from hanze.store import sqlite
from hanze.store.sqlite import wal
from tests.contract.making import entity, save

FRAME = wal.FRAME_HEAD + 4096
WRITES = 12


@pytest.fixture(scope="module")
def killed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder of a store as `kill -9` leaves it: everything still in the log."""
    running, folder = tmp_path_factory.mktemp("running"), tmp_path_factory.mktemp("killed")
    store = sqlite.open(running, clock=system)
    for number in range(WRITES):
        save(store, entity(f"{number}", a=number))
    for file in running.iterdir():
        shutil.copy(file, folder)
    yield folder
    store.close()


@pytest.fixture
def database(killed: Path, tmp_path: Path) -> Path:
    shutil.copytree(killed, tmp_path / "node")
    return tmp_path / "node" / sqlite.FILE


def log(database: Path) -> Path:
    return database.with_name(database.name + "-wal")


def index(database: Path) -> Path:
    return database.with_name(database.name + "-shm")


def harm(file: Path, place: int, data: bytes = b"\x55" * 16) -> None:
    with open(file, "r+b") as opened:
        opened.seek(place)
        opened.write(data)


def commits(file: Path) -> list[int]:
    """The numbers of the frames that end a transaction."""
    data = file.read_bytes()
    frames = range((len(data) - wal.HEAD) // FRAME)
    return [n for n in frames if data[wal.HEAD + n * FRAME + 4 :][:4] != bytes(4)]


def refusal(database: Path) -> str:
    before = {file.name: file.read_bytes() for file in database.parent.iterdir()}
    with pytest.raises(ConfigurationError) as told:
        wal.check(database)
    assert {file.name: file.read_bytes() for file in database.parent.iterdir()} == before
    assert str(log(database)) in told.value.detail
    assert "hanze restore" in told.value.detail
    return told.value.detail


def test_a_whole_log_is_left_as_it_is(database: Path) -> None:
    before = {file.name: file.read_bytes() for file in database.parent.iterdir()}
    wal.check(database)
    assert {file.name: file.read_bytes() for file in database.parent.iterdir()} == before


def test_a_log_that_ends_in_half_a_transaction_is_good(database: Path) -> None:
    """After a power cut: the index is gone or older, and the last transaction was never answered."""
    index(database).unlink()
    last, before = commits(log(database))[-1], commits(log(database))[-2]
    assert last > before
    harm(log(database), wal.HEAD + last * FRAME + 100)
    wal.check(database)
    with open(log(database), "r+b") as file:
        file.truncate(wal.HEAD + last * FRAME - 7)
    wal.check(database)


def test_what_the_index_promises_must_be_there(database: Path) -> None:
    """After `kill -9` the index still knows what was committed."""
    last = commits(log(database))[-1]
    with open(log(database), "r+b") as file:
        file.truncate(wal.HEAD + last * FRAME)
    assert f"of {last + 1} pages that were written last only" in refusal(database)


@pytest.mark.parametrize("how", ["empty", "gone"])
def test_a_log_that_is_lost_is_missed(database: Path, how: str) -> None:
    if how == "gone":
        log(database).unlink()
    else:
        log(database).write_bytes(b"")
    assert "are not there any more" in refusal(database)


def test_damage_before_the_last_transaction_is_seen_without_the_index(database: Path) -> None:
    index(database).unlink()
    harm(log(database), wal.HEAD + commits(log(database))[3] * FRAME + 100)
    assert "changes stand behind them" in refusal(database)


def test_a_log_without_its_head_is_refused(database: Path) -> None:
    harm(log(database), 8)
    assert "its beginning cannot be read" in refusal(database)


def test_an_index_that_is_damaged_promises_nothing(database: Path) -> None:
    harm(index(database), 16, bytes(4))
    wal.check(database)


def test_what_was_moved_into_the_database_is_not_missed(database: Path) -> None:
    connection = apsw.Connection(str(database))
    connection.config(apsw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1)
    connection.pragma("schema_version")
    frames, moved = connection.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_PASSIVE)
    kept = index(database).read_bytes()
    connection.close()
    assert frames == moved > 0
    index(database).write_bytes(kept)
    log(database).unlink()
    wal.check(database)


def test_a_log_that_somebody_has_open_is_not_looked_into(database: Path) -> None:
    store = sqlite.open(database.parent, clock=system)
    wal.check(database)
    store.close()
