# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A small town on a grid of hectares, of which the land is mapped twice, with a park, a stop, people of each role, and another
room that does something with plans."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path

import msgspec
from starlette.applications import Starlette
from starlette.responses import HTMLResponse, Response

from hanze.access import Access, Policy, Public
from hanze.compute.pool import Pool
from hanze.feeds.making import entity, point
from hanze.goals.areas.area import Area
from hanze.goals.areas.land import Piece
from hanze.goals.catalogue.reading import shipped
from hanze.goals.indicators.known import Known
from hanze.goals.keeping import areas, land, plans
from hanze.goals.keeping.plans import Plan
from hanze.goals.keeping.saving import geometry
from hanze.goals.land import working
from hanze.goals.model import PLAN, TYPES, PlanFacts
from hanze.goals.room import ROOM
from hanze.ngsild.operations import create
from hanze.store.base import UnitOfWork
from hanze.store.scope import EVERYTHING
from hanze.web import site
from hanze.web.room import Action, Page, Room, Visit
from tests.explore import staff
from tests.goals.land.making import EAST, NORTH, SOUTH, WEST, area, cells, piece


async def _answer(visit: Visit) -> Response:
    return HTMLResponse("")


OTHER = Room(
    "explore",
    (),
    actions=(
        Action(PLAN.iri, "Open a challenge", Page("challenge", _answer)),
        Action(PLAN.iri, "Start a process", Page("process", _answer, roles=("participation-officer",))),
        Action("https://example.org/Lamp", "Mend it", Page("mend", _answer)),
    ),
)
"""As a room above would offer it."""

AREAS = [
    Area("C", "Griddam", "city", None, cells(0, 0, 20, 10)),
    msgspec.structs.replace(area("W", 0, 0, 10, 10, 1000), name="Westwijk"),
    msgspec.structs.replace(area("E", 10, 0, 20, 10, 60), name="Oostveld"),
]

OLD = [
    piece("homes", 0, 0, 4, 10),
    piece("nature", 5, 0, 7, 10),
    piece("farmland", 4, 0, 5, 10),
    piece("farmland", 7, 0, 20, 10),
]
NEW = [piece("homes", 0, 0, 5, 10), piece("nature", 5, 0, 7, 10), piece("farmland", 7, 0, 20, 10)]

FACTS = PlanFacts("Homes by the mill", "homes", 2032, "proposed", "editor", "Homes <b>and</b> a square.")


class Planned(staff.Town):
    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        rules = Policy(public=tuple(Public(one.iri) for one in TYPES), owned={one.iri: one.room for one in TYPES})
        self.access = Access(self.store, lambda: self.now, rules)
        self.site = msgspec.structs.replace(
            self.site, access=self.access, lent=(Known("griddam", shipped),), compute=Pool(1)
        )
        self.app = Starlette(routes=site.routes(self.site, (ROOM, OTHER)))

    def mapped(self) -> None:
        """Areas, two maps of land, a park and a stop."""
        placed = areas.placed([], AREAS).areas
        self.store.submit(lambda uow: areas.write(uow, "griddam", placed, [], {})).result()
        for year, pieces in ((2020, OLD), (2025, NEW)):
            self.map(year, pieces)

        def work(uow: UnitOfWork) -> None:
            park = {"type": "GeoProperty", "value": geometry(cells(5, 0, 7, 10))}
            uow.save("", create(entity("urn:x:park", "Garden", {"location": park}), uow.stamp))
            stop = point(WEST + 4 * EAST, SOUTH + 5 * NORTH)
            uow.save("", create(entity("urn:x:stop", "GtfsStop", {"location": stop}), uow.stamp))

        self.store.submit(work).result()

    def map(self, year: int, pieces: list[Piece]) -> None:
        known = areas.read(self.store)
        worked = working.work(AREAS[1:], pieces, year, land.lands(self.store))
        self.store.submit(lambda uow: areas.use(uow, "griddam", known, worked)).result()

    def drawn(self, code: str = "mill") -> None:
        """A plan of which nothing is worked out yet."""
        self.store.submit(lambda uow: plans.write(uow, "griddam", code, FACTS, cells(7, 0, 13, 10), None)).result()

    def plan(self, code: str) -> Plan:
        found = plans.find(self.store, "griddam", code, EVERYTHING)
        assert found is not None
        return found


@contextmanager
def planned(folder: Path) -> Iterator[Planned]:
    made = Planned(folder)
    yield made
    made.store.close()


@asynccontextmanager
async def working_town(folder: Path) -> AsyncIterator[Planned]:
    """The same with its areas, of which the calculations end."""
    with planned(folder) as made:
        made.mapped()
        yield made
        await made.site.compute.stop()
