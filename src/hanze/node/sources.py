# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The sources that a folder declares, a file feeds/NAME.toml each: read, written, paused, removed."""

import json
import re
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from pkgutil import resolve_name
from typing import Any

import msgspec

from hanze.errors import AlreadyExists, ConfigurationError, ResourceNotFound
from hanze.feeds.kinds import KINDS
from hanze.feeds.runner import Kind
from hanze.feeds.source import Feed
from hanze.node.toml import read

FOLDER = "feeds"

NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,47}")

BARE = re.compile(r"[A-Za-z0-9_-]+")

PAUSED = re.compile(r"(?m)^paused[ \t]*=.*\n?")


def kinds() -> Mapping[str, Callable[[], Kind]]:
    """Each kind by its name; a module is imported when a source of its kind begins."""
    return {name: partial(_make, place) for name, place in KINDS.items()}


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
    """Changes when a file does."""
    found = []
    for file in sorted((folder / FOLDER).glob("*.toml")):
        try:
            state = file.stat()
        except OSError:
            continue
        found.append((file.name, state.st_mtime_ns, state.st_size))
    return tuple(found)


def declared(folder: Path) -> tuple[list[Feed], list[ConfigurationError]]:
    """The sources in order of their names, and what is wrong with files that are none."""
    feeds: list[Feed] = []
    wrong: list[ConfigurationError] = []
    for file in sorted((folder / FOLDER).glob("*.toml")):
        try:
            feeds.append(one(folder, file.stem))
        except ConfigurationError as error:
            wrong.append(error)
    return feeds, wrong


def one(folder: Path, name: str) -> Feed:
    """The source of this name; ResourceNotFound where there is none, ConfigurationError where its file is wrong."""
    file = file_of(folder, name)
    if not file.is_file():
        raise ResourceNotFound(f'There is no source "{name}"; hanze feed list shows which there are.')
    feed = read(file, Feed)
    if feed.kind not in KINDS:
        raise ConfigurationError(f'{file}: kind is "{feed.kind}"; give one of {", ".join(KINDS)}.')
    return msgspec.structs.replace(feed, name=name)


def add(folder: Path, feed: Feed) -> Path:
    """Declares a new source; AlreadyExists where its name is taken."""
    file = file_of(folder, feed.name)
    if file.exists():
        raise AlreadyExists(f'There is a source "{feed.name}" already; remove it first, or give another name.')
    file.parent.mkdir(exist_ok=True)
    _write(file, text(feed))
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
    kept = PAUSED.sub("", file.read_text("utf-8"))
    _write(file, f"paused = true\n{kept}" if paused else kept)
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
    lines = _lines(values)
    if feed.options:
        lines += ["", "[options]", *_lines(feed.options)]
    if feed.mapping is not None:
        lines += _mapping(msgspec.to_builtins(feed.mapping))
    return "\n".join(lines) + "\n"


def _mapping(values: dict[str, Any]) -> list[str]:
    parts = values.pop("attribute")
    lines = ["", "[mapping]", *_lines(values)]
    for part in parts:
        lines += ["", "[[mapping.attribute]]", *_lines(part)]
    return lines


def _lines(values: Mapping[str, Any]) -> list[str]:
    return [f"{_key(name)} = {_value(value)}" for name, value in values.items() if value not in (None, "", {})]


def _key(name: str) -> str:
    return name if BARE.fullmatch(name) else _value(name)


def _value(value: Any) -> str:
    """In TOML, whose texts, numbers, booleans and lists of texts are written as in JSON."""
    if isinstance(value, dict):
        return "{ " + ", ".join(line for line in _lines(value)) + " }"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def _write(file: Path, content: str) -> None:
    """Keys may stand in it, so only the owner reads it; it is whole or not there."""
    beside = file.with_suffix(".new")
    beside.touch(0o600)
    beside.write_text(content, "utf-8")
    beside.replace(file)
