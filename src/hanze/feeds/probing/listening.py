# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Listens to an MQTT broker for some seconds, leaving nothing behind there, and tries what is proposed on what was heard."""

import asyncio

import aiomqtt
import msgspec

from hanze.errors import SourceFailed
from hanze.feeds.kinds import answers, mqtt
from hanze.feeds.probing.looking import Probed
from hanze.feeds.probing.messages import Document, propose
from hanze.feeds.probing.proposal import Hints
from hanze.feeds.provenance import stated
from hanze.feeds.shapes.reading import one
from hanze.feeds.source import Feed, Found
from hanze.outgoing import Guard

MOST_MESSAGES = 2000
"""More are not waited for."""

EVERYTHING = ["#"]


async def probe(feed: Feed, guard: Guard, hints: Hints, seconds: float, mark: str) -> Probed:
    """What the broker says, and what would come of it. `mark`: makes the name of this client one of its own.

    Errors: SourceFailed where there is no broker, or it says nothing.
    """
    topics = feed.options.get("topics", EVERYTHING)
    asked = msgspec.structs.replace(feed, options={**feed.options, "topics": topics, "client": f"hanze-probe-{mark}"})
    heard = await _heard(asked, guard, seconds)
    if not heard:
        told = ", ".join(topics) if isinstance(topics, list) else str(topics)
        raise SourceFailed(
            f"In {seconds:g} seconds no message came on {told}.",
            "Listen longer with --seconds, or to other topics with --set topics=…",
        )
    proposal = propose(feed, heard, hints)
    assert proposal.feed is not None
    return Probed(proposal, _become(proposal.feed, heard))


async def tried(feed: Feed, guard: Guard, seconds: float, mark: str) -> Found:
    """What comes of what the broker says by the mapping of the feed. Errors: SourceFailed where there is no broker."""
    asked = msgspec.structs.replace(feed, options={**feed.options, "client": f"hanze-probe-{mark}"})
    return _become(feed, await _heard(asked, guard, seconds))


def _become(feed: Feed, heard: list[Document]) -> Found:
    assert feed.mapping is not None
    found = Found()
    filters = [aiomqtt.Topic(message["topic"]) for message in heard]
    for message, place in zip(heard, filters, strict=True):
        if any(place.matches(topic) for topic in _topics(feed)):
            one(found, message, feed.mapping, message["topic"])
    found.entities = [stated(feed, entity) for entity in found.entities]
    return found


def _topics(feed: Feed) -> list[str]:
    topics = feed.options["topics"]
    return topics if isinstance(topics, list) else [str(topics)]


async def _heard(feed: Feed, guard: Guard, seconds: float) -> list[Document]:
    options = answers.options(feed, mqtt.Options)
    heard: list[Document] = []
    try:
        async with await mqtt.connected(feed, options, guard, lasting=False) as client:
            await client.subscribe([(topic, 0) for topic in options.topics])
            try:
                async with asyncio.timeout(seconds):
                    while len(heard) < MOST_MESSAGES:
                        heard += map(mqtt.document, await client.some())
            except TimeoutError:
                pass
    except aiomqtt.MqttError as error:
        raise SourceFailed(f"The broker ended the line, or there is none: {error}.", mqtt.ADVICE) from None
    return heard
