# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The API over a real store, spoken to in-process over HTTP."""

from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Any

import httpx2
import pytest

from hanze.access import Access, Policy
from hanze.access.vaults import VAULTS
from hanze.broker.app import NgsiLd
from hanze.broker.contexts import Contexts, Fetch, no_fetch
from hanze.broker.services import Services
from hanze.http.limits import Limits
from hanze.store import sqlite
from hanze.store.base import Store
from tests.contract.conftest import Clock


class Api:
    """A client of one open node; `app` is its application, `store` what it has."""

    def __init__(self, client: httpx2.AsyncClient, app: NgsiLd, store: Store, clock: Clock) -> None:
        self._client = client
        self.app = app
        self.store = store
        self.clock = clock

    async def __call__(self, method: str, path: str, body: Any = None, **headers: str) -> httpx2.Response:
        """`headers`: with underscores for hyphens. `path`: below the API's root."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return await self._client.request(method, path, json=body, headers=named)

    async def raw(
        self, method: str, path: str, content: bytes | None = None, headers: Sequence[tuple[str, str]] = ()
    ) -> httpx2.Response:
        """A request with just this content and these headers."""
        return await self._client.request(method, path, content=content, headers=list(headers))

    async def ok(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        """The body of an answer that went well."""
        answer = await self(method, path, body, **headers)
        assert answer.is_success, answer.text
        return answer.json() if answer.content else None

    async def wrong(self, method: str, path: str, body: Any = None, **headers: str) -> dict[str, Any]:
        """The problem details of an answer that did not go well."""
        answer = await self(method, path, body, **headers)
        return problem(answer)


def problem(answer: httpx2.Response) -> dict[str, Any]:
    """The problem details of an answer, which are whole."""
    assert answer.headers["content-type"] == "application/problem+json", answer.text
    found: dict[str, Any] = answer.json()
    assert found["status"] == answer.status_code
    assert {"type", "title", "detail"} <= found.keys()
    assert found["detail"].endswith(".")
    return found


def served(
    store: Store, clock: Clock, limits: Limits, *, fetch: Fetch = no_fetch, policy: Policy | None = None
) -> NgsiLd:
    """The application; an open node where no policy is given."""
    services = Services(
        store=store,
        contexts=Contexts(fetch),
        access=Access(store, clock, policy or Policy(open=True)),
        clock=clock,
        limits=limits,
        root="",
    )
    return NgsiLd(services)


@pytest.fixture
def limits() -> dict[str, int]:
    """Limits of the node; a test may give others."""
    return {}


@pytest.fixture
def fetch() -> Fetch:
    """How the node fetches an @context; a test may let it call out."""
    return no_fetch


@pytest.fixture
async def api(tmp_path: Path, limits: dict[str, int], fetch: Fetch) -> AsyncIterator[Api]:
    clock = Clock()
    store = sqlite.open(tmp_path, clock=clock, vaults=VAULTS)
    app = served(store, clock, Limits(**limits), fetch=fetch)
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://node") as client:
        yield Api(client, app, store, clock)
    store.close()
