# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages of Havendam with the values of its indicators, spoken to in-process."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx2
import pytest

from hanze.compute.pool import Pool
from hanze.store.base import Store
from tests.explore.conftest import Pages
from tests.goals import town


@pytest.fixture
async def pages(valued: Store, tmp_path: Path) -> AsyncIterator[Pages]:
    pool = Pool(1)
    _, app = town.served(valued, tmp_path, pool)
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://city") as client:
        yield Pages(client, valued)
    await pool.stop()
