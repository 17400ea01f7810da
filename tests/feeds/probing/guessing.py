# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Short ways to guess at an answer, and to see what would come of it."""

import asyncio
from collections.abc import Mapping
from typing import Any

import msgspec
import pytest

from hanze.errors import SourceFailed
from hanze.feeds.probing import trial
from hanze.feeds.probing.guess import guess
from hanze.feeds.probing.proposal import Answer, Hints, Proposal
from hanze.feeds.shapes.shape import Shape
from hanze.feeds.source import Found
from hanze.node.sources import kinds
from hanze.outgoing import Response
from tests.feeds.kinds.serving import SHARED

FIXTURES = SHARED / "api_fixtures"
NOW = 1_800_000_000_000_000


def guessed(
    document: Any, url: str = "https://example.org/things.json", zone: str = "Europe/Amsterdam", **head: str
) -> Proposal:
    """What is proposed for bytes, or for a document as JSON; `head`: headers with underscores for hyphens."""
    body = document if isinstance(document, bytes) else msgspec.json.encode(document)
    headers = {name.replace("_", "-"): value for name, value in head.items()}
    return guess(Answer(url, body, headers), Hints(zone=zone))


def shape(document: Any, url: str = "https://example.org/things.json", **more: Any) -> Shape:
    """The mapping that is proposed."""
    feed = guessed(document, url, **more).feed
    assert feed is not None and feed.mapping is not None
    return feed.mapping


def paths(made: Shape) -> dict[str, str]:
    """Attribute to path."""
    return {part.name: part.path for part in made.attribute}


def recorded(name: str) -> Answer:
    file = FIXTURES / name
    if not file.is_file():
        pytest.skip(f"{file} is not here")
    return Answer(f"https://example.org/{name}", file.read_bytes())


def tried(answer: Answer, proposal: Proposal) -> Found:
    """What the real kind makes of the answer, without asking for anything else."""

    async def get(url: str, headers: Mapping[str, str] = {}, *, most_bytes: int = 0) -> Response:
        raise SourceFailed(f"{url} is not recorded", "")

    feed = proposal.trial or proposal.feed
    assert feed is not None
    return asyncio.run(trial.tried(feed, answer, kinds(), get, NOW))
