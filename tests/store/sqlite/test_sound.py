# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A store does not open on files that are damaged, nor as an empty one in place of one that was lost."""

from pathlib import Path

import apsw
import pytest

from hanze.errors import ConfigurationError
from hanze.ngsild.times import system
from hanze.store import sqlite
from hanze.store.sqlite import sound
from tests.contract.making import entity, save


@pytest.fixture
def database(tmp_path: Path) -> Path:
    store = sqlite.open(tmp_path, clock=system)
    save(store, *(entity(f"{number}", a="x" * 300) for number in range(100)))
    store.close()
    return tmp_path / sqlite.FILE


def refusal(database: Path) -> str:
    with pytest.raises(ConfigurationError) as told:
        sqlite.open(database.parent, clock=system)
    detail = told.value.detail
    assert str(database) in detail and "hanze restore" in detail and "\n" not in detail
    return detail


def test_a_store_that_is_whole_opens(database: Path) -> None:
    sound.check(database, every_page=True)
    sqlite.open(database.parent, clock=system).close()


def test_a_store_that_is_not_there_yet_is_made(tmp_path: Path) -> None:
    sqlite.open(tmp_path, clock=system).close()


def test_an_empty_file_is_no_empty_store(database: Path) -> None:
    database.write_bytes(b"")
    assert "is empty, so its data are lost" in refusal(database)


@pytest.mark.parametrize("suffix", ["", "-wal", "-shm"])
def test_a_folder_in_the_place_of_a_file(database: Path, suffix: str) -> None:
    place = database.with_name(database.name + suffix)
    place.unlink(missing_ok=True)
    place.mkdir()
    assert f"{place} is a folder" in refusal(database)


def test_a_log_without_its_database_is_no_new_store(database: Path) -> None:
    database.rename(database.with_name(database.name + "-wal"))
    assert "is not there, but hanze.db-wal is" in refusal(database)


def test_a_damaged_page_is_found(database: Path) -> None:
    with open(database, "r+b") as file:
        file.seek(database.stat().st_size // 4096 // 2 * 4096)
        file.write(b"\xaa" * 8192)
    assert "is damaged (" in refusal(database)


def test_a_text_that_cannot_be_read_is_found(database: Path) -> None:
    connection = apsw.Connection(str(database))
    connection.execute("UPDATE entity SET doc = substr(doc, 1, 50) || zeroblob(4) WHERE eid = 7")
    connection.close()
    assert "urn:ngsi-ld:T:6 cannot be read" in refusal(database)


def test_a_large_store_is_looked_at_when_asked(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sound, "QUICK_BYTES", 1000)
    with open(database, "r+b") as file:
        file.seek(database.stat().st_size // 4096 // 2 * 4096)
        file.write(b"\xaa" * 8192)
    assert not sound.quick(database)
    sound.check(database)
    with pytest.raises(ConfigurationError, match="is damaged"):
        sound.check(database, every_page=True)
