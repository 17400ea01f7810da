# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is told of trips day by day and while they drive is one and the same, in whatever pieces it is asked."""

import numpy as np
import pytest

from hanze.errors import BadRequestData
from hanze.feeds.havendam import trips
from hanze.feeds.havendam.city import City
from hanze.feeds.havendam.clock import STEP
from hanze.feeds.havendam.marks import MARK, PROVIDER
from hanze.ngsild import parse, times
from hanze.ngsild.context import CORE
from hanze.ngsild.entity import Entity, Instance
from tests.feeds.havendam.asking import HOUR, SEED, at, told

YEAR = at("2025-01-01T00:00"), at("2026-01-01T00:00")
CITY = City(SEED)


def delay(one: Entity) -> Instance:
    return one.attributes[CORE.expand("delay")][0]


def test_a_year_has_a_delay_a_day_for_each_trip() -> None:
    found = list(CITY.runs(*YEAR))
    assert {one.id for one in found} == {one.id for one in trips.trips()} and len(found) == len(trips.trips())
    for one in found:
        assert (one.type, one.attribute, one.template) == ("GtfsTrip", "delay", {"type": "Property", "unitCode": "SEC"})
        days = np.frombuffer(one.moments, np.int64) // (24 * HOUR)
        assert np.all(np.diff(days) >= 1) and 280 < len(days) <= 365


def test_pieces_in_any_order_are_the_whole() -> None:
    edges = [YEAR[0], *(at(f"2025-{month:02}-{day}T16:20") for month, day in ((2, 11), (3, 30), (8, 10))), YEAR[1]]
    first = next(one for one in trips.trips() if one.number == "1-0-1705")
    assert edges[1] in told(list(CITY.runs(*YEAR)))[first.id, "delay"].moments, "a bus comes at the edge itself"
    pieces = [told(list(CITY.runs(*edges[k : k + 2]))) for k in (3, 0, 2, 1)]
    for name, (moments, values) in told(list(CITY.runs(*YEAR))).items():
        parts = sorted((piece[name] for piece in pieces if name in piece), key=lambda one: int(one.moments[0]))
        assert np.array_equal(np.concatenate([one.moments for one in parts]), moments)
        assert np.array_equal(np.concatenate([one.values for one in parts]), values)


def test_another_seed_is_another_time() -> None:
    one, other = told(list(CITY.runs(*YEAR))), told(list(City(SEED + 1).runs(*YEAR)))
    assert all(not np.array_equal(one[name].values, other[name].values) for name in one)


def test_the_last_that_is_told_live_is_what_the_history_has() -> None:
    day = at("2025-03-12T00:00")
    live = {}
    for step in range(day // STEP, day // STEP + 288):
        for one in CITY.buses(step * STEP, under_way=True):
            assert times.parse(delay(one)["observedAt"]) == step * STEP
            live[one.id] = (step * STEP, float(delay(one)["value"]))
    history = {
        name: (int(one.moments[0]), float(one.values[0]))
        for (name, _), one in told(list(CITY.runs(day, day + 24 * HOUR))).items()
    }
    assert live == history and len(live) > 30


def test_a_trip_is_told_from_its_first_stop_to_its_last() -> None:
    trip = next(one for one in trips.trips() if one.number == "1-0-0740")
    begin = at("2025-03-12T06:40")
    seen = [
        step for step in range(-2, 10) if trip.id in {one.id for one in CITY.buses(begin + step * STEP, under_way=True)}
    ]
    assert seen == list(range(trip.lasts + 1))


@pytest.mark.parametrize("moment", ["2025-03-12T02:10", "2025-03-12T16:15", "2025-12-28T23:00", "2025-03-30T01:30"])
def test_at_any_moment_each_trip_has_what_was_told_last(moment: str) -> None:
    now = at(moment) + 7
    history = told(list(CITY.runs(now - 15 * 24 * HOUR, now)))
    found = CITY.buses(now)
    assert {one.id for one in found} == {one.id for one in trips.trips()}
    under_way = {one.id for one in CITY.buses(now, under_way=True)}
    for one in found:
        last = history[one.id, "delay"]
        if one.id not in under_way:
            expected = int(last.moments[-1]), float(last.values[-1])
            assert (times.parse(delay(one)["observedAt"]), delay(one)["value"]) == expected


def test_trips_are_as_the_live_feed_makes_them_and_say_that_they_are_simulated() -> None:
    for one in CITY.buses(at("2025-03-12T16:15")):
        document: dict[str, object] = {"id": one.id, "type": CORE.compact(one.types[0])}
        document |= {CORE.compact(name): instances[0] for name, instances in one.attributes.items()}
        assert parse.entity(document, CORE) == one
        assert isinstance(delay(one)["value"], int) and delay(one)["unitCode"] == "SEC"
        for name, value in (("simulated", True), ("dataProvider", PROVIDER), ("description", MARK)):
            assert one.attributes[CORE.expand(name)][0]["value"] == value


def test_times_at_which_there_is_no_town_are_refused() -> None:
    with pytest.raises(BadRequestData, match="Havendam exists"):
        list(CITY.runs(-1, YEAR[0]))
    with pytest.raises(BadRequestData, match="Havendam exists"):
        CITY.buses(at("2300-01-01T00:00"))
    assert list(CITY.runs(YEAR[0], YEAR[0])) == []
