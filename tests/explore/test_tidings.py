# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What there is to tell: the middle of fresh values, beside what the same places had on other days, for who may see it."""

from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from hanze.access import VAULTS, Access, Policy, Public
from hanze.access.principal import ANYONE
from hanze.explore import tidings
from hanze.explore.tidings import Tiding
from hanze.explore.usual import Memory, Range
from hanze.ngsild import times
from hanze.ngsild.context import CORE
from hanze.store import sqlite
from hanze.store.base import Store, UnitOfWork
from hanze.store.scope import NOTHING

NOW = times.parse("2026-03-10T13:02:00Z")
ZONE = ZoneInfo("Europe/Amsterdam")
DAY, MINUTE = 86_400_000_000, 60_000_000
AIR, NO2 = CORE.expand("AirQualityObserved"), CORE.expand("no2")
TEMPLATE = {"type": "Property", "unitCode": "GQ"}

Courses = dict[str, list[float]]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = sqlite.open(tmp_path, clock=lambda: NOW, vaults=VAULTS)
    yield made
    made.close()


def told(store: Store, courses: Courses, *, age: int = 0) -> list[Tiding]:
    """What is told of places that had these values at this hour, the last one today; `age`: microseconds of all."""

    def work(uow: UnitOfWork) -> None:
        for name, values in courses.items():
            moments = [NOW - age - DAY * back for back in reversed(range(len(values)))]
            uow.observe("", f"urn:ngsi-ld:AirQualityObserved:{name}", [AIR], NO2, TEMPLATE, moments, values)
            # Another hour of each day says nothing about this one.
            others = [moment - 180 * MINUTE for moment in moments]
            uow.observe(
                "", f"urn:ngsi-ld:AirQualityObserved:{name}", [AIR], NO2, TEMPLATE, others, [99.0] * len(values)
            )

    store.submit(work).result()
    access = Access(store, lambda: NOW, Policy(public=(Public(AIR),)))
    return tidings.read(store, access.scope(ANYONE, ""), NOW, ZONE, Memory())


def test_the_middle_value_beside_the_same_hour_of_other_days(store: Store) -> None:
    (one,) = told(store, {"a": [1, 2, 3, 4, 2], "b": [11, 12, 13, 14, 12], "c": [21, 22, 23, 24, 22]})
    assert (one.value, one.unit, one.total) == (12.0, "GQ", 3)
    assert one.usual == Range(11.0, 14.0, 4)
    assert tidings.odd([one]) == []


def test_a_place_that_is_far_outside_stands_out_and_the_farthest_comes_first(store: Store) -> None:
    (one,) = told(store, {"a": [10, 20, 10, 26], "b": [10, 20, 10, 40], "c": [10, 20, 10, 24]})
    found = tidings.odd([one])
    assert [(each.place.value, each.off) for each in found] == [(40.0, 2.0), (26.0, 0.6)]


def test_what_is_old_is_not_told_as_now(store: Store) -> None:
    (one,) = told(store, {"a": [1, 2, 3, 4]}, age=4 * 60 * MINUTE)
    assert one.value is None and one.usual is None and one.looked == []
    assert one.newest == NOW - 240 * MINUTE


def test_few_days_are_nothing_to_compare_with(store: Store) -> None:
    (one,) = told(store, {"a": [1, 2, 3]})
    assert one.value == 3.0 and one.usual is None


def test_of_many_places_the_same_ones_are_told_and_compared(store: Store) -> None:
    (one,) = told(store, {f"{number:02}": [number, number, number, number + 0.5] for number in range(40)})
    assert one.total == 40 and len(one.looked) <= tidings.MOST_COMPARED
    assert one.usual is not None and one.value is not None
    assert one.value - one.usual.high == 0.5


def test_what_was_usual_is_read_once_in_an_hour_for_each_scope(store: Store) -> None:
    told(store, {"a": [1, 2, 3, 4]})
    access = Access(store, lambda: NOW, Policy(public=(Public(AIR),)))
    memory, scope = Memory(), access.scope(ANYONE, "")

    def high(now: int) -> float | None:
        (one,) = tidings.read(store, scope, now, ZONE, memory)
        return None if one.usual is None else one.usual.high

    assert high(NOW) == 3.0
    told(store, {"a": [1, 2, 9, 4]})
    # 9 stands beside the 3 of that moment, so the hour has 6 on average; until the hour is over it stays as it was told.
    assert high(NOW + 30 * MINUTE) == 3.0
    assert tidings.read(store, scope, NOW, ZONE, Memory())[0].usual == Range(1.0, 6.0, 3)
    assert tidings.read(store, NOTHING, NOW, ZONE, memory) == []
