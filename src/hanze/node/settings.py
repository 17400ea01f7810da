# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""hanze.toml changed by pages: only what was asked, comments and order stay; whole on the disk or not there; counted at once."""

import asyncio
import hashlib
from collections.abc import Awaitable, Callable, Iterable, Sequence
from functools import partial
from pathlib import Path
from shlex import quote
from typing import Any

import msgspec
import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import Array

from hanze import toml
from hanze.errors import ConfigurationError, Conflict
from hanze.ngsild.context import CORE
from hanze.node import config
from hanze.node.config import Config, PublicPart
from hanze.node.replacing import replace
from hanze.store.base import Store, UnitOfWork
from hanze.web.settings import Edit, Files, Join, Note, Set, Told

Build = Callable[[Config], Any]
"""What the node serves by a configuration, made in a thread. Errors: ConfigurationError."""

Take = Callable[[Config, Any, str], Awaitable[None]]
"""The node serves what was built from now on; the text: who said so."""


class Settings:
    """The file of one node. `running`: what it was started with."""

    name = config.FILE

    def __init__(self, folder: Path, running: Config, store: Store, build: Build, take: Take) -> None:
        self._folder = folder
        # A link leads to where the text really is.
        self._file = (folder / config.FILE).resolve()
        self._running = running
        # What the command line said instead of the file is no change of it.
        self._said = _differences(running, self._now()) if self._file.is_file() else set()
        self._store = store
        self._build = build
        self._take = take

    @property
    def command(self) -> str:
        return f"hanze serve {quote(str(self._folder))}"

    def told(self) -> Told:
        text = toml.text(self._file)
        now = config.read(self._file, text)
        parts = [part if isinstance(part, PublicPart) else PublicPart(part) for part in now.access.public]
        return Told(
            text=text,
            hash=_hash(text),
            stated=frozenset(_stated(text)),
            name=now.city.name,
            contact=now.site.contact,
            languages=now.site.languages,
            style=now.site.style,
            public={CORE.expand(part.type): part.attributes is None for part in parts if not part.tenant},
            restricted=frozenset(map(CORE.expand, now.access.restricted)),
        )

    def body(self, name: str) -> bytes:
        try:
            return (self._folder / name).read_bytes()
        except OSError as error:
            raise ConfigurationError(f"{name} cannot be read ({error.strerror}); check its name and rights.") from None

    def edited(self, before: str, edits: Sequence[Edit]) -> str:
        text = self._same(before)
        try:
            document = tomlkit.parse(text)
            for edit in edits:
                _apply(document, edit)
            made = tomlkit.dumps(document)
        except (TOMLKitError, TypeError, AttributeError):
            raise _by_hand(self._file) from None
        after = config.read(self._file, made)
        if not _only(config.read(self._file, text), after, edits):
            raise _by_hand(self._file)
        return made

    async def write(self, before: str, text: str, files: Files, note: Note, by: str) -> None:
        made = config.read(self._file, text)
        new = await asyncio.to_thread(self._beside, files)
        try:
            built = await asyncio.to_thread(self._build, made)
            await self._store.write(partial(self._commit, before=before, text=text, note=note))
        except BaseException:
            for one in new:
                one.unlink(missing_ok=True)
            raise
        self._running = _counts(self._running, made)
        await self._take(self._running, built, by)

    def waiting(self) -> list[str]:
        return sorted(_differences(self._running, self._now()) - self._said)

    def _now(self) -> Config:
        return config.read(self._file, toml.text(self._file))

    def _same(self, before: str) -> str:
        text = toml.text(self._file)
        if _hash(text) != before:
            raise Conflict(f"{self.name} was changed meanwhile. Look at the step again; what you typed is not written.")
        return text

    def _beside(self, files: Files) -> list[Path]:
        """Those that were not there. Their names change with what is in them, so nothing is lost."""
        new = [self._folder / name for name in files if not (self._folder / name).exists()]
        for place in new:
            _replace(place, files[place.name], 0o600)
        return new

    def _commit(self, uow: UnitOfWork, before: str, text: str, note: Note) -> None:
        """The file comes last: it is the one thing that makes all of it count."""
        self._same(before)
        note(uow)
        _replace(self._file, text.encode(), self._file.stat().st_mode & 0o777)


def _replace(file: Path, content: bytes, mode: int) -> None:
    """The file has this content. Errors: ConfigurationError."""
    try:
        replace(file, content, mode)
    except OSError as error:
        raise ConfigurationError(
            f"{file} cannot be written ({error.strerror}); check the rights of its folder and the room on the disk."
        ) from None


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def _by_hand(file: Path) -> ConfigurationError:
    return ConfigurationError(f"{file} is written in a way that a page cannot change; change it by hand.")


def _stated(text: str) -> Iterable[str]:
    for section, keys in tomlkit.parse(text).unwrap().items():
        if isinstance(keys, dict):
            yield from (f"{section}.{key}" for key in keys)


def _apply(document: tomlkit.TOMLDocument, edit: Edit) -> None:
    if edit.section not in document:
        if isinstance(edit, Set) and edit.value is None:
            return
        if document.as_string().strip():
            document.add(tomlkit.nl())
        document.add(edit.section, tomlkit.table())
    section: Any = document[edit.section]
    if isinstance(edit, Join):
        _join(section, edit)
    elif edit.value is None:
        section.pop(edit.key, None)
    elif section.get(edit.key) != edit.value:
        section[edit.key] = edit.value


def _join(section: Any, edit: Join) -> None:
    if edit.key not in section:
        section[edit.key] = tomlkit.array()
    there = section[edit.key]
    assert isinstance(there, Array)
    for one in [one for one in there if _named(one) in edit.remove]:
        there.remove(one)
    for type in sorted(edit.add - {_named(one) for one in there}):
        there.append(CORE.compact(type))


def _named(part: Any) -> str:
    """The type (an IRI) that an element of such a list names; none where it is of another tenant."""
    if isinstance(part, dict):
        return "" if part.get("tenant") else CORE.expand(str(part.get("type", "")))
    return CORE.expand(str(part))


def _only(before: Config, after: Config, edits: Sequence[Edit]) -> bool:
    """Nothing but what was to be changed is changed, and that as it was asked."""
    touched = {f"{edit.section}.{edit.key}" for edit in edits}
    if not _differences(before, after) <= touched:
        return False
    for edit in edits:
        value = getattr(getattr(after, edit.section), edit.key)
        if isinstance(edit, Set) and edit.value is not None:
            if (list(value) if isinstance(value, tuple) else value) != edit.value:
                return False
        elif isinstance(edit, Join):
            names = {_named(msgspec.to_builtins(one)) for one in value}
            if not edit.add <= names or names & (edit.remove - edit.add):
                return False
    return True


def _differences(one: Config, other: Config) -> set[str]:
    """Keys that say something else."""
    found = set()
    for section in Config.__struct_fields__:
        first, second = getattr(one, section), getattr(other, section)
        if isinstance(first, tuple):
            found |= {section} if first != second else set()
            continue
        names = first.__struct_fields__
        found |= {f"{section}.{name}" for name in names if getattr(first, name) != getattr(second, name)}
    return found


def _counts(running: Config, made: Config) -> Config:
    """What the node runs by after a page wrote: what counts at once is new, all else as it was started with."""
    city = msgspec.structs.replace(running.city, name=made.city.name, timezone=made.city.timezone)
    return msgspec.structs.replace(running, city=city, site=made.site, access=made.access)
