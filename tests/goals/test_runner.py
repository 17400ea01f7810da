# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Values follow the journal: all at first, then what new readings make due, and what a period that ends leaves behind."""

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import pytest
import shapely

from hanze.compute.pool import Pool
from hanze.goals.areas.area import Area
from hanze.goals.catalogue.reading import shipped
from hanze.goals.grades import Grade
from hanze.goals.indicators.definition import Definition
from hanze.goals.keeping import areas, entered, history, scores, values
from hanze.goals.keeping.entered import Number
from hanze.goals.model import SCORE, VALUE, ScoreFacts, ValueFacts
from hanze.goals.runner import EVERY_SECONDS, Goals
from hanze.ngsild import operations, times
from hanze.ngsild.context import CORE
from hanze.ngsild.entity import Entity
from hanze.ngsild.selection import Window
from hanze.store.base import Store, UnitOfWork
from hanze.store.scope import EVERYTHING
from tests.contract.conftest import Clock
from tests.store.sqlite.past import HOUR

pytestmark = pytest.mark.anyio

START = times.parse("2025-12-30T23:00:00Z")
TYPE, FILLING = CORE.expand("WasteContainer"), CORE.expand("fillingLevel")
CODES = ("waste-full", "waste-full-gap", "street-lights", "unemployment")


class City:
    """Two containers in two neighbourhoods, hour by hour, and a clock for how long a machine runs."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self.store, self.clock, self.seconds, self.looks = store, clock, 0.0, 0
        self.pool = Pool(1)
        self.goals = self.started()
        shapes = {"N": shapely.box(5, 52, 5.01, 52.01), "S": shapely.box(5.01, 52, 5.02, 52.01)}
        made = [Area(code, code, "neighbourhood", None, shape) for code, shape in shapes.items()]
        made.append(Area("C", "C", "city", None, shapely.box(5, 52, 5.02, 52.01)))
        people = {"N": 100.0, "S": 100.0}
        self.write(lambda uow: areas.write(uow, "testdam", areas.placed([], made).areas, [], people))

    async def sleep(self, seconds: float) -> None:
        """It looks once, and is ended then."""
        self.looks += 1
        if self.looks > 1:
            raise asyncio.CancelledError

    def started(self, **others: Definition) -> Goals:
        """`others`: take the place of those of the catalogue."""
        definitions = {code: others.get(code.replace("-", "_"), shipped()[code]) for code in CODES}
        return Goals(
            self.store, self.pool, self.clock, ZoneInfo("Europe/Amsterdam"), "testdam", definitions, lambda: None,
            self.sleep, monotonic=lambda: self.seconds,
        )  # fmt: skip

    def write(self, work: Callable[[UnitOfWork], object]) -> None:
        self.store.submit(work).result()

    def told(self, id: str, lon: float, level: float) -> None:
        """A container says how full it is."""
        at = times.text(self.clock.now)
        value = {"type": "Property", "value": level, "unitCode": "P1", "observedAt": at}
        place = {"type": "GeoProperty", "value": {"type": "Point", "coordinates": [lon, 52.005]}}

        def work(uow: UnitOfWork) -> None:
            before = uow.entity("", f"urn:x:{id}")
            new = Entity(f"urn:x:{id}", [TYPE], {CORE.expand("location"): [place], FILLING: [value]})
            uow.save(
                "", operations.create(new, uow.stamp) if before is None else operations.replace(before, new, uow.stamp)
            )

        self.write(work)

    def hours(self, count: int, north: float, south: float) -> None:
        for _ in range(count):
            self.told("n", 5.005, north)
            self.told("s", 5.015, south)
            self.clock.now += HOUR

    def before(self, id: str, days: int, level: float) -> None:
        """What a container said each hour of so many days before."""
        moments = [START - n * HOUR for n in range(days * 24, 0, -1)]
        template = {"type": "Property", "unitCode": "P1"}
        self.write(
            lambda uow: uow.observe("", f"urn:x:{id}", [TYPE], FILLING, template, moments, [level] * len(moments))
        )

    def enters(self, year: int, share: float, grade: Grade = "measured", *, counts: bool = True) -> None:
        """Somebody enters how many people of the city had no work in a year."""
        start = times.parse(f"{year - 1}-12-31T23:00:00Z")
        number = Number(
            "unemployment", "Unemployment", "share", "P1", "C", start, share, grade, "a list", counts=counts
        )
        self.write(lambda uow: entered.write(uow, "testdam", [number], "data-officer"))

    def value(self, code: str, area: str) -> float | None:
        return self.facts(code, area).kpiValue

    def facts(self, code: str, area: str) -> ValueFacts:
        kept = self.store.get("", values.id_of("testdam", code, area), EVERYTHING)
        assert kept is not None
        return VALUE.facts_of(kept, ValueFacts)

    @property
    def receipt(self) -> dict[str, Any]:
        """Of how many people have no work."""
        found = self.facts("unemployment", "C").receipt
        assert found is not None
        return found

    def score(self, subject: str, area: str) -> float | None:
        kept = self.store.get("", scores.id_of("testdam", subject, area), EVERYTHING)
        return None if kept is None else SCORE.facts_of(kept, ScoreFacts).score

    def past(self, code: str, area: str) -> dict[str, float]:
        history = self.store.temporal("", values.id_of("testdam", code, area), Window(), EVERYTHING)
        found = [] if history is None else history.attributes.get(CORE.expand("kpiValue"), [])
        assert len(found) == len({one.doc["observedAt"] for one in found}), "a period stands there twice"
        return {one.doc["observedAt"]: one.doc["value"] for one in found}


@pytest.fixture
async def city(store: Store, clock: Clock) -> AsyncIterator[City]:
    clock.now = START
    made = City(store, clock)
    yield made
    await made.pool.stop()


async def test_values_follow_what_is_measured(city: City) -> None:
    city.hours(30, 10, 90)
    assert await city.goals.look() > 0
    assert (city.value("waste-full", "N"), city.value("waste-full", "S"), city.value("waste-full", "C")) == (0, 100, 50)
    assert city.value("waste-full-gap", "C") == 100
    assert city.value("street-lights", "C") is None
    assert await city.goals.look() == 0
    # Six hours later a quarter of the hours that the month has seen differ.
    city.hours(10, 90, 90)
    assert await city.goals.look() > 0
    assert city.value("waste-full", "N") == pytest.approx(100 * 10 / 16)


async def test_one_reading_is_news_of_its_areas_only(city: City) -> None:
    city.hours(30, 10, 10)
    await city.goals.look()
    city.told("n", 5.005, 50)
    city.clock.now += HOUR // 60
    # Of the neighbourhood and the city, and how neighbourhoods differ in the city.
    assert await city.goals.look() == 3


async def test_a_period_that_ends_stands_in_the_history_once(city: City) -> None:
    city.hours(23, 10, 10)
    city.before("s", 30, 10)
    await city.goals.look()
    assert city.past("waste-full", "S") == {}
    city.hours(10, 90, 90)
    await city.goals.look()
    past = city.past("waste-full", "S")
    assert list(past) == ["2025-11-30T23:00:00Z"]
    await city.goals.look()
    assert city.past("waste-full", "S") == past


async def test_what_comes_late_is_worked_in_but_not_again_and_again(city: City) -> None:
    city.hours(30, 10, 10)
    await city.goals.look()
    city.before("n", 61, 90)
    assert await city.goals.look() == 0
    city.seconds += EVERY_SECONDS
    assert await city.goals.look() > 0
    assert city.past("waste-full", "N")["2025-10-31T23:00:00Z"] == 100
    assert await city.goals.look() == 0


async def test_after_a_restart_it_goes_on(city: City) -> None:
    city.hours(30, 10, 10)
    await city.goals.look()
    city.hours(1, 90, 90)
    again = city.started()
    before = city.value("waste-full", "N")
    assert await again.look() > 0
    assert city.value("waste-full", "N") != before


async def test_a_period_that_ended_while_it_stood_still_stands_in_the_history(city: City) -> None:
    city.before("n", 29, 90)
    city.hours(23, 90, 90)
    await city.goals.look()
    assert city.past("waste-full", "N") == {}
    city.clock.now += 5 * 24 * HOUR
    await city.started().look()
    assert city.past("waste-full", "N") == {"2025-11-30T23:00:00Z": 100}


async def test_periods_that_came_and_went_while_it_stood_still_stand_there_too(city: City) -> None:
    city.before("n", 29, 90)
    city.hours(23, 90, 90)
    await city.goals.look()
    for _ in range(31):
        city.told("n", 5.005, 10)
        city.clock.now += 24 * HOUR
    city.clock.now += 40 * 24 * HOUR
    again = city.started()
    await again.look()
    past = city.past("waste-full", "N")
    assert past["2025-11-30T23:00:00Z"] == pytest.approx(100 * 719 / 720), (
        "the last hour came after the node stood still"
    )
    assert "2025-12-31T23:00:00Z" not in past, "one reading a day is too few hours to tell of January"


async def test_an_indicator_that_is_another_one_is_worked_out_anew_in_all_periods(city: City) -> None:
    city.before("n", 60, 50)
    city.hours(30, 50, 50)
    await city.goals.look()
    assert set(city.past("waste-full", "N").values()) == {0}
    one = shipped()["waste-full"]
    stricter = msgspec.structs.replace(one, version=9, part=(msgspec.structs.replace(one.part[0], limit=0.4),))
    await city.started(waste_full=stricter).look()
    assert set(city.past("waste-full", "N").values()) == {100}
    assert (city.facts("waste-full", "N").receipt or {})["version"] == 9


async def test_what_people_enter_is_worked_in_at_once(city: City) -> None:
    await city.goals.look()
    assert city.receipt["why"] == "not entered"
    city.enters(2024, 4.5, "survey")
    assert await city.goals.look() > 0
    # The year 2025 runs, and has the number of the year before until there is a newer one.
    assert city.value("unemployment", "C") == 4.5
    receipt = city.receipt
    assert (receipt["grade"], receipt["since"]) == ("survey", "2023-12-31T23:00:00Z")
    assert city.past("unemployment", "C") == {"2023-12-31T23:00:00Z": 4.5}
    assert await city.goals.look() == 0
    city.enters(2025, 4.0)
    await city.goals.look()
    receipt = city.receipt
    assert (city.value("unemployment", "C"), receipt["grade"], receipt["since"]) == (4.0, "measured", "")


async def test_past_periods_follow_what_is_corrected_and_taken_back(city: City) -> None:
    city.enters(2022, 6.0)
    await city.goals.look()
    years = {year: f"{year - 1}-12-31T23:00:00Z" for year in range(2022, 2026)}
    # It holds for two more years, and then no longer.
    assert city.past("unemployment", "C") == {years[2022]: 6.0, years[2023]: 6.0, years[2024]: 6.0}
    assert city.value("unemployment", "C") is None
    for share in (7.0, 6.0):
        city.enters(2022, share)
        assert await city.goals.look() > 0
        assert city.past("unemployment", "C") == {years[2022]: share, years[2023]: share, years[2024]: share}
    city.enters(2023, 5.0)
    await city.goals.look()
    assert city.past("unemployment", "C") == {years[2022]: 6.0, years[2023]: 5.0, years[2024]: 5.0}
    assert city.value("unemployment", "C") == 5.0
    city.enters(2023, 5.0, counts=False)
    city.enters(2022, 6.0, counts=False)
    await city.goals.look()
    assert city.past("unemployment", "C") == {} and city.value("unemployment", "C") is None


async def test_scores_follow_the_values_while_it_runs(city: City) -> None:
    city.hours(30, 0, 100)
    with pytest.raises(asyncio.CancelledError):
        await city.goals.run()
    assert (city.score("goal-12", "N"), city.score("goal-12", "S")) == (100, 0)
    assert await city.goals.scores.look() == 0
    city.hours(10, 100, 100)
    await city.goals.look()
    assert await city.goals.scores.look() > 0
    after = city.score("goal-12", "N")
    assert after is not None and after < 100


async def test_scores_of_the_past_follow_what_comes_late(city: City) -> None:
    city.hours(30, 0, 0)
    await city.goals.look()
    await city.goals.scores.look()
    city.before("n", 61, 100)
    city.seconds += EVERY_SECONDS
    await city.goals.look()
    assert await city.goals.scores.look() > 0
    found = history.history(city.store, SCORE, scores.id_of("testdam", "goal-12", "N"))
    assert [(times.text(start), one.facts["score"]) for start, one in found.items()] == [
        ("2025-10-31T23:00:00Z", 0.0), ("2025-11-30T23:00:00Z", 0.0),
    ]  # fmt: skip
