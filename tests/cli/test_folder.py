# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The folder of a node: which one is meant, and what its configuration says wrong."""

from pathlib import Path

import pytest

from hanze.node.lock import FolderLock
from tests.cli.conftest import said, sentence

WITH_FOLDER = {
    "get": ["get", "urn:x:1"], "key": ["key", "list"], "backup": ["backup", "b.db"], "restore": ["restore", "b.db"],
    "erase": ["erase", "urn:x:1", "--ground", "g", "--yes"],
}  # fmt: skip


@pytest.mark.parametrize("words", [*WITH_FOLDER.values(), ["serve"]], ids=[*WITH_FOLDER, "serve"])
def test_a_folder_that_is_missing_or_no_nodes_is_told_with_the_fix(tmp_path: Path, words: list[str]) -> None:
    for place in (tmp_path / "nowhere", tmp_path):
        text = sentence(said(*words, *(() if words == ["serve"] else ("--folder",)), place))
        assert text == (
            f"{place} is not a node's folder (it has no hanze.toml); make one with 'hanze init {place}', "
            "or name another folder with --folder."
        )


def test_a_file_is_no_folder(folder: Path) -> None:
    text = sentence(said("get", "urn:x:1", "--folder", folder / "hanze.toml"))
    assert f"'{folder / 'hanze.toml'}' is a file" in text


def test_the_folder_may_stand_in_the_environment_or_be_the_one_of_work(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    absent = "There is no entity urn:x:1."
    monkeypatch.setenv("HANZE_FOLDER", str(folder))
    assert sentence(said("get", "urn:x:1")) == absent
    monkeypatch.delenv("HANZE_FOLDER")
    monkeypatch.chdir(folder)
    assert sentence(said("get", "urn:x:1")) == absent


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[citty]\n", "there is no key citty; did you mean city?"),
        ("[server]\nprot = 1\n", "there is no key server.prot; did you mean server.port?"),
        ("[server]\nport = 'web'\n", 'server.port is "web"; give a whole number from 0 to 65535, such as 9090.'),
        ("[server\n", "is not TOML: "),
    ],
)
def test_a_mistake_in_the_configuration_is_told_by_every_verb(folder: Path, text: str, told: str) -> None:
    (folder / "hanze.toml").write_text(text, "utf-8")
    verbs: tuple[list[str | Path], ...] = (
        [*WITH_FOLDER["get"], "--folder", folder],
        ["serve", folder],
        [*WITH_FOLDER["key"], "--folder", folder],
    )
    for words in verbs:
        found = sentence(said(*words))
        assert found.startswith(str(folder / "hanze.toml"))
        assert told in found


def test_a_folder_that_another_command_holds_is_told_with_who_holds_it(folder: Path) -> None:
    lock = FolderLock(folder, "hanze load")
    try:
        for words in WITH_FOLDER.values():
            text = sentence(said(*words, "--folder", folder))
            assert text.startswith(f"{folder} is in use by hanze load (process ")
            assert text.endswith("stop that one first, or give another folder with --folder.")
        assert "is in use by hanze load" in sentence(said("serve", folder))
    finally:
        lock.release()
    assert sentence(said("get", "urn:x:1", "--folder", folder)) == "There is no entity urn:x:1."
