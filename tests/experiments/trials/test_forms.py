# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The other forms of a trial: room to experiment, a table, what follows; each tells what is wrong beside its field."""

import pytest

from hanze.access import audit
from hanze.experiments.trials import followup, keeping, tables
from hanze.experiments.trials.pages import drafts
from tests.experiments.trials.place import CITY, City, plan
from tests.experiments.trials.test_pages import STEPS

pytestmark = pytest.mark.anyio

ROOM = {
    "goal": "Minder lawaai.", "rule": "Verordening geluid", "article": "3.2", "version": "2026", "area": "N",
    "instead": "Laden voor 10 uur.",
    "starts": "2026-04-01", "ends": "2026-12-31", "body": "College", "judged": "Door de metingen.", "evaluated": "2026-10-01",
    "termination": "Als het luider wordt.", "objection": "Binnen zes weken.",
}  # fmt: skip


async def test_the_room_to_experiment_is_written_before_it_begins(city: City) -> None:
    city.opened()
    async with city.visitor("innovation-officer") as ina, city.visitor() as anyone:
        for name, value in (("objection", ""), ("ends", "2026-01-01"), ("evaluated", "later"), ("area", "Z")):
            answer = await ina.post("/en/trial/room?id=stil", {**ROOM, name: value})
            assert (
                answer.status_code == 422
                and f'id="{name}-wrong"' in answer.text
                and "Verordening geluid" in answer.text
            )
        assert (await ina.post("/en/trial/room?id=stil", ROOM)).status_code == 303
        page = await anyone.ok("/en/trial?id=stil")
        assert "Verordening geluid" in page and "31 December 2026" in page and "How you can object" in page
        assert 'value="Verordening geluid"' in await ina.ok("/en/trial/room?id=stil")
        city.fixed(code="begonnen", one=plan(starts="2026-03-10"))
        assert (await ina.post("/en/trial/start?id=begonnen", {"began": "yes"})).status_code == 303
        for path in ("room", "start", "follow-up"):
            assert (await ina.get(f"/en/trial/{path}?id=begonnen")).status_code == 409
    assert [one.act for one in audit.lines(city.store, limit=9)].count("give room to a trial") == 1


NEXT = {
    "what": "buy",
    "why": "Het werkte.",
    "owner": "Inkoop",
    "by": "2026-06-01",
    "budget": "12.500",
    "route": "several offers",
}


@pytest.mark.parametrize(
    ("name", "value", "field"),
    [
        ("what", "", "what"), ("why", "", "why"), ("owner", " ", "owner"), ("by", "2026-01-01", "by"), ("by", "straks", "by"),
        ("budget", "", "budget"), ("budget", "veel", "budget"), ("route", "none", "route"),
    ],
)  # fmt: skip
async def test_what_follows_names_its_owner_day_money_and_route(city: City, name: str, value: str, field: str) -> None:
    city.judged()
    async with city.visitor("innovation-officer") as ina:
        answer = await ina.post("/nl/trial/follow-up?id=stil", {**NEXT, name: value})
    assert answer.status_code == 422 and f'id="{field}-wrong"' in answer.text
    assert followup.read(city.trial().facts.followUp) == []


async def test_what_follows_is_done_and_the_trial_closed_by_forms(city: City) -> None:
    city.judged()
    async with city.visitor("innovation-officer") as ina, city.visitor() as anyone:
        assert (await ina.post("/nl/trial/follow-up?id=stil", {"close": "yes"})).status_code == 409
        assert (await ina.post("/nl/trial/follow-up?id=stil", NEXT)).status_code == 303
        assert followup.read(city.trial().facts.followUp)[0].budget == 12500
        assert (await ina.post("/nl/trial/follow-up?id=stil", {"close": "yes"})).status_code == 303
        assert (await ina.post("/nl/trial/follow-up?id=stil", {"done": "0", "came": "Gekocht."})).status_code == 303
        assert (await ina.post("/nl/trial/follow-up?id=stil", {"done": "0"})).status_code == 409
        assert (await ina.post("/nl/trial/follow-up?id=stil", {"done": "x"})).status_code == 409
        assert "Gekocht." in await anyone.ok("/nl/trial?id=stil")
    assert city.trial().status == "closed"


TABLE = {**STEPS["expect"], "kind": "table"}
COLUMNS = {"unit_column": "loket", "time_column": "dag", "column": "", "together": "count", "step": "day"}


async def test_a_table_is_loaded_and_its_places_are_offered(city: City) -> None:
    city.opened()
    async with city.visitor("innovation-officer") as ina:
        assert (await ina.post("/en/trial/plan?id=stil&step=expect", TABLE)).status_code == 303
        assert (await ina.post("/en/trial/plan?id=stil&step=outcome", COLUMNS)).status_code == 303
        assert "trial/table?id=stil" in await ina.ok("/en/trial/plan?id=stil&step=places")
        wrong = await ina.post(
            "/en/trial/table?id=stil", {}, {"file": ("log.csv", b"loket,wanneer\nOost,1\n", "text/csv")}
        )
        assert wrong.status_code == 422 and "has no column" in wrong.text and "/tmp" not in wrong.text
        assert (await ina.post("/en/trial/table?id=stil", {})).status_code == 422
        body = b"loket,dag\nOost,2026-02-01\nWest,2026-02-01\n"
        assert (
            await ina.post("/en/trial/table?id=stil", {}, {"file": ("log.csv", body, "text/csv")})
        ).status_code == 303
        page = await ina.ok("/en/trial/plan?id=stil&step=places")
        assert 'value="Oost"' in page and 'type="checkbox"' in page
    table = tables.find(city.store, "stil")
    assert table is not None and (table.name, len(table.rows)) == ("log.csv", 2)


async def test_a_plan_is_kept_step_by_step_and_nothing_typed_is_lost(city: City) -> None:
    city.opened()
    async with city.visitor("innovation-officer") as ina:
        # What it is judged by depends on the first step.
        assert 'name="hypothesis"' in await ina.ok("/en/trial/plan?id=stil&step=outcome")
        for step in ("expect", "outcome"):
            assert (await ina.post(f"/en/trial/plan?id=stil&step={step}", STEPS[step])).status_code == 303
        same = {**STEPS["places"], "compared": STEPS["places"]["treated"]}
        answer = await ina.post("/en/trial/plan?id=stil&step=places", same)
        assert answer.status_code == 422 and 'id="compared-wrong"' in answer.text
        days = {**STEPS["days"], "ends": "2026-03-01"}
        assert (await ina.post("/en/trial/plan?id=stil&step=places", STEPS["places"])).status_code == 303
        answer = await ina.post("/en/trial/plan?id=stil&step=days", days)
        assert answer.status_code == 422 and 'id="ends-wrong"' in answer.text and "Koningsdag" in answer.text
        page = await ina.ok("/en/trial/fix?id=stil")
        assert (
            'class="wrong"' in page and "step=days#since" in page and 'type="submit"' not in page.partition("<main")[2]
        )
        refused = await ina.post("/en/trial/fix?id=stil", {})
        assert refused.status_code == 422 and city.trial().status == "preparing"
    assert keeping.find(city.store, CITY, "stil") is not None


async def test_a_plan_that_was_fixed_is_changed_from_what_it_said(city: City) -> None:
    city.at("2026-02-01")
    city.fixed()
    async with city.visitor("innovation-officer") as ina:
        assert "Het wordt stiller in de straat." in await ina.ok("/en/trial/plan?id=stil&step=expect")
        same = await ina.post("/en/trial/fix?id=stil", {"why": "x"})
        assert same.status_code == 422 and "Nothing differs" in same.text
        expect = {**STEPS["expect"], "hypothesis": "Het wordt stiller in de straat.", "bought": "8"}
        assert (await ina.post("/en/trial/plan?id=stil&step=expect", expect)).status_code == 303
        page = await ina.ok("/en/trial/fix?id=stil")
        assert "It was: 5 percent" in page and "It becomes: 8 percent" in page
        assert (await ina.post("/en/trial/fix?id=stil", {})).status_code == 422
        assert (await ina.post("/en/trial/fix?id=stil", {"why": "Duurder."})).status_code == 303
        assert "Duurder." in await ina.ok("/en/trial?id=stil")
    assert drafts.FIELDS["days"] >= {"since", "starts", "ends"}
