# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is erased does not stand in the files any more, and no row of any table is about it."""

from pathlib import Path
from typing import Any

import apsw
import pytest

from hanze.ngsild.entity import CORE
from hanze.store import sqlite
from hanze.store.base import Store, UnitOfWork
from hanze.store.scope import EVERYTHING
from hanze.store.sqlite import FILE, SqliteStore
from hanze.store.sqlite.backup import backup
from tests.contract.conftest import Clock
from tests.contract.making import entity, iri, outcome, point, save

SECRET = "Jan-de-Vries-"
BY_EID = ("entity", "entity_type", "value", "history", "journal")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "node").mkdir()
    return tmp_path / "node"


def opened(folder: Path) -> SqliteStore:
    return sqlite.open(folder, clock=Clock())


def written(folder: Path) -> bytes:
    """Database and log, as they stand on the disk."""
    return b"".join(path.read_bytes() for path in folder.iterdir() if not path.name.endswith("-shm"))


def fill(store: Store, turns: int = 3) -> None:
    store.submit(lambda uow: uow.watch("slow", None)).result()
    for turn in range(turns):
        person = entity("person", name=f"{SECRET}{turn}", long=f"{SECRET}{turn} " * 400, room=turn)
        person.attributes[CORE + "location"] = [point(4.5, 52.0)]
        save(store, person, *(entity(str(n), name=f"other-{turn}") for n in range(30)))


def erase(store: Store, attribute: str | None = None) -> None:
    assert store.submit(lambda uow: uow.erase("", "urn:ngsi-ld:T:person", attribute)).result()


@pytest.mark.parametrize("attribute", [None, "name"])
def test_nothing_of_it_is_left_in_the_files(folder: Path, attribute: str | None) -> None:
    store = opened(folder)
    fill(store)
    assert SECRET.encode() in written(folder)
    erase(store, attribute and iri(attribute))
    if attribute is not None:
        assert SECRET.encode() in written(folder)
        erase(store, iri("long"))
    assert SECRET.encode() not in written(folder)
    assert (b"T:person" in written(folder)) == (attribute is not None)
    assert b"other-2" in written(folder)
    store.close()
    assert SECRET.encode() not in written(folder)


def test_a_reader_that_looks_back_does_not_keep_it(folder: Path) -> None:
    """It goes when the reader has done; nobody waits for that."""
    store = opened(folder)
    fill(store)
    reader = apsw.Connection(str(folder / FILE))
    reader.execute("BEGIN; SELECT count(*) FROM entity")
    erase(store)
    assert store.get("", "urn:ngsi-ld:T:person", EVERYTHING) is None
    assert SECRET.encode() in written(folder)
    reader.execute("COMMIT")
    reader.close()
    for _ in range(2):
        save(store, entity("later"))
    assert SECRET.encode() not in written(folder)
    store.close()


def test_a_backup_has_nothing_of_what_was_erased_before(folder: Path) -> None:
    """Also where many changes have moved it about in the file."""
    store = opened(folder)
    store.submit(lambda uow: uow.watch("slow", None)).result()

    def trim(uow: UnitOfWork) -> None:
        uow.position("slow", uow.head() - 500)
        uow.trim()

    for turn in range(60):
        save(
            store,
            entity("person", name=f"{SECRET}{turn}"),
            *(entity(str(n), a="x" * (turn * n % 90)) for n in range(40)),
        )
        store.submit(trim).result()
    erase(store)
    backup(folder / FILE, folder.parent / "copy.db")
    store.close()
    assert SECRET.encode() not in (folder.parent / "copy.db").read_bytes()


def test_no_row_is_about_it(folder: Path) -> None:
    store = opened(folder)
    fill(store)
    connection = apsw.Connection(str(folder / FILE))
    eid: Any = connection.execute("SELECT eid FROM entity WHERE id = 'urn:ngsi-ld:T:person'").get

    def rows() -> list[int]:
        found = [connection.execute(f"SELECT count(*) FROM {table} WHERE eid = ?", (eid,)).get for table in BY_EID]
        return [*found, connection.execute("SELECT count(*) FROM place WHERE gid & 0xFFFFFFFFFF = ?", (eid,)).get]

    assert 0 not in rows()
    erase(store)
    assert rows() == [0] * 6
    connection.close()
    store.close()


def test_a_tenant_with_all_it_has(folder: Path) -> None:
    store = opened(folder)

    def work(uow: UnitOfWork) -> None:
        for tenant in ("north", "south"):
            uow.save(tenant, outcome(None, entity("1", name=tenant, place=point(4.5, 52.0))))

    store.submit(work).result()
    for tenant in ("north", "south"):
        assert store.get(tenant, "urn:ngsi-ld:T:1", EVERYTHING) is not None
    assert store.submit(lambda uow: uow.drop_tenant("south")).result()
    assert not store.submit(lambda uow: uow.drop_tenant("south")).result()
    assert not store.submit(lambda uow: uow.drop_tenant("")).result()
    assert store.tenants() == ["", "north"] and not store.has_tenant("south")
    connection = apsw.Connection(str(folder / FILE))
    for table in ("entity", "entity_type", "history", "journal", "place"):
        assert connection.execute(f"SELECT count(*) FROM {table}").get == 1 + (table in ("history",)), table
    connection.close()
    save(store, entity("1", name="west"), tenant="west")
    assert store.get("south", "urn:ngsi-ld:T:1", EVERYTHING) is None
    assert not store.has_tenant("south")
    found = store.get("west", "urn:ngsi-ld:T:1", EVERYTHING)
    assert found is not None and list(found.attributes) == [iri("name")]
    assert [row.tenant for row in store.journal(0, 10)] == ["north", "west"]
    store.close()
