# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""How a source is: a word, a sentence, what a person can do about it, and the same as an entity."""

from typing import Annotated, NamedTuple

import msgspec
from msgspec import Meta

from hanze.feeds import making, sentences
from hanze.feeds.record import Record
from hanze.feeds.source import Feed
from hanze.ngsild import times
from hanze.ngsild.described import VOCABULARY as VOCABULARY
from hanze.ngsild.described import Described
from hanze.ngsild.entity import Entity

SOURCE = VOCABULARY + "Source"
"""The type of these entities, which the room of sources owns."""

LATE_TURNS = 3
"""A source is late when it says nothing new for so many of its turns."""

SHORTEST_LATE = 15 * 60
"""Seconds; less is not late."""


class Health(NamedTuple):
    """`status`: new, fresh, late, failing or paused."""

    status: str
    detail: str
    advice: str


def health(feed: Feed, record: Record, every: float, now: int) -> Health:
    """How the source is at `now` (microseconds); `every`: seconds of a turn."""
    if feed.paused:
        return Health("paused", sentences.PAUSED, sentences.GO_ON % {"name": feed.name})
    if record.failures:
        return Health("failing", record.detail, record.advice)
    if record.succeeded is None:
        return Health("new", sentences.NEW, "")
    newest = record.succeeded if record.observed is None else record.observed
    age, patience = (now - newest) / 1e6, max(LATE_TURNS * every, SHORTEST_LATE)
    if age > patience:
        return Health("late", sentences.OLD % {"age": told(age)}, sentences.STILL)
    if record.refused and record.reasons:
        return Health("fresh", sentences.PARTLY % {"reason": record.reasons[-1]}, sentences.TELL)
    if record.progress is not None:
        return Health("fresh", sentences.BUSY % {"progress": record.progress.text()}, "")
    return Health("fresh", sentences.IN_ORDER, "")


def told(seconds: float) -> str:
    """A length of time in words."""
    size = next((size for size in sentences.AGES if seconds >= 2 * size), 1)
    return sentences.AGES[size] % {"count": int(seconds / size)}


class Facts(msgspec.Struct, frozen=True):
    """A source of the city's data and how it is doing, without its address, options and keys."""

    name: Annotated[str, Meta(description="What the city calls it.")]
    kind: Annotated[str, Meta(description="The kind of source, as in its file.")]
    status: Annotated[str, Meta(description="How it is: new, fresh, late, failing or paused.")]
    detail: Annotated[str, Meta(description="The same in a sentence.")]
    advice: Annotated[str, Meta(description="What a person can do about it.")]
    failures: Annotated[int, Meta(description="So many looks failed, one after the other.")]
    taken: Annotated[int, Meta(description="So many entities and readings were taken from it so far.")]
    refused: Annotated[int, Meta(description="So many could not be used.")]
    licence: Annotated[str, Meta(description="Under which licence it gives its data: a URL.")]
    dataProvider: Annotated[str, Meta(description="Who gives the data.")]
    lastSuccess: Annotated[str | None, Meta(description="When it last answered: ISO 8601 in UTC.")]
    lastLook: Annotated[str | None, Meta(description="When it was last looked at: ISO 8601 in UTC.")]
    newestReading: Annotated[str | None, Meta(description="Of when its newest reading is: ISO 8601 in UTC.")]


DESCRIBED = Described("Source", "sources", Facts, frozenset({"name", "dataProvider"}))


def entity(city: str, feed: Feed, record: Record, found: Health) -> Entity:
    """The source as everyone may read it where its type is public."""
    facts = Facts(
        name=feed.name, kind=feed.kind, status=found.status, detail=found.detail, advice=found.advice,
        failures=record.failures, taken=record.taken, refused=record.refused, licence=feed.licence,
        dataProvider=feed.provider, lastSuccess=_moment(record.succeeded), lastLook=_moment(record.looked),
        newestReading=_moment(record.observed),
    )  # fmt: skip
    return DESCRIBED.entity(making.urn("Source", city, feed.name), facts)


def _moment(at: int | None) -> str | None:
    return None if at is None else times.text(at)
