# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The weather has the rhythms of a North Sea coast, and systems that last."""

import numpy as np
import pytest

from hanze.feeds.havendam import stations
from hanze.feeds.havendam.sensors import World
from hanze.feeds.havendam.weather import Weather
from tests.feeds.havendam.asking import Told, readings, world


@pytest.fixture(scope="module")
def three() -> World:
    """Three years, hour by hour."""
    return world("2023-01-01T00:00", "2026-01-01T00:00")


@pytest.fixture(scope="module")
def sky(three: World) -> Weather:
    return three.weather


def test_summer_is_warmer_than_winter(three: World, sky: Weather) -> None:
    month = (three.clock.season * 12).astype(int)
    by_month = [sky.temperature[month == k].mean() for k in range(12)]
    assert 2 < min(by_month) < 6 and 16 < max(by_month) < 20
    assert int(np.argmin(by_month)) in (0, 1) and int(np.argmax(by_month)) in (6, 7)


def test_the_afternoon_is_warmer_than_the_night(three: World, sky: Weather) -> None:
    summer = np.abs(three.clock.season - 0.5) < 0.1
    warm, cold = (sky.temperature[summer & (three.clock.hour == hour)].mean() for hour in (16, 4))
    assert 3 < warm - cold < 12


def test_values_are_those_of_a_coast(sky: Weather) -> None:
    assert -12 < sky.temperature.min() < 2 and 22 < sky.temperature.max() < 36
    assert 4 < sky.wind.mean() < 7 and 13 < sky.wind.max() < 32
    assert 970 < sky.pressure.min() < 995 and 1030 < sky.pressure.max() < 1050
    assert 600 < sky.rain.sum() / 3 < 1_100 and 0.05 < (sky.rain > 0.05).mean() < 0.2
    assert sky.rain.min() == 0 and sky.rain.max() < 40
    assert 950 < sky.sun.mean() * 8.76 < 1_250, "kWh a square metre in a year"
    assert sky.humidity.min() >= 0.3 and sky.humidity.max() <= 1


def test_weather_lasts(sky: Weather) -> None:
    """What an hour ago was says nearly all, a day ago much, a month ago nothing."""
    for values, day in ((sky.pressure, 0.6), (sky.wind, 0.2)):
        hour, later, month = (np.corrcoef(values[k:], values[:-k])[0, 1] for k in (1, 24, 720))
        assert hour > 0.98 and later > day and abs(month) < 0.1


def test_systems_belong_together(sky: Weather) -> None:
    high = sky.pressure > 1022
    low = sky.pressure < 1007
    assert sky.rain[low].mean() > 3 * sky.rain[high].mean()
    assert sky.cloud[low].mean() > sky.cloud[high].mean()
    assert sky.wind[low].mean() > sky.wind[high].mean()
    assert sky.rain[sky.cloud < 0.3].max() == 0


def test_the_wind_comes_mostly_from_the_south_west(sky: Weather) -> None:
    quarters = np.histogram(sky.direction, 4, (0, 360))[0]
    assert int(np.argmax(quarters)) == 2


def test_the_sun_rises_and_sets_when_it_does() -> None:
    """Against tables for 52.9 N, 4 E: on 21 June 03:18 to 20:09 UTC, on 21 December 07:53 to 15:32."""
    for day, rise, sets in (("06-21", 3.3, 20.15), ("12-21", 7.88, 15.53)):
        found = world(f"2025-{day}T00:00", f"2025-{day}T23:55", 1)
        up = np.flatnonzero(found.weather.elevation > -0.833) / 12
        assert up[0] == pytest.approx(rise, abs=0.2) and up[-1] == pytest.approx(sets, abs=0.2)
    assert found.weather.elevation.max() == pytest.approx(90 - 52.88 - 23.44, abs=0.5)


def test_the_sun_does_not_shine_at_night(sky: Weather) -> None:
    assert np.all(sky.sun[sky.elevation < 0] == 0)
    assert np.all(sky.sun[sky.elevation > 5] > 0)


def test_calm_clear_nights_are_inversions(sky: Weather) -> None:
    night = (sky.elevation < -5) & (sky.wind < 2) & (sky.cloud < 0.4)
    assert sky.mixing[night].max() < 320
    assert sky.mixing[(sky.elevation > 40) & (sky.wind > 5)].min() > 800


def test_stations_tell_of_the_same_weather(three: World) -> None:
    found = readings(stations, three)
    harbour, park = (found[f"Weerstation {name}", "temperature"] for name in ("Havenhoofd", "Singelpark"))
    assert np.corrcoef(harbour, park)[0, 1] > 0.99
    assert 0.3 < (park - harbour).mean() < 0.7
    assert found["Weerstation Havenhoofd", "windSpeed"].mean() > found["Weerstation Singelpark", "windSpeed"].mean()


def test_north_is_360(year: dict[tuple[str, str], Told]) -> None:
    found = np.concatenate([one.values for (_, name), one in year.items() if name == "windDirection"])
    assert found.min() >= 1 and found.max() == 360
