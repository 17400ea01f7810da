# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a worker kept gives the same values as reading all anew, whatever happened to the data in between; and it reads less."""

from collections.abc import Callable
from typing import Any

import pytest
import shapely

from hanze.compute import Shelf
from hanze.goals.areas.area import Area
from hanze.goals.catalogue.reading import shipped
from hanze.goals.computing import recalling
from hanze.goals.computing.job import Job, run
from hanze.goals.computing.reading import StoreSources
from hanze.goals.computing.recalling import Recalled
from hanze.goals.keeping import areas
from hanze.goals.keeping.values import Worth
from hanze.ngsild import operations, times
from hanze.ngsild.context import CORE
from hanze.ngsild.entity import Entity
from hanze.ngsild.selection import Window
from hanze.store.base import Store, UnitOfWork
from hanze.store.scope import EVERYTHING
from tests.contract.conftest import Clock

TYPE, NO2, LOCATION = (CORE.expand(name) for name in ("AirQualityObserved", "no2", "location"))
CODES = ("air-no2-year", "air-no2-gap", "air-reach")
HOUR = 3_600_000_000
START = times.parse("2025-12-31T23:00:00Z")
UNIT = {"type": "Property", "unitCode": "GQ"}


class City:
    """Two neighbourhoods with a meter in each, and a worker with a shelf."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self.store, self.clock = store, clock
        self.shelf: Shelf = {}
        clock.now = START + 48 * HOUR
        self.areas(100.0)
        for id, lon in (("n", 5.005), ("s", 5.015)):
            self.place(id, lon)
            self.past(id, 0, [10.0] * 40)

    def write(self, work: Callable[[UnitOfWork], Any]) -> None:
        self.store.submit(work).result()

    def areas(self, people: float) -> None:
        shapes = {"N": shapely.box(5, 52, 5.01, 52.01), "S": shapely.box(5.01, 52, 5.02, 52.01)}
        made = [Area(code, code, "neighbourhood", "C", shape, people) for code, shape in shapes.items()]
        made.append(Area("C", "C", "city", None, shapely.box(5, 52, 5.02, 52.01)))
        self.write(lambda uow: areas.write(uow, "testdam", made, [], {}))

    def place(self, id: str, lon: float) -> None:
        def work(uow: UnitOfWork) -> None:
            point = {"type": "GeoProperty", "value": {"type": "Point", "coordinates": [lon, 52.005]}}
            new, before = Entity(f"urn:x:{id}", [TYPE], {LOCATION: [point]}), uow.entity("", f"urn:x:{id}")
            made = operations.append(before, new, uow.stamp) if before else operations.create(new, uow.stamp)
            uow.save("", made)

        self.write(work)

    def past(self, id: str, first: int, values: list[float]) -> None:
        moments = [START + (first + n) * HOUR for n in range(len(values))]
        self.write(lambda uow: uow.observe("", f"urn:x:{id}", [TYPE], NO2, UNIT, moments, values))

    def reading(self, id: str, value: float) -> None:
        def work(uow: UnitOfWork) -> None:
            before = uow.entity("", f"urn:x:{id}")
            assert before is not None
            told = {**UNIT, "value": value, "observedAt": times.text(uow.now - HOUR)}
            uow.save("", operations.append(before, Entity(before.id, [], {NO2: [told]}), uow.stamp))

        self.write(work)

    def correct(self, id: str) -> None:
        told = self.store.temporal("", f"urn:x:{id}", Window(), EVERYTHING)
        assert told is not None
        number = told.attributes[NO2][3].number
        self.write(lambda uow: uow.replace_instance("", f"urn:x:{id}", NO2, number, {"value": 33.0}))

    def values(self, shelf: Shelf | None) -> list[Worth]:
        look = self.store.looking()
        job = Job(look, "Europe/Amsterdam", self.clock.now, shipped(), CODES, [self.clock.now], open=None)
        return run(job, shelf=shelf)


@pytest.fixture
def city(store: Store, clock: Clock) -> City:
    return City(store, clock)


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The things of which a series was read."""
    found: list[str] = []
    plain = StoreSources._read

    def noted(self: StoreSources, id: str, attribute: str, unit: str) -> Any:
        found.append(id)
        return plain(self, id, attribute, unit)

    monkeypatch.setattr(StoreSources, "_read", noted)
    return found


def later(city: City) -> None:
    city.clock.now += 3 * HOUR


def joined(city: City) -> None:
    city.place("m", 5.002)
    city.past("m", 0, [20.0] * 47)


def erased(city: City) -> None:
    city.write(lambda uow: uow.erase("", "urn:x:s"))


def deleted(city: City) -> None:
    def work(uow: UnitOfWork) -> None:
        before = uow.entity("", "urn:x:n")
        assert before is not None
        uow.save("", operations.delete(before))

    city.write(work)


CHANGES: dict[str, Callable[[City], object]] = {
    "a reading": lambda city: city.reading("n", 50.0),
    "readings of the past": lambda city: city.past("s", 40, [7.0, 8.0]),
    "a correction": lambda city: city.correct("s"),
    "a meter moves": lambda city: city.place("n", 5.016),
    "a new meter": joined,
    "residents": lambda city: city.areas(250.0),
    "time": later,
    "history is gone": lambda city: city.write(lambda uow: uow.delete_history("", "urn:x:s", NO2)),
    "a meter is deleted": deleted,
    "a meter is erased": erased,
}


@pytest.mark.parametrize("change", CHANGES)
def test_values_are_those_of_the_data_after_each_change(city: City, change: str) -> None:
    before = city.values(city.shelf)
    assert before == city.values(None) and before[0].value is not None
    CHANGES[change](city)
    after = city.values(city.shelf)
    assert after == city.values(None)
    assert after != before
    assert city.values(city.shelf) == after


def test_one_reading_is_one_series(city: City, reads: list[str]) -> None:
    city.values(city.shelf)
    assert sorted(reads) == ["urn:x:n", "urn:x:s"]
    city.reading("n", 50.0)
    city.values(city.shelf)
    assert sorted(reads[2:]) == ["urn:x:n"]


def trimmed(city: City) -> None:
    city.write(lambda uow: uow.position("goals", uow.head()))
    city.write(lambda uow: uow.trim())


def much_later(city: City) -> None:
    city.clock.now += recalling.LONGEST


@pytest.mark.parametrize("alter", [trimmed, much_later])
def test_all_is_read_anew_where_the_journal_may_not_tell_all(
    city: City, reads: list[str], alter: Callable[[City], None]
) -> None:
    city.values(city.shelf)
    reads.clear()
    city.reading("n", 5.0)
    alter(city)
    city.reading("n", 6.0)
    assert city.values(city.shelf) == city.values(None)
    assert sorted(reads[:2]) == ["urn:x:n", "urn:x:s"]


def test_another_year_is_read_too(city: City) -> None:
    city.values(city.shelf)
    city.past("n", -24 * 300, [90.0] * 24 * 290)
    city.clock.now = START - 20 * HOUR
    assert city.values(city.shelf) == city.values(None)


def test_no_more_is_kept_than_has_room(city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recalling, "MOST_BYTES", 700)
    values = city.values(city.shelf)
    (known,) = city.shelf.values()
    assert isinstance(known, Recalled) and len(known.series) == 1
    assert city.values(city.shelf) == values
