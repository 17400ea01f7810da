# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""No bike is lost, and no dock holds two."""

import numpy as np
import pytest

from hanze.feeds.havendam import bikes
from hanze.feeds.havendam.city import City
from hanze.feeds.havendam.pilots import Effect
from hanze.feeds.havendam.sensors import World
from tests.feeds.havendam.asking import SEED, at, readings, steps, world

QUARTER = ("2025-05-01T00:00", "2025-08-01T00:00")


@pytest.fixture(scope="module", params=["as it is", "planted"])
def summer(request: pytest.FixtureRequest) -> World:
    wanted = Effect(attribute="availableBikeNumber", districts=("Zilverduin",), start=at(QUARTER[0]), size=9.0)
    return City(SEED, (wanted,) if request.param == "planted" else ()).world(steps(*QUARTER, 5))


def test_bikes_stand_or_are_under_way(summer: World) -> None:
    found = readings(bikes, summer)
    standing = sum(values for (_, name), values in found.items() if name == "availableBikeNumber")
    assert np.all(standing + bikes.riding(summer) == bikes.FLEET)


def test_docks_hold_a_bike_or_are_free_or_broken(summer: World) -> None:
    found, out = readings(bikes, summer), bikes.broken(summer)
    for row, (name, _, docks, _) in enumerate(bikes.STATIONS):
        there, free = (found[f"Deelfietsen {name}", what] for what in ("availableBikeNumber", "freeSlotNumber"))
        assert there.min() >= 0 and free.min() >= 0
        assert np.all(there + free + out[row] == docks)


def test_stations_are_full_and_empty_now_and_then() -> None:
    found = readings(bikes, world("2025-01-01T00:00", "2026-01-01T00:00"))
    assert any(values.min() == 0 for (_, name), values in found.items() if name == "availableBikeNumber")
    assert any(values.min() == 0 for (_, name), values in found.items() if name == "freeSlotNumber")


def test_bikes_go_to_work_in_the_morning_and_home_at_night() -> None:
    autumn = world("2025-09-01T00:00", "2025-12-01T00:00")
    found, clock = readings(bikes, autumn), autumn.clock
    noon, night = ((clock.kind == 0) & (clock.hour == hour) for hour in (12, 3))
    station, homes = (found[f"Deelfietsen {name}", "availableBikeNumber"] for name in ("Station", "Noorderveld"))
    assert station[noon].mean() > 2 * station[night].mean()
    assert homes[night].mean() > 1.5 * homes[noon].mean()


def test_few_ride_in_rain() -> None:
    year = world("2025-01-01T00:00", "2026-01-01T00:00")
    rush = (year.clock.kind == 0) & (year.clock.hour == 8)
    riding, rain = bikes.riding(year), year.weather.rain
    assert riding[rush & (rain > 0.5)].mean() < 0.8 * riding[rush & (rain == 0)].mean()


def test_words_fit_the_numbers() -> None:
    year, sensor = world("2025-01-01T00:00", "2025-01-01T01:00"), bikes.sensors()[0]
    cases = ((0, 34, "empty"), (2, 32, "almostEmpty"), (20, 14, "working"), (34, 1, "almostFull"), (35, 0, "full"))
    for there, free, status in cases:
        found = bikes.words(
            sensor, year, {"availableBikeNumber": there, "freeSlotNumber": free}, "2025-01-01T00:00:00Z"
        )
        one, out = found["status"], found["outOfServiceSlotNumber"]
        assert one is not None and out is not None
        assert one["value"] == status and out["value"] == 36 - there - free
