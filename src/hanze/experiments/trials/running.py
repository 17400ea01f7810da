# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""How a trial begins, is extended, stops, ends by itself, is judged and is closed; each with who did it and why."""

from datetime import date, tzinfo
from typing import Any

import msgspec

from hanze.access import audit
from hanze.errors import BadRequestData, Conflict
from hanze.experiments.model import RegisteredFacts
from hanze.experiments.trials import days, followup, keeping, registered
from hanze.experiments.trials.deviation import Deviation
from hanze.experiments.trials.followup import FollowUp
from hanze.experiments.trials.keeping import Trial
from hanze.experiments.trials.plan import Plan
from hanze.store.base import UnitOfWork

FIXED = "fix plan of trial"
STARTED, EXTENDED, STOPPED, ENDED, CLOSED = "start trial", "extend trial", "stop trial", "end trial", "close trial"
FOLLOWED, DONE = "decide what follows a trial", "do what follows a trial"
"""Acts of the audit."""

NODE = "node"
"""As whom the node itself acts, such as where a trial ends by itself."""

LONGEST_YEARS = 10


class By(msgspec.Struct, frozen=True):
    """Who acts: `principal` for the audit; `name`: of the person or the role, as everyone may read it."""

    principal: str
    name: str


def register(
    uow: UnitOfWork, city: str, code: str, plan: Plan, by: By, *, why: str = "", seen: dict[str, Any] | None = None
) -> RegisteredFacts:
    """The plan is fixed, for the first time or as the next version; what the trial itself says follows it, but what was extended
    stays so. Errors: ResourceNotFound, BadRequestData where the plan cannot be used, Conflict where the trial was judged."""
    trial = keeping.within(uow, city, code)
    if trial.status in ("evaluated", "closed"):
        raise Conflict("This trial was judged by its plan; the plan cannot be changed any more.")
    facts = registered.fix(uow, city, trial, plan, role=by.name, why=why, seen=seen)
    audit.note(uow, by.principal, FIXED, keeping.id_of(city, code), version=facts.version, hash=facts.hash)
    exits = None if plan.exits is None else msgspec.to_builtins(plan.exits)
    told: dict[str, Any] = {"exits": exits, "area": trial.facts.area or plan.area}
    if trial.status in ("preparing", "registered"):
        told |= {"starts": plan.starts, "sunset": plan.ends}
    if trial.status == "preparing":
        keeping.move(uow, city, code, "registered", **told)
    else:
        keeping.change(uow, city, code, **told)
    return facts


def start(uow: UnitOfWork, city: str, code: str, plan: Plan, zone: tzinfo, by: By) -> Trial:
    """The measure is on since the first day of the plan. Errors: Conflict before that day, or where it cannot begin."""
    today = days.text(uow.now, zone)
    if today < plan.starts:
        raise Conflict("The first day of the plan is still to come; change the plan where it begins earlier.")
    if today > plan.ends:
        raise Conflict("The last day of the plan is over; change the plan before the trial begins.")
    audit.note(uow, by.principal, STARTED, keeping.id_of(city, code))
    return keeping.move(uow, city, code, "running", starts=plan.starts, sunset=plan.ends)


def latest(trial: Trial) -> str:
    """The last day to which it may be extended: that of the room to experiment, else ten years after its first day."""
    if trial.facts.room:
        return msgspec.convert(trial.facts.room, Deviation).ends
    first = days.day(trial.facts.starts)
    return "" if first is None else date(first.year + LONGEST_YEARS, first.month, min(first.day, 28)).isoformat()


def extend(uow: UnitOfWork, city: str, code: str, until: str, why: str, by: By) -> Trial:
    """It may run until a later day. Errors: Conflict where it does not run; BadRequestData where the day cannot be, or nobody is
    named who extends it."""
    trial = keeping.within(uow, city, code)
    if trial.status != "running":
        raise Conflict(f"This trial is {trial.status}; only one that runs can be extended.")
    if not by.name.strip():
        raise BadRequestData(f"by is {by.name!r}; name who extends the trial.")
    if days.day(until) is None or not trial.facts.sunset < until <= latest(trial):
        raise BadRequestData(
            f"until is {until}; give a day after {trial.facts.sunset}, and at the latest {latest(trial)}."
        )
    step = {"from": trial.facts.sunset, "until": until, "by": by.name, "why": why, "at": uow.stamp}
    before = (trial.facts.extended or {}).get("steps", [])
    audit.note(uow, by.principal, EXTENDED, keeping.id_of(city, code), until=until)
    return keeping.change(uow, city, code, sunset=until, extended={"steps": [*before, step]})


def stop(
    uow: UnitOfWork, city: str, code: str, zone: tzinfo, why: str, by: By, *, kind: str = "person", **more: Any
) -> Trial:
    """It stops now. `kind`: person, or success, futility or harm where a look led to it; `more`: what that look saw.
    Errors: Conflict where it cannot stop."""
    ran = keeping.within(uow, city, code).status == "running"
    told = {"at": uow.stamp, "why": why, "by": by.name, "kind": kind, "ran": ran, **more}
    audit.note(uow, by.principal, STOPPED, keeping.id_of(city, code), kind=kind)
    return keeping.move(uow, city, code, "stopped", stopped=told, ended=days.text(uow.now, zone))


def due(trial: Trial, today: str) -> bool:
    """It runs, and its last day is over."""
    return trial.status == "running" and bool(trial.facts.sunset) and trial.facts.sunset < today


def end(uow: UnitOfWork, city: str, code: str, zone: tzinfo) -> bool:
    """It ends by itself where its last day is over and nobody extended it; False where that is not so."""
    trial = keeping.within(uow, city, code)
    if not due(trial, days.text(uow.now, zone)):
        return False
    audit.note(uow, NODE, ENDED, keeping.id_of(city, code), sunset=trial.facts.sunset)
    keeping.move(uow, city, code, "ended", ended=trial.facts.sunset)
    return True


def judge(uow: UnitOfWork, city: str, code: str, verdict: str, result: dict[str, Any], **more: Any) -> Trial:
    """The verdict is there; `more`: other facts that come with it. Errors: Conflict while it runs."""
    return keeping.move(uow, city, code, "evaluated", verdict=verdict, result=result, **more)


def follow(uow: UnitOfWork, city: str, code: str, step: FollowUp, by: By) -> Trial:
    """This comes after it. Errors: Conflict before it was judged."""
    trial = keeping.within(uow, city, code)
    if trial.status not in ("evaluated", "closed"):
        raise Conflict("What follows is decided when the trial was judged.")
    steps = [*followup.read(trial.facts.followUp), step]
    audit.note(uow, by.principal, FOLLOWED, keeping.id_of(city, code), what=step.what, until=step.by)
    return keeping.change(uow, city, code, followUp=followup.kept(steps))


def finish(uow: UnitOfWork, city: str, code: str, number: int, came: str, zone: tzinfo, by: By) -> Trial:
    """One of the things that follow was done; `number`: its place. Errors: Conflict where there is no such one that is open."""
    steps = followup.read(keeping.within(uow, city, code).facts.followUp)
    if not 0 <= number < len(steps) or steps[number].done:
        raise Conflict("This was done already, or is not there. Load the page once more.")
    steps[number] = msgspec.structs.replace(steps[number], done=days.text(uow.now, zone), came=came)
    audit.note(uow, by.principal, DONE, keeping.id_of(city, code), number=number)
    return keeping.change(uow, city, code, followUp=followup.kept(steps))


def close(uow: UnitOfWork, city: str, code: str, by: By) -> Trial:
    """Errors: Conflict before it was judged, or while nobody said what follows."""
    if not followup.read(keeping.within(uow, city, code).facts.followUp):
        raise Conflict("Say first what follows: stop, repeat, scale or buy.")
    audit.note(uow, by.principal, CLOSED, keeping.id_of(city, code))
    return keeping.move(uow, city, code, "closed")
