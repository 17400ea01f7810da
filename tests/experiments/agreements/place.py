# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A small city with an area, measurements, an organisation with somebody who speaks for it, and access as a node has it."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx2
import shapely
from starlette.applications import Starlette

from hanze.access import Access, Policy, Public
from hanze.experiments.agreements import signing
from hanze.experiments.agreements.keeping import Agreement, Proposal
from hanze.experiments.agreements.terms import Terms
from hanze.experiments.model import TYPES
from hanze.experiments.organisations import keeping as organisations
from hanze.experiments.organisations.keeping import Organisation
from hanze.experiments.room import ROOM
from hanze.feeds import making
from hanze.goals.areas.area import Area
from hanze.goals.catalogue.reading import shipped
from hanze.goals.indicators.known import Known
from hanze.goals.keeping import areas
from hanze.goals.model import AREA
from hanze.goals.room import ROOM as GOALS
from hanze.ngsild import operations, times
from hanze.ngsild.context import CORE
from hanze.node.vaults import VAULTS
from hanze.store import sqlite
from hanze.store.base import Store, UnitOfWork
from hanze.web import cookies, site
from hanze.web.forms import guard
from hanze.web.people import people, sessions
from hanze.web.room import Room, Site
from tests.experiments.agreements.making import ID, TERMS, ZONE
from tests.explore import staff

NOW = times.parse("2026-03-10T13:02:00Z")
DAY = 86_400_000_000
CITY = "havendam"

LAB = Organisation("noise-lab", "Noise Lab", "company", "small", "city", True, "lab@noise.example")

OPEN = frozenset(map(CORE.expand, ("OffStreetParking",)))


class Place(staff.Town):
    """`now`: what the clock of the city says."""

    def __init__(self, folder: Path, *rooms: Room) -> None:
        self.now = NOW
        self.store: Store = sqlite.open(folder, clock=lambda: self.now, vaults=VAULTS)
        public = [*OPEN, AREA.iri, *(one.iri for one in TYPES)]
        self.access = Access(self.store, lambda: self.now, Policy(public=tuple(map(Public, public))))
        known = Known(CITY, shipped)
        self.site = Site(
            self.store, self.access, lambda: self.now, "Havendam", ZONE, os.urandom, lent=(known,), vaults=tuple(VAULTS),
            address="http://town", mails=True,
        )  # fmt: skip
        self.app = Starlette(routes=site.routes(self.site, (GOALS, ROOM, *rooms)))
        shapes = {"HVD01": shapely.box(5, 52, 5.01, 52.01), "HVD02": shapely.box(5.01, 52, 5.02, 52.01)}
        made = [Area(code, f"Wijk {code}", "neighbourhood", None, shape) for code, shape in shapes.items()]
        self.store.submit(lambda uow: areas.write(uow, CITY, areas.placed([], made).areas, [], {})).result()
        self.store.submit(lambda uow: organisations.save(uow, LAB, "test")).result()
        self.measured()

    def measured(self) -> None:
        """Noise and air in two neighbourhoods."""
        for number, east in ((1, 5.005), (2, 5.015)):
            self.thing_of("NoiseLevelObserved", number, east, LAeq=50 + number, secret=7)
            self.thing_of("AirQualityObserved", number, east, no2=20 + number, secret=8)

    def thing_of(self, type: str, number: int, east: float, **values: float) -> None:
        at = "2026-03-10T12:00:00Z"
        told: dict[str, Any] = {name: making.number(value, at=at) for name, value in values.items()}
        told |= {"name": making.plain(f"{type} {number}"), "location": making.point(east, 52.005)}
        entity = making.entity(f"urn:ngsi-ld:{type}:{number}", type, told)
        self.store.submit(lambda uow: uow.save("", operations.create(entity, uow.stamp))).result()

    @asynccontextmanager
    async def somebody(self, role: str, organisation: str = "") -> AsyncIterator[staff.Visitor]:
        """Who is signed in, and speaks for an organisation."""

        def work(uow: UnitOfWork) -> str:
            mail = f"{os.urandom(4).hex()}@town.example"
            made = people.make(uow, os.urandom, mail=mail, name=role, roles=(role,), language="nl", by="test")
            if organisation:
                organisations.join(uow, organisation, made.id, "test")
            return sessions.begin(uow, os.urandom, made.id, staff=made.staff, agent="test")[0]

        token = await self.store.write(work)
        transport = httpx2.ASGITransport(self.app)
        jar = {cookies.SESSION: token}
        async with httpx2.AsyncClient(transport=transport, base_url="http://town", cookies=jar, timeout=30) as client:
            yield staff.Visitor(client, guard.token(token))

    def drafted(self, terms: Terms = TERMS, id: str = ID) -> Proposal:
        return self.store.submit(lambda uow: signing.draft(uow, id, terms, "officer")).result()

    def offered(self, terms: Terms = TERMS, id: str = ID) -> Proposal:
        self.drafted(terms, id)
        return self.store.submit(lambda uow: signing.offer(uow, id, "officer", ZONE)).result()

    def signed(self, terms: Terms = TERMS, id: str = ID) -> Agreement:
        """By both."""
        hash = self.offered(terms, id).hash

        def work(uow: UnitOfWork) -> Agreement | None:
            signing.sign(uow, id, "city", "data-officer", hash, "officer", ZONE)
            return signing.sign(uow, id, "partner", "partner", hash, "lab", ZONE)

        made = self.store.submit(work).result()
        self.access.forget_keys()
        assert made is not None
        return made

    def key(self, id: str = ID) -> str:
        """The text of a key of the agreement."""
        text, _ = self.store.submit(lambda uow: signing.key(uow, os.urandom, id, "lab", "lab")).result()
        self.access.forget_keys()
        return text
