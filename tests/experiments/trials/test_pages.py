# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A trial from an empty register to its follow-up, by forms only."""

import html
import re
from typing import Any

import pytest

from hanze.access import audit
from hanze.experiments.trials import keeping, registered
from hanze.experiments.trials.outcome import Measured
from tests.experiments.trials.place import CITY, COMPARED, LEVEL, NOISE, NOW, TREATED, City, Visitor

pytestmark = pytest.mark.anyio

SERIES = f"{NOISE}|{LEVEL}|2N"

OPEN = {"name": "Stille straat", "question": "Wordt het stiller?", "description": "Minder auto's <b>.", "area": "N"}

STEPS: dict[str, Any] = {
    "expect": {"hypothesis": "Het wordt stiller.", "better": "lower", "bought": "5", "kind": "measured", "sample": ""},
    "outcome": {"series": SERIES, "together": "mean", "step": "day", "units": "things", "placebo": ""},
    "places": {"design": "did", "treated": list(TREATED), "compared": list(COMPARED), "area": "N", "cluster": "unit"},
    "days": {"since": "2026-01-10", "starts": "2026-03-20", "ends": "2026-05-20", "exclusions": "2026-04-27 Koningsdag"},
    "judging": {"season": "", "level": "95", "existing": "accessed", "look_first": "14", "look_every": "7", "look_most": "5",
                "success": "5", "harm": "3", "alpha": "5"},
}  # fmt: skip


async def planned(ina: Visitor, code: str, **other: dict[str, Any]) -> None:
    for step, told in STEPS.items():
        answer = await ina.post(f"/nl/trial/plan?id={code}&step={step}", {**told, **other.get(step, {})})
        assert answer.status_code == 303, answer.text


async def test_a_trial_from_nothing_to_closed_by_forms(city: City) -> None:
    async with city.visitor("innovation-officer") as ina, city.visitor() as anyone:
        assert "empty" in await anyone.ok("/nl/trials")
        answer = await ina.post("/nl/trials/new", OPEN)
        assert answer.status_code == 303, answer.text
        code = re.findall(r"id=([\w-]+)", answer.headers["location"])[0]
        assert code == "stille-straat" and "Minder auto&#39;s &lt;b&gt;." in await anyone.ok(f"/nl/trial?id={code}")
        await planned(ina, code)
        page = await ina.ok(f"/nl/trial/fix?id={code}")
        assert 'class="wrong"' not in page and "Koningsdag" in page
        assert (await ina.post(f"/nl/trial/fix?id={code}", {})).status_code == 303
        trial = keeping.find(city.store, CITY, code)
        assert trial is not None and (trial.status, trial.facts.starts, trial.facts.sunset) == (
            "registered",
            "2026-03-20",
            "2026-05-20",
        )
        assert trial.facts.exits is not None and len(trial.facts.exits["reasons"]) == 2
        assert "<svg" in await anyone.ok(f"/nl/trial?id={code}")

        early = await ina.post(f"/nl/trial/start?id={code}", {"began": "yes"})
        assert early.status_code == 422
    city.at("2026-03-20")
    # Sessions do not last ten days.
    async with city.visitor("innovation-officer") as ina, city.visitor() as anyone:
        assert (await ina.post(f"/nl/trial/start?id={code}", {"began": "yes"})).status_code == 303
        extended = {"until": "2026-06-30", "who": "Wethouder Jansen", "why": "De zomer telt mee."}
        assert (await ina.post(f"/nl/trial/extend?id={code}", extended)).status_code == 303
        assert "Wethouder Jansen" in await anyone.ok(f"/nl/trial?id={code}")
        assert (await ina.post(f"/nl/trial/stop?id={code}", {"why": "Te druk elders."})).status_code == 422
        stopped = await ina.post(f"/nl/trial/stop?id={code}", {"why": "Te druk elders.", "sure": "yes"})
        assert stopped.status_code == 303 and "Te druk elders." in await anyone.ok(f"/nl/trial?id={code}")
    lines = [one.act for one in audit.lines(city.store, limit=20) if one.act.endswith("trial")]
    assert lines == ["stop trial", "extend trial", "start trial", "fix plan of trial", "open trial"]
    assert registered.versions(city.store, CITY, code)[0].at == NOW


async def test_the_forms_ask_for_a_condition_the_period_of_what_else_moves_it_and_the_country(city: City) -> None:
    city.opened()
    areas: dict[str, dict[str, Any]] = {
        "outcome": {"units": "areas", "where": 'name=="Meter 0"'},
        "places": {"treated": ["N"], "compared": ["S"]},
    }
    beside: dict[str, Any] = {
        "covariates": [SERIES],
        "covariates_together": "max",
        "covariates_step": "week",
        "country": "BE",
    }
    async with city.visitor("innovation-officer") as ina, city.visitor() as anyone:
        await planned(ina, "stil", **areas, judging={**beside, "harm_value": "70", "harm_periods": "1"})
        assert 'value="BE" selected' in await ina.ok("/en/trial/plan?id=stil&step=judging")
        for step, name, value in (("outcome", "where", "name=="), ("judging", "country", "XX")):
            told = {**STEPS[step], **areas.get(step, {}), **(beside if step == "judging" else {}), name: value}
            answer = await ina.post(f"/en/trial/plan?id=stil&step={step}", told)
            assert answer.status_code == 422 and f'id="{name}-wrong"' in answer.text, name
        await ina.post("/nl/trial/fix?id=stil", {})
        page = html.unescape(await anyone.ok("/en/trial?id=stil"))
    [fixed] = registered.versions(city.store, CITY, "stil")
    one = fixed.plan
    assert isinstance(one.outcome, Measured) and one.outcome.where == 'name=="Meter 0"' and one.country == "BE"
    assert [(each.measured.together, each.measured.step) for each in one.covariates] == [("max", "week")]
    for said in ('Only where this holds: name=="Meter 0"', "the highest, each week", "Belgium", "above 70\u00a0dB."):
        assert said in page, said


async def test_what_else_moves_it_goes_as_the_outcome_goes_where_nobody_said(city: City) -> None:
    city.opened()
    async with city.visitor("innovation-officer") as ina:
        await planned(ina, "stil", outcome={"step": "hour"}, judging={"covariates": [SERIES], "harm_value": "70"})
        await ina.post("/nl/trial/fix?id=stil", {})
    [fixed] = registered.versions(city.store, CITY, "stil")
    assert [(each.measured.together, each.measured.step) for each in fixed.plan.covariates] == [("mean", "hour")]
