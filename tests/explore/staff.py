# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A small city of which everything may be changed, and people of each role who are signed in to it."""

import os
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import httpx2
import msgspec
from starlette.applications import Starlette

from hanze.access import VAULTS, Access, Policy, Public
from hanze.explore.room import ROOM
from hanze.explore.vaults import VAULTS as DROPS
from hanze.feeds.health import SOURCE, VOCABULARY
from hanze.ngsild import parse, times
from hanze.ngsild.context import CORE
from hanze.ngsild.entity import Entity
from hanze.ngsild.operations import create
from hanze.store import sqlite
from hanze.store.base import Store, UnitOfWork
from hanze.store.scope import EVERYTHING
from hanze.web import cookies, site
from hanze.web.attachments.vaults import VAULTS as ATTACHMENTS
from hanze.web.forms import guard
from hanze.web.people import people, sessions
from hanze.web.people.vaults import VAULTS as PEOPLE
from hanze.web.room import Site

NOW = times.parse("2026-03-10T13:02:00Z")
MINUTE = 60_000_000

LAMP, WELL, SECRET = (f"urn:ngsi-ld:{name}" for name in ("Lamp:1", "Well:1", "Complaint:1"))
FEED = "urn:ngsi-ld:Source:town:air"

THINGS: list[dict[str, Any]] = [
    {
        "id": LAMP, "type": "Lamp",
        "name": {"type": "Property", "value": "Lamp at the quay"},
        "power": {"type": "Property", "value": 12.5, "unitCode": "KWT", "observedAt": "2026-03-10T12:00:00Z"},
        "poles": {"type": "Property", "value": 3},
        "lit": {"type": "Property", "value": True},
        "placed": {"type": "Property", "value": {"@type": "DateTime", "@value": "2020-05-01T00:00:00Z"}},
        "told": {"type": "LanguageProperty", "languageMap": {"en": "bright", "nl": "fel"}},
        "feeds": {"type": "Relationship", "object": WELL},
        "location": {"type": "GeoProperty", "value": {"type": "Point", "coordinates": [4.0, 52.9]}},
        "parts": {"type": "Property", "value": {"bulb": "led"}},
    },
    {"id": WELL, "type": "Well", "name": {"type": "Property", "value": "Well <b>"}},
    {"id": SECRET, "type": "Complaint", "name": {"type": "Property", "value": "Of a neighbour"}},
    {
        "id": FEED, "type": SOURCE, "name": {"type": "Property", "value": "air"},
        VOCABULARY + "status": {"type": "Property", "value": "failing"},
        VOCABULARY + "detail": {"type": "Property", "value": "The server says 500."},
        VOCABULARY + "advice": {"type": "Property", "value": "Tell who keeps it."},
        VOCABULARY + "taken": {"type": "Property", "value": 1234},
    },
]  # fmt: skip

RULES = Policy(
    public=(Public(CORE.expand("Lamp")), Public(SOURCE), Public(CORE.expand("Trial"), frozenset({CORE.expand("name")}))),
    restricted=frozenset({CORE.expand("Complaint")}), owned={SOURCE: "sources"},
)  # fmt: skip


class Town:
    """`now`: what its clock says, microseconds; a test may put it forward."""

    def __init__(self, folder: Path) -> None:
        self.now = NOW
        self.store: Store = sqlite.open(folder, clock=lambda: self.now, vaults=(*VAULTS, *PEOPLE, *DROPS, *ATTACHMENTS))
        self.access = Access(self.store, lambda: self.now, RULES)
        zone = ZoneInfo("Europe/Amsterdam")
        self.site = Site(self.store, self.access, lambda: self.now, "Town", zone, os.urandom)
        self.app = Starlette(routes=site.routes(self.site, (ROOM,)))

        def work(uow: UnitOfWork) -> None:
            for thing in THINGS:
                uow.save("", create(parse.entity(msgspec.json.decode(msgspec.json.encode(thing)), CORE), uow.stamp))

        self.store.submit(work).result()

    def thing(self, id: str) -> Entity:
        found = self.store.get("", id, EVERYTHING)
        assert found is not None
        return found

    def value(self, id: str, name: str) -> Any:
        """That of one attribute, as the store has it."""
        one = self.thing(id).attributes[CORE.expand(name)][0]
        return one.get("value", one.get("object", one.get("languageMap")))

    @asynccontextmanager
    async def visitor(self, role: str = "") -> AsyncIterator["Visitor"]:
        """Somebody of this role who is signed in; without one nobody is."""
        token = ""
        if role:

            def work(uow: UnitOfWork) -> str:
                made = people.make(
                    uow,
                    os.urandom,
                    mail=f"{os.urandom(4).hex()}@town.example",
                    name=role,
                    roles=(role,),
                    language="en",
                    by="test",
                )
                return sessions.begin(uow, os.urandom, made.id, staff=made.staff, agent="test")[0]

            token = await self.store.write(work)
        jar = {cookies.SESSION: token} if token else {cookies.FORM: "somebody"}
        transport = httpx2.ASGITransport(self.app)
        async with httpx2.AsyncClient(transport=transport, base_url="http://town", cookies=jar, timeout=30) as client:
            yield Visitor(client, guard.token(token or "somebody"))


class Visitor:
    """`token`: what the forms of this visitor prove by that they are ours."""

    def __init__(self, client: httpx2.AsyncClient, token: str) -> None:
        self.client = client
        self.token = token

    async def get(self, path: str) -> httpx2.Response:
        return await self.client.get(path)

    async def ok(self, path: str) -> str:
        answer = await self.client.get(path)
        assert answer.status_code == 200, answer.text
        return answer.text

    async def post(self, path: str, fields: dict[str, str], files: Any = None) -> httpx2.Response:
        return await self.client.post(path, data={guard.FIELD: self.token, **fields}, files=files)


@contextmanager
def town(folder: Path) -> Iterator[Town]:
    made = Town(folder)
    yield made
    made.store.close()
