# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The air follows traffic, wind, sun and inversions."""

import msgspec
import numpy as np
import pytest

from hanze.feeds.havendam import air
from hanze.feeds.havendam.sensors import World
from tests.feeds.havendam.asking import readings, world

STREET, BACKGROUND = "Luchtmeetpunt Bruggestraat", "Luchtmeetpunt Zilverduin"


@pytest.fixture(scope="module")
def year_of() -> World:
    return world("2025-01-01T00:00", "2026-01-01T00:00")


def test_levels_are_those_of_a_dutch_town(year_of: World) -> None:
    found = readings(air, year_of)
    assert 14 < found[STREET, "no2"].mean() < 28
    assert 5 < found[BACKGROUND, "no2"].mean() < 14
    assert 45 < found[BACKGROUND, "o3"].mean() < 70
    assert 11 < found[BACKGROUND, "pm10"].mean() < 20
    assert 4 < found[BACKGROUND, "pm25"].mean() < 11
    for (_, name), values in found.items():
        assert values.min() >= 0, name
        assert values.max() < (400 if name.startswith("pm") else 200)


def test_no2_falls_with_wind(year_of: World) -> None:
    no2, wind = readings(air, year_of)[STREET, "no2"], year_of.weather.wind
    daytime = (year_of.clock.hour >= 9) & (year_of.clock.hour < 18)
    calm, breeze, storm = (
        no2[daytime & (wind > low) & (wind <= high)].mean() for low, high in ((0, 2), (4, 6), (8, 40))
    )
    assert calm > 1.3 * breeze > 1.3 * storm
    assert np.corrcoef(np.log(wind), np.log(no2 + 1))[0, 1] < -0.2


def test_no2_rises_with_traffic_beside_the_road(year_of: World) -> None:
    found, hour = readings(air, year_of), year_of.clock.hour
    work = year_of.clock.kind == 0

    def rise(place: str) -> float:
        return float(found[place, "no2"][work & (hour == 8)].mean() - found[place, "no2"][work & (hour == 3)].mean())

    assert rise(STREET) > 2 * rise(BACKGROUND) > 0


def test_inversions_hold_what_comes_out(year_of: World) -> None:
    no2, mixing = readings(air, year_of)[BACKGROUND, "no2"], year_of.weather.mixing
    evening = (year_of.clock.hour >= 18) & (year_of.clock.hour < 22)
    low, high = np.quantile(mixing[evening], (0.2, 0.8))
    assert no2[evening & (mixing < low)].mean() > 1.5 * no2[evening & (mixing > high)].mean()


def test_low_air_and_calm_air_each_hold_it(year_of: World) -> None:
    """The same weather but for one thing."""
    one = msgspec.structs.replace(year_of.weather, wind=np.full(1, 4.0), mixing=np.full(1, 600.0))
    low = msgspec.structs.replace(one, mixing=np.full(1, 200.0))
    calm = msgspec.structs.replace(one, wind=np.full(1, 1.0))
    assert air.dilution(low)[0] > 1.3 * air.dilution(one)[0]
    assert air.dilution(calm)[0] > 1.7 * air.dilution(one)[0]


def test_ozone_comes_with_the_sun_and_goes_with_no2(year_of: World) -> None:
    found, hour = readings(air, year_of), year_of.clock.hour
    summer = np.abs(year_of.clock.season - 0.5) < 0.15
    ozone = found[BACKGROUND, "o3"]
    assert ozone[summer & (hour == 15)].mean() > ozone[summer & (hour == 5)].mean() + 10
    assert ozone[summer].mean() > ozone[year_of.clock.season < 0.15].mean() + 8
    assert ozone.mean() > found[STREET, "o3"].mean() + 4


def test_fine_dust_is_a_part_of_dust_and_rain_washes_it_out(year_of: World) -> None:
    found, rain = readings(air, year_of), year_of.weather.rain
    for sensor in air.sensors():
        if sensor.name not in {f"Luchtmeetpunt {place.name}" for place in air.PLACES if place.cheap}:
            assert (found[sensor.name, "pm25"] > found[sensor.name, "pm10"]).mean() < 0.01
    dust = found[BACKGROUND, "pm10"]
    assert dust[rain > 0.5].mean() < 0.85 * dust[rain == 0].mean()


def test_the_new_year_begins_with_smoke() -> None:
    found = readings(air, world("2025-12-31T20:00", "2026-01-01T12:00"))[BACKGROUND, "pm10"]
    assert int(np.argmax(found)) in (3, 4) and found.max() > 4 * found[-1]


def test_small_sensors_are_less_sure_and_take_fog_for_dust(year_of: World) -> None:
    found, fog = readings(air, year_of), year_of.weather.humidity > 0.92
    small, good = found["Luchtmeetpunt Zuiderkade", "pm25"], found[BACKGROUND, "pm25"]
    ratio = small / good
    assert ratio[fog].mean() > 1.1 * ratio[~fog].mean()
    assert np.diff(np.log(small)).std() > 1.5 * np.diff(np.log(good)).std()


def test_half_of_the_sensors_are_small_and_drift() -> None:
    assert len(air.sensors()) == 12
    assert sum(place.cheap for place in air.PLACES) == 6
    assert all((one.drift != 0) == place.cheap for one, place in zip(air.sensors(), air.PLACES, strict=True))
