# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A town of two neighbourhoods in which people of each role may enter numbers."""

from collections.abc import AsyncIterator, Iterator
from itertools import count
from pathlib import Path

import pytest
import shapely

from hanze.compute.pool import Pool
from hanze.goals.areas.area import Area
from hanze.goals.keeping import areas
from hanze.node.vaults import VAULTS as ALL_VAULTS
from hanze.store import sqlite
from hanze.store.base import Store
from tests.goals import town
from tests.goals.review.conftest import Written

PEOPLE = {"N": 1000.0, "S": 3000.0}


def drawn() -> list[Area]:
    shapes = {"N": shapely.box(5, 52, 5.01, 52.01), "S": shapely.box(5.01, 52, 5.02, 52.01)}
    made = [Area(code, f"Wijk {code}", "neighbourhood", None, shape) for code, shape in shapes.items()]
    return [*made, Area("C", "Havendam", "city", None, shapely.box(5, 52, 5.02, 52.01))]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    # Each write has a moment of its own.
    ticks = count(town.NOW)
    made = sqlite.open(tmp_path, clock=lambda: next(ticks), vaults=ALL_VAULTS)
    told = areas.placed([], drawn()).areas
    made.submit(lambda uow: areas.write(uow, town.CITY, told, [], PEOPLE)).result()
    yield made
    made.close()


@pytest.fixture
async def city(store: Store, tmp_path: Path) -> AsyncIterator[Written]:
    pool = Pool(1)
    yield Written(store, tmp_path, pool)
    await pool.stop()
