# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Advice follows from what was found on the past: the same pilot gets other advice in a city that wanders otherwise."""

import msgspec
import pytest

from hanze.experiments.adviser.advising import advise
from hanze.experiments.adviser.pilot import Advice, Option, Pilot
from tests.experiments.adviser.city import QUESTION, town

NAMES = tuple(f"street {number}" for number in range(1, 10))
PILOT = Pilot(treatable=NAMES[:4], count=2, weeks=6, effect=0.1)


@pytest.fixture(scope="module")
def windy() -> Advice:
    """The weather moves all streets alike."""
    return advise(town(units=9, weeks=56, shared=0.15, own=0.03), QUESTION, PILOT, fakes=7)


def option(advice: Advice, design: str) -> Option:
    return next(one for one in advice.options if one.layout.design == design)


def test_where_streets_share_the_weather_others_are_worth_much(windy: Advice) -> None:
    did, its = option(windy, "did"), option(windy, "its")
    assert did.power > 0.8 > its.power
    assert did.detectable is not None and (its.detectable is None or did.detectable < its.detectable / 2)
    assert windy.options.index(did) < windy.options.index(its)


@pytest.fixture(scope="module")
def calm() -> Advice:
    """Streets share nothing, and each wanders much."""
    return advise(town(units=9, weeks=56, shared=0.0, own=0.1), QUESTION, PILOT, fakes=7)


def test_where_streets_share_nothing_before_and_after_is_as_good(calm: Advice) -> None:
    did, its = option(calm, "did"), option(calm, "its")
    assert did.detectable is not None and its.detectable is not None
    assert its.detectable < 1.5 * did.detectable


def test_those_that_can_be_believed_come_first_and_then_those_that_see_more(windy: Advice, calm: Advice) -> None:
    for advice in (windy, calm):
        assert [one.sound for one in advice.options] == sorted((one.sound for one in advice.options), reverse=True)
        powers = [one.power for one in advice.options if one.sound]
        assert powers == sorted(powers, reverse=True) and powers[0] > powers[-1]


def test_the_weeks_are_enough_at_which_the_smallest_effect_is_that_of_the_pilot(windy: Advice, calm: Advice) -> None:
    for one in (*windy.options, *calm.options):
        assert one.needed == next((weeks for weeks, least in one.curve if least is not None and least <= 0.1), None)
    assert len({one.needed for one in (*windy.options, *calm.options)}) > 2


def test_the_weeks_that_are_needed_are_the_fewest_that_see_it(windy: Advice) -> None:
    best = windy.options[0]
    assert best.sound and best.power >= 0.8 and best.needed is not None and best.needed <= 6
    assert [weeks for weeks, _ in best.curve] == [1.5, 3.0, 6.0, 12.0]
    assert windy.told.said() == f"{best.needed:.4g} weeks are enough to see an effect of 10 % in four trials of five."


def test_an_effect_that_is_too_small_is_said_with_what_can_be_seen() -> None:
    small = msgspec.structs.replace(PILOT, effect=0.002)
    told = advise(town(units=9, weeks=56, shared=0.15, own=0.03), QUESTION, small, fakes=5).told.said()
    assert "would be missed too often in 6 weeks; the smallest that is seen is" in told


def test_a_past_that_is_too_short_refuses_all() -> None:
    found = advise(town(units=9, weeks=9), QUESTION, PILOT, fakes=5)
    assert not found.options and found.told.said() == "No design can be used on these data; see why below."
    assert "The past is too short to try 6 weeks on it." in [one.why.said() for one in found.refused]


def test_how_far_it_is_is_told_to_the_end() -> None:
    told: list[tuple[float, float]] = []
    advise(town(units=9, weeks=20), QUESTION, PILOT, lambda done, of, words: told.append((done, of)), fakes=2)
    assert told[-1][0] == told[-1][1] and [done for done, _ in told] == sorted(done for done, _ in told)
