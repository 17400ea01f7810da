# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What stands in a dropped file: a guess at how it becomes things, the first of them, and all of them piece by piece. Pure."""

import csv
import io
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import msgspec

from hanze.errors import BadRequestData, ConfigurationError
from hanze.feeds.kinds.files.pieces import KNOWN, PARQUET, TABLES, WHOLE, ending, pieces
from hanze.feeds.probing import files, names
from hanze.feeds.probing.proposal import Hints
from hanze.feeds.provenance import complete
from hanze.feeds.source import Feed, Found
from hanze.feeds.tables import Mapping as Table
from hanze.ngsild import times
from hanze.ngsild.context import CORE, Context, MissingDocument, build
from hanze.ngsild.entity import VALUE_MEMBER, Instance

MOST_BYTES = 16 << 20

HEAD = 256 << 10
"""Bytes that are looked at for a guess and for the first rows."""

ROWS = 10


class Guess(msgspec.Struct, frozen=True):
    """`what` stands there and `notes` to know of it, English sentences; `feed`: how it becomes things."""

    what: str
    notes: list[str]
    feed: Feed


class First(msgspec.Struct, frozen=True):
    """One of the first things as it would become: `at`: of when it is (microseconds), None where it tells no time."""

    id: str
    at: int | None
    values: dict[str, Instance]


def guess(name: str, body: bytes, zone: str) -> Guess:
    """Errors: ConfigurationError, SourceFailed say why nothing can be made of it."""
    kinds = KNOWN - {PARQUET}
    if ending(name) not in kinds:
        raise ConfigurationError(
            f"{name} is no file that can be dropped here; its name has to end in {', '.join(sorted(kinds))}."
        )
    if not body.strip():
        raise ConfigurationError(f"{name} is empty.")
    url = f"file:///{quote(name)}"
    stem = names.source_name(url)
    if ending(name) == ".jsonld":
        return Guess("NGSI-LD.", [], Feed(files.KIND, url, stem))
    found = files.guessed(name, url, head(name, body), Hints(stem, zone))
    mapping = None if found.feed is None else found.feed.mapping
    if found.table is None and mapping is None and not found.ready:
        raise ConfigurationError(" ".join([found.what, *found.notes]))
    return Guess(found.what, found.notes, Feed(files.KIND, url, stem, mapping=mapping, table=found.table))


def head(name: str, body: bytes) -> bytes:
    """The first lines; all of what is one JSON value."""
    if ending(name) in WHOLE or len(body) <= HEAD:
        return body
    return body[: body.rfind(b"\n", 0, HEAD) + 1]


def total(name: str, body: bytes, feed: Feed) -> int:
    """How many rows there are; 0 where only reading all of it would tell."""
    if ending(name) in WHOLE:
        return 0
    lines = body.count(b"\n") + (not body.endswith(b"\n"))
    above = 1 + feed.table.csv.skip if feed.table is not None and ending(name) in TABLES else 0
    return max(0, lines - above)


def first(name: str, body: bytes, feed: Feed) -> tuple[list[First], Found]:
    """The first things, and what all of the head became. Errors: ConfigurationError."""
    _, found = next(pieces(io.BytesIO(head(name, body)), name, feed, context, 0), (0, Found()))
    if not found.entities:
        told = f"{found.refused[0].where}: {found.refused[0].reason}" if found.refused else "there is nothing in it"
        raise ConfigurationError(f"Nothing of it can be taken; {told}.")
    return list(firsts(found)), found


def parts(name: str, body: bytes, feed: Feed, skip: int) -> Iterator[tuple[int, Found]]:
    """How many rows were read up to the end of each piece, and what they became. Errors: ConfigurationError, also amid them."""
    for done, found in pieces(io.BytesIO(body), name, feed, context, skip):
        yield done, msgspec.structs.replace(found, entities=complete(feed, found))


def header(body: bytes, table: Table) -> list[str]:
    """The columns of a table, by the first of its lines that names them."""
    if table.csv.columns:
        return list(table.csv.columns)
    text = body.decode(table.csv.encoding, "replace").splitlines()[table.csv.skip :]
    start = next((at for at, line in enumerate(text) if line.lstrip().startswith(table.csv.header)), 0)
    found = next(csv.reader(text[start : start + 1], delimiter=table.csv.delimiter), [])
    return [cell.strip() for cell in found]


def context(user: Any) -> Context:
    """Those that need no other server. Errors: BadRequestData."""
    try:
        return CORE if user is None else build(user, {})
    except MissingDocument as missing:
        raise BadRequestData(
            f"@context names {missing.url}, which a page does not fetch; write the context out, or load the file with hanze load."
        ) from None


def firsts(found: Found) -> Iterator[First]:
    """The first things of what was found, with their readings."""
    rows: dict[tuple[str, int | None], dict[str, Instance]] = {}
    for series in found.series:
        for moment, value in zip(series.moments[:ROWS], series.values[:ROWS], strict=True):
            member = VALUE_MEMBER[series.template["type"]]
            rows.setdefault((series.id, moment), {})[series.attribute] = {**series.template, member: value}
    if not rows:
        for entity in found.entities:
            values = {name: several[0] for name, several in entity.attributes.items() if several}
            rows.setdefault((entity.id, _moment(values)), {}).update(values)
    for (id, at), values in list(rows.items())[:ROWS]:
        yield First(id, at, values)


def _moment(values: dict[str, Instance]) -> int | None:
    return max((times.parse(one["observedAt"]) for one in values.values() if "observedAt" in one), default=None)
