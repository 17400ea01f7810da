# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What stands in a file, piece by piece: rows of tables, things in JSON, entities of NGSI-LD."""

import io
from collections.abc import Generator, Iterable, Iterator
from itertools import islice
from pathlib import PurePath
from typing import IO, Any, AnyStr, BinaryIO

import msgspec

from hanze.errors import BadRequestData, ConfigurationError
from hanze.feeds import documents
from hanze.feeds.documents import Find
from hanze.feeds.kinds.files.becoming import found_of, kept
from hanze.feeds.kinds.files.things import things
from hanze.feeds.shapes.reading import one
from hanze.feeds.shapes.shape import Shape
from hanze.feeds.source import Feed, Found, Refused
from hanze.feeds.tables import csv

PIECE, WIDE_PIECE = 2_000, 10_000
"""Rows of a piece, which take some 30 ms; those of a wide table come in the fewer series the larger a piece is."""

MOST_JSON = 16 << 20
"""Bytes of a file that is one JSON value: it is looked through in one go, which takes 1 ms a MB."""

MOST_LINE = 4 << 20

TABLES, LINES, WHOLE = {".csv", ".tsv", ".txt"}, {".ndjson", ".jsonl"}, {".json", ".jsonld", ".geojson"}
PARQUET = ".parquet"
KNOWN = TABLES | LINES | WHOLE | {PARQUET}

Pieces = Generator[tuple[int, Found], None, None]
"""How many rows were read up to the end of each piece, and what they became."""


def ending(name: str) -> str:
    return PurePath(name).suffix.lower()


def pieces(content: BinaryIO, name: str, feed: Feed, find: Find, skip: int) -> Pieces:
    """The pieces behind so many rows. ConfigurationError, also amid them, where the rest cannot be read as it is."""
    kind = ending(name)
    if kind in TABLES:
        yield from _table(content, name, feed, find, skip)
    elif kind in LINES:
        yield from _lines(content, name, feed, find, skip)
    elif kind in WHOLE:
        yield from _whole(content, name, feed, find, skip)
    elif kind == PARQUET:
        raise ConfigurationError(f"{name} is Parquet, which a node that runs does not read; load it with hanze load.")
    else:
        raise ConfigurationError(
            f"{name} ends in {kind or 'nothing'}, so it is not clear what it holds; {', '.join(sorted(KNOWN))} is known."
        )


def _table(content: BinaryIO, name: str, feed: Feed, find: Find, skip: int) -> Pieces:
    table = feed.table
    if table is None:
        raise ConfigurationError(f"{name} is a table; say in [table] of the source which column is what.")
    context = find(table.context)
    text = io.TextIOWrapper(content, encoding=table.csv.encoding, newline="")
    try:
        for done, shaped in csv.read(_bounded(text, name), name, table, skip, WIDE_PIECE if table.wide else PIECE):
            yield done, kept(found_of(shaped, context, name, "line"), name)
    finally:
        # Who opened the file closes it.
        text.detach()


def _lines(content: BinaryIO, name: str, feed: Feed, find: Find, skip: int) -> Pieces:
    items = documents.parsed(_bounded(content, name))
    if feed.mapping is not None:
        yield from _shaped(items, feed.mapping, f"{name}, line", skip)
        return
    for done, shaped in documents.batches(items, find, skip):
        yield done, kept(found_of(shaped, None, name, "line"), name)


def _whole(content: BinaryIO, name: str, feed: Feed, find: Find, skip: int) -> Pieces:
    body = content.read(MOST_JSON + 1)
    if len(body) > MOST_JSON:
        raise ConfigurationError(
            f"{name} is larger than {MOST_JSON >> 20} MB; write a thing a line and end its name in .ndjson."
        )
    shape = feed.mapping
    if shape is None and ending(name) == ".geojson":
        raise ConfigurationError(f'{name} is GeoJSON; write [mapping] into the source, with items = "features".')
    parts = things(body, shape.holder if shape else "", name, keyed=shape is not None and shape.keyed)
    items = _decoded(parts)
    if shape is not None:
        yield from _shaped(items, shape, f"{name}, thing", skip)
        return
    for done, shaped in documents.batches(items, find, skip):
        yield done, kept(found_of(shaped, None, name, "thing"), name)


def _decoded(parts: Iterable[msgspec.Raw]) -> Iterator[Any]:
    """What each is; a BadRequestData, which says so, where it is nothing."""
    for part in parts:
        try:
            found = msgspec.json.decode(part)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            found = BadRequestData(f"it is not JSON: {error}.")
        yield BadRequestData("it is null.") if found is None else found


def _shaped(items: Iterable[Any], shape: Shape, where: str, skip: int) -> Pieces:
    rest = iter(items)
    done = sum(1 for _ in islice(rest, skip))
    while part := list(islice(rest, PIECE)):
        found = Found()
        for number, thing in enumerate(part, done + 1):
            if isinstance(thing, BadRequestData):
                found.refused.append(Refused(f"{where} {number}", thing.detail))
            elif thing is not None:
                one(found, thing, shape, f"{where} {number}")
        done += len(part)
        yield done, found


def _bounded(content: IO[AnyStr], name: str) -> Iterator[AnyStr]:
    """The lines, none of which fills the memory."""
    number = 0
    while line := content.readline(MOST_LINE):
        number += 1
        if len(line) == MOST_LINE:
            raise ConfigurationError(f"{name}, line {number}: it is longer than {MOST_LINE >> 20} MB; mend the file.")
        yield line
