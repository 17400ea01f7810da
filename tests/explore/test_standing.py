# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Bus trips, stops and parks on the pages of residents: in words, also where nothing says where they are."""

import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import httpx2
import pytest
from starlette.applications import Starlette

from hanze.access import VAULTS, Access, Policy, Public
from hanze.explore.room import ROOM
from hanze.feeds.havendam import still, trips
from hanze.feeds.havendam.city import City
from hanze.feeds.provenance import stated
from hanze.feeds.writing import take
from hanze.ngsild.context import CORE
from hanze.store import sqlite
from hanze.store.base import Store, UnitOfWork
from hanze.web import site
from hanze.web.attachments.vaults import VAULTS as ATTACHMENTS
from hanze.web.people.vaults import VAULTS as PEOPLE
from hanze.web.room import Site
from tests.explore.conftest import DAY, FEED, NOW, Pages
from tests.explore.reading import text
from tests.explore.test_now import MACHINE

pytestmark = pytest.mark.anyio

CITY = City()


def fill(uow: UnitOfWork) -> None:
    take(uow, "", [stated(FEED, one) for one in (*CITY.buses(NOW), *still.entities())])
    for one in CITY.runs(NOW - 9 * DAY, NOW):
        uow.observe(
            "", one.id, [CORE.expand(one.type)], CORE.expand(one.attribute), one.template, one.moments, one.values
        )


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    store = sqlite.open(tmp_path_factory.mktemp("buses"), clock=lambda: NOW, vaults=(*VAULTS, *PEOPLE, *ATTACHMENTS))
    store.submit(fill).result()
    yield store
    store.close()


@pytest.fixture
async def pages(held: Store, tmp_path: Path) -> AsyncIterator[Pages]:
    public = tuple(Public(CORE.expand(type)) for type in (trips.TYPE, still.STOP, still.PARK))
    access = Access(held, lambda: NOW, Policy(public=public))
    shared = Site(held, access, lambda: NOW, "Havendam", ZoneInfo("Europe/Amsterdam"), os.urandom)
    app = Starlette(routes=site.routes(shared, (ROOM,)))
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://city") as client:
        yield Pages(client, held)
    await shared.compute.stop()


@pytest.mark.parametrize("code", ["nl", "en"])
@pytest.mark.parametrize("path", ["", "now", "now?type=GtfsTrip&value=delay", "find?q=station"])
async def test_pages_of_residents_speak_of_journeys(pages: Pages, code: str, path: str) -> None:
    said = text(await pages.ok(f"/{code}/{path}"))
    assert {"nl": "Ritten", "en": "Journeys"}[code] in said
    found = [one[0] for one in MACHINE.finditer(said) if one[0] != "GeoJSON"]
    assert not found


@pytest.mark.parametrize(("type", "words"), [(still.STOP, "Haltes"), (still.PARK, "Parken"), (trips.TYPE, "Ritten")])
async def test_lists_call_them_in_words(pages: Pages, type: str, words: str) -> None:
    assert words in text(await pages.ok("/nl/data"))
    said = text(await pages.ok(f"/nl/data/type?type={type}"))
    assert words in said
    assert not [one[0] for one in MACHINE.finditer(said) if one[0] not in ("GeoJSON", type)]


async def test_whether_a_wheelchair_can_get_on_is_said_as_yes_and_no(pages: Pages) -> None:
    said = text(await pages.ok(f"/nl/data/thing?id=urn:ngsi-ld:{still.STOP}:havendam:01"))
    assert "Met een rolstoel\nja" in said
