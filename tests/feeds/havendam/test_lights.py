# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Lights burn in the dark, dimmed at night, and some are defective for days."""

import numpy as np
import pytest

from hanze.feeds.havendam import lights
from hanze.feeds.havendam.city import City
from hanze.feeds.havendam.clock import DAY
from hanze.feeds.havendam.sensors import World
from tests.feeds.havendam.asking import SEED, readings, world


@pytest.fixture(scope="module")
def year_of() -> World:
    return world("2025-01-01T00:00", "2026-01-01T00:00", 3)


def test_they_burn_by_night_only(year_of: World) -> None:
    height = year_of.weather.elevation
    for sensor in lights.sensors():
        level = readings(lights, year_of)[sensor.name, "illuminanceLevel"]
        working = ~lights.defective(year_of, sensor)
        assert np.all(level[height > 1.1] == 0)
        assert np.all(level[working & (height < -2)] > 0)
        assert np.all(level[~working] == 0)


def test_two_of_three_are_dimmed_at_night(year_of: World) -> None:
    found = readings(lights, year_of)
    deep = (year_of.clock.hour >= 23) | (year_of.clock.hour < 6)
    levels = [set(found[one.name, "illuminanceLevel"][deep].tolist()) - {0.0} for one in lights.sensors()]
    assert levels == [{1.0}, {0.5}, {0.5}] * 8
    evening = (year_of.clock.hour >= 21) & (year_of.clock.hour < 23)
    assert all(set(values[evening].tolist()) <= {0.0, 1.0} for values in found.values())


def test_winter_nights_are_longer(year_of: World) -> None:
    level = readings(lights, year_of)[lights.sensors()[0].name, "illuminanceLevel"]
    season = year_of.clock.season
    assert (level[season < 0.08] > 0).mean() > 1.7 * (level[np.abs(season - 0.47) < 0.04] > 0).mean()


def test_defects_are_mended_within_days(year_of: World) -> None:
    lengths: list[int] = []
    for sensor in lights.sensors():
        edges = np.flatnonzero(np.diff(lights.defective(year_of, sensor).astype(int)))
        spans = np.diff(edges) * 3
        begins = lights.defective(year_of, sensor)[edges[:-1] + 1] if len(edges) > 1 else np.zeros(0, bool)
        lengths += spans[begins].tolist()
    assert 10 < len(lengths) < 60
    assert min(lengths) >= DAY - 3 and max(lengths) <= lights.LONGEST_DEFECT * DAY + 3


def test_words_fit_the_level() -> None:
    night, sensor = world("2025-01-10T00:00", "2025-01-10T01:00"), lights.sensors()[0]
    for level, word in ((0.0, "off"), (0.5, "low"), (1.0, "on")):
        power = lights.words(sensor, night, {"illuminanceLevel": level}, "2025-01-10T00:00:00Z")["powerState"]
        assert power is not None and power["value"] == word


def test_a_defect_is_told(year_of: World) -> None:
    told = set()
    for sensor in lights.sensors():
        broken = np.flatnonzero(lights.defective(year_of, sensor))
        if len(broken):
            then = City(SEED).world(year_of.clock.steps[broken[:1]])
            status = lights.words(sensor, then, {"illuminanceLevel": 0.0}, "2025-01-10T00:00:00Z")["status"]
            told.add(status["value"] if status else None)
    assert told == {"defectiveLamp"}
