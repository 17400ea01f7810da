# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Cars fill what is there and no more."""

import numpy as np
import pytest

from hanze.feeds.havendam import parking
from hanze.feeds.havendam.sensors import World
from tests.feeds.havendam.asking import readings, world


@pytest.fixture(scope="module")
def year_of() -> World:
    return world("2025-01-01T00:00", "2026-01-01T00:00")


def test_places_are_taken_or_free(year_of: World) -> None:
    found = readings(parking, year_of)
    for name, _, total, _ in parking.PARKS:
        occupancy, free = (found[f"Parkeerterrein {name}", what] for what in ("occupancy", "availableSpotNumber"))
        assert free.min() >= 0 and free.max() <= total
        assert np.allclose(occupancy * total + free, total)


def test_shops_fill_on_saturdays_and_homes_at_night(year_of: World) -> None:
    found, clock = readings(parking, year_of), year_of.clock
    market, homes = (found[f"Parkeerterrein {name}", "occupancy"] for name in ("Grote Markt", "Weidepoort"))
    saturday, tuesday = ((clock.weekday == day) & (clock.kind != 2) & (clock.hour == 14) for day in (5, 1))
    assert market[saturday].mean() > market[tuesday].mean() + 0.1
    assert homes[clock.hour == 3].mean() > homes[(clock.kind == 0) & (clock.hour == 11)].mean() + 0.3


def test_shops_are_open_late_on_thursdays(year_of: World) -> None:
    clock, market = year_of.clock, readings(parking, year_of)["Parkeerterrein Grote Markt", "occupancy"]
    thursday, wednesday = ((clock.weekday == day) & (clock.kind == 0) & (clock.hour == 20) for day in (3, 2))
    assert market[thursday].mean() > 1.25 * market[wednesday].mean()


def test_the_beach_fills_on_warm_days(year_of: World) -> None:
    clock, beach = year_of.clock, readings(parking, year_of)["Parkeerterrein Strand", "occupancy"]
    noon = (clock.hour == 14) & (clock.kind > 0)
    warm = year_of.weather.temperature > 21
    assert beach[noon & warm].mean() > 3 * beach[noon & (year_of.weather.temperature < 10)].mean()


def test_a_full_one_says_so(year_of: World) -> None:
    sensor = parking.sensors()[0]
    for free, word in ((0.0, "full"), (1.0, "spacesAvailable")):
        status = parking.words(sensor, year_of, {"availableSpotNumber": free}, "2025-01-01T00:00:00Z")["status"]
        assert status is not None and status["value"] == ["open", word]
    assert parking.words(sensor, year_of, {}, "2025-01-01T00:00:00Z") == {}
