# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Maps of land are entities: each year and use of an area once, homes lie where the latest map has them; what is gone is gone."""

import pytest
import shapely

from hanze.goals.areas.area import Area
from hanze.goals.areas.land import Piece
from hanze.goals.keeping import areas, land
from hanze.goals.land import working
from hanze.goals.land.working import Worked
from hanze.goals.model import AREA, AreaFacts
from hanze.ngsild.selection import Window
from hanze.store.base import Store
from hanze.store.scope import EVERYTHING
from tests.goals.land.making import area, cells, piece, size

CITY = Area("C", "City", "city", None, cells(0, 0, 20, 10))
WEST, EAST = area("W", 0, 0, 10, 10, 300), area("E", 10, 0, 20, 10, 20)

OLD = [piece("homes", 0, 0, 6, 10), piece("farmland", 6, 0, 20, 10)]
NEW = [piece("homes", 0, 0, 8, 10), piece("farmland", 8, 0, 20, 10)]
NEAR = pytest.approx


def told(store: Store, *new: Area) -> None:
    known = areas.read(store)
    store.submit(lambda uow: areas.write(uow, "town", areas.placed(known, new).areas, known, {})).result()


def mapped(store: Store, year: int, pieces: list[Piece], *within: Area) -> Worked:
    worked = working.work(within or (WEST, EAST), pieces, year, land.lands(store))
    known = areas.read(store)
    store.submit(lambda uow: areas.use(uow, "town", known, worked)).result()
    return worked


@pytest.fixture
def mapped_twice(store: Store) -> Store:
    told(store, CITY, WEST, EAST)
    mapped(store, 2020, OLD)
    mapped(store, 2025, NEW)
    return store


def facts(store: Store, code: str) -> AreaFacts:
    entity = store.get("", f"urn:ngsi-ld:AdministrativeArea:town:{code}", EVERYTHING)
    assert entity is not None
    return AREA.facts_of(entity, AreaFacts)


def test_an_area_holds_numbers_only_and_its_land_stands_beside_it(mapped_twice: Store) -> None:
    west = facts(mapped_twice, "W")
    assert west.landUse is not None and west.urbanEdge is not None
    assert west.landUse["2025"] == {
        "homes": NEAR(size(0, 0, 8, 10), abs=2e-6),
        "farmland": NEAR(size(8, 0, 10, 10), abs=2e-6),
    }
    assert list(west.landUse) == list(west.urbanEdge) == ["2020", "2025"]
    assert facts(mapped_twice, "C").landUse is None
    maps = land.lands(mapped_twice)
    assert maps.keys() == {2020, 2025} and maps[2020].keys() == {"W", "E"}
    assert maps[2020]["W"]["homes"].equals_exact(shapely.set_precision(cells(0, 0, 6, 10), 1e-7), 1e-9, normalize=True)


def test_people_live_in_the_homes_of_the_latest_map(mapped_twice: Store) -> None:
    found = {one.area.code: one.homes for one in areas.read(mapped_twice)}
    west = found["W"]
    assert west is not None and west.bounds == NEAR(cells(0, 0, 8, 10).bounds, abs=1e-7)
    assert found["E"] is None and found["C"] is None


def test_what_became_what_is_kept_for_each_pair_of_years(mapped_twice: Store) -> None:
    (west,) = land.changes(mapped_twice, "town", ["W"], (2020, 2025), EVERYTHING)
    assert west["farmland"]["homes"] == NEAR(size(6, 0, 8, 10), abs=2e-6)
    mapped(mapped_twice, 2022, OLD)
    for pair in ((2020, 2022), (2022, 2025), (2020, 2025)):
        assert len(land.changes(mapped_twice, "town", ["W", "E"], pair, EVERYTHING)) == 2


def test_a_map_that_is_told_again_takes_the_place_of_the_old_one(mapped_twice: Store) -> None:
    mapped(mapped_twice, 2025, [piece("water", 0, 0, 10, 10)])
    west, east = facts(mapped_twice, "W"), facts(mapped_twice, "E")
    assert west.landUse is not None and list(west.landUse["2025"]) == ["water"]
    assert east.landUse is not None and list(east.landUse) == ["2020"]
    assert land.lands(mapped_twice)[2025].keys() == {"W"}
    (changes,) = land.changes(mapped_twice, "town", ["W"], (2020, 2025), EVERYTHING)
    assert {use for row in changes.values() for use in row} == {"water"}


def test_the_land_of_an_area_that_is_gone_is_gone_and_its_history_stays(mapped_twice: Store) -> None:
    told(mapped_twice, CITY, WEST, area("F", 10, 0, 20, 10))
    told(mapped_twice, WEST)
    assert land.lands(mapped_twice)[2025].keys() == {"W"}
    assert len(land.changes(mapped_twice, "town", ["W", "E"], (2020, 2025), EVERYTHING)) == 1
    past = mapped_twice.temporal("", land.id_of("town", "E", 2025, "farmland"), Window(), EVERYTHING)
    assert past is not None and past.deleted


def test_areas_that_are_told_again_keep_their_land(mapped_twice: Store) -> None:
    before = facts(mapped_twice, "W")
    told(mapped_twice, WEST, EAST)
    assert facts(mapped_twice, "W") == before


def test_maps_are_cut_again_for_areas_that_are_drawn_anew(mapped_twice: Store) -> None:
    north, south = area("N", 0, 5, 20, 10), area("S", 0, 0, 20, 5)
    maps = land.lands(mapped_twice)
    told(mapped_twice, north, south)
    known = areas.read(mapped_twice)
    for worked in working.again([north, south], maps):
        mapped_twice.submit(lambda uow: areas.use(uow, "town", known, worked)).result()  # noqa: B023
    found = facts(mapped_twice, "N")
    assert found.landUse is not None and found.landUse["2025"]["homes"] == NEAR(size(0, 5, 8, 10), abs=2e-6)
    assert land.lands(mapped_twice)[2025].keys() == {"N", "S"}
    (changes,) = land.changes(mapped_twice, "town", ["S"], (2020, 2025), EVERYTHING)
    assert changes["farmland"]["homes"] == NEAR(size(6, 0, 8, 5), abs=2e-6)
