# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page on which anyone has a number worked out once more."""

import re
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx2
import msgspec
import pytest

from hanze.compute.pool import Pool
from hanze.goals.model import AREA, AreaFacts
from hanze.ngsild import operations
from hanze.store.base import Store, UnitOfWork
from tests.explore.reading import text
from tests.goals import town

pytestmark = pytest.mark.anyio

CITY = "http://city"
PAGE = "/en/goals/check?code=noise-lden&area=HVD"


class Asking:
    def __init__(self, client: httpx2.AsyncClient) -> None:
        self.client = client

    async def __call__(self, address: str = PAGE) -> str:
        """What the page says after its button was pressed."""
        shown = await self.client.get(address)
        token = re.findall(r'name="form-token" value="([^"]*)"', shown.text)[0]
        answer = await self.client.post(address, data={"form-token": token}, headers={"origin": CITY})
        assert answer.status_code == 200, answer.text
        return text(answer.text)


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """A town that may be changed."""
    store = town.filled(tmp_path_factory.mktemp("own"))
    yield store
    store.close()


@pytest.fixture
async def asking(own: Store, tmp_path: Path) -> AsyncIterator[Asking]:
    pool = Pool(1)
    _, app = town.served(own, tmp_path, pool)
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url=CITY) as client:
        yield Asking(client)
    await pool.stop()


@pytest.mark.parametrize("code", ["noise-lden", "green-reach", "air-no2-gap", "land-built", "open-data", "bikes-counted"])
async def test_a_number_is_right(asking: Asking, code: str) -> None:
    said = await asking(f"/en/goals/check?code={code}&area=HVD")
    assert "The number is right" in said


async def test_other_people_in_an_area_show_in_what_is_weighed_by_people(asking: Asking, own: Store) -> None:
    """The last test of this town: from here on it is another one."""

    def work(uow: UnitOfWork) -> None:
        area = uow.entity("", "urn:ngsi-ld:AdministrativeArea:havendam:HVD0802")
        assert area is not None
        facts = AREA.facts_of(area, AreaFacts)
        more = AREA.entity(area.id, msgspec.structs.replace(facts, population=(facts.population or 0) + 1))
        new = type(area)(area.id, area.types, {**area.attributes, **more.attributes})
        uow.save("", operations.replace(area, new, uow.stamp))

    await own.write(work)
    assert "have changed since" in await asking()


@pytest.mark.parametrize("asked", ["code=noise-lden&area=nowhere", "code=nothing&area=HVD", ""])
async def test_a_number_that_is_not_there_is_not_found(asking: Asking, asked: str) -> None:
    assert (await asking.client.get(f"/en/goals/check?{asked}")).status_code == 404


async def test_nobody_is_made_to_ask_by_another_page(asking: Asking) -> None:
    assert (await asking.client.post(PAGE, headers={"origin": "http://elsewhere"})).status_code == 403
