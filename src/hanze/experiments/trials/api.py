# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Trials as resources of /v1: the register, and one trial with the versions of its plan and what a check of them says."""

from typing import Annotated, Any

import msgspec
from msgspec import Meta

from hanze.experiments.model import EXPERIMENT, REGISTERED
from hanze.experiments.trials import keeping, registered
from hanze.experiments.trials.keeping import Status, Trial
from hanze.experiments.trials.registered import Version
from hanze.goals.indicators.known import Known
from hanze.http.operation import Caller, Moment, Operation
from hanze.ngsild import times

TAG = "trials"

TAGS = ((TAG, "Trials: what is tried, how it is judged, what came of it."),)

Code = Annotated[str, Meta(description="the code of a trial, as the list of trials gives it")]
OfStatus = Annotated[
    Status, Meta(description="preparing, registered, running, stopped, ended, evaluated or closed")
]  # fmt: skip


class Listed(msgspec.Struct, frozen=True, rename="camel"):
    """A trial. `starts`, `sunset`: its first day, and the day after which it ends by itself; `ended`: its last day where it is
    over. `verdict`: empty before it was judged."""

    code: str
    id: str
    name: str
    question: str
    status: Status
    area: str
    starts: str
    sunset: str
    ended: str
    verdict: str
    goals: list[int]
    simulated: bool


class ListedTrials(msgspec.Struct, frozen=True, rename="camel"):
    """All trials that were asked for, the newest first."""

    items: list[Listed]


class PlanVersion(msgspec.Struct, frozen=True, rename="camel"):
    """One version of a plan. `hash`: SHA-256 of the canonical JSON (RFC 8785) of {plan, version, moment, before}; `before`: the
    hash of the version before; `why`: it was changed; `seen`: who had read the outcome, by the access log."""

    version: int
    moment: Moment
    hash: str
    before: str
    why: str
    fixed_by: str
    plan: dict[str, Any]
    seen: dict[str, Any] | None


class WholeTrial(Listed, frozen=True, rename="camel"):
    """A trial with all that its page says. `broken`: what is not as it was fixed, empty where the chain of versions holds."""

    description: str
    language: str
    answers: str
    solution: str
    agreement: str
    room: dict[str, Any] | None
    stopped: dict[str, Any] | None
    extended: dict[str, Any] | None
    looks: dict[str, Any] | None
    result: dict[str, Any] | None
    follow_up: dict[str, Any] | None
    versions: list[PlanVersion]
    broken: list[str]


class AskedTrials(msgspec.Struct, frozen=True, rename="camel"):
    status: OfStatus | None = None


class AskedTrial(msgspec.Struct, frozen=True, rename="camel"):
    code: Code


def trials(caller: Caller, asked: AskedTrials) -> ListedTrials:
    """Those that the caller may see."""
    caller.access.note_read(caller.principal, "", (EXPERIMENT.iri,), ())
    wanted = () if asked.status is None else (asked.status,)
    city = caller.tool(Known).city
    return ListedTrials([Listed(**_facts(city, one)) for one in keeping.every(caller.store, caller.scope, *wanted)])


def trial(caller: Caller, asked: AskedTrial) -> WholeTrial:
    """Errors: ResourceNotFound."""
    caller.access.note_read(caller.principal, "", (EXPERIMENT.iri, REGISTERED.iri), ())
    city = caller.tool(Known).city
    one = keeping.demand(caller.store, city, asked.code, caller.scope)
    found = registered.versions(caller.store, city, one.code, caller.scope)
    broken = registered.broken(found, simulated=bool(one.facts.simulated)) if found else ()
    facts = one.facts
    return WholeTrial(
        **_facts(city, one), description=facts.description, language=facts.language, answers=facts.inResponseTo,
        solution=facts.solution, agreement=facts.agreement, room=facts.room, stopped=facts.stopped, extended=facts.extended,
        looks=facts.looks, result=facts.result, follow_up=facts.followUp, versions=[_version(each) for each in found],
        broken=[each.said() for each in broken],
    )  # fmt: skip


def _facts(city: str, one: Trial) -> dict[str, Any]:
    facts = one.facts
    return {
        "code": one.code, "id": keeping.id_of(city, one.code), "name": facts.name, "question": facts.question, "status": one.status,
        "area": facts.area, "starts": facts.starts, "sunset": facts.sunset, "ended": facts.ended, "verdict": facts.verdict,
        "goals": facts.goals or [], "simulated": bool(facts.simulated),
    }  # fmt: skip


def _version(one: Version) -> PlanVersion:
    link = one.link
    return PlanVersion(
        link.version, times.text(link.moment), link.hash, link.before, one.why, one.role, dict(link.plan), one.seen
    )


OPERATIONS = (
    Operation(
        path="/trials", name="listTrials", summary="The register of trials", tag=TAG, handler=trials, answer=ListedTrials,
        asked=AskedTrials,
    ),
    Operation(
        path="/trials/{code}", name="getTrial", summary="One trial with its plan and what came of it", tag=TAG, handler=trial,
        answer=WholeTrial, asked=AskedTrial,
    ),
)  # fmt: skip
