# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A small city whose changes are told live: a real store, the real server, streams over sockets of 127.0.0.1."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, NamedTuple

import uvicorn
from starlette.applications import Starlette
from starlette.routing import BaseRoute

from hanze.access import VAULTS, Access, Policy, keys
from hanze.broker.contexts import Contexts, no_fetch
from hanze.broker.services import Services
from hanze.http.limits import Limits
from hanze.node.config import Server
from hanze.node.front import Front
from hanze.node.metrics import Metrics
from hanze.node.serve import settings
from hanze.store import sqlite
from hanze.web.live import Live
from hanze.web.live.hub import Pace
from tests.access.node import Chance
from tests.contract.conftest import Clock
from tests.contract.making import iri

FAST = Pace(message=0.05, still=60.0, patience=60.0)
PATIENCE = 10.0
"""Seconds after which a test gives up waiting."""


class Event(NamedTuple):
    """One event of a stream; `number`: its id."""

    kind: str
    number: int
    data: Any

    @property
    def entities(self) -> dict[str, Any]:
        """The entities of a message by the last part of their id."""
        return {one["id"].rpartition(":")[2]: one for one in self.data["entities"]}

    @property
    def gone(self) -> list[str]:
        return [id.rpartition(":")[2] for id in self.data["gone"]]


class Client:
    """One connection that has asked for a stream."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader = reader
        self.writer = writer
        self.status = 0
        self.headers: dict[str, str] = {}
        self.text = ""
        """All that came, as it came."""
        self._left = ""

    async def begin(self) -> None:
        head = (await asyncio.wait_for(self.reader.readuntil(b"\r\n\r\n"), PATIENCE)).decode()
        first, *lines = head.strip().split("\r\n")
        self.status = int(first.split()[1])
        self.headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}

    async def body(self) -> Any:
        """The JSON of an answer that has an end."""
        return json.loads(await self.reader.readexactly(int(self.headers["content-length"])))

    async def next(self, patience: float = PATIENCE) -> Event:
        """The next event; EOFError where the stream ended in order, ConnectionError where it broke."""
        async with asyncio.timeout(patience):
            while "\n\n" not in self._left:
                size = int(await self.reader.readuntil(b"\r\n"), 16)
                part = (await self.reader.readexactly(size + 2))[:-2].decode()
                if not size:
                    raise EOFError
                self.text += part
                self._left += part
        block, _, self._left = self._left.partition("\n\n")
        fields = {name: value.strip() for name, _, value in (line.partition(":") for line in block.split("\n"))}
        return Event(fields["event"], int(fields["id"]), json.loads(fields["data"] or "null"))

    async def changes(self, patience: float = PATIENCE) -> Event:
        """The next message of changes; nothing else but signs of life may come before it."""
        while (event := await self.next(patience)).kind == "still":
            pass
        assert event.kind == "changes", event
        return event

    async def silent(self, seconds: float) -> None:
        """Nothing comes for so long."""
        try:
            event = await self.next(seconds)
        except TimeoutError:
            return
        raise AssertionError(f"{event} came")

    def reads(self, does: bool) -> None:
        """Whether what comes is taken from the system."""
        transport = self.writer.transport
        assert isinstance(transport, asyncio.Transport)
        (transport.resume_reading if does else transport.pause_reading)()

    def close(self) -> None:
        self.writer.transport.abort()


class City:
    """`store`: what changes in it is told."""

    def __init__(
        self, folder: Path, rules: Policy, limits: Limits, pace: Pace, routes: Iterable[BaseRoute], clock: Clock
    ) -> None:
        self.clock = clock
        self.store = sqlite.open(folder, clock=clock, vaults=VAULTS)
        self.access = Access(self.store, clock, rules)
        services = Services(
            store=self.store, contexts=Contexts(no_fetch), access=self.access, clock=clock, limits=limits
        )  # fmt: skip
        self.live = Live(services, pace)
        self.metrics = Metrics()
        app = Front("/ngsi-ld/", None, Starlette(routes=[*self.live.routes(), *routes]), self.metrics)
        self._bound = socket.create_server(("127.0.0.1", 0))
        # What is not read waits with the node, not with the system.
        self._bound.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 18)
        self.port: int = self._bound.getsockname()[1]
        self.server = uvicorn.Server(settings(app, Server()))
        self.server.config.lifespan = "off"
        self._chance = Chance()
        self._clients: list[Client] = []

    async def start(self) -> None:
        self.loop = asyncio.get_running_loop()
        self.live.hub.start()
        self._task = asyncio.create_task(self.server._serve([self._bound]))
        while not self.server.started:
            await asyncio.sleep(0.005)

    async def ask(self, query: str = "", key: str = "", buffer: int = 0, method: str = "GET", **headers: Any) -> Client:
        """Asks for a stream; `headers` with underscores for hyphens, `buffer`: bytes that the client's system keeps for it."""
        line = socket.socket()
        if buffer:
            line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
        line.setblocking(False)
        await asyncio.get_running_loop().sock_connect(line, ("127.0.0.1", self.port))
        made = Client(*await asyncio.open_connection(sock=line, limit=1 << 24))
        self._clients.append(made)
        named = {"Host": "x", **({"X-API-Key": key} if key else {})}
        named |= {name.replace("_", "-"): value for name, value in headers.items()}
        lines = "".join(f"{name}: {value}\r\n" for name, value in named.items())
        made.writer.write(f"{method} /live{query} HTTP/1.1\r\n{lines}\r\n".encode())
        await made.begin()
        return made

    async def follow(self, query: str = "", key: str = "", buffer: int = 0, **headers: Any) -> Client:
        """Follows changes from now on, or from where it was."""
        made = await self.ask(query, key, buffer, **headers)
        assert made.status == 200, await made.body()
        assert (await made.next()).kind == "still"
        return made

    def key(self, role: str, types: Sequence[str] | None = None) -> str:
        """The text of a new key; types are plain names."""
        named = None if types is None else [iri(type) for type in types]
        text, _ = self.store.submit(
            lambda work: keys.create(work, self._chance, "operator", role, types=named)
        ).result()
        self.access.forget_keys()
        return text

    def revoke(self, key: str) -> None:
        self.store.submit(lambda work: keys.revoke(work, "operator", key[keys.ID])).result()
        self.access.forget_keys()

    async def stop(self) -> None:
        for client in self._clients:
            client.close()
        await self.live.hub.stop()
        self.server.should_exit = self.server.force_exit = True
        await self._task
        self.store.close()


@asynccontextmanager
async def city(
    folder: Path, *, limits: Limits | None = None, pace: Pace = FAST, routes: Iterable[BaseRoute] = (),
    clock: Clock | None = None, **rules: Any,
) -> AsyncIterator[City]:  # fmt: skip
    """A city with these rules of access."""
    made = City(folder, Policy(**rules), limits or Limits(), pace, routes, clock or Clock())
    await made.start()
    try:
        yield made
    finally:
        await made.stop()
