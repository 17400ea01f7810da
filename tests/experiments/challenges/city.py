# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A small city with neighbourhoods and an indicator, and people who open challenges, apply, judge and decide by its forms."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx2
import msgspec
from starlette.applications import Starlette

from hanze.access import Access, Policy, Public
from hanze.experiments import model as experiments
from hanze.experiments import room
from hanze.experiments.challenges import keeping
from hanze.experiments.challenges.keeping import Challenge
from hanze.experiments.challenges.runner import Calls
from hanze.experiments.challenges.vaults import JURORS, SUBMISSIONS
from hanze.experiments.organisations import keeping as organisations
from hanze.experiments.organisations.keeping import Organisation
from hanze.goals.model import TYPES
from hanze.goals.room import ROOM as GOALS
from hanze.store.base import UnitOfWork
from hanze.store.vault import Row
from hanze.web import cookies, site
from hanze.web.forms import guard
from hanze.web.outbox import box
from hanze.web.outbox.vaults import MAILS
from hanze.web.people import pages as people_pages
from hanze.web.people import people, sessions
from hanze.web.people.vaults import PEOPLE
from tests.explore.staff import Visitor
from tests.goals.journey.place import CITY, NOW, Place

DAY = 86_400_000_000

Fields = dict[str, Any]
"""What a form sends; a list for a question that takes several answers."""

PROBLEM: Fields = {
    "name": "Volle bakken", "problem": "Bakken zijn te vaak vol <b>.", "indicator": "", "area": "", "targets": "11.6, 12.5",
    "weeks": "12", "streets": "3",
}  # fmt: skip
CALL: Fields = {
    "text": "Bedenk iets tegen volle bakken.", "opens": "2026-03-15", "closes": "2026-04-10", "decided": "2026-05-01",
    "begins": "2026-05-10", "ends": "2026-08-10", "budget": "25.000", "places": "1", "rights": "Blijft bij de maker.",
    "routes": "several offers", "after": "",
}  # fmt: skip
JUDGING: Fields = {
    "kinds": ["company", "residents' group"], "largest": "small", "where": ["city", "region"], "newcomers": "",
    "own": "Kunt u in mei beginnen?",
    "criteria": "60 Werkt voor bewoners\n40* Weinig energie",
}  # fmt: skip
OFFER: dict[str, Fields] = {
    "solution": {"name": "Slimme bak", "what": "Meldt wanneer hij vol is.", "helps": "Wordt op tijd geleegd.", "ready": "prototype",
                 "builds": "OpenWasteMap\nLoRa sensor"},
    "trial": {"cost": "20000", "nature": "Zonnecel.", "who": "Twee mensen.", "link": "https://example.org"},
}  # fmt: skip


class City(Place):
    """`closed` as there. Mails are sent, that is: stand in the outbox."""

    def __init__(self, folder: Path, *, closed: bool = False) -> None:
        super().__init__(folder, closed=closed)
        rules = Policy(public=() if closed else tuple(Public(one.iri) for one in (*TYPES, *experiments.TYPES)))
        self.access = Access(self.store, lambda: self.now, rules)
        self.site = msgspec.structs.replace(
            self.site, access=self.access, mails=True, address="https://testdam.example"
        )
        self.app = Starlette(routes=site.routes(self.site, (GOALS, room.ROOM, people_pages.ROOM)))

    @asynccontextmanager
    async def somebody(self, name: str, *roles: str) -> AsyncIterator[Visitor]:
        """A person of this name, the same one each time, signed in."""

        def work(uow: UnitOfWork) -> str:
            mail = f"{name}@testdam.example"
            made = people.find(uow.vault(PEOPLE), mail=mail) or people.make(
                uow, os.urandom, mail=mail, name=name, roles=roles, language="nl", by="test"
            )
            return sessions.begin(uow, os.urandom, made.id, staff=made.staff, agent="test")[0]

        token = await self.store.write(work)
        transport = httpx2.ASGITransport(self.app)
        jar = {cookies.SESSION: token}
        async with httpx2.AsyncClient(transport=transport, base_url="http://town", cookies=jar, timeout=60) as client:
            yield Visitor(client, guard.token(token))

    def id(self, name: str) -> str:
        found = people.find(self.store.vault(PEOPLE), mail=f"{name}@testdam.example")
        assert found is not None
        return found.id

    def organise(self, name: str, **other: Any) -> Organisation:
        """The person of this name speaks for an organisation of the same name."""
        facts: Fields = {"kind": "company", "size": "micro", "locality": "city", "newcomer": True, **other}
        made = msgspec.convert(
            {"id": f"o-{name}", "name": f"Firma {name}", "contact": f"{name}@o.example", **facts}, Organisation
        )

        def work(uow: UnitOfWork) -> None:
            organisations.save(uow, made, "test")
            organisations.join(uow, made.id, self.id(name), "test")

        self.store.submit(work).result()
        return made

    async def published(self, **other: Any) -> str:
        """A challenge that Ina wrote and Bo published; its code. `other`: answers that differ."""
        async with self.somebody("ina", "innovation-officer") as ina:
            answer = await ina.post("/nl/challenges/new", {**PROBLEM, **_of(PROBLEM, other)})
            assert answer.status_code == 303, answer.text
            code = answer.headers["location"].split("id=")[1].split("&")[0]
            edit = f"/nl/challenges/edit?id={code}&step="
            assert (await ina.post(edit + "call", {**CALL, **_of(CALL, other)})).status_code == 303
            answer = await ina.post(edit + "judging", {**JUDGING, **_of(JUDGING, other)})
            assert answer.status_code == 303, answer.text
            assert (await ina.post(f"/nl/challenges/draft?id={code}", {"act": "ask"})).status_code == 303
        async with self.somebody("bo", "editor") as bo:
            assert (await bo.post(f"/nl/challenges/draft?id={code}", {"act": "publish"})).status_code == 303
        return code

    async def applied(self, code: str, name: str, **other: Any) -> str:
        """The organisation of this person sent an application; its id."""
        async with self.somebody(name, "partner") as person:
            if organisations.of(self.store, self.id(name)) is None:
                self.organise(name, **other)
            for step, fields in OFFER.items():
                given = {**fields, "name": f"Bak van {name}"} if step == "solution" else fields
                answer = await person.post(f"/nl/call/apply?id={code}&step={step}", given)
                assert answer.status_code == 303, answer.text
            answer = await person.post(f"/nl/call/apply?id={code}&step=send", {"terms": "yes", "own": "yes"})
            assert answer.status_code == 303, answer.text
        return str(self.submission(name)["id"])

    def submission(self, name: str) -> Row:
        (row,) = self.store.vault(SUBMISSIONS).select({"person": self.id(name)})
        return row

    async def seated(self, code: str, *names: str) -> None:
        for name in names:
            async with self.somebody(name, "resident"):
                pass
        async with self.somebody("ina", "innovation-officer") as ina:
            for name in names:
                answer = await ina.post(f"/nl/jury/members?id={code}", {"mail": f"{name}@testdam.example"})
                assert answer.status_code == 303, answer.text
        assert self.store.vault(JURORS).count({"challenge": code}) >= len(names)

    async def declared(self, code: str, juror: str, **other: Any) -> httpx2.Response:
        async with self.somebody(juror, "resident") as person:
            return await person.post(f"/nl/jury/call?id={code}", {"honest": "yes", **other})

    async def judged(self, code: str, juror: str, application: str, scores: tuple[int, int]) -> httpx2.Response:
        async with self.somebody(juror, "resident") as person:
            fields = {
                f"{what}{place}": text
                for place, score in enumerate(scores)
                for what, text in (("score", str(score)), ("why", f"{juror} {score}"))
            }
            return await person.post(f"/nl/jury/score?id={code}&application={application}", fields)

    async def decided(self, code: str, *choices: str) -> httpx2.Response:
        """`choices`: chosen or not, for each application in the order of the desk."""
        fields = {f"choice{place}": one for place, one in enumerate(choices)}
        async with self.somebody("ina", "innovation-officer") as ina:
            return await ina.post(
                f"/nl/jury/decide?id={code}",
                {**fields, **{f"why{place}": f"Reden {place}" for place in range(len(choices))}},
            )

    def challenge(self, code: str) -> Challenge:
        return keeping.find(self.store, CITY, code)

    def moved(self, days: int) -> None:
        """So many days after the first moment, by the clock of the city."""
        self.now = NOW + days * DAY

    async def look(self) -> int:
        return await Calls(self.site).look()

    def mails(self) -> list[box.Mail]:
        """The oldest first."""
        return [one.mail for one in reversed(box.newest(self.store.vault(MAILS), 100))]


def _of(step: Fields, other: Fields) -> Fields:
    return {name: value for name, value in other.items() if name in step}


OPEN, CLOSED = 6, 32
"""Days after the first moment: while the call is open, and after it has closed."""
