# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A story is told in the order in which it happened, by the rules of the pages: all of it, or nothing."""

import csv
import hashlib
import io
import os
import tomllib
from typing import Any

import msgspec
import pytest

from hanze.access import agreed, audit
from hanze.errors import BadRequestData
from hanze.experiments.agreements import keeping as agreements
from hanze.experiments.challenges import deciding, submissions
from hanze.experiments.challenges import keeping as challenges
from hanze.experiments.evaluate.evaluating import evaluate
from hanze.experiments.evaluate.question import Question
from hanze.experiments.evaluate.table import Table
from hanze.experiments.organisations import keeping as organisations
from hanze.experiments.telling.looked import looked
from hanze.experiments.telling.step import Place
from hanze.experiments.telling.story import Story
from hanze.experiments.telling.telling import Telling
from hanze.experiments.trials import answers, keeping, registered
from hanze.experiments.trials.looking.runner import Looking
from hanze.ngsild import times
from hanze.node.verb import here
from hanze.store.scope import EVERYTHING
from tests.experiments.telling.quiet import MEASURED, TEXT
from tests.experiments.trials.place import CITY, COMPARED, NOW, TREATED, ZONE, City

pytestmark = pytest.mark.anyio

PLACE = Place(CITY, ZONE, os.urandom)


def story(text: str = TEXT) -> Story:
    return msgspec.convert(tomllib.loads(text), Story)


def tell(city: City, told: Story) -> Telling:
    """With its looks, as the node does."""
    assert told.trial is not None
    looks = looked(told.trial, PLACE, city.store.looking(), city.now, here)
    telling = Telling(told, PLACE, None, looks)
    city.store.submit(telling.tell).result()
    return telling


async def test_everything_is_there_as_if_it_had_been_written_when_it_happened(city: City) -> None:
    tell(city, story())
    challenge = challenges.find(city.store, CITY, "lawaai")
    assert (challenge.facts.status, challenge.facts.simulated, challenge.call.questions[0].answer) == (
        "decided",
        True,
        "Nee.",
    )
    assert challenge.location is not None and times.text(challenge.made).startswith("2025-12-01T11:00")
    decision = deciding.decision(challenge)
    assert decision is not None and (decision.at, decision.jurors, decision.conflicts) == ("2026-01-20", 3, 1)
    assert [(one.chosen, one.jurors, round(one.total)) for one in decision.lines] == [(True, 2, 86), (False, 2, 50)]
    trial = city.trial("straat")
    assert (trial.status, trial.facts.ended, trial.facts.planted) == ("ended", "2026-03-08", -0.065)
    assert trial.facts.solution == decision.lines[0].solution and trial.facts.inResponseTo == challenge.id
    agreement = agreements.find(city.store, trial.facts.agreement)
    assert agreement is not None and agreement.simulated and agreement.signatures["partner"].at.startswith("2026-01-24")
    held = agreed.find(city.store, agreement.id)
    assert held is not None and held.starts <= NOW < held.ends and held.grants[0].level == 3_600_000_000
    partner = organisations.find(city.store, agreement.terms.partner)
    assert partner is not None and partner.name == "Stil BV" and partner.simulated
    (mine,) = submissions.of_organisation(city.store, partner.id)
    assert (mine.outcome, mine.why) == ("chosen", "Het is echt stil.")


async def test_a_chain_that_was_told_holds_and_says_that_it_was_made_up(city: City) -> None:
    tell(city, story())
    versions = registered.versions(city.store, CITY, "straat")
    assert [(one.number, times.text(one.at)[:16], one.why[:8]) for one in versions] == [
        (1, "2026-01-28T09:00", ""), (2, "2026-02-01T11:00", "De meter"),
    ]  # fmt: skip
    assert len(versions[1].plan.compared) == len(COMPARED) - 1
    assert registered.broken(versions, simulated=True) == ()
    told = [one.said() for one in registered.broken(versions)]
    assert "Version 1 was not written at the moment that it gives." in told


async def test_what_comes_from_another_system_does_not_pass_for_fixed_here(city: City) -> None:
    tell(city, story(TEXT.replace("simulated = true", "simulated = false")))
    trial, versions = city.trial("straat"), registered.versions(city.store, CITY, "straat")
    assert trial.facts.simulated is None
    assert len(registered.broken(versions, simulated=bool(trial.facts.simulated))) == 2
    challenge = challenges.find(city.store, CITY, "lawaai")
    assert challenge.made == NOW and challenge.facts.simulated is None


async def test_the_audit_says_when_it_was_told(city: City) -> None:
    tell(city, story())
    lines = [one for one in audit.lines(city.store, limit=100) if one.principal == "story"]
    assert {one.at for one in lines} == {NOW}
    assert {"challenge decided", "fix plan of trial", "signed agreement", "start trial"} <= {one.act for one in lines}


async def test_the_looks_are_those_that_would_have_been_made(city: City) -> None:
    tell(city, story())
    looks = city.trial("straat").facts.looks
    assert looks is not None and "harm" not in looks
    assert [(one["day"], one["at"][:16], one["seen"][0]["crossed"]) for one in looks["steps"]] == [
        ("2026-02-16", "2026-02-17T02:00", False), ("2026-02-23", "2026-02-24T02:00", False),
    ]  # fmt: skip


async def test_a_look_is_made_by_the_plan_as_it_was_then(city: City) -> None:
    change = """[[trial.changes]]
at = "2026-02-20"
why = "Strenger."
[trial.changes.plan.exits]
looks = { first = 7, every = 7, most = 2 }
reasons = [{ kind = "harm", beyond = "above", threshold = -0.5, alpha = 0.05 }]

[[trial.extensions]]"""
    tell(city, story(TEXT.replace("[[trial.extensions]]", change, 1)))
    looks = city.trial("straat").facts.looks
    assert looks is not None and [one["seen"][0]["crossed"] for one in looks["steps"]] == [False, True]


async def test_the_node_judges_it_and_then_what_followed_is_told(city: City) -> None:
    telling = tell(city, story())
    with pytest.raises(
        BadRequestData, match=r"trial\.follow_ups\[0\]: What follows is decided when the trial was judged"
    ):
        city.store.submit(telling.after).result()
    assert await Looking(city.site).judge() == 1
    trial = city.trial("straat")
    independent = evaluate(await taken(city), QUESTION)
    assert trial.facts.verdict == independent.verdict == "worked"
    found = (trial.facts.result or {})["finding"]
    assert found["change"] == pytest.approx(independent.finding.change) == pytest.approx(-4, abs=0.3)
    city.store.submit(telling.after).result()
    after = city.trial("straat")
    (step,) = (after.facts.followUp or {})["steps"]
    assert (after.status, step["what"], step["done"], step["came"]) == ("closed", "buy", "2026-03-10", "Besteld.")
    with pytest.raises(BadRequestData, match="this was told before"):
        city.store.submit(telling.after).result()


QUESTION = Question(
    design="did",
    outcome="level",
    time="day",
    unit="meter",
    treated=TREATED,
    start="2026-02-09",
    better="lower",
    bought=0.05,
)


async def taken(city: City) -> Table:
    """What the page of the trial gives everyone as a table, from its first to its last day."""
    async with city.visitor() as anyone:
        rows = list(csv.DictReader(io.StringIO(await anyone.ok("/en/trial.csv?id=straat"))))
    kept = [row for row in rows if "2026-01-10" <= row["time"] <= "2026-03-05"]
    columns = {"meter": "unit", "day": "time", "level": "outcome"}
    return Table({own: [row[name] for row in kept] for own, name in columns.items()}, hashlib.sha256(b"").hexdigest())


async def test_of_a_story_that_cannot_be_so_nothing_is_left(city: City) -> None:
    for was, becomes, told in (
        ('started = "2026-02-09"', 'started = "2026-02-08"', "trial.started: The first day of the plan is still to come"),
        ('sent = "2025-12-20"', 'sent = "2026-01-06"', r"applications\[0\]: The call is not open now"),
        ('at = "2026-01-10"', 'at = "2026-01-04"', r"jury\[0\]: Applications can be judged from when the call closes"),
        ('interests = ["zacht"]', 'interests = ["stil"]', r"jury\[1\]: You said that you have an interest"),
        ('city = "2026-01-23"', 'city = "2026-01-21"', r"agreement\.city: it has to be offered"),
        ('until = "2026-03-08"', 'until = "2026-02-08"', r"trial\.extensions\[0\]: until is 2026-02-08"),
        ('decided = "2026-01-20"', 'decided = "2027-01-20"', "decided: 2027-01-20 is still to come"),
    ):  # fmt: skip
        with pytest.raises(BadRequestData, match=told):
            tell(city, story(TEXT.replace(was, becomes, 1)))
        assert keeping.every(city.store) == [] and challenges.read(city.store) == []
        assert organisations.every(city.store) == []


async def test_a_story_is_told_once(city: City) -> None:
    tell(city, story())
    with pytest.raises(BadRequestData, match="challenge: there is a challenge lawaai already"):
        tell(city, story())
    with pytest.raises(BadRequestData, match="agreement: there is an agreement geluid already"):
        tell(city, story(TEXT.replace('"lawaai"', '"lawaai-2"')))
    again = TEXT.replace('"lawaai"', '"lawaai-2"').replace('"geluid"', '"geluid-2"')
    with pytest.raises(BadRequestData, match="trial: there is a trial straat already"):
        tell(city, story(again))
    tell(city, story(again.replace('code = "straat"', 'code = "straat-2"')))
    assert len(organisations.every(city.store)) == 2


async def test_answers_of_residents_become_waves_of_the_survey(city: City) -> None:
    survey = (
        'outcome = { kind = "survey", question = "Stil?", answers = [{ text = "Ja", score = 1.0 }, { text = "Nee", score = 0.0 }],'
        ' waves = [{ since = "2026-01-12", until = "2026-01-15" }, { since = "2026-03-01", until = "2026-03-04" }] }'
    )
    text = TEXT.replace(MEASURED, survey).replace('units = "things"', 'units = "areas"').split("[trial.plan.exits]")[0]
    text = text.replace(f"treated = {list(TREATED)}", 'treated = ["N"]').replace(
        f"compared = {list(COMPARED)}", 'compared = ["S"]'
    )
    text += '[[trial.answers]]\nwave = 1\narea = "N"\ncounts = [5, 3]\n[[trial.answers]]\nwave = 2\narea = "S"\ncounts = [1, 2]\n'
    tell(city, story(text))
    plan = registered.versions(city.store, CITY, "straat")[0].plan
    cells = answers.cells(city.store, "straat", plan.outcome, {"N": "N", "S": "S"})  # type: ignore[arg-type]
    assert [(one.wave, one.area, one.counts) for one in cells] == [(0, "N", (5, 3)), (1, "S", None)]


async def test_a_trial_that_was_stopped_says_why(city: City) -> None:
    text = TEXT.split("[[trial.changes]]")[0] + '[trial.stopped]\nat = "2026-02-20T09:00"\nwhy = "De bus is stuk."\n'
    tell(city, story(text))
    facts: Any = city.trial("straat").facts
    assert (facts.status, facts.ended, facts.stopped["why"]) == ("stopped", "2026-02-20", "De bus is stuk.")
    assert [one["day"] for one in facts.looks["steps"]] == ["2026-02-16"]
    assert city.store.get("", keeping.id_of(CITY, "straat"), EVERYTHING) is not None
