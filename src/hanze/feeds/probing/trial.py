# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Runs a proposal through the very kind that it names, so that what is shown is what will come."""

import tempfile
from collections.abc import Callable, Mapping
from itertools import islice
from pathlib import Path

import msgspec

from hanze.errors import ConfigurationError, SourceFailed
from hanze.feeds import making
from hanze.feeds.called import Called
from hanze.feeds.probing import broker
from hanze.feeds.probing.proposal import Answer
from hanze.feeds.provenance import complete
from hanze.feeds.runner import Kind
from hanze.feeds.source import Feed, Found, Get, Refused, Stream
from hanze.feeds.tables import Mapping as Table
from hanze.feeds.tables import check, csv
from hanze.ngsild import times
from hanze.ngsild.entity import Entity
from hanze.outgoing.message import Response

MOST_CALLS = 12
"""Of one trial; a source must not be troubled more by a probe."""

TABLE_BYTES = 4 << 20
"""Of a table that are tried."""

Kinds = Mapping[str, Callable[[], Kind]]


async def tried(feed: Feed, answer: Answer, kinds: Kinds, get: Get, now: int) -> Found:
    """What comes of the first look; what was asked already is not asked again. Errors: SourceFailed."""
    kind = kinds[feed.kind]()
    if isinstance(kind, Called):
        return await broker.first(answer, get)
    if isinstance(kind, Stream):
        return Found()
    calls = 0

    async def once(
        url: str, headers: Mapping[str, str] | None = None, *, most_bytes: int = MOST_CALLS << 20
    ) -> Response:
        nonlocal calls
        if url == answer.url and len(answer.body) <= most_bytes:
            return Response(200, answer.headers, answer.body)
        calls += 1
        if calls > MOST_CALLS:
            raise SourceFailed(f"A probe makes {MOST_CALLS} calls at most.", "Connect the source to see the rest.")
        return await get(url, headers or {}, most_bytes=most_bytes)

    found, _ = await kind.look(feed, {}, once, now)
    return msgspec.structs.replace(found, entities=complete(feed, found))


def table(mapping: Table, body: bytes) -> Found:
    """What comes of the first rows of a table. Errors: ConfigurationError."""
    with tempfile.TemporaryDirectory(prefix="hanze-probe-") as folder:
        file = Path(folder) / "table.csv"
        file.write_bytes(body if len(body) <= TABLE_BYTES else body[: body.rfind(b"\n", 0, TABLE_BYTES) + 1])
        check(mapping, "the mapping")
        found = Found()
        for _, shaped in islice(csv.batches(file, mapping), 1):
            found.refused += [Refused(f"row {one.row}", one.reason) for one in shaped.rejected]
            made: dict[str, dict[str, object]] = {}
            for facts in shaped.facts:
                made.setdefault(facts.id, {}).update(facts.attributes)
            for series in shaped.series:
                last = {**series.template, "value": series.values[-1], "observedAt": times.text(series.moments[-1])}
                made.setdefault(series.id, {})[series.attribute] = last
            found.entities += [_entity(id, mapping.type, attributes) for id, attributes in made.items()]
    if not found.entities:
        raise ConfigurationError(
            f"No row can be taken; {found.refused[0].reason if found.refused else 'there is none'}."
        )
    return found


def _entity(id: str, type: str, attributes: dict[str, object]) -> Entity:
    return making.entity(id, type, attributes)  # type: ignore[arg-type]
