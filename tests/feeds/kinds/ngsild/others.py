# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Small servers that answer as other brokers do, written from their code and manuals (Orion-LD of 2024, Scorpio of 2024, Stellio of
2026); and a node of ours that mirrors them, in this process.

None of those brokers ran here, so what they do beyond this could not be checked: how their pages are ordered under load, how far
they page, and how their notifications overtake each other.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import msgspec

from hanze.broker.contexts import no_fetch
from hanze.errors import HanzeError
from hanze.feeds.brought import BROUGHT
from hanze.feeds.called import PATH, Lines
from hanze.feeds.kinds.ngsild import Ngsild
from hanze.feeds.record import SOURCES
from hanze.feeds.runner import Runner
from hanze.feeds.source import Feed
from hanze.ngsild import times
from hanze.ngsild.context import CORE
from hanze.ngsild.selection import EntitySelection, TypeIs
from hanze.ngsild.times import Clock
from hanze.outgoing import Client, Guard
from hanze.store import sqlite
from hanze.store.base import Store
from hanze.store.scope import EVERYTHING
from tests.outgoing.server import Asked, Server, serving

DEVICE = CORE.expand("Device")


class Dialect(msgspec.Struct, frozen=True):
    """How one broker differs. `most`: entities of a page; `beyond`: the status for more, 0 where it gives fewer without a word.
    `triggers`: it knows notificationTrigger. `patches`: a subscription can be changed in part. `strict`: unknown members are
    refused. `identity`: it tells who it is. `taken`: statuses by which a notification counts as taken. `counts`: it
    tells how many there are."""

    most: int = 1000
    beyond: int = 400
    triggers: bool = True
    patches: bool = True
    strict: bool = False
    identity: bool = True
    taken: tuple[int, ...] = (200, 201, 204)
    whole_when_deleted: bool = False
    counts: bool = True


ORION = Dialect(triggers=False, strict=True, identity=False)
SCORPIO = Dialect(beyond=403, patches=False, whole_when_deleted=True)
STELLIO = Dialect(most=100, beyond=403, taken=(200,))
SILENT = Dialect(most=50, beyond=0)

MEMBERS = frozenset(
    {"id", "type", "subscriptionName", "description", "entities", "watchedAttributes", "timeInterval", "q", "geoQ", "isActive",
     "notification", "expiresAt", "throttling", "lang"}
)  # fmt: skip
"""Of a subscription, those that Orion-LD knows."""


class Other:
    """A broker with devices. `deaf`: its notifications get lost. `turn`: called before each page of entities. `calls`:
    the port of the node that mirrors it, the same after a restart. `ahead`: microseconds that its clock is ahead of the machine's,
    as that of a demonstration is."""

    def __init__(self, dialect: Dialect) -> None:
        self.dialect = dialect
        self.entities: dict[str, dict[str, Any]] = {}
        self.subscriptions: dict[str, dict[str, Any]] = {}
        self.made = 0
        self.deaf = False
        self.down = False
        self.turn: Callable[[int], None] = lambda offset: None
        self.server = Server()
        self.calls = 0
        self.ahead = 0
        self._client = Client(Guard(["127.0.0.1"]))
        self._clock = times.parse("2026-01-01T00:00:00Z")
        self._calls: set[asyncio.Task[None]] = set()

    @contextlib.asynccontextmanager
    async def serve(self) -> AsyncIterator[None]:
        async with serving(self._answer) as server:
            self.server = server
            yield
            await asyncio.gather(*self._calls, return_exceptions=True)
        self._client.close()

    def put(self, number: int, *, tell: bool = True, **values: Any) -> None:
        id = f"urn:ngsi-ld:Device:{number}"
        now = self._now()
        made = {name: {"type": "Property", "value": value, "modifiedAt": now} for name, value in values.items()}
        before = self.entities.get(id, {"id": id, "type": DEVICE, "createdAt": now})
        self.entities[id] = {**before, "modifiedAt": now, **made}
        if tell:
            self._tell(self.entities[id])

    def delete(self, number: int, *, tell: bool = True) -> None:
        gone = self.entities.pop(f"urn:ngsi-ld:Device:{number}")
        if self.dialect.triggers and tell:
            moment = self._now()
            head = {"id": gone["id"], "type": DEVICE}
            dated = {"type": "DateTime", "@value": moment}
            self._tell(
                {**gone, "deletedAt": dated} if self.dialect.whole_when_deleted else {**head, "deletedAt": moment}
            )

    def time(self) -> int:
        """By which its subscriptions end."""
        return times.system() + self.ahead

    def _now(self) -> str:
        self._clock += 1_000
        return times.text(self._clock)

    def _tell(self, entity: dict[str, Any]) -> None:
        for one in self.subscriptions.values():
            task = asyncio.ensure_future(self._notify(one, dict(entity)))
            self._calls.add(task)
            task.add_done_callback(self._calls.discard)

    async def _notify(self, subscription: dict[str, Any], entity: dict[str, Any]) -> None:
        told = subscription["notification"]
        if not told.get("sysAttrs") and "deletedAt" not in entity:
            entity = without_times(entity)
        body = {"id": "urn:n:1", "type": "Notification", "subscriptionId": subscription["id"], "data": [entity]}
        status = 0
        if not self.deaf:
            with contextlib.suppress(HanzeError):
                response = await self._client.request(
                    "POST", told["endpoint"]["uri"], headers=[("Content-Type", "application/json")],
                    body=msgspec.json.encode(body),
                )  # fmt: skip
                status = response.status
        if status not in self.dialect.taken:
            told["timesFailed"] = told.get("timesFailed", 0) + 1
            told["lastFailure"] = self._now()

    async def _answer(self, asked: Asked) -> bytes | None:
        if self.down:
            return None
        parts = urlsplit(asked.path)
        path = parts.path.removeprefix("/ngsi-ld/v1")
        query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        status, body, headers = self._routed(asked, path, query)
        data = b"" if body is None else msgspec.json.encode(body)
        lines = [f"HTTP/1.1 {status} -", f"Content-Length: {len(data)}", *headers]
        return "\r\n".join(lines).encode() + b"\r\n\r\n" + data

    def _routed(self, asked: Asked, path: str, query: dict[str, str]) -> tuple[int, Any, list[str]]:
        if path == "/types":
            types = sorted({one["type"] for one in self.entities.values()})
            return 200, {"id": "urn:t", "type": "EntityTypeList", "typeList": types}, []
        if path == "/info/sourceIdentity" and self.dialect.identity:
            told = {"contextSourceUptime": "PT5S", "contextSourceTimeAt": times.text(self.time())}
            return 200, {"id": "urn:ngsi-ld:ContextSourceIdentity:other", **told}, []
        if path == "/entities":
            return self._page(query)
        if path == "/subscriptions" and asked.method == "POST":
            return self._subscribe(msgspec.json.decode(asked.body))
        id = unquote(path.removeprefix("/subscriptions/"))
        if path == "/subscriptions/" + id and id in self.subscriptions:
            return self._subscription(asked, id)
        return 404, {"title": "not found"}, []

    def _page(self, query: dict[str, str]) -> tuple[int, Any, list[str]]:
        limit, offset, dialect = int(query.get("limit", "20")), int(query.get("offset", "0")), self.dialect
        if limit > dialect.most and dialect.beyond:
            return dialect.beyond, {"title": "TooManyResults"}, []
        found = [one for one in self.entities.values() if one["type"] == query["type"]]
        if "id" in query:
            found = [one for one in found if one["id"] in query["id"].split(",")]
        else:
            self.turn(offset)
            found = [one for one in self.entities.values() if one["type"] == query["type"]]
        page = found[offset : offset + min(limit, dialect.most)]
        shown = page if query.get("options") == "sysAttrs" else [without_times(one) for one in page]
        return 200, shown, [f"NGSILD-Results-Count: {len(found)}"] if "count" in query and dialect.counts else []

    def _subscribe(self, document: dict[str, Any]) -> tuple[int, Any, list[str]]:
        if "notificationTrigger" in document and not self.dialect.triggers:
            return 501, {"title": "Not Implemented", "detail": "notificationTrigger"}, []
        if "scopeQ" in document and self.dialect.strict:
            return 501, {"title": "Not Implemented", "detail": "scopeQ"}, []
        if self.dialect.strict and set(document) - MEMBERS:
            return 400, {"title": "Unknown field for subscription"}, []
        if document["id"] in self.subscriptions:
            return 409, {"title": "Already exists"}, []
        if times.parse(document["expiresAt"]) <= self.time():
            return 400, {"title": "Bad request", "detail": "expiresAt has passed"}, []
        self.subscriptions[document["id"]] = document
        self.made += 1
        return 201, None, []

    def _subscription(self, asked: Asked, id: str) -> tuple[int, Any, list[str]]:
        if asked.method == "GET":
            found = self.subscriptions[id]
            over = times.parse(found["expiresAt"]) <= self.time()
            return 200, {**found, "status": "expired" if over else "active"}, []
        if asked.method == "DELETE":
            del self.subscriptions[id]
            return 204, None, []
        if not self.dialect.patches:
            return 500, {"title": "Internal error"}, []
        self.subscriptions[id] |= msgspec.json.decode(asked.body)
        return 204, None, []


def without_times(entity: dict[str, Any]) -> dict[str, Any]:
    left = {name: value for name, value in entity.items() if name not in ("createdAt", "modifiedAt")}
    return {
        name: {k: v for k, v in one.items() if k != "modifiedAt"} if isinstance(one, dict) else one
        for name, one in left.items()
    }


class Ours:
    """A node of ours: its store, its sources, and the door by which it is called."""

    def __init__(self, store: Store, runner: Runner) -> None:
        self.store = store
        self.runner = runner

    def devices(self) -> dict[int, dict[str, Any]]:
        page = self.store.query("", EntitySelection(types=TypeIs(DEVICE)), EVERYTHING, limit=10_000)
        found: dict[int, dict[str, Any]] = {}
        for one in page.entities:
            names = {name.rpartition("/")[2]: values[0].get("value") for name, values in one.attributes.items()}
            found[int(one.id.rpartition(":")[2])] = {
                k: v for k, v in names.items() if k not in ("source", "terms#origin")
            }
        return found

    def reasons(self) -> tuple[str, ...]:
        return self.runner.told()[0][1].reasons

    def status(self) -> str:
        return self.runner.told()[0][2].status


@contextlib.asynccontextmanager
async def mirroring(folder: Path, other: Other, *, clock: Clock = times.system, **options: Any) -> AsyncIterator[Ours]:
    """A node of this folder with one source, until the block ends. `clock`: of the node, not of the machine."""
    store = sqlite.open(folder, clock=clock, vaults=[SOURCES, BROUGHT])
    client = Client(Guard(["127.0.0.1"]))
    chance = iter(range(1_000_000))
    identity, random = "urn:ngsi-ld:ContextSourceIdentity:ours", lambda count: b"%0*d" % (count, next(chance))
    lines = Lines("", identity, no_fetch, random, times.system)

    async def answer(asked: Asked) -> bytes:
        name, _, token = asked.path.removeprefix(PATH + "/").partition("/")
        try:
            await lines.door(name, token)(asked.headers, asked.body)
        except HanzeError as error:
            return f"HTTP/1.1 {error.status} -\r\nContent-Length: 0\r\n\r\n".encode()
        return b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"

    async with serving(answer, port=other.calls) as door:
        other.calls = door.port
        lines.address = f"http://127.0.0.1:{door.port}"
        runner = Runner(store, client, clock, {"ngsild": Ngsild}, "ours", lambda: 0.0, lines=lines)
        feed = Feed("ngsild", other.server.url("/"), "mirror", options=options)
        await runner.run([feed])
        try:
            yield Ours(store, runner)
        finally:
            await runner.stop()
            client.close()
            store.close()
