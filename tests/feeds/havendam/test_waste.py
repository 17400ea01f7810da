# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Containers fill, are emptied on their days, and say when that was."""

import numpy as np
import pytest

from hanze.feeds.havendam import waste
from hanze.feeds.havendam.city import City
from hanze.feeds.havendam.clock import STEP
from hanze.feeds.havendam.sensors import World
from hanze.ngsild import times
from tests.feeds.havendam.asking import SEED, world


@pytest.fixture(scope="module")
def half() -> World:
    """Half a year in steps of five minutes."""
    return world("2025-01-01T00:00", "2025-07-01T00:00", 1)


@pytest.mark.parametrize("number", range(5), ids=[kind for kind, _, _ in waste.KINDS])
def test_they_only_fill_until_they_are_emptied(half: World, number: int) -> None:
    content = waste.content(half, number)
    emptied = np.diff(content) < 0
    assert content.min() >= 0
    assert np.all(content[1:][emptied] < waste.FULL // 100), "nothing is left but what came in these minutes"
    every = waste.KINDS[number][2]
    days = np.diff(half.clock.day[1:][emptied])
    assert set(days.tolist()) <= {every, 2 * every} and every in days
    assert all(7 <= hour < 12.1 for hour in half.clock.hour[1:][emptied])


def test_a_lorry_misses_some_but_never_two_after_each_other(half: World) -> None:
    late = 0
    for number in range(len(waste.sensors())):
        said = waste.emptied(half, number).day
        new = np.flatnonzero(np.diff(said)) + 1
        assert np.array_equal(said[new], half.clock.day[new]), "it is said on the day itself, never afterwards"
        days = np.diff(said[new])
        every = waste.KINDS[number % 5][2]
        assert set(days.tolist()) <= {every, 2 * every}
        late += int((days == 2 * every).sum())
    assert 10 < late < 200


def test_most_are_well_filled_and_some_overflow(half: World) -> None:
    most = [waste.content(half, number).max() / waste.FULL for number in range(len(waste.sensors()))]
    assert 0.4 < min(most) < 1 < max(most) < 3
    levels = np.concatenate([values for _, _, values in waste.readings(half)])
    assert levels.min() == 0 and levels.max() == 1


def test_the_content_does_not_depend_on_where_one_begins(half: World) -> None:
    steps = half.clock.steps
    for number in range(0, 40, 7):
        whole = waste.content(half, number)
        for place in (0, 12_345, 40_001, len(steps) - 1):
            assert waste.content(City(SEED).world(steps[place : place + 1]), number)[0] == whole[place]


def test_nothing_comes_at_night(half: World) -> None:
    content, night = waste.content(half, 1), (half.clock.hour > 0.1) & (half.clock.hour < 6.9)
    assert np.all(np.diff(content)[night[1:] & night[:-1]] == 0)


def test_they_say_when_they_were_emptied(half: World) -> None:
    content = waste.content(half, 0)
    emptied = (half.clock.steps[1:][np.diff(content) < 0] * STEP).tolist()
    for moment in emptied[:3] + emptied[-3:]:
        later = City(SEED).world(np.array([moment // STEP + 30]))
        said = waste.words(waste.sensors()[0], later, {}, "")["dateLastEmptying"]
        assert said is not None
        assert 0 <= moment - times.parse(said["value"]["@value"]) <= STEP
