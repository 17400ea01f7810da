# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The text file of the city as pages see it: what it says now, how a change would read, and that it is written."""

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

import msgspec

from hanze.store.base import UnitOfWork


class Told(msgspec.Struct, frozen=True):
    """The file as it is now. `text`: all of it, `hash`: changes with it, `stated`: keys that stand in it, such as site.languages.

    `public`: type (an IRI) to whether all of it is public, or some attributes only; `restricted`: types (IRIs).
    """

    text: str
    hash: str
    stated: frozenset[str]
    name: str
    contact: str
    languages: tuple[str, ...]
    style: str
    public: Mapping[str, bool]
    restricted: frozenset[str]


class Set(msgspec.Struct, frozen=True):
    """A key of a section, such as ("site", "contact"), gets a value; None takes it out."""

    section: str
    key: str
    value: str | list[str] | None


class Join(msgspec.Struct, frozen=True):
    """Types (IRIs) that come into a list of the file, or leave it; the others stay as they are written."""

    section: str
    key: str
    add: frozenset[str] = frozenset()
    remove: frozenset[str] = frozenset()


Edit = Set | Join

Files = Mapping[str, bytes]
"""Name to content of files that come beside it."""

Note = Callable[[UnitOfWork], None]
"""The line in the audit."""


class Settings(Protocol):
    """The settings of one node. Errors: ConfigurationError, in each of these, says what is wrong with the file."""

    name: str
    """Of the file."""

    def told(self) -> Told: ...

    def body(self, name: str) -> bytes:
        """A file of the folder that the settings name."""
        ...

    def edited(self, before: str, edits: Sequence[Edit]) -> str:
        """The text with the changes and nothing else changed. `before`: the hash of what they were made for; Conflict where
        it is another text by now."""
        ...

    async def write(self, before: str, text: str, files: Files, note: Note, by: str) -> None:
        """The file is this text from now on, which counts at once; all of it is on the disk, or nothing. `by`: who does it.
        Errors: Conflict where it is another text by now."""
        ...

    def waiting(self) -> list[str]:
        """Keys that say something else than the node that runs: they count when it is started again."""
        ...

    @property
    def command(self) -> str:
        """Starts the node again."""
        ...
