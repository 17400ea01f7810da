# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Sound follows traffic and people who are out."""

import numpy as np
import pytest

from hanze.feeds.havendam import noise
from hanze.feeds.havendam.sensors import World
from tests.feeds.havendam.asking import readings, world


@pytest.fixture(scope="module")
def autumn() -> World:
    return world("2025-09-01T00:00", "2025-12-20T00:00")


def test_levels_are_plausible(autumn: World) -> None:
    found = readings(noise, autumn)
    assert len(found) == 12
    assert all(values.min() > 30 and values.max() < 85 for values in found.values())
    assert found["Geluidmeter Oosterring", "LAeq"].mean() > found["Geluidmeter Lage Wier", "LAeq"].mean() + 12


def test_roads_are_loud_by_day(autumn: World) -> None:
    found, hour = readings(noise, autumn)["Geluidmeter Kadeweg", "LAeq"], autumn.clock.hour
    assert found[hour == 8].mean() > found[hour == 3].mean() + 8


def test_the_market_is_loud_in_the_nights_of_the_weekend(autumn: World) -> None:
    clock, found = autumn.clock, readings(noise, autumn)["Geluidmeter Grote Markt", "LAeq"]
    friday, tuesday = (found[(clock.weekday == day) & (clock.hour == 23)].mean() for day in (4, 1))
    assert friday > tuesday + 5


def test_wind_is_heard_where_it_is_quiet(autumn: World) -> None:
    found, wind = readings(noise, autumn)["Geluidmeter Lage Wier", "LAeq"], autumn.weather.wind
    night = autumn.clock.hour < 5
    assert found[night & (wind > 10)].mean() > found[night & (wind < 3)].mean() + 3


def test_two_equal_sources_are_three_decibels_louder_than_one() -> None:
    assert 10 * np.log10(2 * noise.energy(60.0)) == pytest.approx(63.01, abs=0.01)
