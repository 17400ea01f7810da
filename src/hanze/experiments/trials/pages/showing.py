# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The page of a trial: what is asked, where, how far it is, the verdict, the live line, the plan, and what comes after."""

from collections.abc import Sequence
from functools import partial
from typing import Any

import msgspec
from starlette.responses import HTMLResponse, Response

from hanze.experiments.evidence import keeping as evidence
from hanze.experiments.evidence.pages import PATH as EVIDENCE
from hanze.experiments.model import EXPERIMENT
from hanze.experiments.routes import NAMES
from hanze.experiments.told import Told
from hanze.experiments.trials import deviation, followup, keeping, registered
from hanze.experiments.trials.deviation import Deviation
from hanze.experiments.trials.followup import FollowUp
from hanze.experiments.trials.keeping import Trial
from hanze.experiments.trials.outcome import Indicated, Loaded, Measured
from hanze.experiments.trials.pages import (
    asking,
    common,
    files,
    looked,
    picture,
    result,
    saying,
    survey,
    verdicts,
    versions,
)
from hanze.experiments.trials.pages.common import Link
from hanze.experiments.trials.plan import Plan
from hanze.experiments.trials.registered import Version
from hanze.explore.naming import Names
from hanze.goals.model import VALUE
from hanze.goals.pages import told
from hanze.ngsild.context import CORE
from hanze.ngsild.selection import Window
from hanze.web.language import mark as _
from hanze.web.parquet import download
from hanze.web.parquet.download import Rows
from hanze.web.room import Visit

PATH = common.TRIAL

FORMATS = ("csv", "json")

AGAIN = 3
"""Seconds after which the page is loaded once more while the result is being worked out."""


async def answer(visit: Visit) -> Response:
    return await download.sent(visit, await visit.site.store.read(partial(_answer, visit)))


def _answer(visit: Visit) -> Response | Rows:
    """Errors: ResourceNotFound."""
    trial = common.trial(visit)
    fixed = registered.versions(visit.site.store, common.city(visit), trial.code, visit.scope)
    plan = fixed[-1].plan if fixed else None
    if plan is not None:
        note(visit, plan)
    if visit.format:
        return files.observed(visit, trial, plan)
    values = _values(visit, trial, plan, fixed)
    busy = values["waiting"] is not None and values["waiting"].busy
    return HTMLResponse(
        visit.html("experiments/trials/trial.html", **values), headers={"refresh": str(AGAIN)} if busy else {}
    )


def note(visit: Visit, plan: Plan) -> None:
    """Its outcome is read with its past, which the access log tells."""
    window, outcome = Window(), plan.outcome
    if isinstance(outcome, Measured):
        names = CORE.expand(outcome.type), CORE.expand(outcome.attribute)
        visit.site.access.note_read(visit.principal, "", names[:1], names[1:], period=window)
    elif isinstance(outcome, Indicated):
        visit.site.access.note_read(visit.principal, "", (VALUE.iri,), (CORE.expand("kpiValue"),), period=window)


def _values(visit: Visit, trial: Trial, plan: Plan | None, fixed: Sequence[Version]) -> dict[str, Any]:
    facts, say = trial.facts, visit.language.say
    return {
        "trial": trial, "facts": facts, "id": keeping.id_of(common.city(visit), trial.code), "type": EXPERIMENT.iri,
        "area": told.several(visit, [facts.area]).get(facts.area) if facts.area else None,
        "status": say(keeping.SENTENCES[trial.status]), "when": _when(visit, trial), "verdict": verdicts.told(visit, trial),
        "line": None if plan is None else picture.line(visit, trial, plan), "plan": plan,
        "rows": [] if plan is None else saying.rows(visit, plan), "versions": versions.told(visit, fixed),
        "room": _room(visit, trial), "links": _links(visit, trial), "doings": _doings(visit, trial, plan),
        "card": result.card(visit, trial, fixed), "waiting": result.waiting(visit, trial, plan),
        "looks": looked.looked(visit, trial, plan), "planted": planted(visit, trial), "signed": _signed(visit, trial),
        "stopped": stopped(visit, trial), "extended": _extended(visit, trial),
        "follow_ups": follow_ups(visit, trial), "needs": trial.status == "evaluated" and not followup.read(facts.followUp),
        "survey": survey.shown(visit, trial, plan), "dossier": visit.address(common.DOSSIER, id=trial.code),
        "follow": visit.address("follow", thing=keeping.id_of(common.city(visit), trial.code)),
        "check": visit.address("trial/check", id=trial.code) if fixed else "", "runs": common.runs(visit),
    }  # fmt: skip


def _when(visit: Visit, trial: Trial) -> str:
    """From when to when, in a sentence; empty where that is not known yet."""
    facts, say = trial.facts, visit.language.say
    if not facts.starts:
        return ""
    if trial.status in keeping.OVER:
        given = {"first": common.day(visit, facts.starts), "last": common.day(visit, facts.ended or facts.sunset)}
        return say(_("It ran from %(first)s to %(last)s.")) % given
    given = {"first": common.day(visit, facts.starts), "last": common.day(visit, facts.sunset)}
    return say(_("From %(first)s to %(last)s. Then it ends by itself, unless a named person extends it.")) % given


def _room(visit: Visit, trial: Trial) -> list[tuple[str, str]]:
    """What is deviated from, as labels and texts."""
    if trial.facts.room is None:
        return []
    one = msgspec.convert(trial.facts.room, Deviation)
    found = []
    for name, label in deviation.LABELS.items():
        value = getattr(one, name)
        if name in deviation.DAYS:
            value = common.day(visit, value)
        elif name == "area":
            value = told.several(visit, [value])[value].name if told.several(visit, [value]) else value
        found.append((visit.language.say(label), value))
    return found


LINKED = (
    ("inResponseTo", _("It answers"), "challenge"), ("solution", _("What is tried"), ""),
    ("agreement", _("Data agreement"), "agreement"),
)  # fmt: skip


def _links(visit: Visit, trial: Trial) -> list[tuple[str, Link]]:
    """What it belongs to, as far as the visitor sees it."""
    names, found = Names(visit), []
    for field, label, path in LINKED:
        id = getattr(trial.facts, field)
        name = names(id) if id else ""
        if name:
            own = path if (path and f":{path.title()}:" in id) or path == "agreement" else ""
            address = visit.address(own, id=keeping.code_of(id)) if own else visit.address("data/thing", id=id)
            found.append((visit.language.say(label), Link(name, address)))
    return found


DOINGS: dict[keeping.Status, tuple[tuple[str, str], ...]] = {
    "preparing": ((_("Write the plan"), "trial/plan"), (_("Room to experiment"), "trial/room")),
    "registered": (
        (_("Start the trial"), "trial/start"), (_("Change the plan"), "trial/plan"), (_("Room to experiment"), "trial/room"),
        (_("Stop the trial"), "trial/stop"),
    ),
    "running": (
        (_("Extend the trial"), "trial/extend"), (_("Stop the trial"), "trial/stop"), (_("Change the plan"), "trial/plan"),
    ),
    "stopped": ((_("Judge the trial now"), "trial/judge"), (_("Change the plan"), "trial/plan")),
    "ended": ((_("Judge the trial now"), "trial/judge"), (_("Change the plan"), "trial/plan")),
    "evaluated": ((_("Say what follows"), "trial/follow-up"), (_("Judge it once more"), "trial/judge")),
    "closed": ((_("Say what follows"), "trial/follow-up"),),
}  # fmt: skip
"""What who runs trials can do in each state; the first one is the next step."""


LOADING = (_("Load the newest numbers"), "trial/table")


def _doings(visit: Visit, trial: Trial, plan: Plan | None) -> list[Link]:
    if not common.runs(visit):
        return []
    doings = list(DOINGS[trial.status])
    if not (trial.facts.stopped or {}).get("ran", True):
        doings = [one for one in doings if one[1] != asking.PATH]
    if plan is not None and isinstance(plan.outcome, Loaded) and trial.status in ("running", "stopped", "ended"):
        doings.append(LOADING)
    return [Link(visit.language.say(text), visit.address(path, id=trial.code)) for text, path in doings]


WHY = {
    "person": _("It was stopped on %(day)s."),
    "success": _("It stopped by itself on %(day)s, since it worked."),
    "futility": _("It stopped by itself on %(day)s, since it would not have shown anything."),
    "harm": _("It stopped by itself on %(day)s, since it did harm."),
}


def stopped(visit: Visit, trial: Trial) -> tuple[str, str]:
    """When it was stopped, and why; empty where it was not."""
    one = trial.facts.stopped
    if one is None:
        return "", ""
    text = WHY.get(one.get("kind", "person"), WHY["person"])
    saw = common.sentence(visit, msgspec.convert(one["told"], Told)) if "told" in one else ""
    return visit.language.say(text) % {"day": common.day(visit, trial.facts.ended)}, saw or one.get("why", "")


def _signed(visit: Visit, trial: Trial) -> str:
    """Where the evidence of it stands; empty where there is none, or the visitor may not see it."""
    id = evidence.id_of(common.city(visit), trial.code)
    return visit.address(EVIDENCE, id=trial.code) if visit.site.store.get("", id, visit.scope) is not None else ""


PLANTED = _(
    "Made up: a computer planted an effect of %(share)s percent. So anyone can see whether the verdict finds it."
)


def planted(visit: Visit, trial: Trial) -> str:
    """The true effect of a trial that was made up, once it is over; empty where there is none."""
    if trial.facts.planted is None or trial.status not in keeping.OVER:
        return ""
    return visit.language.say(PLANTED) % {"share": visit.language.words.number(round(100 * trial.facts.planted, 1))}


def _extended(visit: Visit, trial: Trial) -> list[tuple[str, str]]:
    """Each time that it was extended, and why."""
    text = visit.language.say(_("Extended to %(day)s by %(name)s"))
    steps = (trial.facts.extended or {}).get("steps", [])
    return [(text % {"day": common.day(visit, one["until"]), "name": one["by"]}, one["why"]) for one in steps]


def follow_ups(visit: Visit, trial: Trial) -> list[dict[str, Any]]:
    """What follows, in words."""
    return [_follow_up(visit, one) for one in followup.read(trial.facts.followUp)]


def _follow_up(visit: Visit, one: FollowUp) -> dict[str, Any]:
    say, words = visit.language.say, visit.language.words
    budget = "" if one.budget is None else f"\u20ac\u00a0{words.number(one.budget)}"
    return {
        "what": say(followup.WHAT[one.what]), "why": one.why, "owner": one.owner, "by": common.day(visit, one.by),
        "budget": budget, "route": say(NAMES.get(one.route, one.route)),
        "done": common.day(visit, one.done) if one.done else "", "came": one.came, "late": one.late(common.today(visit)),
    }  # fmt: skip
