# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Traffic follows the days of people."""

import numpy as np
import pytest

from hanze.feeds.havendam import traffic
from hanze.feeds.havendam.sensors import World
from tests.feeds.havendam.asking import readings, world


@pytest.fixture(scope="module")
def autumn() -> World:
    return world("2025-09-01T00:00", "2025-12-20T00:00")


def test_rush_hours_of_workdays_are_far_above_nights_and_weekends(autumn: World) -> None:
    clock, flow = autumn.clock, readings(traffic, autumn)["Oosterring 1", "intensity"]
    rush, night = flow[(clock.kind == 0) & (clock.hour == 8)].mean(), flow[clock.hour == 3].mean()
    assert rush > 15 * night > 0
    assert rush > 3 * flow[(clock.kind == 2) & (clock.hour == 8)].mean()


def test_people_drive_in_by_morning_and_out_by_afternoon(autumn: World) -> None:
    found = readings(traffic, autumn)
    work = autumn.clock.kind == 0
    inward, outward = (found[f"Oosterring {k}", "intensity"] for k in (1, 2))
    early, late = (work & (autumn.clock.hour == hour) for hour in (8, 17))
    assert inward[early].mean() / inward[late].mean() > 1.3
    assert outward[late].mean() / outward[early].mean() > 1.3


def test_the_rush_hour_keeps_local_time() -> None:
    """At 8 o'clock in summer it is 6 in UTC, in winter 7."""
    for day, rush in (("2025-06-17", 6), ("2025-11-18", 7)):
        found = readings(traffic, world(f"{day}T03:00", f"{day}T10:00"))["Oosterring 1", "intensity"]
        assert 3 + int(np.argmax(found)) == rush


def test_holidays_and_school_holidays_are_quiet() -> None:
    found = {}
    for day in ("2025-12-25", "2025-12-11", "2025-07-24", "2025-06-19"):
        loads = world(f"{day}T00:00", f"{day}T23:00").loads
        found[day] = loads.mean()
    assert found["2025-12-25"] < 0.7 * found["2025-12-11"]
    assert found["2025-07-24"] < 0.95 * found["2025-06-19"]


def test_flow_and_speed_are_plausible(autumn: World) -> None:
    found = readings(traffic, autumn)
    for (_, name), values in found.items():
        assert values.min() >= 0
        if name == "intensity":
            assert np.all(values == np.round(values)) and values.max() < 2_200
        else:
            assert values.min() >= 3 and values.max() < 85


def test_full_roads_are_slow(autumn: World) -> None:
    found = readings(traffic, autumn)
    flow, speed = found["Noorderring 1", "intensity"], found["Noorderring 1", "averageVehicleSpeed"]
    busy = flow > np.quantile(flow, 0.97)
    assert speed[busy].mean() < 0.92 * speed[flow < np.quantile(flow, 0.5)].mean()


def test_neighbouring_loops_see_the_same_town_but_not_the_same_cars(autumn: World) -> None:
    found = readings(traffic, autumn)
    one, other = found["Veldweg 1", "intensity"], found["Veldweg 3", "intensity"]
    assert 0.9 < np.corrcoef(one, other)[0, 1] < 0.999


def test_every_district_has_a_loop() -> None:
    assert len({one.district for one in traffic.sensors()}) == 8
