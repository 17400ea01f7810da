# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A challenge is published by a second person; a change is a version that applicants are told of; days and withdrawals move it."""

import pytest

from hanze.experiments.challenges import drafts, keeping
from hanze.experiments.challenges.vaults import DRAFTS
from hanze.goals.keeping import values
from tests.experiments.challenges.city import CALL, CLOSED, JUDGING, OPEN, PROBLEM, City
from tests.explore.reading import links, text
from tests.goals.journey.place import CITY, TREND

pytestmark = pytest.mark.anyio


async def test_nobody_publishes_what_they_wrote(city: City) -> None:
    async with city.somebody("ina", "innovation-officer") as ina, city.somebody("bo", "editor") as bo:
        answer = await ina.post("/nl/challenges/new", PROBLEM)
        code = answer.headers["location"].split("id=")[1].split("&")[0]
        draft = f"/nl/challenges/draft?id={code}"
        # What is not complete is not looked at.
        assert (await ina.post(draft, {"act": "ask"})).status_code == 409
        await ina.post(f"/nl/challenges/edit?id={code}&step=call", CALL)
        await ina.post(f"/nl/challenges/edit?id={code}&step=judging", JUDGING)
        assert (await bo.post(draft, {"act": "publish"})).status_code == 409
        assert (await ina.post(draft, {"act": "ask"})).status_code == 303
        assert (await ina.post(draft, {"act": "publish"})).status_code == 409
        assert "Volle bakken" in await bo.ok("/nl/desk")
        assert (await bo.post(draft, {"act": "return", "note": ""})).status_code == 422
        assert (await bo.post(draft, {"act": "return", "note": "Schrijf het korter."})).status_code == 303
        assert "Schrijf het korter." in await ina.ok(draft)
        assert (await bo.post(draft, {"act": "publish"})).status_code == 409
        # Who changes it after it was asked for takes the question back.
        await ina.post(draft, {"act": "ask"})
        await ina.post(f"/nl/challenges/edit?id={code}&step=problem", PROBLEM)
        assert (await bo.post(draft, {"act": "publish"})).status_code == 409
        await ina.post(draft, {"act": "ask"})
        assert (await bo.post(draft, {"act": "publish"})).status_code == 303
    assert city.challenge(code).facts.status == "announced" and city.store.vault(DRAFTS).count() == 0


async def test_a_draft_is_nowhere_to_be_read(city: City) -> None:
    async with city.somebody("ina", "innovation-officer") as ina:
        answer = await ina.post("/nl/challenges/new", {**PROBLEM, "name": "Geheim plan"})
        code = answer.headers["location"].split("id=")[1].split("&")[0]
    assert keeping.read(city.store) == []
    for role in ("", "resident", "partner", "data-officer"):
        async with city.visitor(role) as person:
            for path in (
                "challenges",
                "challenges.json",
                f"challenge?id={code}",
                f"challenges/draft?id={code}",
                "challenges.atom",
            ):
                assert "Geheim plan" not in (await person.get(f"/nl/{path}")).text, (role, path)


async def test_a_change_is_a_version_that_applicants_are_told_of(city: City) -> None:
    code = await city.published()
    city.moved(OPEN)
    await city.look()
    await city.applied(code, "anne")
    async with city.visitor() as anyone:
        assert (
            await anyone.post(f"/nl/challenge?id={code}", {"question": "Mag het ook in het groen?"})
        ).status_code == 303
    async with city.somebody("ina") as ina, city.somebody("bo") as bo:
        later = {**CALL, "closes": "2026-04-20", "decided": "2026-05-05"}
        assert (await ina.post(f"/nl/challenges/edit?id={code}&step=call", later)).status_code == 303
        edit = f"/nl/challenges/edit?id={code}&step=judging"
        assert (await ina.post(edit, JUDGING)).status_code == 422
        assert (await ina.post(edit, {**JUDGING, "what": "Tien dagen langer."})).status_code == 303
        # A question that is answered meanwhile is not lost by the change.
        page = await ina.ok(f"/nl/call/questions?id={code}")
        id = page.split('name="id" value="')[1].split('"')[0]
        fields = {"id": id, "place": "0", "question0": "Mag het groen?", "answer0": "Ja."}
        assert (await ina.post(f"/nl/call/questions?id={code}", fields)).status_code == 303
        await ina.post(f"/nl/challenges/draft?id={code}", {"act": "ask"})
        assert (await bo.post(f"/nl/challenges/draft?id={code}", {"act": "publish"})).status_code == 303
    one = city.challenge(code)
    assert (one.call.version, one.facts.closes, one.facts.status) == (2, "2026-04-20", "open")
    assert [(each.question, each.answer) for each in one.call.questions] == [("Mag het groen?", "Ja.")]
    mail = city.mails()[-1]
    assert mail.to == "anne@testdam.example" and "Tien dagen langer." in mail.text
    async with city.visitor() as anyone:
        page = text(await anyone.ok(f"/nl/challenge?id={code}"))
        assert "Tien dagen langer." in page and "Ja." in page and "anne" not in page


async def test_days_move_a_challenge(city: City) -> None:
    code = await city.published()
    seen = []
    for day in (0, 4, 5, 30, 31, 32, 80):
        city.moved(day)
        await city.look()
        seen.append(city.challenge(code).facts.status)
    assert seen == ["announced", "announced", "open", "open", "open", "judging", "judging"]


async def test_the_city_withdraws_a_challenge_and_says_why(city: City) -> None:
    code = await city.published()
    city.moved(OPEN)
    application = await city.applied(code, "anne")
    city.moved(CLOSED)
    async with city.somebody("ina") as ina:
        assert (await ina.post(f"/nl/challenge/withdraw?id={code}", {"why": ""})).status_code == 422
        assert (await ina.post(f"/nl/challenge/withdraw?id={code}", {"why": "Het geld is op."})).status_code == 303
        # What was sent stays closed for good.
        assert (await ina.get(f"/nl/jury/desk?id={code}")).status_code == 409
        assert (await ina.post(f"/nl/challenge/withdraw?id={code}", {"why": "x"})).status_code == 409
    assert "Het geld is op." in city.mails()[-1].text and city.mails()[-1].to == "anne@testdam.example"
    async with city.visitor() as anyone:
        page = await anyone.ok(f"/nl/challenge?id={code}")
        assert "Het geld is op." in page and application not in page


async def test_it_is_opened_from_a_number_that_is_not_good_enough(city: City) -> None:
    city.measured()
    async with city.somebody("ina", "innovation-officer") as ina:
        page = await ina.ok(f"/en/goals/indicator?code={TREND}")
        address = links(page)["Open a challenge for this"]
        form = await ina.ok(address)
        assert f'<option value="{TREND}" selected' in form
        path = address.partition("?")[2]
        answer = await ina.post(f"/en/challenges/new?{path}", {**PROBLEM, "indicator": TREND, "targets": ""})
        assert answer.status_code == 303
    (kept,) = drafts.every(city.store.vault(DRAFTS))
    assert kept.draft.about == values.id_of(CITY, TREND, "C") and "11.6" in kept.draft.targets
    baseline = kept.draft.baseline
    assert baseline is not None and baseline.value == pytest.approx(37.0, abs=1) and baseline.low is not None
    assert baseline.smallest is not None and baseline.smallest.effect is not None and 0 < baseline.smallest.effect < 0.2
    async with city.somebody("jan", "resident") as jan:
        assert "Open a challenge for this" not in await jan.ok(f"/en/goals/indicator?code={TREND}")


async def test_a_number_without_a_value_is_no_reason_for_a_challenge(city: City) -> None:
    async with city.somebody("ina", "innovation-officer") as ina:
        page = await ina.ok(f"/nl/goals/indicator?code={TREND}")
        assert "challenges/new" not in page


async def test_what_is_in_the_way_is_said_in_the_language_of_the_page(city: City) -> None:
    code = await city.published()
    city.moved(OPEN)
    application = await city.applied(code, "eva")
    await city.seated(code, "jo")
    city.moved(CLOSED)
    async with city.somebody("jo", "resident") as jo:
        answer = await jo.get(f"/nl/jury/score?id={code}&application={application}")
        assert answer.status_code == 409
        assert "Dit kan nu niet" in answer.text and "Zeg eerst bij welke inzendingen" in answer.text


async def test_rubbish_is_said_beside_its_field_and_nothing_typed_is_lost(city: City) -> None:
    wrong = (
        ("problem", PROBLEM, {"weeks": "0"}), ("problem", PROBLEM, {"targets": "elf"}), ("problem", PROBLEM, {"name": ""}),
        ("call", CALL, {"closes": "2026-01-01"}), ("call", CALL, {"opens": "gisteren"}), ("call", CALL, {"budget": "veel"}),
        ("judging", JUDGING, {"criteria": "60 A\n30 B"}), ("judging", JUDGING, {"criteria": "veel voor A"}),
        ("judging", JUDGING, {"criteria": "50 A\n50 a"}),
    )  # fmt: skip
    async with city.somebody("ina", "innovation-officer") as ina:
        answer = await ina.post("/nl/challenges/new", PROBLEM)
        code = answer.headers["location"].split("id=")[1].split("&")[0]
        for step, fields, other in wrong:
            answer = await ina.post(f"/nl/challenges/edit?id={code}&step={step}", {**fields, **other})
            assert answer.status_code == 422 and 'class="problem"' in answer.text, other
            kept = next(iter(other.values()))
            assert not kept or kept.partition("\n")[0] in answer.text, other
