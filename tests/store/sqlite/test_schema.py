# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A node of every earlier version opens: it is copied, then changed as a whole or not at all."""

import shutil
from pathlib import Path
from typing import Any, NamedTuple

import apsw
import msgspec
import pytest

from hanze.errors import ConfigurationError
from hanze.store import sqlite
from hanze.store.sqlite import FILE, connect, schema
from hanze.store.sqlite.backup import check, restore
from tests.contract.conftest import Clock
from tests.contract.making import entity, save
from tests.store.sqlite.schema import make

VERSIONS = range(1, schema.VERSION + 1)

FURTHER = (
    "CREATE TABLE further(eid INTEGER PRIMARY KEY, length INTEGER) STRICT",
    "INSERT INTO further SELECT eid, length(doc) FROM entity",
)
STEPS = (*schema.STEPS, ";".join(FURTHER), "ALTER TABLE entity ADD COLUMN weight REAL")
"""Two versions more than there are."""


def stored(folder: Path, version: int) -> dict[str, Any]:
    """Puts the node of a version into the folder; what it holds."""
    connection = apsw.Connection(str(folder / FILE))
    connection.execute((make.FOLDER / f"version-{version}.sql").read_text())
    connection.close()
    found: dict[str, Any] = msgspec.json.decode((make.FOLDER / f"version-{version}.json").read_bytes())
    return found


def told(folder: Path) -> dict[str, Any]:
    store = sqlite.open(folder, clock=Clock(), vaults=[make.NOTES])
    found = make.told(store)
    store.close()
    return found


def migrate(folder: Path, steps: tuple[str, ...] = STEPS) -> None:
    connection = connect.writer(folder / FILE)
    try:
        schema.migrate(connection, folder / FILE, steps)
    finally:
        connection.close()


def query(path: Path, sql: str) -> Any:
    connection = apsw.Connection(str(path))
    found = connection.execute(sql).get
    connection.close()
    return found


def copies(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if not path.name.startswith(FILE + "-"))


@pytest.mark.parametrize("version", VERSIONS)
def test_a_stored_node_opens_and_reads_as_it_was(tmp_path: Path, version: int) -> None:
    """A version that was released must not change any more: what fails here needs a step, and a stored node of its own."""
    expected = stored(tmp_path, version)
    assert told(tmp_path) == expected
    store = sqlite.open(tmp_path, clock=Clock(), vaults=[make.NOTES])
    save(store, entity("new", a=1))
    assert store.head() == expected["head"] + 1
    store.close()
    assert copies(tmp_path) == ([FILE] if version == schema.VERSION else [FILE, f"{FILE}.schema-{version}"])


def test_a_new_node_has_the_tables_of_a_stored_one(tmp_path: Path) -> None:
    for name in ("new", "stored"):
        (tmp_path / name).mkdir()
    sqlite.open(tmp_path / "new", clock=Clock(), vaults=[make.NOTES]).close()
    stored(tmp_path / "stored", schema.VERSION)
    tables = "SELECT json_group_array(name || ': ' || coalesce(sql, '') ORDER BY name) FROM sqlite_schema"
    new, old = (query(tmp_path / name / FILE, tables).replace('\\"', "").split(",") for name in ("new", "stored"))
    assert new == old


def test_what_is_stored_is_what_is_written_today(tmp_path: Path) -> None:
    clock = Clock()
    store = sqlite.open(tmp_path, clock=clock, vaults=[make.NOTES])
    make.fill(store, clock)
    found = make.told(store)
    store.close()
    assert found == msgspec.json.decode((make.FOLDER / f"version-{schema.VERSION}.json").read_bytes())


def test_before_a_step_a_copy_is_written(tmp_path: Path) -> None:
    stored(tmp_path, 1)
    migrate(tmp_path)
    assert schema.version(apsw.Connection(str(tmp_path / FILE))) == len(STEPS)
    assert query(tmp_path / FILE, "SELECT count(*) FROM further") == 5
    copy = tmp_path / f"{FILE}.schema-1"
    assert check(copy) == 1
    (tmp_path / "again").mkdir()
    restore(copy, tmp_path / "again" / FILE)
    assert told(tmp_path / "again") == msgspec.json.decode((make.FOLDER / "version-1.json").read_bytes())
    migrate(tmp_path)
    assert copies(tmp_path) == ["again", FILE, f"{FILE}.schema-1"]


def test_the_copy_is_of_the_latest_attempt(tmp_path: Path) -> None:
    stored(tmp_path, 1)
    copy = tmp_path / f"{FILE}.schema-1"
    copy.write_text("of an earlier time")
    copy.with_name(copy.name + ".part").write_text("an attempt that was cut off")
    migrate(tmp_path)
    assert check(copy) == 1
    assert copies(tmp_path) == [FILE, copy.name]


@pytest.mark.parametrize(
    "bad", ["CREATE TABLE oops(", "INSERT INTO nowhere VALUES (1)", "DROP TABLE entity; SELECT bad()"]
)
def test_a_step_that_fails_leaves_the_database_as_it_was(tmp_path: Path, bad: str) -> None:
    expected = stored(tmp_path, 1)
    with pytest.raises(ConfigurationError) as found:
        migrate(tmp_path, (*STEPS, bad))
    assert "could not be brought from schema 1 to 4" in found.value.detail
    assert str(tmp_path / f"{FILE}.schema-1") in found.value.detail
    assert told(tmp_path) == expected
    assert query(tmp_path / FILE, "SELECT count(*) FROM sqlite_schema WHERE name = 'further'") == 0
    migrate(tmp_path)
    assert query(tmp_path / FILE, "SELECT count(*) FROM further") == 5


def test_without_room_for_a_copy_nothing_is_changed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Disk(NamedTuple):
        free: int

    expected = stored(tmp_path, 1)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: Disk(100_000))
    with pytest.raises(ConfigurationError) as found:
        migrate(tmp_path)
    assert "the disk has 0 MB left. Free some space." in found.value.detail
    assert "\n" not in found.value.detail
    assert copies(tmp_path) == [FILE]
    assert told(tmp_path) == expected


def test_a_newer_file_is_refused(tmp_path: Path) -> None:
    stored(tmp_path, 1)
    migrate(tmp_path)
    with pytest.raises(ConfigurationError) as found:
        sqlite.open(tmp_path, clock=Clock())
    assert found.value.detail == (
        f"{tmp_path / FILE} was written by a newer Hanze (schema 3, this program knows {schema.VERSION}); "
        "install the newer version or restore a backup."
    )


@pytest.mark.parametrize("version", [0, 1, 7])
def test_a_database_of_another_program_is_refused(tmp_path: Path, version: int) -> None:
    other = apsw.Connection(str(tmp_path / FILE))
    other.execute(f"CREATE TABLE books(title); PRAGMA user_version = {version}")
    other.close()
    with pytest.raises(ConfigurationError) as found:
        sqlite.open(tmp_path, clock=Clock())
    assert found.value.detail == f"{tmp_path / FILE} is a database, but not one of Hanze; move it away."
    assert query(tmp_path / FILE, "SELECT group_concat(name) FROM sqlite_schema") == "books"
