# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The jury: declared interests, scores that nobody sees too early, and a decision that needs them."""

import pytest

from hanze.experiments.challenges import deciding, jurors
from hanze.experiments.challenges.judging import Score
from hanze.experiments.challenges.vaults import JURORS, SCORES
from hanze.web.people import people
from hanze.web.people.vaults import PEOPLE
from tests.experiments.challenges.city import CLOSED, OPEN, City

pytestmark = pytest.mark.anyio


async def called(city: City) -> tuple[str, str, str]:
    """A closed call with two applications and a jury of three; its code and the ids of the applications."""
    code = await city.published()
    city.moved(OPEN)
    first, second = await city.applied(code, "anne"), await city.applied(code, "berend")
    await city.seated(code, "joost", "jet", "jan")
    city.moved(CLOSED)
    return code, first, second


async def test_a_juror_declares_first_and_never_judges_a_friend(city: City) -> None:
    code, first, second = await called(city)
    assert (await city.judged(code, "joost", first, (5, 5))).status_code == 409
    assert (await city.declared(code, "joost", conflicts=first)).status_code == 422
    assert (await city.declared(code, "joost", conflicts=first, tells="Mijn zus werkt er.")).status_code == 303
    assert (await city.judged(code, "joost", first, (5, 5))).status_code == 409
    assert (await city.judged(code, "joost", second, (5, 5))).status_code == 303
    # Who began to judge cannot declare otherwise.
    assert (await city.declared(code, "joost")).status_code == 409
    async with city.somebody("joost") as joost:
        assert (await joost.get(f"/nl/jury/score?id={code}&application={first}")).status_code == 409
    async with city.somebody("ina") as ina:
        assert "Mijn zus werkt er." in await ina.ok(f"/nl/jury/desk?id={code}")


async def test_nobody_sees_the_scores_of_others_before_the_own_ones(city: City) -> None:
    code, first, _second = await called(city)
    for juror in ("joost", "jet"):
        await city.declared(code, juror)
    await city.judged(code, "joost", first, (5, 1))
    async with city.somebody("jet") as jet:
        for path in (f"jury/score?id={code}&application={first}", f"jury/call?id={code}"):
            assert "joost 5" not in await jet.ok(f"/nl/{path}")
    assert (await city.judged(code, "jet", first, (2, 2))).status_code == 303
    async with city.somebody("jet") as jet:
        page = await jet.ok(f"/nl/jury/score?id={code}&application={first}")
        assert "joost 5" in page and "jet 2" in page
    # And then they are for good.
    assert (await city.judged(code, "jet", first, (5, 1))).status_code == 409
    assert city.store.vault(SCORES).count() == 2


def test_what_a_juror_sees_is_all_or_nothing() -> None:
    all = {"a": {"jet": [Score(5, "x")], "joost": [Score(1, "y")]}, "b": {"joost": [Score(2, "z")]}}
    assert (
        jurors.seen(all, "jet", "a") == all["a"] and jurors.seen(all, "jet", "b") == jurors.seen(all, "jan", "a") == {}
    )


async def test_an_officer_who_judges_sees_nothing_of_others_either(city: City) -> None:
    code, first, second = await called(city)
    async with city.somebody("ina") as ina:
        await ina.post(f"/nl/jury/members?id={code}", {"mail": "ina@testdam.example"})
        for juror in ("joost", "ina"):
            await city.declared(code, juror)
        await city.judged(code, "joost", first, (5, 1))
        page = await ina.ok(f"/nl/jury/desk?id={code}")
        assert "68,0" not in page and "Bak van anne" not in page
        answer = await ina.get(f"/nl/jury/decide?id={code}")
        assert "68,0" not in answer.text
        await city.judged(code, "ina", first, (5, 1))
        await city.judged(code, "ina", second, (5, 1))
        assert "68,0" in await ina.ok(f"/nl/jury/desk?id={code}")


async def test_only_the_jury_and_the_city_come_in(city: City) -> None:
    code, first, _second = await called(city)
    for name, role in (("bo", "editor"), ("anne", "partner"), ("piet", "resident"), ("admin", "administrator")):
        async with city.somebody(name, role) as person:
            for path in (f"jury/call?id={code}", f"jury/score?id={code}&application={first}", f"jury/desk?id={code}",
                         f"jury/decide?id={code}", f"jury/members?id={code}"):  # fmt: skip
                answer = await person.get(f"/nl/{path}")
                assert answer.status_code == 403 and "Zonnecel" not in answer.text, (name, path)
            assert (await person.post(f"/nl/jury/decide?id={code}", {"choice0": "chosen"})).status_code == 403
    assert (await city.judged(code, "piet", first, (5, 5))).status_code == 403


async def test_a_decision_needs_two_jurors_and_a_reason_for_each(city: City) -> None:
    code, first, second = await called(city)
    for juror in ("joost", "jet"):
        await city.declared(code, juror)
    for application in (first, second):
        await city.judged(code, "joost", application, (3, 3))
    answer = await city.decided(code, "chosen", "not")
    assert answer.status_code == 422 and city.challenge(code).facts.status != "decided"
    for application in (first, second):
        await city.judged(code, "jet", application, (4, 2))
    async with city.somebody("ina") as ina:
        short = {"choice0": "chosen", "why0": "Goed", "choice1": "not", "why1": ""}
        assert (await ina.post(f"/nl/jury/decide?id={code}", short)).status_code == 422
    assert (await city.decided(code, "chosen", "chosen")).status_code == 422
    assert (await city.decided(code, "not", "chosen")).status_code == 303
    told = deciding.decision(city.challenge(code))
    assert told is not None and [line.chosen for line in told.lines] == [False, True] and not told.ordered
    # Once.
    assert (await city.decided(code, "chosen", "not")).status_code == 409
    assert told.jurors == 3 and all(line.jurors == 2 for line in told.lines)


async def test_the_jury_comes_by_mail_address(city: City) -> None:
    code = await city.published()
    async with city.somebody("ina") as ina:
        path = f"/nl/jury/members?id={code}"
        assert (await ina.post(path, {"mail": "nieuw@elders.example"})).status_code == 303
        assert "/invitation?token=" in city.mails()[-1].text and city.store.vault(JURORS).count() == 0
        async with city.somebody("jet", "resident"):
            pass
        assert (await ina.post(path, {"mail": "jet@testdam.example"})).status_code == 303
        assert (await ina.post(path, {"mail": "jet@testdam.example"})).status_code == 409
        found = people.find(city.store.vault(PEOPLE), id=city.id("jet"))
        assert found is not None and found.roles == ("resident", "juror")
        async with city.somebody("jet") as jet:
            assert "Volle bakken" in await jet.ok("/nl/jury")
            assert "Judge" in await jet.ok("/en/desk")
        assert (await ina.post(path, {"out": city.id("jet")})).status_code == 303
        assert city.store.vault(JURORS).count() == 0
