# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The whole site of Havendam, put together as a node does it: every page there is, for nobody and for who may do all there is."""

import asyncio
import contextlib
import os
import re
import socket
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import msgspec
import uvicorn
from starlette.applications import Starlette

from hanze.access import Access, Policy, Public
from hanze.experiments import model as experiments
from hanze.explore.connecting import candidates
from hanze.explore.connecting.candidates import Asked, Candidate, Seen
from hanze.explore.following.follows import FOLLOWS
from hanze.feeds import making
from hanze.feeds.havendam import plan
from hanze.feeds.havendam.city import City
from hanze.feeds.health import SOURCE, VOCABULARY
from hanze.feeds.provenance import stated
from hanze.feeds.shapes.shape import Part, Shape
from hanze.feeds.source import Feed
from hanze.feeds.writing import take
from hanze.goals import model as goals
from hanze.ngsild.context import CORE
from hanze.ngsild.selection import EntitySelection, TypeIs
from hanze.ngsild.units import symbol
from hanze.node import config, keeping, pages, sources
from hanze.node.config import Config
from hanze.node.settings import Settings
from hanze.node.vaults import VAULTS as ALL_VAULTS
from hanze.outgoing import Guard
from hanze.store import sqlite
from hanze.store.base import Store, UnitOfWork
from hanze.store.scope import EVERYTHING
from hanze.web import shell
from hanze.web.people import people, sessions
from hanze.web.people.passkeys import kept
from hanze.web.people.roles import ROLES
from hanze.web.people.vaults import PEOPLE
from hanze.web.room import Page
from hanze.web.steps import colour, drafts
from hanze.web.steps.drafts import Draft
from tests.experiments.agreements import whole as agreements
from tests.experiments.challenges import whole as challenges
from tests.experiments.practice import whole as practice
from tests.experiments.trials import whole as trials
from tests.explore.conftest import DAY, FEED, NOW, PUBLIC
from tests.goals import town
from tests.running import until

ROOMS = pages.ROOMS

STAFF = tuple(code for code, role in ROLES.items() if role.staff)

AIR = "type=AirQualityObserved"
STATION = next(entity.id for entity in City().now(NOW) if "AirQualityObserved" in entity.types[0])

ASKED = {
    "find": "q=oude",
    "now": f"{AIR}&value=no2",
    "data/type": AIR,
    "data/thing": f"id={STATION}",
    "data/change": f"id={STATION}&attribute=name",
    "data/picture": f"id={STATION}",
    "data/undo": f"id={STATION}&attribute=name",
    "follow": f"thing={STATION}",
    "follow/yes": "token=follows",
    "follow/stop": "token=follows",
    "account/passkey": "number=1",
    "start/check": "draft=change",
    "sources/look": "candidate=found",
    "sources/mapping": "candidate=found",
    "sources/one": "name=havendam",
    "goals/goal": "number=11",
    "goals/indicator": "code=air-no2-year&area=HVD01",
    "goals/check": "code=air-no2-year&area=HVD01",
    "goals/area": "code=HVD01",
    "goals/compare": "one=HVD01&other=HVD08",
    "goals/plan": "id=molenakker-oost",
    "goals/journey": "number=12&show=waste-full",
    **agreements.ASKED,
    **practice.ASKED,
    **trials.ASKED,
    **challenges.ASKED,
}
"""What the address of a page needs besides its path."""

GARAGES = Feed(
    "json", "http://192.0.2.7/garages.json", "havendam",
    mapping=Shape("OffStreetParking", "urn:ngsi-ld:OffStreetParking:{id}", attribute=(Part("name", "name", "text"),)),
)  # fmt: skip

CONFIG = """
[city]
name = "Havendam"
[site]
background = "map.geojson"
contact = "site@havendam.example"
"""


def every() -> list[Page]:
    """All pages of a node."""
    return [page for room in (shell.room(ROOMS), *ROOMS) for page in room.pages]


MORE = (
    "find", "find?q=e", "find?q=9999ZZ", "goals/area?code=HVD", "goals/area?code=HVD0201", "goals/areas?q=nothing+like+it",
    "goals/compare", "goals/compare?one=a&other=nothing+like+it",
    "goals/journey", "goals/journey?number=4", "goals/question/answers?state=shown", "goals/question/answers?state=out",
    "goals/land?area=HVD0504", "goals/plan/draw?id=molenakker-oost", *agreements.MORE, *practice.MORE, *trials.MORE,
    *challenges.MORE,
)  # fmt: skip
"""Pages that say something else when they are asked something else."""


def addresses() -> list[str]:
    """Of all pages, after the language."""
    return [page.path + (f"?{ASKED[page.path]}" if page.path in ASKED else "") for page in every()] + list(MORE)


class Whole:
    """`session`: the token of somebody with all roles of staff who is signed in."""

    def __init__(self, folder: Path) -> None:
        (folder / "map.geojson").write_bytes(msgspec.json.encode(plan.background()))
        (folder / config.FILE).write_text(CONFIG, "utf-8")
        self.store: Store = sqlite.open(folder, clock=lambda: NOW, vaults=ALL_VAULTS)
        town.placed(self.store, folder)
        town.planned(self.store)
        town.valued(self.store)
        town.promised(self.store)
        names = [
            *map(CORE.expand, PUBLIC),
            SOURCE,
            *(one.iri for one in goals.TYPES),
            *(one.iri for one in experiments.TYPES),
        ]
        access = Access(self.store, lambda: NOW, Policy(public=tuple(map(Public, names))))
        self.session = self.store.submit(_fill).result()
        told = config.load(folder)
        self._put = (folder, told, self.store, access, lambda: NOW, ALL_VAULTS)
        self._settings = Settings(folder, told, self.store, lambda config: None, _taken)
        self._keeper = keeping.keeper(folder, self.store, Guard(), sources.kinds())
        sources.add(folder, GARAGES)
        self.store.submit(partial(_offer, hash=self._settings.told().hash)).result()
        self.app = self.again()

    def again(self) -> Starlette:
        """The same site put together once more."""
        shared = pages.site_of(*self._put, settings=self._settings, lent=(self._keeper, town.KNOWN))
        return Starlette(routes=pages.routes(shared, self._put[1]))

    @property
    def words(self) -> set[str]:
        """All words of the data, names of types and attributes too, and of the units that they have."""
        found: set[str] = set()
        for type in self.store.types("", EVERYTHING):
            for entity in self.store.query("", EntitySelection(types=TypeIs(type)), EVERYTHING, limit=1000).entities:
                text = msgspec.json.encode(entity).decode()
                found.update(_words(text))
                found.update(word for code in re.findall(r'"unitCode":"(\w+)"', text) for word in _words(symbol(code)))
        # What an indicator says stands in its file, in each language.
        return found.union(*(_words(msgspec.json.encode(one).decode()) for one in town.KNOWN.indicators.values()))


async def _taken(told: Config, built: object, by: str) -> None:
    """None of these tests writes the settings."""


def _offer(uow: UnitOfWork, hash: str) -> None:
    """A change that was not written yet, and a source that was not added yet."""
    anna = people.every(uow.vault(PEOPLE))[0].principal.id
    text = CONFIG.replace("[site]", '[site]\nstyle = "city.css"')
    files = {
        "boundary.geojson": msgspec.json.encode(plan.background()),
        "city.css": colour.sheet("", "#ffcc00").encode(),
    }
    drafts.put(uow, Draft("change", anna, uow.now, "start/city", hash, text), files)
    seen = Seen(count=1, entities=[one for one in City().now(NOW) if "AirQualityObserved" in one.types[0]][:3])
    made = Candidate("found", anna, NOW, NOW, Asked(GARAGES.url), "asked", GARAGES, seen)
    candidates.put(uow, made)


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]{2,}", text)


def _fill(uow: UnitOfWork) -> str:
    city = City()
    for one in city.hours(NOW - 5 * DAY, NOW):
        type, name = CORE.expand(one.type), CORE.expand(one.attribute)
        if one.type in PUBLIC:
            uow.observe("", one.id, [type], name, one.template, one.moments, one.values)
    take(uow, "", [stated(FEED, entity) for entity in city.now(NOW)])
    told = {VOCABULARY + "status": making.plain("late"), "name": making.plain("havendam")}
    source = making.entity("urn:ngsi-ld:Source:havendam:havendam", SOURCE, told)
    take(uow, "", [msgspec.structs.replace(source, types=[SOURCE])])
    follow = {"token": "follows", "mail": "an@example.org", "thing": STATION, "language": "en", "asked": uow.now}
    uow.vault(FOLLOWS).insert(follow)
    made = people.make(
        uow,
        os.urandom,
        mail="anna@havendam.example",
        name="Anna",
        roles=(*STAFF, "partner", "juror"),
        language="en",
        by="test",
    )
    agreements.fill(uow, made.id)
    trials.fill(uow)
    challenges.fill(uow, made.id)
    practice.fill(uow)
    kept.add(uow, made, "Anna", id="telephone", key=b"", count=0)
    return sessions.begin(uow, os.urandom, made.id, staff=True, agent="test")[0]


@contextlib.contextmanager
def whole(folder: Path) -> Iterator[Whole]:
    made = Whole(folder)
    yield made
    made.store.close()


@contextlib.contextmanager
def served(app: Starlette, port: int = 0) -> Iterator[str]:
    """The site at a port of this machine, any free one for 0; its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", port))
        free.listen()
        settings = uvicorn.Config(app, log_config=None, ws="none", lifespan="off", loop="asyncio")
        server = uvicorn.Server(settings)
        thread = threading.Thread(target=lambda: asyncio.run(server.serve([free])))
        thread.start()
        until(lambda: server.started, "the site answers")
        yield f"http://127.0.0.1:{free.getsockname()[1]}"
        server.should_exit = True
        thread.join()
