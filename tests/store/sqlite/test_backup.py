# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A backup of a node that goes on is whole, and what is put back is what was backed up."""

import threading
from collections.abc import Callable
from itertools import count
from pathlib import Path

import apsw
import pytest

from hanze.errors import ConfigurationError, HanzeError
from hanze.ngsild.selection import Window
from hanze.store import sqlite
from hanze.store.base import Store, UnitOfWork
from hanze.store.scope import EVERYTHING
from hanze.store.sqlite import FILE, SqliteStore
from hanze.store.sqlite.backup import backup, check, restore
from tests.contract.conftest import Clock
from tests.contract.making import entity, iri, outcome, save
from tests.store.sqlite.schema import make

BATCH = 8


@pytest.fixture
def node(tmp_path: Path) -> Path:
    """The database of a node with data, which does not run."""
    (tmp_path / "node").mkdir()
    clock = Clock()
    store = sqlite.open(tmp_path / "node", clock=clock, vaults=[make.NOTES])
    make.fill(store, clock)
    store.close()
    return tmp_path / "node" / FILE


def opened(database: Path) -> SqliteStore:
    return sqlite.open(database.parent, clock=Clock(), vaults=[make.NOTES])


def told(database: Path) -> dict[str, object]:
    store = opened(database)
    found = make.told(store)
    store.close()
    return found


def write(store: Store, stop: threading.Event) -> None:
    """Batches of entities that say the same number, until it is told to stop."""
    for number in count():
        if stop.is_set():
            return

        def work(uow: UnitOfWork, number: int = number) -> None:
            for part in range(BATCH):
                one = entity(f"b{part}", number=number, pad="x" * (number * 37 % 3000))
                uow.save("", outcome(uow.entity("", one.id), one))

        store.submit(work).result(10)


def batch(store: Store) -> set[int | None]:
    """The numbers that the entities of the batch say."""
    found = [store.get("", f"urn:ngsi-ld:T:b{part}", EVERYTHING) for part in range(BATCH)]
    return {one.attributes[iri("number")][0]["value"] if one else None for one in found}


def test_a_backup_beside_a_busy_writer_is_whole(node: Path) -> None:
    store = opened(node)
    stop = threading.Event()
    writers = [threading.Thread(target=write, args=(store, stop)) for _ in range(2)]
    for writer in writers:
        writer.start()
    targets = [node.parent / f"{n}.db" for n in range(4)]
    heads: list[int] = []
    for target in targets:
        while store.head() < BATCH * 3 * (len(heads) + 1):
            threading.Event().wait(0.002)
        heads.append(store.head())
        assert backup(node, target) == target.stat().st_size
    stop.set()
    for writer in writers:
        writer.join()
    store.close()
    for head, target in zip(heads, targets, strict=True):
        folder = node.parent / f"of-{target.name}"
        folder.mkdir()
        restore(target, folder / FILE)
        copy = opened(folder / FILE)
        assert len(batch(copy)) == 1
        assert copy.head() >= head
        history = copy.temporal("", "urn:ngsi-ld:T:b0", Window(), EVERYTHING)
        assert history is not None and len(history.attributes[iri("number")]) * BATCH <= copy.head()
        assert len(copy.journal(0, 10**6)) == copy.head()
        copy.close()


def test_what_is_restored_is_what_was_backed_up(node: Path) -> None:
    before = told(node)
    target = node.parent / "copy.db"
    backup(node, target)
    store = opened(node)
    save(store, entity("later", a=1))
    store.close()
    after = told(node)
    assert after != before
    former = restore(target, node)
    assert told(node) == before
    assert former == node.with_name(f"{FILE}.before-restore-1")
    (node.parent / "former").mkdir()
    restore(former, node.parent / "former" / FILE)
    assert told(node.parent / "former" / FILE) == after
    assert restore(target, node) == node.with_name(f"{FILE}.before-restore-2")


def test_the_former_data_stay_with_their_log(node: Path) -> None:
    """A node that was killed leaves a log; what stands in it belongs to the former data."""
    target = node.parent / "copy.db"
    backup(node, target)
    store = opened(node)
    save(store, entity("in-the-log", a=1))
    killed = {path.name: path.read_bytes() for path in node.parent.iterdir() if path.name.startswith(FILE)}
    store.close()
    for name, content in killed.items():
        (node.parent / name).write_bytes(content)
    assert f"{FILE}-wal" in killed
    former = restore(target, node)
    assert former is not None
    assert not [path for path in node.parent.iterdir() if path.name.startswith(f"{FILE}-")]
    store = opened(node)
    assert store.get("", "urn:ngsi-ld:T:in-the-log", EVERYTHING) is None
    store.close()
    (node.parent / "former").mkdir()
    assert restore(former, node.parent / "former" / FILE) is None
    store = opened(node.parent / "former" / FILE)
    assert store.get("", "urn:ngsi-ld:T:in-the-log", EVERYTHING) is not None
    store.close()


def test_a_log_without_its_database_is_moved_aside(node: Path) -> None:
    target = node.parent / "copy.db"
    backup(node, target)
    expected = told(node)
    store = opened(node)
    save(store, entity("lost", a=1))
    log = node.with_name(f"{FILE}-wal").read_bytes()
    store.close()
    for path in node.parent.glob(f"{FILE}*"):
        path.unlink()
    node.with_name(f"{FILE}-wal").write_bytes(log)
    assert restore(target, node) is None
    assert told(node) == expected
    assert node.with_name(f"{FILE}.before-restore-1-wal").read_bytes() == log


def test_a_backup_lies_alone(node: Path) -> None:
    """Neither making one nor looking at it leaves other files beside it."""
    away = node.parent.parent / "away"
    away.mkdir()
    backup(node, away / "copy.db")
    before = (away / "copy.db").read_bytes()
    assert check(away / "copy.db") == 1
    restore(away / "copy.db", node)
    assert [path.name for path in away.iterdir()] == ["copy.db"]
    assert (away / "copy.db").read_bytes() == before


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def hole(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[8192:12288] = bytes(4096)
    path.write_bytes(content)


def newer(path: Path) -> None:
    connection = apsw.Connection(str(path))
    connection.pragma("user_version", 99)
    connection.close()


def foreign(path: Path) -> None:
    path.unlink()
    connection = apsw.Connection(str(path))
    connection.execute("CREATE TABLE books(title); PRAGMA user_version = 1")
    connection.close()


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (cut, "damaged"),
        (hole, "damaged"),
        (newer, "was written by a newer Hanze (schema 99"),
        (foreign, "is a database, but not one of Hanze"),
        (lambda path: path.write_text("no database " * 1000), "is not a database"),
        (lambda path: path.write_bytes(b""), "not one of Hanze"),
        (Path.unlink, "is not a file"),
        (lambda path: (path.unlink(), path.mkdir()), "is not a file"),
    ],
)  # fmt: skip
def test_what_is_no_sound_backup_is_refused(node: Path, spoil: Callable[[Path], object], says: str) -> None:
    expected = told(node)
    target = node.parent / "copy.db"
    backup(node, target)
    spoil(target)
    with pytest.raises(HanzeError) as found:
        restore(target, node)
    assert says in found.value.detail
    assert "\n" not in found.value.detail and found.value.detail.startswith(str(target))
    assert told(node) == expected
    assert not [path for path in node.parent.iterdir() if "part" in path.name or "before" in path.name]


def test_where_a_backup_cannot_be_written(node: Path) -> None:
    (node.parent / "there.db").write_text("mine")
    for name, says in (("there.db", "exists already"), ("no/copy.db", "cannot be"), ("there.db/copy.db", "cannot be")):
        with pytest.raises(ConfigurationError, match=says):
            backup(node, node.parent / name)
    assert (node.parent / "there.db").read_text() == "mine"
    with pytest.raises(ConfigurationError, match="cannot be opened"):
        backup(node.parent / "none.db", node.parent / "copy.db")
    assert not (node.parent / "none.db").exists() and not (node.parent / "copy.db").exists()


def test_where_a_restore_cannot_be_written(node: Path) -> None:
    target = node.parent / "copy.db"
    backup(node, target)
    with pytest.raises(ConfigurationError, match=r"cannot be copied to .*/no"):
        restore(target, node.parent / "no" / FILE)
