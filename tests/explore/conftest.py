# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The site of Havendam with three days of history, spoken to in-process."""

import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import httpx2
import msgspec
import pytest
from starlette.applications import Starlette

from hanze.access import VAULTS, Access, Policy, Public
from hanze.explore.room import ROOM
from hanze.feeds import making
from hanze.feeds.havendam import plan
from hanze.feeds.havendam.city import City
from hanze.feeds.health import SOURCE, VOCABULARY
from hanze.feeds.provenance import stated
from hanze.feeds.source import Feed
from hanze.feeds.writing import take
from hanze.ngsild import times
from hanze.ngsild.context import CORE
from hanze.store import sqlite
from hanze.store.base import Store, UnitOfWork
from hanze.web import background, site
from hanze.web.attachments.vaults import VAULTS as ATTACHMENTS
from hanze.web.people.vaults import VAULTS as PEOPLE
from hanze.web.room import Site
from tests.explore import staff

NOW = times.parse("2026-03-10T13:02:00Z")
DAY = 86_400_000_000

FEED = Feed(
    "havendam", "simulated:", name="havendam", provider="Havendam (simulated)",
    licence="https://creativecommons.org/publicdomain/zero/1.0/",
)  # fmt: skip

PUBLIC = ("AirQualityObserved", "WeatherObserved", "OffStreetParking")
HIDDEN = "TrafficFlowObserved"
"""What everyone may see, and a type that is there but not public."""


class Pages:
    """A visitor without a key."""

    def __init__(self, client: httpx2.AsyncClient, store: Store) -> None:
        self._client = client
        self.store = store

    async def __call__(self, path: str, **headers: str) -> httpx2.Response:
        return await self._client.get(path, headers={name.replace("_", "-"): value for name, value in headers.items()})

    async def ok(self, path: str) -> str:
        answer = await self(path)
        assert answer.status_code == 200, answer.text
        return answer.text


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Nobody writes to it."""
    store = sqlite.open(tmp_path_factory.mktemp("havendam"), clock=lambda: NOW, vaults=(*VAULTS, *PEOPLE, *ATTACHMENTS))
    city = City()

    def work(uow: UnitOfWork) -> None:
        for one in city.hours(NOW - 3 * DAY, NOW):
            type, name = CORE.expand(one.type), CORE.expand(one.attribute)
            uow.observe("", one.id, [type], name, one.template, one.moments, one.values)
        take(uow, "", [stated(FEED, entity) for entity in city.now(NOW)])
        told = {VOCABULARY + "status": making.plain("late"), "name": making.plain("havendam")}
        source = making.entity("urn:ngsi-ld:Source:havendam:havendam", SOURCE, told)
        take(uow, "", [msgspec.structs.replace(source, types=[SOURCE])])

    store.submit(work).result()
    yield store
    store.close()


@pytest.fixture
async def pages(filled: Store, tmp_path: Path) -> AsyncIterator[Pages]:
    names = [*map(CORE.expand, PUBLIC), SOURCE]
    rules = Policy(public=tuple(map(Public, names)), restricted=frozenset({CORE.expand("Complaint")}))
    ground = tmp_path / "map.geojson"
    ground.write_bytes(msgspec.json.encode(plan.background()))
    access = Access(filled, lambda: NOW, rules)
    zone = ZoneInfo("Europe/Amsterdam")
    shared = Site(filled, access, lambda: NOW, "Havendam", zone, os.urandom, background=background.read(ground))
    app = Starlette(routes=site.routes(shared, (ROOM,)))
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://city") as client:
        yield Pages(client, filled)
    await shared.compute.stop()


@pytest.fixture
def town(tmp_path: Path) -> Iterator[staff.Town]:
    with staff.town(tmp_path) as made:
        yield made
