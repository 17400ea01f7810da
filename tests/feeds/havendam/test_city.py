# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The same seed always tells the same, in whatever order and process it is asked; all of it says that it is simulated."""

import hashlib
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hanze.errors import BadRequestData
from hanze.feeds.havendam import air, faults
from hanze.feeds.havendam.city import City, types
from hanze.feeds.havendam.clock import STEP
from hanze.feeds.havendam.marks import MARK, PROVIDER
from hanze.feeds.tables.shaping import Series
from hanze.feeds.writing import take
from hanze.ngsild import parse, times
from hanze.ngsild.context import CORE
from hanze.ngsild.entity import Entity
from hanze.ngsild.selection import Window
from hanze.ngsild.times import system
from hanze.store import sqlite
from hanze.store.base import Store, UnitOfWork
from hanze.store.scope import EVERYTHING
from tests.feeds.havendam.asking import HOUR, SEED, Told, at, steps, told

Values = dict[tuple[str, str], float]


def digest(seed: int) -> str:
    found = hashlib.sha256()
    for one in City(seed).hours(at("2025-10-20T00:00"), at("2025-11-03T00:00")):
        found.update(
            repr((one.id, one.type, one.attribute, one.template)).encode()
            + one.moments.tobytes()
            + one.values.tobytes()
        )
    return found.hexdigest()


def now(moment: int) -> Values:
    """The readings with a unit and a time, by id and attribute."""
    return {
        (one.id, name.rpartition("/")[2]): instances[0]["value"]
        for one in City(SEED).now(moment)
        for name, instances in one.attributes.items()
        if "unitCode" in instances[0] and "observedAt" in instances[0] and "outOfService" not in name
    }


def test_another_process_tells_the_same() -> None:
    code = f"from tests.feeds.havendam.test_city import digest; print(digest({SEED}))"
    for salt in ("1", "2"):
        env = {**os.environ, "PYTHONHASHSEED": salt}
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=env)
        assert done.stdout.strip() == digest(SEED)


def test_another_seed_is_another_time() -> None:
    assert digest(SEED) != digest(SEED + 1)


@settings(max_examples=25)
@given(st.integers(0, 365 * 24 - 1))
def test_any_hour_alone_is_the_same_as_in_its_year(year: dict[tuple[str, str], Told], hour: int) -> None:
    moment = at("2025-01-01T00:00") + hour * HOUR
    expected = {}
    for name, (moments, values) in year.items():
        place = int(np.searchsorted(moments, moment))
        if place < len(moments) and moments[place] == moment:
            expected[name] = float(values[place])
    assert now(moment) == expected


def test_a_moment_at_which_a_sensor_sticks_is_the_same_too(year: dict[tuple[str, str], Told]) -> None:
    sensor = next(one for one in air.sensors() if one.sticks)
    found = steps("2025-01-01T00:00", "2026-01-01T00:00")
    stuck = (faults.told_since(SEED, sensor.id, found) != found) & ~faults.missing(SEED, sensor.id, found)
    moments, values = year[sensor.id, "no2"]
    for step in found[stuck][::17].tolist():
        assert now(step * STEP)[sensor.id, "no2"] == values[moments == step * STEP][0]


def test_pieces_in_any_order_are_the_whole(series: list[Series]) -> None:
    edges = [at(f"2025-{month:02}-01T00:00") for month in range(1, 13)] + [at("2026-01-01T00:00")]
    pieces = [told(list(City(SEED).hours(*edges[k : k + 2]))) for k in range(11, -1, -1)][::-1]
    for one in series:
        for part, whole in ((0, one.moments), (1, one.values)):
            joined = np.concatenate(
                [piece[one.id, one.attribute][part] for piece in pieces if (one.id, one.attribute) in piece]
            )
            assert joined.tobytes() == whole.tobytes()


def test_hours_are_full_ones_from_start_to_before_end() -> None:
    start = at("2025-05-01T06:00")
    found = told(list(City(SEED).hours(start - 1, start + 3 * HOUR)))
    moments = {moment for one in found.values() for moment in one.moments.tolist()}
    assert moments == {start, start + HOUR, start + 2 * HOUR}
    assert list(City(SEED).hours(start + 1, start + HOUR)) == []
    assert list(City(SEED).hours(start, start - HOUR)) == []


def test_now_is_the_last_five_minutes() -> None:
    moment = at("2025-05-01T06:00")
    assert now(moment + STEP - 1) == now(moment)
    assert now(moment + STEP) != now(moment)
    observed = {one.get("observedAt") for e in City(SEED).now(moment + 7) for (one, *_) in e.attributes.values()}
    assert observed == {None, "2025-05-01T06:00:00Z"}


def test_there_are_as_many_series_as_a_town_has(series: list[Series]) -> None:
    assert 200 <= len(series) <= 300
    assert types() == sorted({*(one.type for one in series), "GtfsStop", "GtfsTrip", "Garden"})
    assert len({(one.id, one.attribute) for one in series}) == len(series)
    assert {one.type for one in series} == {
        "WeatherObserved", "TrafficFlowObserved", "AirQualityObserved", "NoiseLevelObserved", "BikeHireDockingStation",
        "OffStreetParking", "WasteContainer", "Streetlight",
    }  # fmt: skip


def test_series_are_full_of_finite_numbers_in_order(series: list[Series]) -> None:
    for one in series:
        assert one.moments.typecode == "q" and one.values.typecode == "d"
        assert len(one.moments) == len(one.values)
        assert np.all(np.diff(np.frombuffer(one.moments, np.int64)) > 0)
        assert np.all(np.isfinite(np.frombuffer(one.values, np.float64)))
        assert set(one.template) == {"type", "unitCode"}


def test_each_entity_says_that_it_is_simulated() -> None:
    found = City(SEED).now(at("2025-05-01T06:00"))
    assert len({one.id for one in found}) == len(found)
    for one in found:
        assert one.id.startswith(f"urn:ngsi-ld:{CORE.compact(one.types[0])}:havendam:")

        def value(name: str, one: Entity = one) -> object:
            return one.attributes[CORE.expand(name)][0]["value"]

        assert value("simulated") is True
        assert value("dataProvider") == PROVIDER == "Havendam (simulated)"
        assert value("description") == MARK and "Simulated" in MARK
        assert value("name") and value("areaServed")
        assert value("location")["type"] == "Point"  # type: ignore[index]
        assert value("address")["addressLocality"] == "Havendam"  # type: ignore[index]


def test_every_district_has_sensors_of_its_own() -> None:
    found = Counter(
        one.attributes[CORE.expand("areaServed")][0]["value"] for one in City(SEED).now(at("2025-05-01T06:00"))
    )
    assert len(found) == 8 and min(found.values()) >= 10


@pytest.mark.parametrize("moment", [-1, at("1970-06-01T00:00"), at("2300-01-01T00:00")])
def test_times_at_which_there_is_no_town_are_refused(moment: int) -> None:
    with pytest.raises(BadRequestData, match="Havendam exists from 1971 to 2200"):
        City(SEED).now(moment)
    with pytest.raises(BadRequestData, match="Havendam exists"):
        list(City(SEED).hours(at("2025-01-01T00:00"), moment))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = sqlite.open(tmp_path, clock=system)
    yield made
    made.close()


def observed(uow: UnitOfWork, one: Series) -> int:
    type, attribute = CORE.expand(one.type), CORE.expand(one.attribute)
    return uow.observe("", one.id, [type], attribute, one.template, one.moments, one.values)


def test_a_node_takes_hours_and_the_present_and_nothing_comes_twice(store: Store) -> None:
    start, end = at("2025-05-01T00:00"), at("2025-05-03T00:00")
    city = City(SEED)

    def load() -> int:
        return store.submit(lambda uow: sum(observed(uow, one) for one in city.hours(start, end))).result()

    assert store.submit(lambda uow: take(uow, "", city.now(start))).result() == len(city.now(start))
    # What now() told of the first hour is in the series too.
    assert load() == sum(len(one.moments) for one in city.hours(start, end)) - len(now(start))
    assert load() == 0
    last = end - HOUR
    sensor = next(one for (one, name) in now(last) if name == "availableBikeNumber")
    found = store.temporal("", sensor, Window(), EVERYTHING)
    assert found is not None
    kept = [
        (times.parse(one.doc["observedAt"]), one.doc["value"])
        for one in found.attributes[CORE.expand("availableBikeNumber")]
    ]
    expected = told(list(city.hours(start, end)))[sensor, "availableBikeNumber"]
    assert kept == list(zip(expected.moments.tolist(), expected.values.tolist(), strict=True))


def test_entities_are_what_the_parser_would_make() -> None:
    for one in City(SEED).now(at("2025-05-01T06:00"))[::10]:
        document: dict[str, object] = {"id": one.id, "type": CORE.compact(one.types[0])}
        document |= {CORE.compact(name): instances[0] for name, instances in one.attributes.items()}
        assert parse.entity(document, CORE) == one
