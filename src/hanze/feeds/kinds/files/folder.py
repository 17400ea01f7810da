# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The files of a watched folder, and no others: links are never followed, neither to list nor to open."""

import os
import stat
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import BinaryIO, NamedTuple
from urllib.parse import unquote, urlsplit

from hanze.errors import SourceFailed

DEEPEST = 16
"""Folders in folders."""

NODE = "hanze.toml"
"""What the folder of a node has, where keys and everybody's data are."""

LINK = "it is a link, and links are not followed; put the file itself there"
CLOSED = "the folder cannot be read; let the user that runs the node read it"
ODD = "its name is no UTF-8; rename it"


class Entry(NamedTuple):
    """A file as it was seen: name below the folder, size, and two moments in nanoseconds. `changed`: as it says itself;
    `stamp`: as the file system says, which nobody can set back and which a rename renews as well."""

    name: str
    size: int
    changed: int
    stamp: int


class Odd(NamedTuple):
    """What cannot be read whatever it holds, and why."""

    name: str
    reason: str


def place(url: str) -> Path:
    """The folder of a file:// URL, or of an absolute path. Errors: SourceFailed."""
    parts = urlsplit(url)
    path = Path(unquote(parts.path) if parts.scheme == "file" else url)
    if (parts.scheme == "file" and parts.netloc not in ("", "localhost")) or not path.is_absolute():
        raise SourceFailed(
            f"The url {url} is no folder of this machine.",
            "Give an absolute path such as /data/air, or file:///data/air.",
        )
    return path


def root(path: Path) -> int:
    """A descriptor of the folder, which is to be closed. Errors: SourceFailed."""
    try:
        found = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
    except OSError as error:
        raise closed(path, error) from None
    if _holds(found, NODE):
        os.close(found)
        raise SourceFailed(f"The folder {path} is that of a node.", "Watch a folder of its own, outside it.")
    return found


def closed(path: Path, error: OSError) -> SourceFailed:
    """Why the folder cannot be read."""
    return SourceFailed(
        f"The folder {path} cannot be read ({error.strerror}).",
        "See whether it is there, its share is mounted, and the user that runs the node may read it; it is tried again by itself.",
    )


def entries(folder: int) -> Iterator[Entry | Odd]:
    """All files below the folder, in no order; those that are hidden, and folders of a node, are passed over."""
    yield from _entries(folder, "", DEEPEST)


def _entries(folder: int, above: str, depth: int) -> Iterator[Entry | Odd]:
    inner: list[str] = []
    with os.scandir(folder) as found:
        for one in found:
            name = above + one.name
            if one.name.startswith("."):
                continue
            if not _writable(name):
                yield Odd(name.encode("utf-8", "replace").decode(), ODD)
            elif one.is_symlink():
                yield Odd(name, LINK)
            elif one.is_dir(follow_symlinks=False):
                inner.append(one.name)
            elif one.is_file(follow_symlinks=False) and (entry := _seen(one, name)):
                yield entry
    for one_name in inner if depth else ():
        yield from _inside(folder, one_name, above, depth)


def _inside(folder: int, name: str, above: str, depth: int) -> Iterator[Entry | Odd]:
    try:
        inside = os.open(name, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=folder)
    except FileNotFoundError:
        return
    except OSError:
        yield Odd(above + name, CLOSED)
        return
    try:
        if not _holds(inside, NODE):
            yield from _entries(inside, f"{above}{name}/", depth - 1)
    finally:
        os.close(inside)


def _seen(found: "os.DirEntry[str]", name: str) -> Entry | None:
    try:
        return _entry(found.stat(follow_symlinks=False), name)
    except FileNotFoundError:
        return None


def _entry(state: os.stat_result, name: str) -> Entry:
    return Entry(name, state.st_size, state.st_mtime_ns, state.st_ctime_ns)


def _holds(folder: int, name: str) -> bool:
    try:
        os.stat(name, dir_fd=folder, follow_symlinks=False)
    except OSError:
        return False
    return True


def _writable(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def opened(path: Path, name: str) -> BinaryIO:
    """The file of this name below the folder; no part of it may have become a link. Errors: OSError, SourceFailed."""
    *folders, last = name.split("/")
    with ExitStack() as held:
        folder = root(path)
        held.callback(os.close, folder)
        for one in folders:
            folder = os.open(one, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW, dir_fd=folder)
            held.callback(os.close, folder)
        # Without O_NONBLOCK what was exchanged for a pipe would hold up the reader.
        return os.fdopen(os.open(last, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=folder), "rb")


def state(content: BinaryIO, name: str) -> Entry | None:
    """The open file as it is now; None where it is no file."""
    found = os.fstat(content.fileno())
    return _entry(found, name) if stat.S_ISREG(found.st_mode) else None
