# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Looks at an address for a page, as the command does: what stands there, and what would come of it."""

import asyncio
import os
from collections.abc import Mapping
from functools import partial
from urllib.parse import urlsplit

import msgspec

from hanze.errors import ConfigurationError, HanzeError, SourceFailed
from hanze.explore.connecting import candidates
from hanze.explore.connecting.candidates import Asked, Candidate, Seen
from hanze.explore.connecting.keeper import Keeper
from hanze.feeds.asking import Asking
from hanze.feeds.kinds.mqtt import SCHEMES
from hanze.feeds.probing import listening, looking, names, trial
from hanze.feeds.probing.looking import Probed
from hanze.feeds.probing.proposal import Answer, Hints, Proposal
from hanze.feeds.source import Feed
from hanze.ngsild.times import Clock
from hanze.outgoing import Client, Response
from hanze.web.room import Visit

SECONDS = 30.0
"""For which an answer is waited for."""

LISTEN_SECONDS = 10.0
"""For which messages of a broker are listened to."""

MOST_BYTES = 32 << 20
"""Of an answer that a page looks at; a source itself may give more."""

ROWS = 10

MOST_REFUSED = 5

GUESSED = ("", "json", "mqtt", "ngsild")
"""Kinds that need more than an address; it is found out."""


class _Small(Asking):
    async def get(
        self, url: str, headers: Mapping[str, str] | None = None, *, most_bytes: int = MOST_BYTES
    ) -> Response:
        return await super().get(url, headers, most_bytes=min(most_bytes, MOST_BYTES))


async def run(visit: Visit, id: str) -> None:
    """Asks, and keeps what was found. What goes wrong is told on the page, not here."""
    store = visit.site.store
    keeper = visit.site.tool(Keeper)
    one = await store.read(lambda: candidates.find(store.vault(candidates.CANDIDATES), id, visit.principal.id))
    clock = visit.site.real or visit.site.clock
    # In a thread with a loop of its own: to guess at much JSON takes longer than others should wait.
    feed, seen = await asyncio.to_thread(_looked, one, keeper, clock, str(visit.site.zone))
    made = msgspec.structs.replace(one, state="asked", feed=feed, seen=seen)
    await store.write(partial(candidates.put, one=made))


def _looked(one: Candidate, keeper: Keeper, clock: Clock, zone: str) -> tuple[Feed | None, Seen]:
    try:
        probed = asyncio.run(_probed(one, keeper, clock, zone))
    except SourceFailed as failed:
        return one.feed, Seen(problem=failed.detail, advice=failed.advice)
    except HanzeError as error:
        return one.feed, Seen(problem=error.detail)
    return probed.proposal.feed, _seen(probed)


def _seen(probed: Probed) -> Seen:
    proposal, found = probed.proposal, probed.found
    told = Seen(proposal.what, proposal.notes, table=proposal.table is not None)
    if probed.failure is not None:
        told = msgspec.structs.replace(told, problem=probed.failure.detail, advice=probed.failure.advice)
    if found is None:
        return told
    return msgspec.structs.replace(
        told, count=len(found.entities), entities=found.entities[:ROWS], refused=found.refused[:MOST_REFUSED]
    )


async def _probed(one: Candidate, keeper: Keeper, clock: Clock, zone: str) -> Probed:
    client = Client(keeper.guard)
    try:
        asking = _Small(client, clock, seconds=SECONDS)
        if one.feed is not None:
            return await _again(one.feed, one.seen, asking, keeper, clock)
        return await _first(one.asked, asking, keeper, clock, Hints(zone=zone))
    finally:
        client.close()


async def _first(asked: Asked, asking: Asking, keeper: Keeper, clock: Clock, hints: Hints) -> Probed:
    name = names.source_name(asked.url)
    if urlsplit(asked.url).scheme in SCHEMES:
        feed = Feed("mqtt", asked.url, name, options=asked.options)
        return await listening.probe(feed, keeper.guard, hints, LISTEN_SECONDS, os.urandom(6).hex())
    if asked.kind in GUESSED:
        return await looking.probe(asked.url, asking, keeper.kinds, hints, clock(), asked.options)
    feed = Feed(asked.kind, asked.url, name, options=asked.options)
    return await _again(feed, Seen(), asking, keeper, clock)


async def _again(feed: Feed, seen: Seen, asking: Asking, keeper: Keeper, clock: Clock) -> Probed:
    """What comes of a source as it is declared by now."""
    proposal = Proposal(feed.name, seen.what, feed, seen.notes)
    try:
        if feed.kind == "mqtt":
            return Probed(proposal, await listening.tried(feed, keeper.guard, LISTEN_SECONDS, os.urandom(6).hex()))
        return Probed(proposal, await trial.tried(feed, Answer("", b""), keeper.kinds, asking.get, clock()))
    except SourceFailed as failed:
        return Probed(proposal, failure=failed)
    except ConfigurationError as error:
        return Probed(proposal, failure=SourceFailed(error.detail, ""))
