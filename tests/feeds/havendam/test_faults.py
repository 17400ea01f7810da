# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Sensors fail for hours to days, stick and drift, within bounds."""

import numpy as np
import pytest

from hanze.feeds.havendam import air, faults
from hanze.feeds.havendam.chance import Floats, Whole
from hanze.feeds.havendam.city import City
from hanze.feeds.havendam.clock import HOUR
from hanze.feeds.tables.shaping import Series
from tests.feeds.havendam.asking import SEED, Told, readings, steps

SENSOR = "urn:ngsi-ld:Any:havendam:01"


def runs(values: Floats) -> Whole:
    """How many equal values stand behind each other, run by run."""
    edges = np.flatnonzero(np.diff(values) != 0)
    return np.diff(np.concatenate([[-1], edges, [len(values) - 1]]))


def test_outages_exist_and_end(year: dict[tuple[str, str], Told]) -> None:
    """Single readings that are lost may stand at both ends of an outage."""
    hours = [int(np.diff(one.moments).max()) // 3_600_000_000 for one in year.values()]
    assert max(hours) <= 72 + 3
    assert sum(gap > 6 for gap in hours) > 0.9 * len(hours)
    assert sum(gap > 48 for gap in hours) > 0.2 * len(hours)


def test_most_readings_come(year: dict[tuple[str, str], Told]) -> None:
    parts = [len(one.moments) / 8760 for one in year.values()]
    assert min(parts) > 0.9 and max(parts) < 0.9985
    assert 0.95 < np.mean(parts) < 0.985


def test_an_outage_takes_all_attributes_of_a_sensor(series: list[Series]) -> None:
    found: dict[str, set[bytes]] = {}
    for one in series:
        found.setdefault(one.id, set()).add(one.moments.tobytes())
    assert all(len(moments) == 1 for moments in found.values())
    assert len({moments for one in found.values() for moments in one}) == len(found), "each sensor has its own"


def test_outages_of_five_minute_steps_are_bounded_too() -> None:
    found = steps("2020-01-01T00:00", "2025-01-01T00:00", 1)
    there = found[~faults.missing(SEED, SENSOR, found)]
    gaps = np.diff(there) - 1
    assert HOUR <= gaps.max() <= faults.LONGEST_OUTAGE + 3
    long = gaps[gaps >= HOUR]
    assert 40 < len(long) < 90
    assert 0.5 * faults.LOST < (gaps[gaps < HOUR].sum() / len(found)) < 1.5 * faults.LOST


def test_some_sensors_stick_and_the_others_do_not(year: dict[tuple[str, str], Told]) -> None:
    longest = {one.id: int(runs(year[one.id, "no2"].values).max()) for one in air.sensors()}
    assert all((longest[one.id] >= 10) == one.sticks for one in air.sensors())
    assert sum(one.sticks for one in air.sensors()) == 2
    assert max(longest.values()) <= 50


def test_a_stuck_sensor_tells_what_it_told_first() -> None:
    found = steps("2015-01-01T00:00", "2025-01-01T00:00", 1)
    since = faults.told_since(SEED, SENSOR, found)
    stuck = since != found
    assert np.all(since <= found)
    # In every second window of 30 days for 16.5 hours on average.
    assert stuck.mean() == pytest.approx(0.5 * 16.5 / 720, rel=0.3)
    assert (found - since).max() < 48 * HOUR
    assert np.array_equal(faults.told_since(SEED, SENSOR, since), since)


@pytest.mark.parametrize("drift", [0.4, -0.3])
def test_drift_grows_until_the_calibration(drift: float) -> None:
    found = faults.gain(SEED, SENSOR, drift, steps("2024-01-01T00:00", "2026-01-01T00:00"))
    change = np.diff(found)
    back = np.abs(change) > 0.9 * abs(drift)
    assert back.sum() in (1, 2)
    assert np.all(change[~back] * drift > 0)
    assert np.abs(found - 1).max() <= abs(drift) and np.abs(found - 1).min() < 0.001


def test_a_drifting_sensor_strays_from_the_truth(year: dict[tuple[str, str], Told]) -> None:
    sensor = next(one for one in air.sensors() if one.drift > 0.4)
    told = year[sensor.id, "no2"]
    truth = readings(air, City(SEED).world(told.moments // 300_000_000))[sensor.name, "no2"]
    ratio = (told.values[truth > 5] / truth[truth > 5])[:-1]
    assert ratio.min() > 0.98 and ratio.max() < 1 + sensor.drift + 0.02
    assert ratio.max() - ratio.min() > 0.4


def test_gaps_do_not_depend_on_what_is_asked() -> None:
    found = steps("2025-01-01T00:00", "2025-03-01T00:00")
    whole = faults.missing(SEED, SENSOR, found)
    assert [bool(faults.missing(SEED, SENSOR, found[k : k + 1])[0]) for k in range(len(found))] == whole.tolist()
