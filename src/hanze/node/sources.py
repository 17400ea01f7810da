# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The sources that a folder declares, a file feeds/NAME.toml each: read, written, paused, removed."""

import os
import re
from collections.abc import Callable, Container, Mapping
from functools import partial
from pathlib import Path
from pkgutil import resolve_name

import msgspec

from hanze.errors import AlreadyExists, ConfigurationError, ResourceNotFound
from hanze.feeds.kinds import KINDS, others
from hanze.feeds.runner import Kind
from hanze.feeds.source import Feed
from hanze.feeds.tables import check
from hanze.node import writing
from hanze.node.replacing import replace
from hanze.toml import read

FOLDER = "feeds"

MODE = 0o600
"""Keys may stand in such a file, so only the owner reads it."""

NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,47}")

PAUSED = re.compile(r"(?m)^[ \t]*paused[ \t]*=.*\n?")

TABLE = re.compile(r"(?m)^[ \t]*\[")
"""Where the first table begins; what stands before it is of the source itself."""


def kinds() -> Mapping[str, Callable[[], Kind]]:
    """Each kind by its name, also those of other packages; a module is imported when a source of its kind begins."""
    foreign = {name: partial(others.made, name, place) for name, place in others.offered().items()}
    return {name: partial(_make, place) for name, place in KINDS.items()} | foreign


def _make(place: str) -> Kind:
    made: Kind = resolve_name(place)()
    return made


def file_of(folder: Path, name: str) -> Path:
    """Where a source stands; ConfigurationError where the name cannot be one."""
    if NAME.fullmatch(name) is None:
        raise ConfigurationError(
            f'"{name}" cannot be the name of a source; give small letters, digits and hyphens, such as "air".'
        )
    return folder / FOLDER / f"{name}.toml"


def stamp(folder: Path) -> tuple[tuple[str, int, int], ...]:
    """Changes when a file does. Errors: ConfigurationError where the files cannot be seen."""
    found = []
    for file in _files(folder):
        try:
            state = file.stat()
        except FileNotFoundError:
            continue
        except OSError as error:
            raise _closed(file, error) from None
        found.append((file.name, state.st_mtime_ns, state.st_size))
    return tuple(found)


def declared(folder: Path, known: Container[str]) -> tuple[list[Feed], list[ConfigurationError]]:
    """The sources in order of their names, and what is wrong with files that are none. `known`: kinds there are.

    Errors: ConfigurationError where the files cannot be seen.
    """
    feeds: list[Feed] = []
    wrong: list[ConfigurationError] = []
    for file in _files(folder):
        try:
            feeds.append(_read(file_of(folder, file.stem), known))
        except ConfigurationError as error:
            wrong.append(error)
    return feeds, wrong


def one(folder: Path, name: str) -> Feed:
    """The source of this name; ResourceNotFound where there is none, ConfigurationError where its file is wrong."""
    file = file_of(folder, name)
    if file not in _files(folder):
        raise ResourceNotFound(f'There is no source "{name}"; hanze feed list shows which there are.')
    return _read(file, kinds())


def _files(folder: Path) -> list[Path]:
    place = folder / FOLDER
    try:
        names = os.listdir(place)
    except FileNotFoundError:
        return []
    except OSError as error:
        raise _closed(place, error) from None
    return [place / name for name in sorted(names) if name.endswith(".toml")]


def _closed(place: Path, error: OSError) -> ConfigurationError:
    return ConfigurationError(f"{place} cannot be read ({error.strerror}); check its name and rights.")


def _read(file: Path, known: Container[str]) -> Feed:
    feed = read(file, Feed)
    if feed.kind not in known:
        there = kinds()
        fix = "start the node again, since it is newer" if feed.kind in there else f"give one of {', '.join(there)}"
        raise ConfigurationError(f'{file}: kind is "{feed.kind}"; {fix}.')
    if feed.table is not None:
        check(feed.table, f"{file}, [table]")
    return msgspec.structs.replace(feed, name=file.stem)


def add(folder: Path, feed: Feed) -> Path:
    """Declares a new source; AlreadyExists where its name is taken."""
    file = file_of(folder, feed.name)
    if file.exists():
        raise AlreadyExists(f'There is a source "{feed.name}" already; remove it first, or give another name.')
    file.parent.mkdir(exist_ok=True)
    replace(file, text(feed).encode(), MODE)
    try:
        one(folder, feed.name)
    except ConfigurationError:
        file.unlink()
        raise
    return file


def pause(folder: Path, name: str, *, paused: bool) -> Feed:
    """The source rests, or goes on; the rest of its file stays as it is written."""
    one(folder, name)
    file = file_of(folder, name)
    whole = file.read_text("utf-8")
    table = TABLE.search(whole)
    end = table.start() if table else len(whole)
    kept = PAUSED.sub("", whole[:end]) + whole[end:]
    replace(file, (f"paused = true\n{kept}" if paused else kept).encode(), MODE)
    return one(folder, name)


def remove(folder: Path, name: str) -> None:
    one(folder, name)
    file_of(folder, name).unlink()


def text(feed: Feed) -> str:
    """The file of a source."""
    values = {
        "kind": feed.kind, "url": feed.url, "every": feed.every, "provider": feed.provider,
        "licence": feed.licence, "tenant": feed.tenant, "paused": feed.paused or None,
    }  # fmt: skip
    lines = writing.lines(values)
    if feed.options:
        lines += ["", "[options]", *writing.lines(feed.options)]
    if feed.mapping is not None:
        lines += ["", *writing.table("mapping", feed.mapping)]
    if feed.table is not None:
        lines += ["", *writing.table("table", feed.table)]
    return "\n".join(lines) + "\n"
