# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The regular work: looks that stop a trial for a number or for success, results by themselves and by a form, and what fails."""

import html
import re
from pathlib import Path

import pytest

from hanze.access import Policy, Public, audit
from hanze.experiments.model import TYPES
from hanze.experiments.trials import running
from hanze.experiments.trials.looking import kept
from hanze.experiments.trials.looking.runner import Looking
from tests.experiments.trials.place import CITY, OFFICER, ZONE, City, plan

pytestmark = pytest.mark.anyio


async def test_a_number_beyond_what_was_agreed_stops_it_the_next_night(city: City) -> None:
    """Nothing is estimated: it is what the meters say."""
    reason = {"kind": "harm", "by": "value", "beyond": "above", "threshold": 55.0, "periods": 2}
    city.started(plan(exits={"looks": {"first": 30, "every": 30, "most": 1}, "reasons": [reason]}))
    city.at("2026-02-10")
    looking = Looking(city.site)
    # One whole period with the measure is not two yet.
    assert await looking.look() == 1 and city.trial().status == "running"
    city.at("2026-02-11")
    assert await looking.look() == 1 and await looking.look() == 0
    stopped = city.trial().facts.stopped or {}
    assert (city.trial().status, stopped["kind"], stopped["figures"]["name"]) == ("stopped", "harm", "harm-value-1")
    async with city.visitor() as anyone:
        page = html.unescape(await anyone.ok("/en/trial?id=stil"))
    assert re.search(r"the mean of the last 2 periods is above 55\u00a0dB\. It was 5[\d.]+\u00a0dB", page)


async def test_a_trial_that_surely_works_stops_at_a_look_of_the_plan_and_keeps_its_agreement(city: City) -> None:
    reason = {"kind": "success", "beyond": "below", "threshold": -0.02, "alpha": 0.05}
    city.started(plan(ends="2026-03-20", exits={"looks": {"first": 20, "every": 7, "most": 3}, "reasons": [reason]}))
    looking = Looking(city.site)
    assert await looking.look() == 1
    assert (city.trial().facts.stopped or {})["kind"] == "success"
    city.now += 2 * 3_600_000_000
    assert await looking.judge() == 1
    result = kept.read(city.trial().facts.result)
    # The interval is wider than the plan said, since it could have stopped at this look.
    assert result is not None and result.verdict == "worked" and result.question.level > 0.95
    async with city.visitor() as anyone:
        page = await anyone.ok("/en/trial?id=stil")
        assert (
            "it surely works. It stopped." in page
            and "The interval is drawn at" in page
            and "What the looks estimated" in page
        )


async def test_who_runs_trials_asks_for_the_result_by_a_form(city: City) -> None:
    city.started()
    city.store.submit(lambda uow: running.stop(uow, CITY, "stil", ZONE, "Klaar.", OFFICER)).result()
    async with city.visitor("innovation-officer") as ina:
        assert "trial/judge?id=stil" in await ina.ok("/en/trial?id=stil")
        await ina.post("/en/trial/judge?id=stil", {})
        assert "The result is being worked out" in await ina.ok("/en/trial?id=stil")
        assert await Looking(city.site).judge() == 1
        assert "It worked" in await ina.ok("/en/trial?id=stil")
    assert audit.lines(city.store, limit=1)[0].principal.startswith("person:")
    async with city.visitor() as anyone:
        assert (await anyone.get("/en/trial/judge?id=stil")).status_code in (303, 403, 404)


async def test_what_cannot_be_worked_out_is_told_and_tried_again_the_next_day(city: City) -> None:
    gone = {"kind": "measured", "type": "NoiseLevelObserved", "attribute": "nothing"}
    city.started(plan(outcome=gone))
    city.store.submit(lambda uow: running.stop(uow, CITY, "stil", ZONE, "Klaar.", OFFICER)).result()
    city.now += 2 * 3_600_000_000
    looking = Looking(city.site)
    assert await looking.judge() == 0 and await looking.judge() == 0
    assert city.trial().status == "stopped"
    async with city.visitor() as anyone:
        page = await anyone.ok("/en/trial?id=stil")
        assert (
            "The result could not be worked out from what is there now." in page and "What was in the way" not in page
        )


async def test_the_course_of_what_is_not_public_stays_out_of_the_result(tmp_path: Path) -> None:
    made = City(tmp_path)
    made.access.change(Policy(public=tuple(Public(one.iri) for one in TYPES)))
    made.started()
    made.store.submit(lambda uow: running.stop(uow, CITY, "stil", ZONE, "Klaar.", OFFICER)).result()
    made.now += 2 * 3_600_000_000
    assert await Looking(made.site).judge() == 1
    result = kept.read(made.trial().facts.result)
    assert result is not None and result.finding.line == () and result.verdict == "worked"
    await made.site.compute.stop()
    made.store.close()
