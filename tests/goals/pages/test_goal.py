# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The pages of the 17 goals and of one of them."""

import pytest

from hanze.goals.pages import wording
from tests.explore.conftest import Pages
from tests.explore.reading import text
from tests.goals.town import KNOWN

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize("language", ["en", "nl"])
async def test_all_goals_stand_there_with_a_way_to_each(pages: Pages, language: str) -> None:
    page = await pages.ok(f"/{language}/goals")
    for number in wording.GOALS:
        assert page.count(f'href="/{language}/goals/goal?number={number}"') == 1
    assert ("No poverty" if language == "en" else "Geen armoede") in text(page)


async def test_each_goal_names_all_its_indicators_once(pages: Pages) -> None:
    for number in wording.GOALS:
        page = await pages.ok(f"/en/goals/goal?number={number}")
        assert wording.GOALS[number] in text(page) and wording.ASKS[number] in text(page)
        for code, one in KNOWN.indicators.items():
            told = page.count(f'goals/indicator?code={code}"')
            assert told == (1 if number in one.goals else 0), (number, code)


async def test_what_is_worst_stands_first(pages: Pages) -> None:
    page = text(await pages.ok("/en/goals/goal?number=11"))
    known = page[page.index("The numbers behind it") : page.index("Best and worst neighbourhood")]
    told = [word for word in known.split("\n") if word.strip() in wording.COLOURS.values()]
    order = ["bad", "not good enough", "nearly good", "good"]
    assert len(set(told)) > 2
    assert [order.index(word.strip()) for word in told] == sorted(order.index(word.strip()) for word in told)


async def test_a_goal_that_is_none_is_not_found(pages: Pages) -> None:
    for number in ("0", "18", "x", "", "1.5", "\u0661", "-1", "1" * 400):
        assert (await pages(f"/en/goals/goal?number={number}")).status_code == 404, number


async def test_it_says_that_the_data_are_simulated(pages: Pages) -> None:
    assert "These data are simulated" in text(await pages.ok("/en/goals/goal?number=3"))
    assert "simulated" not in text(await pages.ok("/en/goals/goal?number=5")), "nothing of it is known"
