# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reads files of NGSI-LD: one entity, a list of them (.json, .jsonld), or one entity a line (.ndjson, .jsonl)."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec

from hanze.errors import BadRequestData, ConfigurationError, HanzeError
from hanze.feeds.tables.shaping import Rejected, Shaped
from hanze.ngsild import parse
from hanze.ngsild.context import CORE, Context
from hanze.ngsild.entity import Entity

BATCH = 1000

Find = Callable[[Any], Context]
"""From an @context value to the context. Errors: BadRequestData, ContextNotAvailable."""

_decode = msgspec.json.Decoder().decode


def whole(file: Path) -> list[Any]:
    """The entities of a file that is one JSON value; ConfigurationError where it is none."""
    try:
        found = _decode(file.read_bytes())
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ConfigurationError(
            f"{file} is not JSON: {error}; mend it, or end its name in .ndjson where each line is an entity."
        ) from None
    return found if isinstance(found, list) else [found]


def lines(file: Path) -> Iterator[Any]:
    """The entities of a file with one a line; a line that is not JSON comes as the BadRequestData that says so."""
    with file.open("rb") as content:
        yield from parsed(content)


def parsed(content: Iterable[bytes]) -> Iterator[Any]:
    """The same of the lines themselves; None for an empty one."""
    for line in content:
        try:
            yield _decode(line) if line.strip() else None
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            yield BadRequestData(f"the line is not JSON: {error}.")


def batches(items: Iterable[Any], find: Find, skip: int = 0) -> Iterator[tuple[int, Shaped]]:
    """Each batch: how many items were read up to its end, and what they became. None is an empty line."""
    reader = _Reader(find)
    rest = iter(items)
    done = sum(1 for _ in islice(rest, skip))
    while part := list(islice(rest, BATCH)):
        shaped = Shaped([], [], [])
        for number, item in enumerate(part, done + 1):
            if item is None:
                continue
            try:
                shaped.entities.append(reader.entity(item))
            except HanzeError as error:
                shaped.rejected.append(Rejected(number, error.detail))
        done += len(part)
        yield done, shaped


class _Reader:
    """Reads entities; what became of the @context that the last one had is not asked again."""

    def __init__(self, find: Find) -> None:
        self._find = find
        self._user: Any = None
        self._found: Context | HanzeError = CORE

    def entity(self, item: Any) -> Entity:
        if isinstance(item, HanzeError):
            raise item
        user = item.get("@context") if isinstance(item, dict) else None
        if user != self._user:
            self._user = user
            try:
                self._found = self._find(user)
            except HanzeError as error:
                self._found = error
        if isinstance(self._found, HanzeError):
            raise self._found
        return parse.entity(item, self._found)
