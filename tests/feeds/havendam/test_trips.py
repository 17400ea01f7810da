# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Buses run by a timetable of local time, and are late when roads are full and the sky is wet."""

import numpy as np
import pytest

from hanze.feeds.havendam import clock, trips
from hanze.feeds.havendam.chance import Whole, indexes
from hanze.feeds.havendam.city import City
from hanze.feeds.havendam.clock import DAY, HOUR, STEP, SUNDAY
from hanze.feeds.havendam.drawing import BUSES
from tests.feeds.havendam.asking import SEED, at

DAYS = indexes(at("2025-01-01T00:00") // STEP // DAY, 365)


def named(number: str) -> trips.Trip:
    return next(one for one in trips.trips() if one.number == number)


def came(trip: trips.Trip) -> Whole:
    return trips.arrivals(SEED, trip, DAYS)


def test_each_line_has_trips_both_ways() -> None:
    for line, stops in BUSES.items():
        own = [one for one in trips.trips() if one.line == line]
        for direction, last in ((0, stops[-1][0]), (1, stops[0][0])):
            there = [one for one in own if one.number.startswith(f"{line}-{direction}-")]
            assert len(there) >= 4
            assert all(one.name == f"Bus {line} van {one.time} naar {last}" for one in there)


def test_ids_and_names_are_unique_and_times_are_those_of_a_day() -> None:
    every = trips.trips()
    for name in ("id", "name", "number"):
        assert len({getattr(one, name) for one in every}) == len(every)
    for one in every:
        assert 5 * HOUR < one.begins < one.begins + one.lasts < 23 * HOUR
        assert 2 <= one.lasts <= 6


def test_buses_keep_local_time_in_summer_and_winter() -> None:
    for trip in trips.trips():
        local = clock.read(came(trip))
        assert np.all(np.round(local.hour * HOUR) == trip.begins + trip.lasts)


def test_early_buses_do_not_run_on_sundays_and_holidays() -> None:
    early, noon = named("1-0-0740"), named("1-0-1215")
    assert SUNDAY not in clock.read(came(early)).kind
    assert SUNDAY in clock.read(came(noon)).kind
    assert 290 < len(came(early)) < 306 and 350 < len(came(noon)) < 365


def test_now_and_then_nothing_is_told_of_one() -> None:
    lost = 1 - sum(len(came(one)) for one in trips.trips() if one.sundays) / (365 * 24)
    assert 0.003 < lost < 0.02


def delays(trip: trips.Trip) -> tuple[clock.Clock, np.ndarray[tuple[int], np.dtype[np.float64]]]:
    world = City(SEED).world(came(trip))
    return world.clock, trips.delays(world, trip)


def test_most_are_on_time_and_some_very_late() -> None:
    every = np.concatenate([delays(one)[1] for one in trips.trips()])
    assert np.array_equal(every, np.round(every))
    assert 0.05 < np.mean(every > 180) < 0.15 and 0.001 < np.mean(every < -60) < 0.03
    assert every.min() > -240 and 400 < every.max() < 1_200


def test_rush_hours_are_later_than_evenings() -> None:
    rush, evening = (
        np.concatenate([delays(one)[1] for one in trips.trips() if low <= one.begins < high])
        for low, high in ((7 * HOUR, 9 * HOUR), (20 * HOUR, 22 * HOUR))
    )
    assert rush.mean() > evening.mean() + 30
    assert np.mean(rush > 180) > 4 * np.mean(evening > 180)


def test_rain_makes_late() -> None:
    wet, dry = [], []
    for trip in trips.trips():
        world = City(SEED).world(came(trip))
        told = trips.delays(world, trip)
        wet.append(told[world.weather.rain > 0.5].mean())
        dry.append(told[world.weather.rain == 0].mean())
    assert np.mean(wet) > np.mean(dry) + 45


@pytest.mark.parametrize("delay", [-90.0, 0.0, 400.0])
def test_a_delay_grows_along_the_way(delay: float) -> None:
    trip = named("2-0-0745")
    told = [trips.along(trip, 1_000, delay, step) for step in range(1_000 - trip.lasts, 1_003)]
    assert told[0] == 0 and told[trip.lasts :] == [delay] * 3
    assert sorted(told, reverse=delay < 0) == told
