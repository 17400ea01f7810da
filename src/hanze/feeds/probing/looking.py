# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Probes an address: asks, guesses, looks beside it where nothing is known, and tries what it proposes."""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit, urlunsplit

import msgspec
from msgspec import Struct

from hanze.errors import HanzeError, SourceFailed
from hanze.feeds.asking import Asking
from hanze.feeds.probing import trial
from hanze.feeds.probing.guess import guess
from hanze.feeds.probing.proposal import Answer, Hints, Proposal
from hanze.feeds.source import Feed, Found, Option

MOST_BYTES = 256 << 20

LOAD = "Write the mapping to {1}.toml, and load with: hanze load {0} --mapping {1}.toml --folder my-city"


class Probed(Struct):
    """`found`: what came of the trial; None where there is no kind. `failure`: why the trial gave nothing."""

    proposal: Proposal
    found: Found | None = None
    failure: SourceFailed | None = None


async def probe(
    url: str, asking: Asking, kinds: trial.Kinds, hints: Hints, now: int, options: dict[str, Option] | None = None
) -> Probed:
    """What stands at the address, and what would come of it. `options`: of the source that is to be. Errors: SourceFailed
    where nothing can be read there."""
    answer, proposal = await _seen(url, asking, hints)
    if proposal.table is not None:
        proposal.notes += [
            "No kind of source reads a table over HTTP yet; save it.",
            LOAD.format("FILE.csv", proposal.name),
        ]
        return Probed(proposal, trial.table(proposal.table, answer.body))
    if proposal.feed is None:
        return Probed(proposal)
    proposal.feed = _with(proposal.feed, options)
    small = _with(proposal.trial, options) if proposal.trial is not None else proposal.feed
    try:
        return Probed(proposal, await trial.tried(small, answer, kinds, asking.get, now))
    except SourceFailed as failed:
        return Probed(proposal, failure=failed)


def _with(feed: Feed, options: dict[str, Option] | None) -> Feed:
    return msgspec.structs.replace(feed, options={**feed.options, **(options or {})})


async def _seen(url: str, asking: Asking, hints: Hints) -> tuple[Answer, Proposal]:
    first: SourceFailed | None = None
    for place in (url, *beside(url)):
        try:
            response = await asking.get(place, most_bytes=MOST_BYTES)
            answer = Answer(place, response.body, response.headers)
            return answer, guess(answer, hints)
        except SourceFailed as failed:
            first = first or failed
            if not _elsewhere(failed):
                break
    assert first is not None
    raise first


def beside(url: str) -> Iterator[str]:
    """Where a service that stands at this address tells what it is."""
    parts = urlsplit(url)
    path = parts.path.rstrip("/")

    def at(other: str) -> str:
        return urlunsplit(parts._replace(path=other, query=""))

    broker = re.match(r"(.*?)/ngsi-ld(/v1)?(/|$)", path)
    if broker:
        yield at(f"{broker[1]}/ngsi-ld/v1/types")
    elif path.endswith("/open_api"):
        yield at(f"{path}/stations")
    elif not path:
        yield from (at("/ngsi-ld/v1/types"), at("/gbfs.json"))
    elif re.search(
        r"/(station_information|station_status|free_bike_status|vehicle_status|vehicle_types)(\.json)?$", path
    ):
        yield at(path.rpartition("/")[0] + "/gbfs" + (".json" if path.endswith(".json") else ""))


def _elsewhere(failed: HanzeError) -> bool:
    """A server that is not reached is not reached beside it either."""
    return not re.search(r"cannot be reached|resolved|no public address|did not answer|more than \d+ MB", failed.detail)
