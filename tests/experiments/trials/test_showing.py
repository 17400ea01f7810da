# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What everyone reads: the register, a trial with its versions, what we learned, a dossier, and the same as data."""

import csv
import io

import msgspec
import pytest

from hanze.access.principal import ANYONE
from hanze.experiments.model import AGREEMENT, CHALLENGE, SOLUTION, AgreementFacts, ChallengeFacts, SolutionFacts
from hanze.experiments.trials import api, elsewhere, keeping, registered, running
from hanze.experiments.trials.followup import FollowUp
from hanze.goals.catalogue.reading import shipped
from hanze.goals.indicators.known import Known
from hanze.goals.keeping.saving import save
from hanze.http.operation import Caller
from hanze.store.base import UnitOfWork
from tests.experiments.agreements.making import changed
from tests.experiments.trials.place import CITY, OFFICER, TREATED, City, plan

pytestmark = pytest.mark.anyio

CALL, OFFER, TERMS = (f"urn:ngsi-ld:{type}:{CITY}:stil" for type in ("Challenge", "Solution", "DataAgreement"))

AGREED = msgspec.to_builtins(changed(name="Geluid delen"))


def linked(city: City) -> None:
    """A challenge of goal 11, a solution that was chosen, and an agreement."""

    def work(uow: UnitOfWork) -> None:
        save(
            uow,
            CHALLENGE.entity(
                CALL, ChallengeFacts("Minder lawaai", "Te veel lawaai.", "nl", "decided", "N", targets=["11.6"])
            ),
        )
        save(
            uow,
            SOLUTION.entity(OFFER, SolutionFacts("Stille bus", "Rijdt stil.", "Stil BV", "company", inResponseTo=CALL)),
        )
        save(uow, AGREEMENT.entity(TERMS, AgreementFacts("Geluid delen", "Stil BV", "signed", AGREED)))

    city.store.submit(work).result()


async def test_the_register_shows_what_failed_beside_what_worked(city: City) -> None:
    city.judged("worked", "een")
    city.judged("made it worse", "twee")
    city.opened("drie", goals=[11])
    async with city.visitor() as anyone:
        page = await anyone.ok("/en/trials")
        assert (
            "worked: 6 percent less, between 3 and 9" in page and "made it worse" in page and "being prepared" in page
        )
        goal = await anyone.ok("/en/trials?goal=11")
        assert "trial?id=drie" in goal and "trial?id=een" not in goal
        worse = await anyone.ok("/en/trials?verdict=made+it+worse")
        assert "trial?id=twee" in worse and "trial?id=een" not in worse
        assert (
            "trial?id=drie" in (prepared := await anyone.ok("/en/trials?phase=coming&goal=11"))
            and "trial?id=een" not in prepared
        )
        rows = list(csv.DictReader(io.StringIO(await anyone.ok("/en/trials.csv"))))
        assert {row["trial"]: row["verdict"] for row in rows} == {"een": "worked", "twee": "made it worse", "drie": ""}


async def test_what_we_learned_is_found_by_words_and_verdict(city: City) -> None:
    async with city.visitor() as anyone:
        assert 'class="empty"' in await anyone.ok("/en/learned")
        city.judged("cannot tell", "een")
        city.started(code="twee")
        page = await anyone.ok("/en/learned")
        assert "trial?id=een" in page and "trial?id=twee" not in page and "did not work (0)" in page
        assert "trial?id=een" in await anyone.ok("/en/learned?q=STILLE+wijk")
        assert "Nothing was found" in await anyone.ok("/en/learned?q=parkeren")
        assert "Nothing was found" in await anyone.ok("/en/learned?verdict=worked")


async def test_a_change_after_it_began_stands_beside_the_plan(city: City) -> None:
    city.started()
    city.fixed(plan(bought=0.01), why="Het viel tegen.")
    async with city.visitor() as anyone:
        page = await anyone.ok("/en/trial?id=stil")
        assert "changed after the trial began, when its numbers could be seen" in page and "Het viel tegen." in page
        assert "It was: 5 percent" in page.replace("\n", "") or "5 percent<br>" in page
        assert "A part of the plan was fixed when numbers of the trial could be seen" in page
        check = await anyone.ok("/en/trial/check?id=stil")
        assert "In order." in check and "over 2 versions" in check
        assert registered.versions(city.store, CITY, "stil")[1].link.hash in check


async def test_a_trial_has_its_numbers_as_a_table(city: City) -> None:
    city.started()
    async with city.visitor() as anyone:
        rows = list(csv.DictReader(io.StringIO(await anyone.ok("/en/trial.csv?id=stil"))))
    on = [row for row in rows if row["on"] == "1"]
    assert {row["unit"] for row in on} == set(TREATED) and min(row["time"] for row in on) == "2026-02-09"


async def test_a_dossier_tells_a_subject_from_goal_to_follow_up(city: City) -> None:
    linked(city)
    city.judged()
    city.store.submit(lambda uow: keeping.change(uow, CITY, "stil", solution=OFFER, agreement=TERMS)).result()
    step = FollowUp(what="buy", why="Het werkte.", owner="Inkoop", by="2026-02-01", budget=1.0, route="several offers")
    city.store.submit(lambda uow: running.follow(uow, CITY, "stil", step, OFFICER)).result()
    async with city.visitor() as anyone:
        # The challenge and the trial have the same last word of their ids here; both lead to the one subject.
        page = await anyone.ok("/en/dossier?id=stil")
        order = [
            "goals/goal?number=11",
            "Te veel lawaai.",
            "The call",
            "Stil BV",
            "Geluid delen",
            "it runs now",
            "Het wordt stiller",
            "<svg",
            "6 percent less",
            "Inkoop",
        ]
        places = [page.index(one, page.index("<main")) for one in order]
        assert places == sorted(places) and "This should have been done by now." in page
        trial = await anyone.ok("/en/trial?id=stil")
        assert f"agreement?id={keeping.code_of(TERMS)}" in trial and "Stille bus" in trial


async def test_a_dossier_of_a_trial_without_a_challenge_says_so(city: City) -> None:
    city.started(code="los")
    async with city.visitor() as anyone:
        assert "opened without a challenge" in await anyone.ok("/en/dossier?id=los")
        assert (await anyone.get("/en/dossier?id=nergens")).status_code == 404


async def test_a_trial_is_opened_from_a_solution_with_what_is_known_of_it(city: City) -> None:
    linked(city)
    async with city.visitor("innovation-officer") as ina:
        page = await ina.ok(f"/en/trials/new?about={OFFER}")
        assert 'value="Stille bus"' in page and f'value="{CALL}" checked' in page and 'value="11" checked' in page


async def test_nobody_else_runs_trials(city: City) -> None:
    city.started()
    for path in ("trials/new", "trial/plan?id=stil", "trial/fix?id=stil", "trial/stop?id=stil", "trial/extend?id=stil"):
        for role in ("", "resident", "partner"):
            async with city.visitor(role) as other:
                assert (await other.get(f"/en/{path}")).status_code in (303, 403), (path, role)
                assert (await other.post(f"/en/{path}", {"why": "x", "sure": "yes"})).status_code in (303, 403)
    assert city.trial().status == "running"


async def test_what_waits_stands_on_the_desk_and_late_first(city: City) -> None:
    city.started(code="loopt")
    city.judged(code="klaar")
    city.opened("nieuw")
    city.at("2026-03-12")
    late = FollowUp(what="stop", why="x", owner="y", by="2026-02-01")
    city.store.submit(lambda uow: running.follow(uow, CITY, "klaar", late, OFFICER)).result()
    async with city.visitor("innovation-officer") as ina, city.visitor("editor") as editor:
        page = (await ina.ok("/en/desk")).partition("What waits for you")[2].partition("What you can do")[0]
        assert page.index("trial/follow-up?id=klaar") < page.index("trial/plan?id=nieuw") and "late" in page
        assert "loopt" not in page and "What waits for you" not in await editor.ok("/en/desk")
    city.at("2026-04-20")
    async with city.visitor("innovation-officer") as ina:
        assert "ends by itself after 30 April 2026" in await ina.ok("/en/desk")


async def test_goals_hear_what_was_tried_and_learned(city: City) -> None:
    city.judged()
    city.store.submit(lambda uow: keeping.change(uow, CITY, "stil", goals=[11])).result()
    async with city.visitor() as anyone:
        page = await anyone.ok("/en/goals/journey?number=11")
    assert "trial?id=stil" in page
    assert {one.type for one in elsewhere.ACTIONS} == {CHALLENGE.iri, SOLUTION.iri}


async def test_the_same_stands_in_the_api_with_the_chain(city: City) -> None:
    city.started()
    caller = Caller(city.store, city.access, ANYONE, "/v1", city.now, (Known(CITY, shipped),))
    listed = api.trials(caller, api.AskedTrials("running"))
    assert [one.code for one in listed.items] == ["stil"] and not api.trials(caller, api.AskedTrials("ended")).items
    whole = api.trial(caller, api.AskedTrial("stil"))
    assert whole.versions[0].plan["bought"] == 0.05 and whole.broken == [] and msgspec.json.encode(whole)


async def test_what_is_not_public_is_not_told(tmp_path_factory: pytest.TempPathFactory) -> None:
    made = City(tmp_path_factory.mktemp("closed"), closed=True)
    made.started()
    async with made.visitor() as anyone:
        assert (await anyone.get("/en/trial?id=stil")).status_code == 404
        assert "stil" not in (await anyone.ok("/en/trials")).partition("<main")[2].lower()
    await made.site.compute.stop()
    made.store.close()
