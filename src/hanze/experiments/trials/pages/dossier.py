# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""One subject from goal to result in one scroll: challenge, choice, data agreement, plan, live line, verdict, and what follows."""

from collections.abc import Mapping
from functools import partial
from typing import Any

import msgspec
from starlette.responses import HTMLResponse, Response

from hanze.errors import ResourceNotFound
from hanze.experiments.agreements import keeping as agreements
from hanze.experiments.agreements.pages import shared as agreeing
from hanze.experiments.challenges import deciding
from hanze.experiments.challenges.keeping import Challenge, challenge_of
from hanze.experiments.challenges.pages import baselines, shared
from hanze.experiments.challenges.pages.showing import timeline
from hanze.experiments.model import (
    AGREEMENT,
    CHALLENGE,
    EXPERIMENT,
    REGISTERED,
    SOLUTION,
    SolutionFacts,
)  # fmt: skip
from hanze.experiments.trials import keeping, registered
from hanze.experiments.trials.keeping import Trial
from hanze.experiments.trials.pages import common, listing, looked, picture, result, saying, showing, verdicts, versions
from hanze.experiments.trials.pages.opening import goals_of
from hanze.feeds.making import urn
from hanze.goals.pages import told
from hanze.goals.subjects import GOALS
from hanze.ngsild.checks import shown
from hanze.web.room import Visit

PATH = common.DOSSIER

SUMMARY = ("hypothesis", "outcome", "treated", "compared", "design", "bought")
"""What is said of a plan here."""


class Subject(msgspec.Struct, frozen=True):
    """`id` of the challenge, empty where the trial answers none; `trials`: all that answer it, the newest first."""

    id: str
    challenge: Challenge | None
    trials: list[Trial]


async def answer(visit: Visit) -> Response:
    return HTMLResponse(await visit.site.store.read(partial(_page, visit)))


def _page(visit: Visit) -> str:
    """Errors: ResourceNotFound."""
    visit.site.access.note_read(
        visit.principal, "", (CHALLENGE.iri, SOLUTION.iri, AGREEMENT.iri, EXPERIMENT.iri, REGISTERED.iri)
    )
    subject = _subject(visit)
    facts = None if subject.challenge is None else subject.challenge.facts
    values: dict[str, Any] = {
        "name": facts.name if facts else subject.trials[0].facts.name, **_called(visit, subject.challenge),
        "area": told.several(visit, [facts.area]).get(facts.area) if facts and facts.area else None,
        "goals": [(one, visit.language.say(GOALS[one])) for one in _goals(visit, subject) if one in GOALS],
        "parts": [_part(visit, one) for one in subject.trials], "solutions": _chosen(visit, subject),
        "simulated": bool(facts and facts.simulated) or any(one.facts.simulated for one in subject.trials),
    }  # fmt: skip
    return visit.html("experiments/trials/dossier.html", **values)


def _called(visit: Visit, one: Challenge | None) -> dict[str, Any]:
    """The challenge with how it was at its start, the days of its call, and what was decided, as far as that is public."""
    if one is None:
        return {"challenge": None, "baseline": None, "decision": None}
    return {
        "challenge": one, "baseline": baselines.shown(visit, one.facts.indicator, one.facts.area, one.baseline),
        "address": visit.address("challenge", id=one.code), "steps": timeline(visit, one, one.phase(shared.today(visit))),
        "decision": deciding.decision(one),
    }  # fmt: skip


def _goals(visit: Visit, subject: Subject) -> list[int]:
    if subject.challenge is not None:
        return goals_of(visit, subject.challenge.facts)
    return sorted({goal for one in subject.trials for goal in one.facts.goals or ()})


def _subject(visit: Visit) -> Subject:
    """By the code of a challenge, else of a trial. Errors: ResourceNotFound."""
    store, city, code = visit.site.store, common.city(visit), visit.asked("id")
    id = urn(CHALLENGE.name, city, code)
    trial = None if store.get("", id, visit.scope) else keeping.find(store, city, code, visit.scope)
    if trial is not None:
        id = _challenge_of(visit, trial)
    entity = store.get("", id, visit.scope) if id else None
    if entity is None and trial is None:
        raise ResourceNotFound(f"There is no challenge or trial {shown(code)} here.")
    if entity is None:
        assert trial is not None
        return Subject("", None, [trial])
    found = {one.code: one for one in keeping.answering(store, id, visit.scope)}
    for solution in _solutions(visit, id):
        found |= {one.code: one for one in keeping.answering(store, solution, visit.scope)}
    every = sorted(found.values(), key=lambda one: one.facts.starts, reverse=True)
    return Subject(id, challenge_of(entity), every)


def _challenge_of(visit: Visit, trial: Trial) -> str:
    """The id of what the trial answers, itself or by its solution; empty where that is no challenge."""
    for id in (trial.facts.inResponseTo, trial.facts.solution):
        entity = visit.site.store.get("", id, visit.scope) if id else None
        if entity is not None and CHALLENGE.iri in entity.types:
            return entity.id
        if entity is not None and SOLUTION.iri in entity.types:
            return SOLUTION.facts_of(entity, SolutionFacts).inResponseTo
    return ""


def _solutions(visit: Visit, challenge: str) -> Mapping[str, SolutionFacts]:
    """Those that answer a challenge, by id."""
    found = keeping.linked(visit.site.store, SOLUTION.iri, "inResponseTo", challenge, visit.scope)
    return {one.id: SOLUTION.facts_of(one, SolutionFacts) for one in found}


def _chosen(visit: Visit, subject: Subject) -> list[SolutionFacts]:
    return list(_solutions(visit, subject.id).values()) if subject.id else []


def _part(visit: Visit, trial: Trial) -> dict[str, Any]:
    """What is told of one trial."""
    fixed = registered.versions(visit.site.store, common.city(visit), trial.code, visit.scope)
    plan = fixed[-1].plan if fixed else None
    if plan is not None:
        showing.note(visit, plan)
    agreement = agreements.find(visit.site.store, trial.facts.agreement, visit.scope) if trial.facts.agreement else None
    line = listing.lines(visit, [trial])[0]
    return {
        "trial": trial, "line": None if plan is None else picture.line(visit, trial, plan, name=f"{trial.code}-"),
        "rows": [] if plan is None else saying.rows(visit, plan, SUMMARY), "verdict": verdicts.told(visit, trial),
        "status": visit.language.say(keeping.SENTENCES[trial.status]),
        "address": line.address, "follow_ups": showing.follow_ups(visit, trial),
        "versions": versions.told(visit, fixed),
        "agreement": agreement, "agreed": agreeing.word(visit, agreeing.state(agreement, visit)) if agreement else "",
        "agreement_address": visit.address("agreement", id=agreement.code) if agreement else "",
        "looks": looked.looked(visit, trial, plan), "stopped": showing.stopped(visit, trial),
        "card": result.card(visit, trial, fixed, f"{trial.code}-card"), "planted": showing.planted(visit, trial),
    }  # fmt: skip
