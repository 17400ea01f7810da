# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The short question to residents: no account, once a browser and wave, and no small numbers for others to see."""

import os
import re

import httpx2
import pytest

from hanze.experiments.trials import answers, running
from hanze.experiments.trials.answers import Answered
from hanze.experiments.trials.vaults import ANSWERS
from hanze.store.base import UnitOfWork
from hanze.web import cookies
from hanze.web.forms import guard
from hanze.web.people import people, sessions
from hanze.web.people.vaults import PEOPLE
from tests.experiments.trials.place import CITY, OFFICER, ZONE, City, plan

pytestmark = pytest.mark.anyio

SURVEY = {
    "kind": "survey", "question": "Hoe vindt u het loket?",
    "answers": [{"text": "Goed", "score": 1}, {"text": "Slecht", "score": 0}],
    "waves": [{"since": "2026-03-02", "until": "2026-03-12"}, {"since": "2026-04-10", "until": "2026-04-20"}],
}  # fmt: skip
PLAN = plan(
    outcome=SURVEY,
    units="areas",
    treated=["N"],
    compared=["S"],
    since="2026-03-01",
    starts="2026-03-20",
    ends="2026-06-01",
)
PAGE = "/nl/trial/answer?id=stil"
YES = {"answer": "0", "area": "N"}


async def browser(city: City, name: str, fields: dict[str, str]) -> httpx2.Response:
    """Somebody with this cookie sends an answer."""
    transport, jar = httpx2.ASGITransport(city.app), {cookies.FORM: name}
    async with httpx2.AsyncClient(transport=transport, base_url="http://town", cookies=jar) as client:
        return await client.post(PAGE, data={guard.FIELD: guard.token(name), **fields})


def kept(city: City) -> list[tuple[int, str, int]]:
    return [(row["wave"], row["area"], row["answer"]) for row in city.store.vault(ANSWERS).select()]


async def test_a_browser_answers_once_a_wave_and_the_first_answer_counts(city: City) -> None:
    city.fixed(PLAN)
    first = await browser(city, "a", YES)
    assert first.status_code == 303 and "said=yes" in first.headers["location"]
    second = await browser(city, "a", {"answer": "1", "area": "S"})
    assert "said=before" in second.headers["location"]
    await browser(city, "b", {"answer": "1", "area": "S"})
    assert kept(city) == [(0, "N", 0), (0, "S", 1)]
    city.at("2026-04-15")
    assert "said=yes" in (await browser(city, "a", YES)).headers["location"]
    marks = [row["browser"] for row in city.store.vault(ANSWERS).select()]
    assert len(set(marks)) == 3 and not any(mark in ("a", "b") for mark in marks)


async def test_who_is_signed_in_answers_once_also_with_another_session(city: City) -> None:
    city.fixed(PLAN)

    def enter(uow: UnitOfWork) -> str:
        vault = uow.vault(PEOPLE)
        mail = {"mail": "mia@town.example", "name": "Mia", "language": "nl", "by": "test"}
        mia = people.find(vault, mail=mail["mail"]) or people.make(uow, os.urandom, roles=("resident",), **mail)
        return sessions.begin(uow, os.urandom, mia.id, staff=False, agent="test")[0]

    said = []
    for _session in range(2):
        token = await city.store.write(enter)
        transport, jar = httpx2.ASGITransport(city.app), {cookies.SESSION: token}
        async with httpx2.AsyncClient(transport=transport, base_url="http://town", cookies=jar) as client:
            answer = await client.post(PAGE, data={guard.FIELD: guard.token(token), **YES})
        said.append(answer.headers["location"].rpartition("said=")[2])
    assert said == ["yes", "before"] and len(kept(city)) == 1


@pytest.mark.parametrize(
    ("fields", "told"),
    [({"area": "N"}, "answer"), ({"answer": "7", "area": "N"}, "answer"), ({"answer": "0", "area": "C"}, "area")],
)
async def test_what_cannot_be_counted_is_told_beside_the_question(
    city: City, fields: dict[str, str], told: str
) -> None:
    city.fixed(PLAN)
    answer = await browser(city, "a", fields)
    assert answer.status_code == 422 and f'id="{told}-wrong"' in answer.text and kept(city) == []


async def test_between_waves_and_after_the_trial_nothing_is_asked(city: City) -> None:
    city.fixed(PLAN)
    city.at("2026-03-25")
    assert (await browser(city, "a", YES)).status_code == 409
    async with city.visitor() as anyone:
        assert "10 april 2026" in await anyone.ok(PAGE) and "<form" not in (await anyone.ok(PAGE)).partition("<main")[2]
    city.at("2026-04-15")
    city.store.submit(lambda uow: running.stop(uow, CITY, "stil", ZONE, "x", OFFICER)).result()
    assert (await browser(city, "a", YES)).status_code == 409 and kept(city) == []


async def test_a_trial_without_a_survey_asks_nothing(city: City) -> None:
    city.fixed()
    async with city.visitor() as anyone:
        assert (await anyone.get(PAGE)).status_code == 404


async def test_others_see_counts_and_none_where_few_answered(city: City) -> None:
    city.fixed(PLAN)

    def fill(many: int, area: str) -> None:
        def work(uow: object) -> None:
            for number in range(many):
                answers.put(uow, "stil", Answered(0, area, number % 2), f"{area}{number}")  # type: ignore[arg-type]

        city.store.submit(work).result()

    fill(answers.FEWEST - 1, "N")
    fill(answers.FEWEST, "S")
    async with city.visitor() as anyone:
        page = await anyone.ok("/en/trial?id=stil")
    table = page.partition('<h2 id="survey-title">')[2].partition("</section>")[0]
    rows = [re.findall(r"<t[hd][^>]*>([^<]*)</t[hd]>", row) for row in re.findall(r"<tr>(.*?)</tr>", table, re.S)]
    assert [row[1:] for row in rows] == [["Area", "Goed", "Slecht"], ["Wijk N", "", ""], ["Wijk S", "3", "2"]]
    assert f"fewer than {answers.FEWEST} people" in table
    cells = answers.cells(city.store, "stil", PLAN.outcome, {"N": "N", "S": "S"})  # type: ignore[arg-type]
    assert [(one.area, one.counts) for one in cells] == [("N", None), ("S", (3, 2))]


async def test_one_address_cannot_send_without_end(city: City) -> None:
    city.fixed(PLAN)
    found = [(await browser(city, str(number), YES)).status_code for number in range(102)]
    assert set(found[:90]) == {303} and found[-1] == 429
