# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""How a source is: a word, a sentence, what a person can do about it, and the same as an entity."""

from typing import NamedTuple

import msgspec

from hanze.feeds import making
from hanze.feeds.record import Record
from hanze.feeds.source import Feed
from hanze.ngsild import times
from hanze.ngsild.entity import Entity

VOCABULARY = "https://w3id.org/hanze/terms#"
"""Where the terms stand that no other vocabulary has."""

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
        return Health("paused", "The source is paused.", f"Go on with: hanze feed resume {feed.name}")
    if record.failures:
        return Health("failing", record.detail, record.advice)
    if record.succeeded is None:
        return Health("new", "The source was not looked at yet.", "")
    newest = record.succeeded if record.observed is None else record.observed
    age, patience = (now - newest) / 1e6, max(LATE_TURNS * every, SHORTEST_LATE)
    if age > patience:
        return Health(
            "late",
            f"The newest reading is {told(age)} old.",
            "The source answers, but says nothing new; ask who keeps it whether its sensors still send.",
        )
    if record.refused and record.reasons:
        return Health("fresh", f"Some of it is refused: {record.reasons[-1]}", "Tell who keeps the source.")
    if record.progress is not None:
        return Health("fresh", f"The source is {record.progress.text()}.", "")
    return Health("fresh", "The source is in order.", "")


def told(seconds: float) -> str:
    """A length of time in words."""
    for size, word in ((86_400, "day"), (3_600, "hour"), (60, "minute")):
        if seconds >= 2 * size:
            return f"{int(seconds / size)} {word}s"
    return f"{int(seconds)} seconds"


def entity(city: str, feed: Feed, record: Record, found: Health) -> Entity:
    """The source as everyone may read it where its type is public: without address, options and keys."""
    moments = {
        "lastSuccess": record.succeeded, "lastLook": record.looked, "newestReading": record.observed,
    }  # fmt: skip
    made = making.entity(
        making.urn("Source", city, feed.name),
        SOURCE,
        {
            "name": making.plain(feed.name),
            VOCABULARY + "kind": making.plain(feed.kind),
            VOCABULARY + "status": making.plain(found.status),
            VOCABULARY + "detail": making.plain(found.detail),
            VOCABULARY + "advice": making.plain(found.advice),
            VOCABULARY + "failures": making.number(record.failures),
            VOCABULARY + "taken": making.number(record.taken),
            VOCABULARY + "refused": making.number(record.refused),
            VOCABULARY + "licence": making.plain(feed.licence),
            "dataProvider": making.plain(feed.provider),
            **{VOCABULARY + name: making.plain(None if at is None else times.text(at)) for name, at in moments.items()},
        },
    )
    return msgspec.structs.replace(made, types=[SOURCE])
