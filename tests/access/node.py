# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A whole node for questions of access: any policy, keys made on the spot, and requests from an address of the net."""

import itertools
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from hashlib import sha512
from pathlib import Path
from typing import Any

import httpx2

from hanze.access import VAULTS, Access, Policy, keys, protected
from hanze.broker.app import NgsiLd
from hanze.broker.contexts import Contexts, no_fetch
from hanze.broker.services import Services
from hanze.broker.subscriptions.keeping import VAULTS as SUBSCRIPTIONS
from hanze.broker.subscriptions.notifier import Notifier
from hanze.http.limits import Limits
from hanze.node.config import Config
from hanze.node.verb import Desk
from hanze.node.verbs.load import LOADS
from hanze.outgoing import Client, Guard
from hanze.store import sqlite
from hanze.store.base import Store
from hanze.web.attachments.vaults import VAULTS as ATTACHMENTS
from tests.contract.conftest import Clock
from tests.contract.making import iri

ADDRESS = "203.0.113.77"
"""From where the requests come."""


class Chance:
    """Bytes that differ each time and are the same in each run."""

    def __init__(self) -> None:
        self._number = itertools.count()

    def __call__(self, size: int) -> bytes:
        return sha512(str(next(self._number)).encode()).digest()[:size]


class Node:
    """`raw`: the store itself; `store`: as everyone but the rooms has it."""

    def __init__(self, folder: Path, policy: Policy, clock: Clock | None = None) -> None:
        self.clock = clock or Clock()
        self.folder = folder
        self.raw: Store = sqlite.open(folder, clock=self.clock, vaults=(*VAULTS, *SUBSCRIPTIONS, *ATTACHMENTS, LOADS))
        self.store = protected(self.raw, policy.owned)
        self.access = Access(self.raw, self.clock, policy)
        self.chance = Chance()
        outgoing = Client(Guard(("127.0.0.1",)))
        token = itertools.count()
        self.notifier = Notifier(self.raw, outgoing, self.clock, self.access.scope_of, lambda: f"t{next(token)}")
        self.desk = Desk(folder, Config(), self.store, self.access, self.clock, self.chance)
        services = Services(
            store=self.store, contexts=Contexts(no_fetch), access=self.access, clock=self.clock, limits=Limits(),
            root="", notifier=self.notifier,
        )  # fmt: skip
        transport = httpx2.ASGITransport(NgsiLd(services), client=(ADDRESS, 50_000))
        self.http = httpx2.AsyncClient(transport=transport, base_url="http://node")

    def key(
        self, role: str, types: Iterable[str] | None = None, tenants: Iterable[str] | None = None, **more: Any
    ) -> str:
        """The text of a new key; types are plain names."""
        named = None if types is None else [iri(type) for type in types]
        given = None if tenants is None else [*tenants]
        text, _ = self.raw.submit(
            lambda work: keys.create(work, self.chance, "operator", role, types=named, tenants=given, **more)
        ).result()
        self.access.forget_keys()
        return text

    def revoke(self, key: str) -> None:
        self.raw.submit(lambda work: keys.revoke(work, "operator", key[keys.ID])).result()
        self.access.forget_keys()

    async def ask(
        self, method: str, path: str, key: str | None = None, body: Any = None, tenant: str = "", **headers: str
    ) -> httpx2.Response:
        """`headers`: with underscores for hyphens."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        if key is not None:
            named["Authorization"] = f"Bearer {key}"
        if tenant:
            named["NGSILD-Tenant"] = tenant
        return await self.http.request(method, path, json=body, headers=named)

    def bytes(self) -> bytes:
        """Everything that the node wrote to its folder."""
        return b"".join(path.read_bytes() for path in sorted(self.folder.iterdir()) if path.is_file())

    async def close(self) -> None:
        await self.http.aclose()
        self.raw.close()


@asynccontextmanager
async def running(folder: Path, **policy: Any) -> AsyncIterator[Node]:
    """A node with this policy that notifies."""
    node = Node(folder, Policy(**policy))
    await node.notifier.start()
    try:
        yield node
    finally:
        await node.notifier.stop()
        await node.close()
