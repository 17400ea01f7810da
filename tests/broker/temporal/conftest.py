# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The API over a real store, spoken to in-process over HTTP."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx2
import pytest

from hanze.access import Access, Policy
from hanze.access.vaults import VAULTS
from hanze.broker.app import NgsiLd
from hanze.broker.contexts import Contexts, no_fetch
from hanze.broker.services import Services
from hanze.http.limits import Limits
from hanze.store import sqlite
from hanze.store.base import Store
from tests.contract.conftest import Clock


class Api:
    """A client of one open node; `store` is what the node has."""

    def __init__(self, client: httpx2.AsyncClient, store: Store, clock: Clock) -> None:
        self._client = client
        self.store = store
        self.clock = clock

    async def __call__(self, method: str, path: str, body: Any = None, **headers: str) -> httpx2.Response:
        """`headers`: with underscores for hyphens. `path`: below the API's root."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return await self._client.request(method, path, json=body, headers=named)

    async def ok(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """The body of an answer that went well."""
        answer = await self(method, path, body, **headers)
        assert answer.is_success, answer.text
        return answer.json() if answer.content else None


def served(store: Store, clock: Clock, **limits: int) -> NgsiLd:
    services = Services(
        store=store,
        contexts=Contexts(no_fetch),
        access=Access(store, clock, Policy(open=True)),
        clock=clock,
        limits=Limits(**limits),
        root="",
    )
    return NgsiLd(services)


@pytest.fixture
def limits() -> dict[str, int]:
    """Limits of the node; a test may give others."""
    return {}


@pytest.fixture
async def api(tmp_path: Path, limits: dict[str, int]) -> AsyncIterator[Api]:
    clock = Clock()
    store = sqlite.open(tmp_path, clock=clock, vaults=VAULTS)
    transport = httpx2.ASGITransport(served(store, clock, **limits))
    async with httpx2.AsyncClient(transport=transport, base_url="http://node") as client:
        yield Api(client, store, clock)
    store.close()
