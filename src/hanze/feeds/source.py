# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a source is: how it is declared, what it gives, and what a kind of source must be able to do.

A source is declared by a small file of the node's folder, feeds/NAME.toml:

kind = "luchtmeetnet"
url = "https://api.luchtmeetnet.nl/open_api"
every = 600
provider = "RIVM and partners"
licence = "https://creativecommons.org/publicdomain/zero/1.0/"

[options]
stations = ["NL10636"]
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import Annotated, Any, ClassVar, Protocol, runtime_checkable

from msgspec import Meta, Struct

from hanze.feeds.shapes.shape import Shape
from hanze.feeds.tables import Mapping as Table
from hanze.feeds.tables.shaping import Series
from hanze.ngsild.entity import Entity
from hanze.outgoing.guard import Guard
from hanze.outgoing.message import Response

Text = Annotated[str, Meta(min_length=1)]

Option = str | int | float | bool | list[str]

State = dict[str, Any]
"""What a source must remember until the next time, as JSON: small, without secrets of the source; empty at first."""


class Feed(Struct, frozen=True, forbid_unknown_fields=True):
    """One source of the city as its file declares it; `name` is that of the file."""

    kind: Annotated[Text, Meta(description='a kind of source such as "gbfs"')]
    url: Annotated[Text, Meta(description='where it is, such as "https://example.org/gbfs.json"')]
    name: str = ""
    every: Annotated[float, Meta(ge=1, description="seconds from one look to the next, 1 at least")] | None = None
    """None: as is usual for the kind."""
    provider: Annotated[str, Meta(description="who gives the data")] = ""
    licence: Annotated[str, Meta(description="the URL of a licence")] = ""
    tenant: str = ""
    paused: Annotated[bool, Meta(description="true or false")] = False
    options: Annotated[dict[str, Option], Meta(description="a table of what the kind needs")] = {}
    mapping: Shape | None = None
    """How JSON of any shape becomes entities."""
    table: Table | None = None
    """How the rows of tables become entities."""


class Refused(Struct, frozen=True):
    """A part of what a source gave that was not taken: where it stands, and why not."""

    where: str
    reason: str


class Progress(Struct, frozen=True):
    """How far a source is with its history: `done` of `total` parts, which are `what`."""

    done: int
    total: int
    what: str = "months"

    def text(self) -> str:
        return f"back-filling: {self.done} of {self.total} {self.what}"


class Found(Struct):
    """What a source gave at one look.

    `entities`: with expanded names, as the source says they are now; an instance has observedAt where the source tells when.
    Several entities with one id are readings of it, oldest first. `gone`: ids of what the source no longer lists. `whole`: what the
    entities lack is gone from them. `past`: older readings of what a kind that is called brought, for the history alone.
    `stated`: the entities say already who gave them.
    `series`: history in bulk, with expanded names. `observed`: the newest moment that the source speaks of, in microseconds;
    None where it names none.

    `again`: when there is more, in microseconds, for a kind that works out what it gives and asks no server; None: as often as
    is usual. `progress`: None where no history is on its way.
    """

    entities: list[Entity] = []
    refused: list[Refused] = []
    gone: list[str] = []
    observed: int | None = None
    series: list[Series] = []
    again: int | None = None
    progress: Progress | None = None
    whole: bool = False
    past: list[Entity] = []
    stated: bool = False


class Get(Protocol):
    """Asks for a URL through the guarded client. A status other than 200 and 304 is SourceFailed already."""

    def __call__(self, url: str, headers: Mapping[str, str] = ..., *, most_bytes: int = ...) -> Awaitable[Response]: ...


class Poll(Protocol):
    """A kind of source that is looked at from time to time."""

    kind: ClassVar[str]
    every: ClassVar[float]
    """Seconds from one look to the next where the feed does not say."""

    async def look(self, feed: Feed, state: State, get: Get, now: int) -> tuple[Found, State]:
        """What the source says at `now` (microseconds), and what is to be remembered. Errors: SourceFailed."""
        ...


Put = Callable[[Found, State], Awaitable[None]]
"""Keeps what came and the state in one transaction; returns when both are on the disk."""


@runtime_checkable
class Stream(Protocol):
    """A kind of source that speaks for itself."""

    kind: ClassVar[str]
    every: ClassVar[float]
    """Seconds within which it usually says something."""

    async def listen(self, feed: Feed, state: State, put: Put, guard: Guard) -> None:
        """Runs until it is cancelled. `guard`: what may be called. Errors: SourceFailed, after which it begins again."""
        ...
