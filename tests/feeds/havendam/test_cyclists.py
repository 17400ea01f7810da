# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Cyclists ride to work and school on dry mild days; a street that keeps cars out does not keep them out."""

import numpy as np
import pytest

from hanze.feeds.havendam import cyclists, traffic
from hanze.feeds.havendam.city import City
from hanze.feeds.havendam.pilots import low_traffic
from hanze.feeds.havendam.sensors import World
from hanze.ngsild.context import CORE
from tests.feeds.havendam.asking import SEED, at, readings, steps, world


@pytest.fixture(scope="module")
def year() -> World:
    return world("2025-01-01T00:00", "2026-01-01T00:00")


def test_six_points_count_bicycles_and_no_speed() -> None:
    assert len(cyclists.sensors()) == 6
    found = [one for one in City(SEED).now(at("2025-05-14T06:30")) if one.id in {s.id for s in cyclists.sensors()}]
    assert len(found) == 6
    for one in found:
        attributes = {CORE.compact(name): told[0]["value"] for name, told in one.attributes.items()}
        assert attributes["vehicleType"] == "bicycle" and CORE.compact(one.types[0]) == "TrafficFlowObserved"
        assert "averageVehicleSpeed" not in attributes and "congested" not in attributes


def test_they_are_no_loops_for_cars() -> None:
    assert {one.id for one in cyclists.sensors()}.isdisjoint({one.id for one in traffic.sensors()})
    assert all("vehicleType" not in one.facts for one in traffic.sensors())


def test_counts_are_whole_and_of_a_town(year: World) -> None:
    for values in readings(cyclists, year).values():
        assert values.min() >= 0 and np.array_equal(values, np.round(values))
        assert 500 < 24 * values.mean() < 3_000


def test_people_ride_to_work_and_school_and_rest_at_night(year: World) -> None:
    clock = year.clock
    for values in readings(cyclists, year).values():
        school = values[(clock.kind == 0) & ~clock.quiet & (clock.hour == 8)].mean()
        assert school > 15 * values[clock.hour == 3].mean()
        assert school > 1.15 * values[(clock.kind == 0) & clock.quiet & (clock.hour == 8)].mean()
        assert school > 5 * values[(clock.kind == 2) & (clock.hour == 8)].mean()


def test_rain_and_cold_keep_people_at_home(year: World) -> None:
    clock, weather = year.clock, year.weather
    noon = (clock.kind == 0) & (clock.hour >= 10) & (clock.hour <= 15)
    for values in readings(cyclists, year).values():
        mild = noon & (weather.temperature > 8) & (weather.temperature < 18)
        assert values[mild & (weather.rain > 0.5)].mean() < 0.8 * values[mild & (weather.rain == 0)].mean()
        cold = noon & (weather.temperature < 3) & (weather.rain == 0)
        assert values[cold].mean() < 0.8 * values[noon & (weather.temperature > 16) & (weather.rain == 0)].mean()


def test_a_street_without_through_traffic_has_as_many_bicycles() -> None:
    when = steps("2025-05-01T00:00", "2025-05-15T00:00")
    planned = City(SEED, low_traffic("Bruggestraat", at("2025-05-08T00:00"))).world(when)
    for kind, same in ((cyclists, True), (traffic, False)):
        usual, other = readings(kind, City(SEED).world(when)), readings(kind, planned)
        assert all(np.array_equal(usual[name], other[name]) for name in usual) is same
