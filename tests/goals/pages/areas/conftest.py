# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Sites of made cities, and of Havendam with all its rooms, spoken to in-process."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import AsyncExitStack
from pathlib import Path

import httpx2
import pytest

from hanze.compute.pool import Pool
from hanze.goals.keeping.values import Worth
from hanze.ngsild.entity import Entity
from hanze.store.base import Store
from tests.explore.conftest import Pages
from tests.goals.pages.areas import making

Founding = Callable[..., Awaitable[Pages]]


@pytest.fixture
async def found(tmp_path: Path) -> AsyncIterator[Founding]:
    """Founds a city of these areas and numbers."""
    async with AsyncExitStack() as stack:

        async def made(entities: Iterable[Entity] = (), worths: Iterable[Worth] = ()) -> Pages:
            store = making.made(tmp_path, entities, worths)
            stack.callback(store.close)
            return await _served(stack, store, tmp_path)

        yield made


@pytest.fixture
async def havendam(valued: Store, tmp_path: Path) -> AsyncIterator[Pages]:
    async with AsyncExitStack() as stack:
        yield await _served(stack, valued, tmp_path)


async def _served(stack: AsyncExitStack, store: Store, folder: Path) -> Pages:
    pool = Pool(1)
    stack.push_async_callback(pool.stop)
    transport = httpx2.ASGITransport(making.whole(store, folder, pool))
    client = await stack.enter_async_context(httpx2.AsyncClient(transport=transport, base_url="http://city"))
    return Pages(client, store)
