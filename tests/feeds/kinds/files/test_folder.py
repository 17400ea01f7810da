# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Only files of the folder itself are seen and opened: no links, no pipes, nothing of a node."""

import os
from pathlib import Path

import pytest

from hanze.errors import SourceFailed
from hanze.feeds.kinds.files import folder
from hanze.feeds.kinds.files.folder import Entry, Odd


def seen(path: Path) -> dict[str, Entry | Odd]:
    held = folder.root(path)
    try:
        return {one.name: one for one in folder.entries(held)}
    finally:
        os.close(held)


def write(file: Path, text: str = "x") -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
    return file


def test_files_of_the_folder_and_those_below_are_seen(tmp_path: Path) -> None:
    for name in ("a.csv", "2026/01/b.csv", ".hidden.csv", ".git/c.csv", "2026/.d.csv"):
        write(tmp_path / name, "abc")
    found = seen(tmp_path)
    assert sorted(found) == ["2026/01/b.csv", "a.csv"]
    entry, state = found["a.csv"], (tmp_path / "a.csv").stat()
    assert entry == Entry("a.csv", 3, state.st_mtime_ns, state.st_ctime_ns)


def test_links_are_not_followed(tmp_path: Path) -> None:
    secret = write(tmp_path / "elsewhere/secret.csv", "key")
    (tmp_path / "in").mkdir()
    (tmp_path / "in/link.csv").symlink_to(secret)
    (tmp_path / "in/link").symlink_to(secret.parent)
    found = seen(tmp_path / "in")
    assert found == {"link.csv": Odd("link.csv", folder.LINK), "link": Odd("link", folder.LINK)}
    for name in ("link.csv", "link/secret.csv"):
        with pytest.raises(OSError):
            folder.opened(tmp_path / "in", name)


def test_what_became_a_link_is_not_opened(tmp_path: Path) -> None:
    secret = write(tmp_path / "elsewhere/a.csv", "key").parent
    write(tmp_path / "in/deep/er/a.csv", "mine")
    with folder.opened(tmp_path / "in", "deep/er/a.csv") as content:
        assert content.read() == b"mine"
    (tmp_path / "in/deep/er/a.csv").unlink()
    (tmp_path / "in/deep/er").rmdir()
    (tmp_path / "in/deep/er").symlink_to(secret)
    with pytest.raises(OSError):
        folder.opened(tmp_path / "in", "deep/er/a.csv")


def test_a_pipe_is_no_file_and_holds_up_nobody(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.csv")
    assert seen(tmp_path) == {}
    with folder.opened(tmp_path, "a.csv") as content:
        assert folder.state(content, "a.csv") is None


def test_the_folder_of_a_node_is_not_watched(tmp_path: Path) -> None:
    write(tmp_path / "top/hanze.toml")
    write(tmp_path / "top/a.csv")
    write(tmp_path / "b.csv")
    assert list(seen(tmp_path)) == ["b.csv"]
    with pytest.raises(SourceFailed, match="is that of a node"):
        folder.root(tmp_path / "top")


def test_a_name_that_is_no_text_is_told(tmp_path: Path) -> None:
    (tmp_path / os.fsdecode(b"caf\xe9.csv")).write_text("x")
    assert list(seen(tmp_path).values()) == [Odd("caf?.csv", folder.ODD)]


def test_folders_without_end_end(tmp_path: Path) -> None:
    deep = "/".join("d" for _ in range(40))
    write(tmp_path / deep / "a.csv")
    assert seen(tmp_path) == {}


@pytest.mark.parametrize(
    ("url", "path"),
    [("/data/air", "/data/air"), ("file:///data/air", "/data/air"), ("file://localhost/my%20air", "/my air"), ("/a#b?c", "/a#b?c")],
)  # fmt: skip
def test_what_names_a_folder(url: str, path: str) -> None:
    assert folder.place(url) == Path(path)


@pytest.mark.parametrize(
    "url", ["air", "./air", "https://example.org/air", "file://other/air", "file:air", "file://", "ftp://a/b"]
)
def test_what_names_none(url: str) -> None:
    with pytest.raises(SourceFailed, match="is no folder of this machine") as found:
        folder.place(url)
    assert "absolute path such as /data/air" in found.value.advice


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    for path in (tmp_path / "none", write(tmp_path / "file")):
        with pytest.raises(SourceFailed, match="cannot be read") as found:
            folder.root(path)
        assert "tried again by itself" in found.value.advice
