# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a plan changes is what it is by hand, on a grid of hectares."""

import msgspec
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from hanze.goals.areas.land import USES
from hanze.goals.computing.scene import Place
from hanze.goals.land.cutting import cut
from hanze.goals.plans.assumptions import Range
from hanze.goals.plans.effects import Effects, Ground, Sketch, effects
from hanze.goals.plans.nearness import Near
from tests.goals.land.making import EAST, NORTH, SOUTH, WEST, area, cells, piece, size

NEAR = pytest.approx

WEST_AREA, EAST_AREA = area("W", 0, 0, 10, 10), area("E", 10, 0, 20, 10)
PIECES = [piece("homes", 0, 0, 5, 10), piece("nature", 5, 0, 7, 10), piece("farmland", 7, 0, 20, 10)]
LANDS = cut([WEST_AREA, EAST_AREA], PIECES)
LEAVES = [Place(WEST_AREA, 1000.0, 1.0, LANDS["W"]["homes"]), Place(EAST_AREA, 0.0, 1.0)]

PARK, STOP = cells(5, 0, 7, 10), shapely.Point(WEST + 4 * EAST, SOUTH + 5 * NORTH)
GROUND = Ground(LEAVES, LANDS, {"green": Near([PARK], 300.0, "nature"), "stop": Near([STOP], 500.0)})


def of(
    use: str, left: float, bottom: float, right: float, top: float, ground: Ground = GROUND, **told: float
) -> Effects:
    return effects(Sketch(cells(left, bottom, right, top), use, **told), ground)


def test_homes_on_farmland() -> None:
    """Six cells by ten of the farmland, beside the park: 60 hectares."""
    found = of("homes", 7, 0, 13, 10)
    surface = size(7, 0, 13, 10)
    assert found.surface == NEAR(surface, abs=2e-6)
    assert found.uses == {"farmland": NEAR(surface, abs=3e-6)}
    assert set(found.areas) == {"E", "W"}
    assert found.residents == Range(0, 0)
    assert found.homes is not None and found.newcomers is not None
    assert (found.homes.low, found.homes.high) == NEAR((surface * 1500, surface * 4000), rel=1e-5)
    assert (found.newcomers.low, found.newcomers.high) == NEAR((surface * 1500 * 1.8, surface * 4000 * 2.4), rel=1e-5)
    assert found.farmland == NEAR((size(7, 0, 20, 10), size(13, 0, 20, 10)), abs=1e-5)
    assert found.built == NEAR((25, 25 + 30), abs=0.01)
    # The old homes lie along the park on one kilometre; the new ones do so too, and along the fields on their other side.
    assert found.edge == NEAR(2.0, abs=0.02)


def test_green_and_stops_close_to_the_new_homes() -> None:
    found = of("homes", 7, 0, 13, 10)
    green, stop = found.near["green"], found.near["stop"]
    # Three of the six columns lie within 300 metres of the park.
    assert green.new is not None and (green.new.low, green.new.high) == NEAR((50, 50), abs=0.6)
    assert stop.new is not None and stop.new.low == stop.new.high == NEAR(_circle_share(), abs=0.1)
    # Those who live beside it live up to five columns from it, three of which are homes; all have the park within 300 metres.
    assert green.now == NEAR(100, abs=0.1)
    assert (green.metres, stop.metres) == (300, 500)
    assert green.then is not None and (green.then.low, green.then.high) == NEAR((100, 100), abs=0.1)
    assert found.around == NEAR(1000 * 3 / 5, rel=0.01)


def _circle_share() -> float:
    """Percent of the plan within 500 metres of the stop, by counting the middles of a thousand parts of each cell."""
    wide, high = EAST * 68_677.7, NORTH * 111_267.2
    inside = sum(
        ((x + 0.5) / 30 + 3) ** 2 * wide**2 + ((y + 0.5) / 30 - 5) ** 2 * high**2 <= 500**2
        for x in range(180) for y in range(300)
    )  # fmt: skip
    return 100 * inside / (180 * 300)


def test_a_park_that_is_built_over_may_stay_or_go() -> None:
    found = of("work", 5, 0, 7, 10)
    green = found.near["green"]
    # Three of the five columns of homes lie within 300 metres of it.
    assert green.now == NEAR(60, abs=0.2)
    assert green.then is not None and (green.then.low, green.then.high) == NEAR((0, 60), abs=0.2)
    assert green.new is None and found.homes is None and found.newcomers is None


def test_new_nature_may_be_open_to_people_or_not() -> None:
    ground = msgspec.structs.replace(GROUND, near={"green": Near([cells(18, 0, 20, 10)], 300.0, "nature")})
    found = of("nature", 7, 0, 9, 10, ground)
    green = found.near["green"]
    # The two columns nearest to it get green within 300 metres; four of them are less than 500 metres away.
    assert green.now == 0 and green.then is not None
    assert (green.then.low, green.then.high) == NEAR((0, 100 * 1 / 3), abs=1)


def test_who_lives_there_is_a_range_that_knows_the_whole() -> None:
    half = of("nature", 0, 0, 5, 5)
    assert half.residents is not None and (half.residents.low, half.residents.high) == NEAR((250, 750), abs=1)
    most = of("nature", 0, 0, 5, 9)
    # A tenth of the homes is left, with 50 to 150 people.
    assert most.residents is not None and (most.residents.low, most.residents.high) == NEAR((850, 950), abs=1)
    whole = of("nature", 0, 0, 5, 10)
    assert whole.residents is not None and (whole.residents.low, whole.residents.high) == NEAR((1000, 1000), abs=0.1)


def test_homes_that_are_there_are_not_counted_as_new() -> None:
    found = of("homes", 3, 0, 9, 10)
    surface = size(5, 0, 9, 10)
    assert found.homes is not None and found.homes.low == NEAR(surface * 1500, rel=1e-4)
    assert of("homes", 0, 0, 5, 10).homes is None


def test_the_plan_may_say_how_many_homes_come() -> None:
    assert of("homes", 7, 0, 13, 10, least=100, most=180).homes == Range(100, 180)
    found = of("homes", 7, 0, 13, 10, most=180).homes
    assert found is not None and found.low == 180


def test_what_is_not_known_is_not_told() -> None:
    places = [msgspec.structs.replace(one, people=None) for one in LEAVES]
    found = of("homes", 7, 0, 13, 10, Ground(places, {}, {"green": Near([], 300.0, "nature")}))
    assert (found.residents, found.built, found.around, found.near) == (None, None, None, {})
    assert (found.uses, found.farmland, found.edge) == ({}, (0, 0), 0)


def test_a_plan_outside_of_the_city_changes_nothing() -> None:
    found = of("homes", 90, 0, 99, 10)
    assert (found.surface, found.areas, found.residents, found.homes) == (0, (), None, None)
    assert found.farmland[0] == found.farmland[1]


def test_only_what_lies_in_the_city_counts() -> None:
    assert of("homes", 13, 0, 40, 10).surface == NEAR(size(13, 0, 20, 10), abs=2e-6)


@settings(max_examples=80, deadline=None)
@given(st.sampled_from(USES), st.integers(0, 19), st.integers(0, 9), st.integers(1, 9), st.integers(1, 9))
def test_whatever_is_drawn_nothing_is_lost(use: str, x: int, y: int, wide: int, high: int) -> None:
    found = of(use, x, y, min(20, x + wide), min(10, y + high))
    assert sum(found.uses.values()) == NEAR(found.surface, abs=1e-5)
    gone = found.uses.get("farmland", 0.0)
    assert found.farmland[0] - found.farmland[1] == NEAR(gone if use != "farmland" else gone - found.surface, abs=1e-5)
    assert found.residents is not None and 0 <= found.residents.low <= found.residents.high <= 1000
    assert found.built is not None and -1e-9 <= found.built[1] <= 100 + 1e-9
    for one in found.near.values():
        for told in (one.then, one.new):
            assert told is None or -1e-9 <= told.low <= told.high + 1e-9 <= 100 + 1e-6
    assert (found.homes is None) == (use != "homes" or abs(found.uses.get("homes", 0.0) - found.surface) < 1e-5)
