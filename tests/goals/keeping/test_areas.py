# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Areas are entities: what is written is what is read, a new list takes the place of the old one, and history stays."""

from collections.abc import Mapping

import pytest
import shapely

from hanze.errors import BadRequestData
from hanze.goals.areas.area import Area, Level
from hanze.goals.keeping import areas
from hanze.ngsild.selection import Window
from hanze.store.base import Store
from hanze.store.scope import EVERYTHING


def area(code: str, level: Level, west: float = 5.0, wide: float = 0.01, parent: str | None = None) -> Area:
    return Area(code, f"Name of {code}", level, parent, shapely.box(west, 52, west + wide, 52.01))


CITY, NORTH, SOUTH = area("C", "city", wide=0.02), area("N", "neighbourhood"), area("S", "neighbourhood", 5.01)


def write(store: Store, *new: Area, people: Mapping[str, float] = {}) -> None:
    known = areas.read(store)
    after = areas.placed(known, new).areas
    store.submit(lambda uow: areas.write(uow, "testdam", after, known, people)).result()


def test_what_is_written_is_read(store: Store) -> None:
    write(store, CITY, NORTH, SOUTH, people={"N": 120.0, "S": 0.0})
    found = {one.area.code: one for one in areas.read(store)}
    assert list(found) == ["C", "N", "S"]
    assert (found["N"].area.name, found["N"].area.level, found["N"].area.parent) == ("Name of N", "neighbourhood", "C")
    assert (found["C"].people, found["N"].people, found["S"].people) == (None, 120, 0)
    assert found["N"].surface == pytest.approx(0.7635, abs=0.001)
    assert found["C"].surface == pytest.approx(found["N"].surface + found["S"].surface, abs=1e-5)
    assert found["N"].area.geometry is not None and found["N"].area.geometry.equals(NORTH.geometry)


def test_a_new_list_takes_the_place_of_a_level(store: Store) -> None:
    write(store, CITY, NORTH, SOUTH, people={"N": 120.0, "S": 30.0})
    east = area("E", "neighbourhood", 5.01)
    write(store, NORTH, east)
    found = {one.area.code: one.people for one in areas.read(store)}
    assert found == {"C": None, "E": None, "N": 120}
    gone = store.temporal("", "urn:ngsi-ld:AdministrativeArea:testdam:S", Window(), EVERYTHING)
    assert gone is not None and gone.deleted


def test_an_area_without_a_shape_stays(store: Store) -> None:
    write(store, CITY, Area("X", "X", "neighbourhood"))
    (found,) = [one for one in areas.read(store) if one.area.code == "X"]
    assert (found.area.geometry, found.surface) == (None, 0)


def test_one_code_for_two_areas_is_refused(store: Store) -> None:
    with pytest.raises(BadRequestData, match="The code N stands for several areas"):
        write(store, NORTH, area("N", "city"))


def test_many_areas_are_read_in_pages(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hanze.store.every.PAGE", 3)
    write(store, *(area(f"N{n}", "neighbourhood", 5 + n / 100) for n in range(10)))
    assert len(areas.read(store)) == 10
