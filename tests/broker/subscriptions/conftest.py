# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A node in parts that notifies: its store, its API and its notifier, which can be stopped and started anew."""

import asyncio
from collections.abc import AsyncIterator, Callable
from itertools import count
from pathlib import Path
from typing import Any

import httpx2
import pytest

from hanze.access import Access, Policy
from hanze.access.vaults import VAULTS
from hanze.broker.app import NgsiLd
from hanze.broker.contexts import Contexts
from hanze.broker.services import Services
from hanze.broker.subscriptions.keeping import VAULTS as SUBSCRIPTIONS
from hanze.broker.subscriptions.notifier import Notifier
from hanze.http.limits import Limits
from hanze.outgoing import Client, Guard
from hanze.outgoing.documents import fetcher
from hanze.store import sqlite
from hanze.store.base import Store
from tests.broker.conftest import Api
from tests.broker.subscriptions.receiver import Receiver, receiving
from tests.contract.conftest import Clock


class Site:
    """An open node. `api`: a client of it. `allow`: addresses that it may call although they are not public."""

    def __init__(self, folder: Path, clock: Callable[[], int], allow: tuple[str, ...], rules: Policy) -> None:
        self._folder = folder
        self._clock = clock
        self._allow = allow
        self._rules = rules
        self._tokens = count(1)
        self.api: Api
        self.store: Store
        self.notifier: Notifier
        self.access: Access

    async def start(self) -> None:
        self.store = sqlite.open(self._folder, clock=self._clock, vaults=(*VAULTS, *SUBSCRIPTIONS))
        self.access = Access(self.store, self._clock, self._rules)
        self._client = Client(Guard(self._allow))
        start = next(self._tokens)
        self.notifier = Notifier(
            self.store, self._client, self._clock, self.access.scope_of, lambda: f"{start}-{next(self._tokens)}"
        )
        await self.notifier.start()
        services = Services(
            store=self.store, contexts=Contexts(fetcher(self._client, seconds=1, most_bytes=100_000)),
            access=self.access, clock=self._clock, limits=Limits(), root="", notifier=self.notifier,
        )  # fmt: skip
        app = NgsiLd(services)
        self._http = httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://node")
        clock = self._clock if isinstance(self._clock, Clock) else Clock()
        self.api = Api(self._http, app, self.store, clock)

    async def stop(self) -> None:
        await self._http.aclose()
        await self.notifier.stop()
        self._client.close()
        self.store.close()

    async def subscribe(self, receiver: Receiver | str, **members: Any) -> str:
        """The id of a new subscription to every Room; `endpoint` and `notification` add to what these say."""
        answer = await self.api("POST", "/subscriptions", subscription(receiver, **members))
        assert answer.status_code == 201, answer.text
        return answer.headers["location"].removeprefix("/subscriptions/")

    async def shown(self, id: str, query: str = "") -> Any:
        return await self.api.ok("GET", f"/subscriptions/{id}{query}")

    async def told(self, id: str, name: str, value: Any) -> Any:
        """The `notification` of a subscription, once its member has the value."""
        async with asyncio.timeout(10):
            while True:
                found = (await self.shown(id))["notification"]
                if found.get(name) == value:
                    return found
                await asyncio.sleep(0.01)

    async def room(self, number: int = 1, **attributes: Any) -> None:
        """Writes attributes of a Room, which is made where it is not there."""
        made = {"id": room_id(number), "type": "Room", **attributes}
        await self.api.ok("POST", "/entityOperations/upsert?options=update", [made])

    async def silence(self, receiver: Receiver, seconds: float = 0.1) -> None:
        """Nothing came beyond what was waited for, though everything was looked at."""
        async with asyncio.timeout(10):
            while self.notifier.figures()["lag"] or self.notifier.figures()["behind"]:
                await asyncio.sleep(0.005)
        await asyncio.sleep(seconds)
        assert receiver.asked[receiver.awaited :] == []


def room_id(number: int = 1) -> str:
    return f"urn:ngsi-ld:Room:{number}"


def subscription(receiver: Receiver | str, **members: Any) -> dict[str, Any]:
    url = receiver if isinstance(receiver, str) else receiver.url
    endpoint = {"uri": url, **members.pop("endpoint", {})}
    told = {"endpoint": endpoint, **members.pop("notification", {})}
    made = {"type": "Subscription", "entities": [{"type": "Room"}], "notification": told, **members}
    return {name: value for name, value in made.items() if value is not None}


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def rules() -> Policy:
    return Policy(open=True)


@pytest.fixture
async def site(tmp_path: Path, clock: Callable[[], int], rules: Policy) -> AsyncIterator[Site]:
    made = Site(tmp_path, clock, ("127.0.0.1",), rules)
    await made.start()
    yield made
    await made.stop()


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    async with receiving() as made:
        yield made
