# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a kind of source is tried on: a local server that plays its part, well and badly.

A connector of your own joins the suite by a `Case`; see docs/how-to/write-your-own-connector.md.
"""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any, NamedTuple

from hanze.feeds.shapes.shape import Shape
from hanze.feeds.source import Feed, Option
from tests.feeds.kinds.serving import Answers, Question, Reply, Source, source

PROVIDER, LICENCE = "The harbour", "https://example.org/cc0"
SECRET = "hunter2"
ETAG = '"1"'

HUGE = "huge"
"""The source gives more than the kind wants at once; the suite makes that little."""

FAULTS: Mapping[str, Callable[[bytes], Reply]] = {
    "broken": lambda body: Reply(status=500),
    "gone": lambda body: Reply(status=404),
    "cut off on the way": lambda body: Reply(body, promised=10),
    "cut off at the source": lambda body: Reply(body[: len(body) // 2]),
    "slow": lambda body: Reply(body, after=5),
    "a web page": lambda body: Reply(b"<!DOCTYPE html><html><title>Maintenance</title></html>"),
    "of another format": lambda body: Reply(b'{"version": 99, "things": {"a": 1}}'),
    "nothing": lambda body: Reply(b""),
    HUGE: lambda body: Reply(body),
}
"""What goes wrong with a source over HTTP, as what it answers in place of a good answer."""

BUSY = Reply(status=429, headers={"Retry-After": "30"})


class World:
    """A running source. `feed`: how it is connected. `secrets`: what must be told nowhere. `observed`: the newest moment that
    it speaks of. `faults`: what can be made to go wrong. `steady`: it says the same until it is changed. `provider`: who
    gives the data."""

    provider = PROVIDER
    faults: tuple[str, ...] = ()
    secrets: tuple[str, ...] = ()
    steady = True

    def __init__(self, feed: Feed, observed: int | None) -> None:
        self.feed = feed
        self.observed = observed

    async def fail(self, fault: str) -> None:
        """From now on this goes wrong."""

    async def mend(self) -> None:
        """All is well again."""

    async def again(self) -> None:
        """It says again what it said before, where it is not asked."""


Begin = Callable[[Path], AbstractAsyncContextManager[World]]
"""Begins the world of a kind, with a folder to use."""


class Case(NamedTuple):
    """`kind`: its name. `tells`: ids of some entities that come, by their last part. `needs`: a program without which it is
    not tried."""

    kind: str
    begin: Begin
    tells: frozenset[str]
    needs: str = ""


class Http(World):
    """A source over HTTP, which answers with an ETag where `marked`. `asked`: the questions so far. `remembers`: its kind asks
    with the ETag that it was given."""

    faults = tuple(FAULTS)

    def __init__(self, feed: Feed, observed: int | None, server: Source, good: Answers) -> None:
        super().__init__(feed, observed)
        self._server = server
        self._good = good
        self.marked = False
        self.remembers = True
        if SECRET in feed.url:
            self.secrets = (SECRET,)

    @property
    def asked(self) -> list[Question]:
        return self._server.asked

    async def fail(self, fault: str) -> None:
        self._server.answers = {path: self._spoilt(path, FAULTS[fault]) for path in self._good}

    async def mend(self) -> None:
        self._server.answers = {path: self._marked(path) for path in self._good}

    def busy(self) -> None:
        self._server.answers = dict.fromkeys(self._good, BUSY)

    def _spoilt(self, path: str, spoil: Callable[[bytes], Reply]) -> Callable[[Question], Reply]:
        return lambda asked: spoil(self._body(path, asked))

    def _marked(self, path: str) -> Callable[[Question], Reply]:
        def answer(asked: Question) -> Reply:
            if not self.marked:
                return Reply(self._body(path, asked))
            same = asked.headers.get("if-none-match") == ETAG
            return Reply(status=304) if same else Reply(self._body(path, asked), headers={"ETag": ETAG})

        return answer

    def _body(self, path: str, asked: Question) -> bytes:
        found = self._good[path]
        found = found(asked) if callable(found) else found
        return found.body if isinstance(found, Reply) else found


def http(
    kind: str, path: str, answers: Answers, observed: int | None, *, mapping: Shape | None = None, secret: bool = True,
    remembers: bool = True, **options: Option,
) -> Begin:  # fmt: skip
    """A world over HTTP. `path`: of the URL to connect; it gets a key in its query unless `secret` is False."""

    @asynccontextmanager
    async def begin(folder: Path) -> AsyncIterator[World]:
        async with source(answers) as server:
            url = server.url(path) + (f"?place=1&api_key={SECRET}" if secret else "")
            named: dict[str, Any] = {"name": "mine", "every": 0.05, "provider": PROVIDER, "licence": LICENCE}
            world = Http(Feed(kind, url, options=options, mapping=mapping, **named), observed, server, answers)
            world.remembers = remembers
            await world.mend()
            yield world

    return begin
