# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""hanze doctor: what is good, what is to be mended, and the exit code that a script looks at."""

from collections import namedtuple
from pathlib import Path

import apsw
import pytest

from tests.cli.conftest import said, sentence
from tests.running import Ran, bound_by_rights, hanze, running


def mended(ran: Ran) -> list[str]:
    """What is to be mended."""
    assert ran.code == 1, ran
    lines = ran.out.splitlines()
    assert all(line.startswith(("ok    ", "MEND  ")) for line in lines)
    return [line[6:] for line in lines if line.startswith("MEND")]


def test_a_new_folder_is_in_order(folder: Path) -> None:
    done = said("doctor", "--folder", folder)
    assert done.code == 0
    assert [line[:6] for line in done.out.splitlines()] == ["ok    "] * 5
    assert "No node runs here now." in done.out
    assert "is whole." in done.out


def test_beside_a_node_that_runs(folder: Path) -> None:
    with running(folder) as node:
        done = said("doctor", "--folder", folder)
        assert done.code == 0
        assert f"{folder} is in use by a running node (process {node.process.pid})." in done.out


def test_a_folder_that_is_no_nodes(tmp_path: Path) -> None:
    assert mended(said("doctor", "--folder", tmp_path))[0].startswith(f"{tmp_path} is not a node's folder")
    assert mended(said("doctor", "--folder", tmp_path / "nowhere"))


def test_a_mistake_in_the_configuration(folder: Path) -> None:
    (folder / "hanze.toml").write_text("[city]\nnaem = 'x'\n", "utf-8")
    assert mended(said("doctor", "--folder", folder)) == [
        f"{folder / 'hanze.toml'}: there is no key city.naem; did you mean city.name?"
    ]


def test_a_folder_into_which_others_may_look(folder: Path) -> None:
    folder.chmod(0o755)
    assert mended(said("doctor", "--folder", folder)) == [f"Others may look into {folder}: chmod 700 {folder}."]


def test_a_folder_that_cannot_be_written(folder: Path) -> None:
    folder.chmod(0o500)
    lock, data = mended(hanze("doctor", "--folder", folder, preexec_fn=bound_by_rights))
    assert lock.startswith(f"{folder / 'hanze.lock'} cannot be opened (Permission denied)")
    assert data.startswith(f"{folder / 'hanze.db'} cannot be opened")
    folder.chmod(0o700)


def test_a_disk_that_is_nearly_full(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr("shutil.disk_usage", lambda place: usage(10**10, 10**10 - 5 * 10**8, 5 * 10**8))
    assert mended(said("doctor", "--folder", folder)) == ["0.5 GB are free on the disk; free some space."]


def test_a_store_that_is_damaged(folder: Path) -> None:
    store = folder / "hanze.db"
    content = bytearray(store.read_bytes())
    content[4096:20000] = b"\xaa" * (20000 - 4096)
    store.write_bytes(content)
    (told,) = mended(said("doctor", "--folder", folder))
    assert told.startswith(f"{store} is damaged (")
    store.write_bytes(b"no database at all " * 1000)
    assert f"{store} is damaged" in mended(said("doctor", "--folder", folder))[0]
    assert "is damaged" in sentence(said("get", "urn:x:1", "--folder", folder))


def test_a_store_of_a_newer_hanze(folder: Path) -> None:
    connection = apsw.Connection(str(folder / "hanze.db"))
    connection.pragma("user_version", 9999)
    connection.close()
    (told,) = mended(said("doctor", "--folder", folder))
    assert "was written by a newer Hanze (schema 9999" in told
    assert "newer" in sentence(said("get", "urn:x:1", "--folder", folder))


def test_a_folder_without_data_yet(folder: Path) -> None:
    (folder / "hanze.db").unlink()
    done = said("doctor", "--folder", folder)
    assert done.code == 0
    assert "There are no data yet." in done.out
