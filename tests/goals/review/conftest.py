# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The town with the values of its indicators, and one that people may write in."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from itertools import count
from pathlib import Path

import httpx2
import pytest

from hanze.compute.pool import Pool
from hanze.node.vaults import VAULTS as ALL_VAULTS
from hanze.store import sqlite
from hanze.store.base import Store, UnitOfWork
from hanze.web import cookies
from hanze.web.forms import guard
from hanze.web.people import people, sessions
from tests.explore.staff import Visitor
from tests.goals import town
from tests.goals.pages.conftest import pages
from tests.goals.review import making

__all__ = ["pages"]


class Written:
    """A town without measurements, with some values; people of each role are signed in to it."""

    def __init__(self, store: Store, folder: Path, pool: Pool) -> None:
        self.store = store
        self._site, self._app = town.served(store, folder, pool)

    @asynccontextmanager
    async def visitor(self, role: str = "") -> AsyncIterator[Visitor]:
        token = await self.store.write(lambda uow: self._signed_in(uow, role)) if role else ""
        jar = {cookies.SESSION: token} if token else {cookies.FORM: "somebody"}
        transport = httpx2.ASGITransport(self._app)
        async with httpx2.AsyncClient(transport=transport, base_url="http://town", cookies=jar, timeout=30) as client:
            yield Visitor(client, guard.token(token or "somebody"))

    def _signed_in(self, uow: UnitOfWork, role: str) -> str:
        made = people.make(
            uow,
            self._site.chance,
            mail=f"{role}@town.example",
            name="Somebody",
            roles=(role,),
            language="en",
            by="test",
        )
        return sessions.begin(uow, self._site.chance, made.id, staff=made.staff, agent="test")[0]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    # Each write has a moment of its own.
    ticks = count(town.NOW)
    made = sqlite.open(tmp_path, clock=lambda: next(ticks), vaults=ALL_VAULTS)
    making.fill(made)
    yield made
    made.close()


@pytest.fixture
async def written(store: Store, tmp_path: Path) -> AsyncIterator[Written]:
    pool = Pool(1)
    yield Written(store, tmp_path, pool)
    await pool.stop()
