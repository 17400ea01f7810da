# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What trials tell on pages of others: on the way to a goal, on My desk, and on the page of a challenge or a solution."""

from collections.abc import Iterator, Sequence

from hanze.experiments.model import CHALLENGE, SOLUTION
from hanze.experiments.trials import days, followup, keeping
from hanze.experiments.trials.keeping import Trial
from hanze.experiments.trials.pages import OPENING, common, verdicts
from hanze.web.language import mark as _
from hanze.web.room import Action, Happening, Task, Visit

ACTIONS = (
    Action(CHALLENGE.iri, _("Open a trial for it"), OPENING),
    Action(SOLUTION.iri, _("Open a trial of it"), OPENING),
)

SOON_DAYS = 14
"""So long before its last day who runs a trial is told."""

DAY = 86_400_000_000


def happened(visit: Visit, goal: int) -> Sequence[Happening]:
    """What was tried for a goal, and what was learned from it."""
    return [one for trial in keeping.every(visit.site.store, visit.scope) for one in _happened(visit, trial, goal)]


def _happened(visit: Visit, trial: Trial, goal: int) -> Iterator[Happening]:
    facts = trial.facts
    if goal not in (facts.goals or ()) or trial.status in ("preparing", "registered") or not facts.starts:
        return
    address = visit.address(common.TRIAL, id=trial.code)
    yield Happening("tried", days.since(facts.starts, visit.site.zone), facts.name, address)
    judged = verdicts.told(visit, trial)
    if judged is not None and trial.judged is not None:
        yield Happening("learned", trial.judged, f"{facts.name}: {judged.word}", address)


def tasks(visit: Visit) -> Sequence[Task]:
    """What waits for who runs trials."""
    if not common.runs(visit):
        return []
    every = keeping.every(visit.site.store, visit.scope)
    return sorted((one for trial in every for one in _tasks(visit, trial)), key=lambda one: not one.late)


def _tasks(visit: Visit, trial: Trial) -> Iterator[Task]:
    say, today, name = visit.language.say, common.today(visit), {"name": trial.facts.name}
    follow = visit.address("trial/follow-up", id=trial.code)
    if trial.status == "preparing":
        yield Task(say(_("Write the plan of %(name)s")) % name, visit.address("trial/plan", id=trial.code))
    if trial.status == "registered" and trial.facts.starts <= today:
        yield Task(
            say(_("Start %(name)s, or change its plan")) % name, visit.address("trial/start", id=trial.code),
            trial.facts.starts < today,
        )  # fmt: skip
    if trial.status == "running" and trial.facts.sunset <= days.text(visit.now + SOON_DAYS * DAY, visit.site.zone):
        given = {**name, "day": common.day(visit, trial.facts.sunset)}
        yield Task(say(_("%(name)s ends by itself after %(day)s")) % given, visit.address(common.TRIAL, id=trial.code))
    steps = followup.read(trial.facts.followUp)
    if trial.status == "evaluated" and not steps:
        yield Task(say(_("Say what follows %(name)s")) % name, follow, True)
    for one in steps:
        if not one.done:
            given = {**name, "what": say(followup.WHAT[one.what]), "day": common.day(visit, one.by)}
            yield Task(say(_("%(name)s, by %(day)s. %(what)s")) % given, follow, one.late(today))
