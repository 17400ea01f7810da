# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A source of each kind, connected to a real runner and store."""

import asyncio
import os
import shutil
import time
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
import pytest

from hanze.broker.contexts import no_fetch
from hanze.feeds import record as records
from hanze.feeds import runner as running
from hanze.feeds.asking import MOST_BYTES, Asking
from hanze.feeds.brought import BROUGHT
from hanze.feeds.called import Lines
from hanze.feeds.health import SOURCE
from hanze.feeds.kinds.files import line, looking
from hanze.feeds.kinds.ngsild import joining
from hanze.feeds.record import SOURCES, Record
from hanze.feeds.runner import Runner
from hanze.feeds.source import Feed
from hanze.ngsild import times
from hanze.ngsild.entity import Entity
from hanze.ngsild.selection import EntitySelection
from hanze.node.sources import kinds
from hanze.outgoing import Client, Guard, Response
from hanze.store import sqlite
from hanze.store.scope import EVERYTHING
from tests.contract.connectors.cases import CASES
from tests.contract.connectors.worlds import Case, Http, World
from tests.feeds.kinds.luchtmeetnet.test_looking import NOW

PATIENCE = 15.0

LIMIT = 10
"""Bytes beyond which an answer is cut while a source is huge."""

MOST = 512 << 20
"""Bytes that no kind may ask for at once."""


class Sparing(Asking):
    """Waits little; `huge`: so does what it takes."""

    huge = False

    async def get(
        self, url: str, headers: Mapping[str, str] | None = None, *, most_bytes: int = MOST_BYTES
    ) -> Response:
        assert most_bytes <= MOST
        return await super().get(url, headers, most_bytes=LIMIT if type(self).huge else most_bytes)


class Connected:
    """A source that is connected: the store it goes to, and the runner that keeps it going."""

    def __init__(self, world: World, folder: Path) -> None:
        self.world = world
        self._begun = time.monotonic()
        self._offset = 0
        self.store = sqlite.open(folder, clock=self.clock, vaults=[SOURCES, BROUGHT])
        self._client = Client(Guard(["127.0.0.1"]))
        self.runner = self._made()

    def clock(self) -> int:
        return NOW + self._offset + round((time.monotonic() - self._begun) * 1e6)

    def later(self, seconds: float) -> None:
        self._offset += round(seconds * 1e6)

    def _made(self) -> Runner:
        lines = Lines("http://127.0.0.1:1", "urn:ngsi-ld:Node:1", no_fetch, os.urandom, times.system)
        return Runner(self.store, self._client, self.clock, kinds(), "havendam", lambda: 0.0, asyncio.sleep, lines)

    async def begin(self, **changed: Any) -> Feed:
        """The source goes on, declared so."""
        feed = msgspec.structs.replace(self.world.feed, **changed)
        await self.runner.run([feed])
        return feed

    async def restart(self) -> None:
        """The node ends and begins again, without its sources."""
        await self.runner.stop()
        self.runner = self._made()

    async def close(self) -> None:
        await self.runner.stop()
        self._client.close()
        self.store.close()

    @property
    def record(self) -> Record:
        return self.runner.told()[0][1]

    def kept(self) -> str:
        """All that is remembered of the source."""
        feed = self.world.feed
        return repr(records.read(self.store.vault(SOURCES), feed.name, feed.kind))

    def entities(self) -> list[Entity]:
        """What the source brought, and the entity of the source itself last."""
        found = list(self.store.query("", EntitySelection(), EVERYTHING, limit=10_000).entities)
        return sorted(found, key=lambda one: one.types == [SOURCE])

    def brought(self) -> list[Entity]:
        return [one for one in self.entities() if one.types != [SOURCE]]

    async def told(self, ids: frozenset[str]) -> None:
        """Until it brought these, by the last part of their ids, and something, and no more comes."""
        # The second look of some kinds goes further back than the first.
        await self.well()
        await (self.well() if isinstance(self.world, Http) else asyncio.sleep(0.2))
        await until(lambda: ids <= {one.id.rpartition(":")[2] for one in self.brought()} and self.brought())

    async def well(self) -> None:
        """Until it has answered well from now on."""
        now = self.clock()
        await until(lambda: not self.record.failures and (self.record.succeeded or 0) >= now)


async def until(what: Callable[[], object]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not what():
            await asyncio.sleep(0.01)


@pytest.fixture(params=CASES, ids=[case.kind for case in CASES])
def case(request: pytest.FixtureRequest) -> Case:
    found: Case = request.param
    if found.needs and shutil.which(found.needs) is None:
        pytest.skip(f"{found.needs} is not here")
    return found


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """What waits for seconds waits for little."""
    monkeypatch.setattr(running, "SHORTEST_PAUSE", 0.01)
    monkeypatch.setattr(running, "Asking", partial(Sparing, seconds=0.3))
    monkeypatch.setattr(line, "SETTLED", 0.0)
    monkeypatch.setattr(line, "LOOK", 0.01)
    monkeypatch.setattr(looking, "QUIET", 0.05)
    monkeypatch.setattr(joining, "LOOK_SECONDS", 0.05)
    yield
    Sparing.huge = False


@pytest.fixture
async def connected(case: Case, tmp_path: Path) -> AsyncIterator[Connected]:
    """The source of a kind, not begun yet."""
    places = [tmp_path / "world", tmp_path / "store"]
    for place in places:
        place.mkdir()
    async with case.begin(places[0]) as world, _connected(world, places[1]) as made:
        yield made


@asynccontextmanager
async def _connected(world: World, folder: Path) -> AsyncIterator[Connected]:
    made = Connected(world, folder)
    try:
        yield made
    finally:
        await made.close()
