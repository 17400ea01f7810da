# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A city with weeks of data that are not public, and practice data of them."""

import asyncio
from collections.abc import Iterator

import msgspec
import pytest

from hanze.compute.pool import Pool
from hanze.experiments.practice import delivering, granting
from tests.experiments.agreements.making import ID, ZONE
from tests.experiments.practice.town import TERMS, Made, Town


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Made]:
    """Made once; no test changes the data."""
    town = Town(tmp_path_factory.mktemp("practice"))
    town.offered(TERMS)
    asyncio.run(_make(town))
    yield Made(town, TERMS)
    town.store.close()


async def _make(town: Town) -> None:
    """As the page does it, with a pool of this loop."""
    shown = granting.of_terms(ID, TERMS, ZONE, None)
    one = await town.store.write(lambda uow: delivering.begin(uow, lambda count: b"7" * count, ID, shown, "lab"))
    pool = Pool()
    assert one is not None
    await delivering.run(msgspec.structs.replace(town.site, compute=pool), one, shown, "lab")
    await pool.stop()
