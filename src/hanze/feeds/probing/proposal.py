# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a probe reads, and what it proposes."""

from collections.abc import Mapping

from msgspec import Struct

from hanze.feeds.source import Feed
from hanze.feeds.tables.mapping import Mapping as Table


class Answer(Struct, frozen=True):
    """What an address gave. `headers`: by lower-case name."""

    url: str
    body: bytes
    headers: Mapping[str, str] = {}


class Hints(Struct, frozen=True):
    """`name`: of the source that is to be, empty where it is to be guessed. `zone`: of times that name none."""

    name: str = ""
    zone: str = "Europe/Amsterdam"


class Proposal(Struct):
    """`name`: for the source. `what` stands there, in one sentence; `notes`: what a person should know before connecting it.

    `feed`: None where no kind of source can read it. `trial`: the same feed with options that ask for less, where all
    would be too much for a first look. `table`: the mapping of a CSV. `ready`: it is NGSI-LD already.
    """

    name: str
    what: str
    feed: Feed | None = None
    notes: list[str] = []
    trial: Feed | None = None
    table: Table | None = None
    ready: bool = False
