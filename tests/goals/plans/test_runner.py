# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What plans would change is worked out in a process of its own, and again when the data become others."""

from collections.abc import AsyncIterator

import pytest
import shapely

from hanze.compute.pool import Pool
from hanze.goals.catalogue.reading import shipped
from hanze.goals.keeping import areas, land, plans
from hanze.goals.keeping.plans import Plan
from hanze.goals.land import working
from hanze.goals.model import PlanFacts
from hanze.goals.plans.job import reaches
from hanze.goals.plans.runner import Plans
from hanze.ngsild import operations
from hanze.ngsild.context import CORE
from hanze.ngsild.entity import Entity
from hanze.ngsild.selection import Window
from hanze.store.base import Store, UnitOfWork
from hanze.store.scope import EVERYTHING
from tests.contract.conftest import Clock
from tests.goals.land.making import EAST, NORTH, SOUTH, WEST, area, cells, piece, size

pytestmark = pytest.mark.anyio

FACTS = PlanFacts("Homes by the mill", "homes", 2032, "idea", "editor")


def mapped(store: Store, year: int, *uses: tuple[str, int]) -> None:
    """`uses`: each with the column up to which it lies."""
    left, pieces = 0, []
    for use, right in uses:
        pieces.append(piece(use, left, 0, right, 10))
        left = right
    known = areas.read(store)
    worked = working.work([one.area for one in known], pieces, year, land.lands(store))
    store.submit(lambda uow: areas.use(uow, "town", known, worked)).result()


def thing(store: Store, id: str, type: str, shape: dict[str, object]) -> None:
    told = {CORE.expand("location"): [{"type": "GeoProperty", "value": shape}]}
    store.submit(
        lambda uow: uow.save("", operations.create(Entity(f"urn:x:{id}", [CORE.expand(type)], told), uow.stamp))
    ).result()


class City:
    def __init__(self, store: Store, clock: Clock) -> None:
        self.store, self.pool = store, Pool(1)
        self.plans = Plans(store, self.pool, clock, "town", reaches(shipped()))
        made = [area("W", 0, 0, 10, 10, 1000), area("E", 10, 0, 20, 10, 60)]
        placed = areas.placed([], made).areas
        store.submit(lambda uow: areas.write(uow, "town", placed, [], {})).result()
        mapped(store, 2020, ("homes", 5), ("farmland", 20))

    def drawn(self, name: str, *corners: float) -> str:
        shape = cells(*corners)

        def work(uow: UnitOfWork) -> str:
            code = plans.free(uow, "town", name)
            plans.write(uow, "town", code, FACTS, shape, None)
            return code

        return self.store.submit(work).result()

    def plan(self, code: str) -> Plan:
        found = plans.find(self.store, "town", code, EVERYTHING)
        assert found is not None
        return found


@pytest.fixture
async def city(store: Store, clock: Clock) -> AsyncIterator[City]:
    made = City(store, clock)
    yield made
    await made.pool.stop()


async def test_a_new_plan_is_worked_out_once(city: City) -> None:
    code = city.drawn("Homes by the mill", 7, 0, 13, 10)
    assert code == "homes-by-the-mill" and city.plan(code).outcome is None
    assert await city.plans.look() == 1
    outcome = city.plan(code).outcome
    assert outcome is not None and outcome.year == 2020
    assert outcome.effects.uses == {"farmland": pytest.approx(size(7, 0, 13, 10), abs=1e-5)}
    assert outcome.effects.near == {}
    assert await city.plans.look() == 0
    assert city.plan(code).outcome == outcome


async def test_it_is_worked_out_again_when_its_data_change(city: City) -> None:
    code = city.drawn("Homes by the mill", 7, 0, 13, 10)
    assert [await city.plans.look() for _ in range(2)] == [1, 0]
    before = city.plan(code).outcome
    thing(city.store, "lamp", "Streetlight", {"type": "Point", "coordinates": [WEST, SOUTH]})
    assert await city.plans.look() == 0
    thing(city.store, "stop", "GtfsStop", {"type": "Point", "coordinates": [WEST + 10 * EAST, SOUTH + 5 * NORTH]})
    assert [await city.plans.look() for _ in range(2)] == [1, 0]
    mapped(city.store, 2025, ("homes", 8), ("farmland", 20))
    assert await city.plans.look() == 1
    after = city.plan(code).outcome
    assert before is not None and after is not None
    assert after.effects.near["stop"].metres == 500 and before.inputs != after.inputs
    assert (before.year, after.year) == (2020, 2025) and after.effects.uses.keys() == {"homes", "farmland"}
    past = city.store.temporal("", plans.id_of("town", code), Window(), EVERYTHING)
    assert past is not None and len(past.attributes["https://w3id.org/hanze/terms#effects"]) == 3


async def test_two_plans_of_one_name_have_two_codes(city: City) -> None:
    codes = [city.drawn(name, 7, 0, 13, 10) for name in ("Élan!", "elan", "???", "")]
    assert codes == ["elan", "elan-2", "plan", "plan-2"]
    assert await city.plans.look() == 4


async def test_without_plans_nothing_is_worked_out(city: City) -> None:
    assert await city.plans.look() == 0
    assert city.pool.figures()["calculations_failed"] == 0


async def test_a_plan_of_which_the_shape_has_holes_comes_back_as_it_was(city: City) -> None:
    holed = shapely.difference(cells(7, 0, 13, 10), cells(8, 2, 9, 3))
    city.store.submit(lambda uow: plans.write(uow, "town", "holed", FACTS, holed, None)).result()
    assert city.plan("holed").shape.equals_exact(shapely.set_precision(holed, 1e-7), 1e-9, normalize=True)
