# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Pages of a city with several hundred areas."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx2
import pytest
import shapely

from hanze.compute.pool import Pool
from hanze.goals.areas.area import Area
from hanze.goals.keeping import areas
from hanze.node.vaults import VAULTS as ALL_VAULTS
from hanze.store import sqlite
from tests.goals import town

pytestmark = pytest.mark.anyio

COUNT = 390


@pytest.fixture
async def many(tmp_path: Path) -> AsyncIterator[httpx2.AsyncClient]:
    """Areas in a row from west to east."""
    store = sqlite.open(tmp_path, clock=lambda: town.NOW, vaults=ALL_VAULTS)
    made = [Area("C", "City", "city", None, shapely.box(5, 52, 6, 53))]
    for n in range(COUNT):
        shape = shapely.box(5 + n / 1000, 52, 5.001 + n / 1000, 52.01)
        made.append(Area(f"N{n}", f"Part {n}", "neighbourhood", "C", shape, 100.0))
    store.submit(lambda uow: areas.write(uow, town.CITY, made, [], {})).result()
    pool = Pool(1)
    _, app = town.served(store, tmp_path, pool)
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://city") as client:
        yield client
    await pool.stop()
    store.close()


@pytest.mark.parametrize(
    "path", ["goals", "goals/goal?number=11", "goals/indicator?code=waste-full", "goals/area?code=C"]
)
async def test_all_areas_are_asked_for(many: httpx2.AsyncClient, path: str) -> None:
    assert (await many.get(f"/en/{path}")).status_code == 200


async def test_the_map_of_an_area_shows_those_that_lie_around_it(many: httpx2.AsyncClient) -> None:
    found = (await many.get("/en/goals/area.geojson?code=N200")).json()
    codes = {one["properties"].get("code") or one["properties"]["area"] for one in found["features"]}
    assert {"N199", "N200", "N201"} <= codes and len(codes) <= 40
    assert not codes & {"N0", "N100", "N389"}
