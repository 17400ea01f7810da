# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The chain of the versions of a plan: each hash is of the plan, what was told with it, its moment and the hash before.

Whoever changes or drops a version that was fixed has to change all later hashes too; a hash that somebody noted tells.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

import msgspec

from hanze.errors import mark as _
from hanze.experiments.told import Told
from hanze.ngsild import times
from hanze.ngsild.canonical import digest

SLACK = 60_000_000
"""Microseconds: between the moment that a version gives and that at which it was written there may lie so much."""


class Link(msgspec.Struct, frozen=True):
    """One version as it is kept. `beside`: what was told with the plan, by name. `moment`: microseconds; `written`: when the store
    wrote it, None where that is not known."""

    plan: Mapping[str, Any]
    beside: Mapping[str, Any]
    version: int
    moment: int
    before: str
    hash: str
    written: int | None = None


def hashed(plan: Mapping[str, Any], beside: Mapping[str, Any], version: int, moment: int, before: str) -> str:
    """SHA-256 of the canonical JSON (RFC 8785) of all this, in hexadecimal digits."""
    return digest({"plan": plan, "version": version, "moment": times.text(moment), "before": before, **beside})


def broken(links: Sequence[Link]) -> tuple[Told, ...]:
    """What is not as it was fixed, in sentences; nothing where the chain holds. `links`: the earliest first."""
    return tuple(_broken(links))


def _broken(links: Sequence[Link]) -> Iterator[Told]:
    if not links:
        yield Told(_("No version is kept."))
    elif links[0].version != 1 or links[0].before:
        yield Told(_("The first version is missing."))
    for one, other in pairwise(links):
        if other.version != one.version + 1 or other.before != one.hash:
            yield Told(_("Version %(number)s does not follow from the one before it."), {"number": str(other.version)})
        if other.moment <= one.moment:
            yield Told(_("Version %(number)s is not later than the one before it."), {"number": str(other.version)})
    for link in links:
        if hashed(link.plan, link.beside, link.version, link.moment, link.before) != link.hash:
            yield Told(
                _("Version %(number)s was changed after it was fixed: its hash is another one."),
                {"number": str(link.version)},
            )
        if link.written is not None and abs(link.written - link.moment) > SLACK:
            yield Told(
                _("Version %(number)s was not written at the moment that it gives."), {"number": str(link.version)}
            )
