# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""One subject from goal to result in one scroll: challenge, choice, data agreement, plan, live line, verdict, and what follows."""

from collections.abc import Mapping
from functools import partial
from typing import Any

import msgspec
from starlette.responses import HTMLResponse, Response

from hanze.errors import ResourceNotFound
from hanze.experiments.model import (
    AGREEMENT,
    CHALLENGE,
    EXPERIMENT,
    REGISTERED,
    SOLUTION,
    AgreementFacts,
    ChallengeFacts,
    SolutionFacts,
)  # fmt: skip
from hanze.experiments.trials import keeping, registered
from hanze.experiments.trials.keeping import Trial
from hanze.experiments.trials.pages import common, listing, picture, saying, showing, verdicts, versions
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
    challenge: ChallengeFacts | None
    trials: list[Trial]


async def answer(visit: Visit) -> Response:
    return HTMLResponse(await visit.site.store.read(partial(_page, visit)))


def _page(visit: Visit) -> str:
    """Errors: ResourceNotFound."""
    visit.site.access.note_read(
        visit.principal, "", (CHALLENGE.iri, SOLUTION.iri, AGREEMENT.iri, EXPERIMENT.iri, REGISTERED.iri)
    )
    subject = _subject(visit)
    facts = subject.challenge
    values: dict[str, Any] = {
        "name": facts.name if facts else subject.trials[0].facts.name, "challenge": facts,
        "challenge_address": visit.address("challenge", id=keeping.code_of(subject.id)) if facts else "",
        "area": told.several(visit, [facts.area]).get(facts.area) if facts and facts.area else None,
        "goals": [(one, visit.language.say(GOALS[one])) for one in _goals(visit, subject) if one in GOALS],
        "parts": [_part(visit, one) for one in subject.trials], "solutions": _chosen(visit, subject),
        "decision": _decision(facts),
        "simulated": bool(facts and facts.simulated) or any(one.facts.simulated for one in subject.trials),
    }  # fmt: skip
    return visit.html("experiments/trials/dossier.html", **values)


def _goals(visit: Visit, subject: Subject) -> list[int]:
    if subject.challenge is not None:
        return goals_of(visit, subject.challenge)
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
    return Subject(id, CHALLENGE.facts_of(entity, ChallengeFacts), every)


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


def _decision(facts: ChallengeFacts | None) -> Mapping[str, Any]:
    """What the jury decided, as far as it is public."""
    return (facts.decision if facts is not None else None) or {}


def _part(visit: Visit, trial: Trial) -> dict[str, Any]:
    """What is told of one trial."""
    fixed = registered.versions(visit.site.store, common.city(visit), trial.code, visit.scope)
    plan = fixed[-1].plan if fixed else None
    if plan is not None:
        showing.note(visit, plan)
    agreement = visit.site.store.get("", trial.facts.agreement, visit.scope) if trial.facts.agreement else None
    line = listing.lines(visit, [trial])[0]
    return {
        "trial": trial, "line": None if plan is None else picture.line(visit, trial, plan, name=f"{trial.code}-"),
        "rows": [] if plan is None else saying.rows(visit, plan, SUMMARY), "verdict": verdicts.told(visit, trial),
        "status": visit.language.say(keeping.SENTENCES[trial.status]),
        "address": line.address, "follow_ups": showing.follow_ups(visit, trial),
        "versions": versions.told(visit, fixed),
        "agreement": None if agreement is None else AGREEMENT.facts_of(agreement, AgreementFacts),
        "agreement_address": visit.address("agreement", id=keeping.code_of(trial.facts.agreement)) if agreement else "",
    }  # fmt: skip
