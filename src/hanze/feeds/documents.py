# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reads files of NGSI-LD: one entity, a list of them (.json, .jsonld), or one entity a line (.ndjson, .jsonl)."""

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec

from hanze.errors import BadRequestData, ConfigurationError, HanzeError
from hanze.feeds.tables.shaping import Rejected, Shaped
from hanze.ngsild import parse
from hanze.ngsild.context import CORE, Context, MissingDocument, build
from hanze.ngsild.entity import Entity

BATCH = 1000

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
        for line in content:
            try:
                yield _decode(line) if line.strip() else None
            except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
                yield BadRequestData(f"the line is not JSON: {error}.")


def batches(items: Iterable[Any], skip: int = 0) -> Iterator[tuple[int, Shaped]]:
    """Each batch: how many items were read up to its end, and what they became. None is an empty line."""
    reader = _Reader()
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
    """Reads entities; the @context that the last one had is not built again."""

    def __init__(self) -> None:
        self._user: Any = None
        self._context = CORE

    def entity(self, item: Any) -> Entity:
        if isinstance(item, HanzeError):
            raise item
        user = item.get("@context") if isinstance(item, dict) else None
        if user != self._user:
            self._context = context_of(user)
            self._user = user
        return parse.entity(item, self._context)


def context_of(user: Any) -> Context:
    """The context of an @context value without any call; BadRequestData where one would be needed."""
    try:
        return build(user, {})
    except MissingDocument as missing:
        raise BadRequestData(
            f"@context {missing.url} is remote; 'load' fetches nothing: write its terms into the file, or send the entities "
            "to the node's API, which fetches it."
        ) from None
