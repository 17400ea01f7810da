# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Scores follow the values: all months at first, then what changed; each month that is over stands in the history once."""

from collections.abc import Callable
from typing import TypeVar

import msgspec
import pytest

from hanze.compute import Tell
from hanze.compute.pool import Pool
from hanze.goals.scorer import Scores
from hanze.ngsild import times
from hanze.ngsild.selection import Window
from hanze.store.base import Store
from hanze.store.scope import EVERYTHING
from tests.contract.conftest import Clock
from tests.goals.scoring.town import CITY, ZONE, Town

pytestmark = pytest.mark.anyio

T = TypeVar("T")

DECEMBER, JANUARY, FEBRUARY = "2025-11-30T23:00:00Z", "2025-12-31T23:00:00Z", "2026-01-31T23:00:00Z"


class Here(Pool):
    """Works in this process, which is faster where a test asks for it ten times; test_runner.py has processes of their own."""

    async def run(
        self, function: Callable[..., T], *arguments: object, seconds: float = 60.0, progress: Tell | None = None,
        asker: str = "", shelf: bool = False,
    ) -> T:  # fmt: skip
        return function(*arguments)


class Running(Town):
    def __init__(self, store: Store, clock: Clock) -> None:
        super().__init__(store)
        self.clock, self.pool = clock, Here(1)
        self.scores = self.started()

    def started(self) -> Scores:
        return Scores(self.store, self.pool, self.clock, ZONE, CITY, self.definitions)

    async def follow(self, *, past: bool = False) -> int:
        self.scores.follow(past=past)
        return await self.scores.look()


@pytest.fixture
def town(store: Store, clock: Clock) -> Running:
    clock.now = times.parse("2026-03-10T12:00:00Z")
    return Running(store, clock)


async def test_the_first_time_all_months_are_scored(town: Running) -> None:
    for day, place in (("2025-12-01", 20), ("2026-01-01", 40), ("2026-02-01", 60), ("2026-03-01", 80)):
        town.tell("waste-full", day, {"C": place, "N": place, "S": place})
    assert await town.scores.look() > 0
    assert town.facts("goal-12", "C").score == 80
    assert town.past("goal-12", "C") == {DECEMBER: 20, JANUARY: 40, FEBRUARY: 60}
    # Three months lie between December and March.
    receipt = town.receipt("goal-12", "N")
    assert (receipt.change, receipt.compared, receipt.months, receipt.told, receipt.of) == (240, 1, 3, 1, 1)
    assert await town.scores.look() == 0
    assert await town.follow(past=True) == 0


async def test_without_any_value_everything_is_not_known(town: Running) -> None:
    assert await town.scores.look() == 20 * 3
    facts = town.facts("inclusivity", "C")
    assert (facts.name, facts.score, facts.colour) == ("Inclusive", None, "gray")
    assert (town.receipt("inclusivity", "C").told, town.past("inclusivity", "C")) == (0, {})


async def test_the_month_that_runs_follows_and_leaves_no_trace(town: Running) -> None:
    town.tell("waste-full", "2026-03-01", {"C": 20})
    await town.scores.look()
    town.tell("waste-full", "2026-03-01", {"C": 30})
    assert await town.scores.look() == 0
    assert await town.follow() > 0
    assert town.facts("goal-12", "C").score == 30
    assert town.past("goal-12", "C") == {}


async def test_a_month_that_ends_stands_in_the_history_once(town: Running) -> None:
    town.tell("waste-full", "2026-02-01", {"C": 10})
    town.tell("waste-full", "2026-03-01", {"C": 20})
    await town.scores.look()
    town.clock.now = times.parse("2026-04-02T12:00:00Z")
    town.tell("waste-full", "2026-03-01", {"C": 25})
    await town.scores.look()
    assert town.past("goal-12", "C") == {FEBRUARY: 10, "2026-02-28T23:00:00Z": 25}
    # Of April nothing is known yet: the last month stands in for it.
    assert town.facts("goal-12", "C").score == 25
    assert await town.follow(past=True) == 0


async def test_what_comes_late_takes_the_place_of_what_was_there(town: Running) -> None:
    town.tell("waste-full", "2026-01-01", {"C": 10})
    town.tell("waste-full", "2026-03-01", {"C": 20})
    await town.scores.look()
    town.tell("waste-full", "2026-01-01", {"C": 60})
    assert await town.follow() == 0
    assert await town.follow(past=True) > 0
    assert town.past("goal-12", "C")[JANUARY] == 60
    id = "urn:ngsi-ld:CityScore:testdam:goal-12:C"
    history = town.store.temporal("", id, Window(), EVERYTHING)
    assert history is not None
    moments = [one.doc["observedAt"] for one in history.attributes["https://w3id.org/hanze/terms#receipt"]]
    assert len(moments) == len(set(moments))


async def test_after_a_restart_what_was_missed_is_made_good(town: Running) -> None:
    town.tell("waste-full", "2026-02-01", {"C": 10})
    await town.scores.look()
    town.tell("waste-full", "2026-03-01", {"C": 20})
    town.tell("waste-full", "2026-02-01", {"C": 50})
    town.clock.now = times.parse("2026-05-02T12:00:00Z")
    town.scores = town.started()
    assert await town.scores.look() > 0
    assert town.past("goal-12", "C")[FEBRUARY] == 50
    assert list(town.past("goal-12", "C"))[-1] == "2026-03-31T22:00:00Z"


async def test_inequality_between_neighbourhoods_takes_off_from_a_dimension(town: Running) -> None:
    town.tell("waste-full", "2026-03-01", {"C": 65, "N": 20, "S": 80})
    town.tell("air-no2-year", "2025-06-01", {"C": 50, "N": 50, "S": 50})
    await town.scores.look()
    # 100 live in N, 300 in S.
    left = 65 * (20 * 80**3) ** 0.25 / 65
    receipt = town.receipt("liveability", "C")
    assert receipt.parts == {"air-no2-year": pytest.approx(50), "waste-full": pytest.approx(left, abs=1e-6)}
    # Goals 3 (air), 11 (both) and 12 (waste).
    assert town.facts("liveability", "C").score == pytest.approx((50 * (50 + left) / 2 * left) ** (1 / 3), abs=1e-5)
    assert receipt.plain == pytest.approx((50 * (50 + 65) / 2 * 65) ** (1 / 3), abs=1e-5)
    assert town.facts("goal-12", "C").score == 65
    assert town.receipt("liveability", "N").parts["waste-full"] == 20


async def test_too_little_is_known_of_an_area_where_it_is_of_the_city(town: Running) -> None:
    # Goal 11 has five indicators here, one of them only for areas with smaller ones in them.
    town.tell("waste-full", "2026-03-01", {"C": 90, "N": 90, "S": 90})
    town.tell("air-no2-year", "2025-06-01", {"C": 100, "N": 100, "S": 100})
    await town.scores.look()
    assert (town.facts("goal-11", "C").colour, town.receipt("goal-11", "C").of) == ("gray", 5)
    assert (town.facts("goal-11", "N").colour, town.receipt("goal-11", "N").of) == ("gray", 2)
    town.tell("noise-lden", "2025-06-01", {"C": 100, "N": 100})
    await town.follow(past=True)
    assert (town.facts("goal-11", "C").colour, town.receipt("goal-11", "C").of) == ("green", 5)
    assert (town.facts("goal-11", "S").colour, town.receipt("goal-11", "S").of) == ("green", 3)


async def test_what_tells_how_areas_differ_does_not_count_for_the_smallest(town: Running) -> None:
    town.tell("waste-full", "2026-03-01", {"C": 90, "N": 90, "S": 90})
    town.tell("waste-full-gap", "2026-03-01", {"C": 90})
    await town.scores.look()
    assert [town.receipt("goal-11", area).of for area in "CNS"] == [5, 1, 1]


async def test_small_areas_stay_hidden_whatever_was_told_before(town: Running) -> None:
    town.tell("waste-full", "2026-02-01", {"N": 90})
    town.tell("waste-full", "2026-03-01", {"N": None}, why="few people")
    await town.scores.look()
    assert town.facts("goal-12", "N").score is None


async def test_missing_hours_widen_the_score(town: Running) -> None:
    town.tell("waste-full", "2026-03-01", {"C": 50}, spread=10)
    await town.scores.look()
    receipt = town.receipt("goal-12", "C")
    assert receipt.low == pytest.approx(40)
    assert receipt.high == pytest.approx(60)


async def test_a_year_that_runs_is_not_compared_with_a_whole_one(town: Running) -> None:
    for day, place in (("2024-06-01", 30), ("2025-06-01", 40), ("2026-03-01", 90)):
        town.tell("air-no2-year", day, {"C": place})
    await town.scores.look()
    receipt = town.receipt("goal-3", "C")
    assert town.facts("goal-3", "C").score == pytest.approx(90)
    # March 2026 has the whole of 2025, March 2025 that of 2024.
    assert receipt.change == pytest.approx(10)
    assert receipt.months == 12


async def test_another_definition_is_another_sum(town: Running) -> None:
    town.tell("waste-full", "2026-03-01", {"C": 50})
    await town.scores.look()
    before = town.receipt("goal-12", "C").inputs
    one = town.definitions["waste-full"]
    town.definitions["waste-full"] = msgspec.structs.replace(one, version=one.version + 1)
    town.scores = town.started()
    await town.scores.look()
    assert town.receipt("goal-12", "C").inputs != before
