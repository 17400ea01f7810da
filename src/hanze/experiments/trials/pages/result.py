# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The result of a trial on its page: the card, in the names that people know; or how far it is, and why there is none yet."""

from collections.abc import Mapping, Sequence

import msgspec

from hanze.errors import ResourceNotFound
from hanze.experiments.card import card as cards
from hanze.experiments.card import html
from hanze.experiments.evaluate.result import Result
from hanze.experiments.evaluate.size import percent
from hanze.experiments.told import Told, Values
from hanze.experiments.trials import changes, outcome
from hanze.experiments.trials import plan as plans
from hanze.experiments.trials.keeping import Trial
from hanze.experiments.trials.looking import kept, naming
from hanze.experiments.trials.looking.asked import Asked
from hanze.experiments.trials.outcome import Outcome
from hanze.experiments.trials.pages import offers, saying
from hanze.experiments.trials.plan import Plan
from hanze.experiments.trials.registered import Version
from hanze.goals.pages import told
from hanze.web.language import mark as _
from hanze.web.room import Visit

WIDER = _(
    "The interval is drawn at %(level)s %% instead of %(planned)s %%, since the trial could have stopped at looks before: so "
    "looking does not make it say more often that something worked."
)
CHANGED = _("Version %(number)s, %(when)s: %(fields)s.")
ASKED = "%(question)s %(hypothesis)s"
LATE = _("Its first version was %(when)s.")


class Waiting(msgspec.Struct, frozen=True):
    """Before there is a result: what is said; `failed`: why it could not be made, in English, empty where nothing failed; `busy`:
    it is being worked out."""

    told: str
    failed: str
    busy: bool


def card(visit: Visit, trial: Trial, fixed: Sequence[Version], name: str = "card") -> html.Said | None:
    """None where there is no result that can be read. `name`: begins the ids of its pictures."""
    result = kept.read(trial.facts.result)
    if result is None or not fixed:
        return None
    plan = fixed[-1].plan
    asked = Told(ASKED, {"question": trial.facts.question, "hypothesis": plan.hypothesis})
    made = cards.make(_named(visit, trial, plan, result), asked, _changes(visit, plan, result, fixed))
    return html.said(made, visit.language, name)


def _named(visit: Visit, trial: Trial, plan: Plan, result: Result) -> Result:
    places: Mapping[str, str] = (trial.facts.result or {}).get("places", {})
    names = {**offers.names(visit, plan.outcome, plan.units, plan.all), plans.OUTCOME: _outcome(visit, plan.outcome)}
    if plan.placebo is not None:
        names[plans.PLACEBO] = _outcome(visit, plan.placebo)
    names |= {one.name: saying.outcome(visit, one.measured) for one in plan.covariates}
    if places:
        result = naming.by_area(result, places)
        names |= {code: one.name for code, one in told.several(visit, set(places.values())).items()}
    return naming.named(result, names)


def _outcome(visit: Visit, one: Outcome) -> str:
    unit = saying.unit(visit, one)
    named = saying.outcome(visit, one)
    return f"{named} ({unit})" if unit else named


def _changes(visit: Visit, plan: Plan, result: Result, fixed: Sequence[Version]) -> list[Told]:
    first, *later = changes.changed(fixed, visit.site.zone)
    found = [Told(LATE, {"when": Told(changes.WORDS[first.when])})] if first.data else []
    for one in later:
        fields = [visit.language.say(changes.FIELDS[name]) for name in one.fields]
        given: Values = {
            "number": str(one.version.number),
            "when": Told(changes.WORDS[one.when]),
            "fields": ", ".join(fields),
        }
        found.append(Told(CHANGED, given))
    if result.question.level > plan.level + 1e-9:
        found.append(Told(WIDER, {"level": percent(result.question.level), "planned": percent(plan.level)}))
    return found


def waiting(visit: Visit, trial: Trial, plan: Plan | None) -> Waiting | None:
    """None where the trial is not over, or has its result and no other one is asked for."""
    if plan is None or trial.status not in ("stopped", "ended", "evaluated"):
        return None
    say, asked = visit.language.say, _asked(visit)
    failed = asked.failed.get(trial.code, "") if asked is not None else ""
    if asked is not None and asked.busy(trial.code):
        going = asked.going.get(trial.code)
        share = visit.language.words.number(round(100 * going.share)) if going is not None else "0"
        return Waiting(say(_("The result is being worked out: %(share)s percent.")) % {"share": share}, "", True)
    if failed:
        return Waiting(say(_("The result could not be worked out from what is there now.")), failed, False)
    if trial.status == "evaluated":
        return None
    if not (trial.facts.stopped or {}).get("ran", True):
        return Waiting(say(_("The measure never began, so there is nothing to judge.")), "", False)
    return Waiting(say(_WAITS.get(type(plan.outcome), _SOON)), "", False)


_SOON = _("Here will stand the result, as soon as the last numbers are there. It is worked out by itself.")
_WAITS = {
    outcome.Loaded: _("Here will stand the result. It is worked out by itself once the table with the newest numbers is loaded."),
    outcome.Surveyed: _("Here will stand the result. It is worked out by itself after the last wave of the survey."),
}  # fmt: skip


def _asked(visit: Visit) -> Asked | None:
    try:
        return visit.site.tool(Asked)
    except ResourceNotFound:
        return None


def ask(visit: Visit, trial: Trial) -> None:
    """The result is worked out now. Errors: ResourceNotFound where this site cannot."""
    visit.site.tool(Asked).ask(trial.code, visit.principal.id)
