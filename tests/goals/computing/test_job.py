# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Figures from a real store in a process of their own, beside a few independent lines; what is kept of them, and verified."""

import asyncio
import random
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import shapely

from hanze.compute.pool import Pool
from hanze.goals.areas.area import Area
from hanze.goals.catalogue.reading import shipped
from hanze.goals.computing.job import Job, run
from hanze.goals.indicators.definition import Part
from hanze.goals.keeping import areas, values
from hanze.goals.keeping.values import Worth
from hanze.goals.model import VALUE, ValueFacts
from hanze.ngsild import times
from hanze.ngsild.context import CORE
from hanze.ngsild.entity import Entity
from hanze.ngsild.operations import create
from hanze.ngsild.selection import Window
from hanze.store.base import Store, UnitOfWork
from hanze.store.scope import EVERYTHING
from tests.contract.conftest import Clock
from tests.contract.making import iri
from tests.goals.computing.making import indicator
from tests.store.sqlite.past import HOUR

YEAR = times.parse("2024-12-31T23:00:00Z")
HOURS = 8_760
CODES = ("air-no2-year", "air-no2-gap", "air-no2-over-who", "street-lights")
PEOPLE = {"N": 1000.0, "S": 3000.0}


@pytest.fixture
def city(store: Store, clock: Clock) -> dict[str, list[float | None]]:
    """Two neighbourhoods; three meters, one of them in ppb, with gaps, and street lights. Gives the values by meter in µg/m³."""
    clock.now = times.parse("2026-02-01T00:00:00Z")
    chance = random.Random(5)
    shapes = {
        "C": shapely.box(5, 52, 5.02, 52.01),
        "N": shapely.box(5, 52, 5.01, 52.01),
        "S": shapely.box(5.01, 52, 5.02, 52.01),
    }
    made = [Area(code, code, "city" if code == "C" else "neighbourhood", None, shape) for code, shape in shapes.items()]
    told: dict[str, list[float | None]] = {}

    def work(uow: UnitOfWork) -> None:
        areas.write(uow, "testdam", areas.placed([], made).areas, [], PEOPLE)
        for id, lon, level in (("m1", 5.002, 8), ("m2", 5.008, 20), ("m3", 5.015, 31), ("far", 6.0, 500)):
            _thing(uow, id, "AirQualityObserved", lon)
            told[id] = [None if chance.random() < 0.1 else round(level + chance.gauss(0, 2), 2) for _ in range(HOURS)]
            there = [(YEAR + n * HOUR, value) for n, value in enumerate(told[id]) if value is not None]
            moments, found = zip(*there, strict=True)
            uow.observe(
                "",
                f"urn:x:{id}",
                [iri("AirQualityObserved")],
                iri("no2"),
                {"type": "Property", "unitCode": "GQ"},
                moments,
                found,
            )
        for n in range(10):
            _thing(uow, f"l{n}", "Streetlight", 5.001 + n / 500, status="ok" if n else "defectiveLamp")

    store.submit(work).result()
    return told


def _observe(uow: UnitOfWork, id: str, moments: Sequence[int], values: Sequence[float]) -> None:
    template = {"type": "Property", "unitCode": "GQ"}
    uow.observe("", f"urn:x:{id}", [iri("AirQualityObserved")], iri("no2"), template, moments, values)


def _thing(uow: UnitOfWork, id: str, type: str, lon: float, **more: Any) -> None:
    attributes: dict[str, list[dict[str, Any]]] = {
        CORE.expand("location"): [{"type": "GeoProperty", "value": {"type": "Point", "coordinates": [lon, 52.005]}}],
        **{CORE.expand(name): [{"type": "Property", "value": value}] for name, value in more.items()},
    }
    uow.save("", create(Entity(f"urn:x:{id}", [iri(type)], attributes), uow.stamp))


def job(store: Store, clock: Clock) -> Job:
    return Job(store.looking(), "Europe/Amsterdam", clock.now, shipped(), CODES, [times.parse("2025-06-01T00:00:00Z")])


def found(worths: list[Worth]) -> dict[tuple[str, str], float | None]:
    return {(one.code, one.area): one.value for one in worths}


def test_figures_are_those_of_a_few_plain_lines(
    store: Store, clock: Clock, city: dict[str, list[float | None]]
) -> None:
    asked = job(store, clock)
    pool = Pool(1)

    async def calculated() -> list[Worth]:
        try:
            return await pool.run(run, asked, seconds=120)
        finally:
            await pool.stop()

    got = found(asyncio.run(calculated()))
    means = {
        id: sum(there) / len(there)
        for id, hours in city.items()
        if (there := [one for one in hours if one is not None])
    }
    north, south = (means["m1"] + means["m2"]) / 2, means["m3"]
    assert got["air-no2-year", "N"] == pytest.approx(north, rel=1e-9)
    assert got["air-no2-year", "S"] == pytest.approx(south, rel=1e-9)
    assert got["air-no2-year", "C"] == pytest.approx((north * 1000 + south * 3000) / 4000, rel=1e-9)
    assert got["air-no2-gap", "C"] == pytest.approx(south - north, rel=1e-9)
    assert got["air-no2-over-who", "C"] == 100
    assert (got["street-lights", "C"], got["street-lights", "S"]) == (90, 100)


def test_altering_one_reading_alters_the_receipt(
    store: Store, clock: Clock, city: dict[str, list[float | None]]
) -> None:
    before = {(one.code, one.area): one.receipt.inputs for one in run(job(store, clock))}
    assert before == {(one.code, one.area): one.receipt.inputs for one in run(job(store, clock))}
    hour = next(n for n, value in enumerate(city["m2"]) if value is None)
    store.submit(lambda uow: _observe(uow, "m2", [YEAR + hour * HOUR], [20.0])).result()
    after = {(one.code, one.area): one.receipt.inputs for one in run(job(store, clock))}
    changed = {code for code, area in before if before[code, area] != after[code, area]}
    assert changed == {"air-no2-year", "air-no2-gap", "air-no2-over-who"}


def test_values_are_entities_whose_history_holds_each_period_once(store: Store, clock: Clock, city: object) -> None:
    worths = run(job(store, clock))

    def write() -> int:
        return store.submit(lambda uow: values.write(uow, "testdam", worths)).result()

    assert write() == len(worths)
    assert write() == 0
    id = values.id_of("testdam", "air-no2-year", "C")
    kept = store.get("", id, EVERYTHING)
    assert kept is not None
    facts = VALUE.facts_of(kept, ValueFacts)
    assert facts.kpiValue == found(worths)["air-no2-year", "C"] and facts.receipt is not None
    assert facts.receipt["coverage"] == pytest.approx(0.9, abs=0.01)
    assert facts.receipt["end"] == "2025-12-31T23:00:00Z"
    history = store.temporal("", id, Window(), EVERYTHING)
    assert history is not None
    (instance,) = history.attributes[iri("kpiValue")]
    assert instance.doc["observedAt"] == "2024-12-31T23:00:00Z"
    assert datetime.fromtimestamp(YEAR / 1e6, UTC).astimezone(ZoneInfo("Europe/Amsterdam")).year == 2025


def test_without_areas_the_city_is_one(store: Store, clock: Clock) -> None:
    clock.now = times.parse("2026-02-01T00:00:00Z")
    store.submit(lambda uow: _thing(uow, "l1", "Streetlight", 5.0, status="ok")).result()
    got = found(run(job(store, clock)))
    assert set(area for _, area in got) == {"city"}


def test_how_a_change_differs_between_areas(store: Store, clock: Clock) -> None:
    """What an indicator builds on looks at an earlier period: it is read too where only the present one is asked for."""
    clock.now = times.parse("2026-02-01T00:00:00Z")
    shapes = {"N": shapely.box(5, 52, 5.01, 52.01), "S": shapely.box(5.01, 52, 5.02, 52.01)}
    made = [Area(code, code, "neighbourhood", "C", shape, 100.0) for code, shape in shapes.items()]
    made.append(Area("C", "C", "city", None, shapely.box(5, 52, 5.02, 52.01)))

    def work(uow: UnitOfWork) -> None:
        areas.write(uow, "testdam", made, [], {})
        for id, lon, more in (("m1", 5.002, 1.0), ("m2", 5.015, 4.0)):
            _thing(uow, id, "AirQualityObserved", lon)
            hours = [YEAR + n * HOUR for n in range(48)]
            _observe(uow, id, hours, [10.0] * 24 + [10.0 + more] * 24)

    store.submit(work).result()
    now, before = (
        Part(name, "history", type="AirQualityObserved", attribute="no2", unit="GQ", ago=ago)
        for name, ago in (("now", 0), ("before", 1))
    )
    change = indicator(now, before, code="change", formula="now - before")
    differs = indicator(Part("gap", "spread", indicator="change", spread="gap"), code="differs")
    asked = Job(
        store.looking(), "Europe/Amsterdam", clock.now, {"change": change, "differs": differs}, ["differs"],
        [YEAR + 30 * HOUR],
    )  # fmt: skip
    assert found(run(asked))["differs", "C"] == 3


def test_small_areas_are_not_told(store: Store, clock: Clock, city: object) -> None:
    known = areas.read(store)
    told = [one.area for one in known]
    store.submit(lambda uow: areas.write(uow, "testdam", told, known, {"N": 20.0})).result()
    worths = {(one.code, one.area): one for one in run(job(store, clock))}
    # The only other neighbourhood is hidden too, for with the city it would give the small one away.
    for area in "NS":
        assert (worths["air-no2-year", area].value, worths["air-no2-year", area].receipt.why) == (None, "few people")
        assert worths["air-no2-year", area].receipt.low is None
    assert worths["air-no2-year", "C"].value is not None
