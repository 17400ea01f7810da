# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Plans that are still being written, kept step by step."""

from collections.abc import Mapping, Sequence

from hanze.experiments.trials import registered
from hanze.experiments.trials.outcome import Outcome, Units, Wrong
from hanze.experiments.trials.pages import common, drafting, forms, offers
from hanze.experiments.trials.pages.drafting import Answers
from hanze.experiments.trials.pages.forms import STEPS, Step
from hanze.experiments.trials.plan import Plan
from hanze.experiments.trials.vaults import DRAFTS
from hanze.store.base import UnitOfWork
from hanze.web.forms import Choice
from hanze.web.room import Visit

BLANK: Answers = {
    "together": ["mean"], "step": ["day"], "cluster": ["unit"], "level": ["95"], "season": [""], "units": ["things"],
}  # fmt: skip


def answers(visit: Visit, code: str) -> Answers:
    """What was answered so far: in the draft, else in the plan that was fixed last; the usual where there is neither."""
    rows = visit.site.store.vault(DRAFTS).select({"trial": code}, limit=1)
    if rows:
        return {name: list(found) for name, found in rows[0]["answers"].items()}
    fixed = registered.newest(visit.site.store, common.city(visit), code, visit.scope)
    return dict(BLANK) if fixed is None else drafting.answers(fixed.plan)


def keep(uow: UnitOfWork, code: str, found: Answers) -> None:
    """These are the answers from now on."""
    uow.vault(DRAFTS).put({"trial": code, "answers": dict(found), "at": uow.real})


def drop(uow: UnitOfWork, code: str) -> None:
    """The plan was fixed."""
    uow.vault(DRAFTS).delete({"trial": code})


def made(visit: Visit, code: str, found: Answers) -> tuple[Plan | None, list[Wrong]]:
    """The plan that the answers make, and what is wrong with it."""
    first, _wrong = drafting.plan(found, str)
    if first is None:
        return drafting.plan(found, str)
    known = _known(offers.units(visit, code, first.outcome, first.units), first.outcome, first.units)
    return drafting.plan(found, lambda text: known.get(text.casefold(), text))


def _known(there: Sequence[Choice], outcome: Outcome, kind: Units) -> Mapping[str, str]:
    """From a name in small letters to the id or code."""
    return {one.text.casefold(): one.value for one in there} | {one.value.casefold(): one.value for one in there}


def outcome(found: Answers) -> Outcome | None:
    """As far as it was answered; the rest of the plan is taken as usual."""
    usual = {
        "hypothesis": ["?"], "better": ["lower"], "design": ["its"], "since": ["2000-01-01"], "starts": ["2000-01-02"],
        "ends": ["2000-01-03"],
    }  # fmt: skip
    names = {"kind", "series", "where", "together", "step", "indicator", "unit_column", "time_column", "column", "unit"}
    names |= {"survey", "answers", "waves", "units"}
    one, _wrong = drafting.plan({**usual, **{name: told for name, told in found.items() if name in names}}, str)
    return None if one is None else one.outcome


FIELD_OF = {
    "outcome.where": "where", "placebo.where": "where",
    "outcome.type": "series", "outcome.attribute": "series", "outcome.indicator": "indicator", "outcome.question": "survey",
    "outcome.unit_column": "unit_column", "outcome.time_column": "time_column", "outcome.together": "together",
    "outcome.answers": "answers", "outcome.waves": "waves", "exits.looks": "look_first", "exits.reasons": "success",
    "exits.success": "alpha", "exits.futility": "alpha", "exits.harm": "harm_periods",
}  # fmt: skip
"""From a field of the plan to that of the forms, where the two differ."""

FIELDS: Mapping[Step, frozenset[str]] = {
    "expect": frozenset({"hypothesis", "better", "bought", "kind", "sample"}),
    "outcome": frozenset(
        {
            "series", "indicator", "survey", "unit_column", "time_column", "column", "together", "step", "answers", "waves",
            "placebo", "units", "where",
        }
    ),
    "places": frozenset({"design", "treated", "compared", "area", "cluster"}),
    "days": frozenset({"since", "starts", "ends", "first", "blocks", "order", "exclusions", "events"}),
}  # fmt: skip
"""All others belong to the last step."""


def field_of(one: Wrong) -> str:
    """The field of the forms beside which it is told."""
    return FIELD_OF.get(one.field, one.field.partition(".")[0])


def step_of(name: str) -> Step:
    """In which step a field stands."""
    return next((step for step in STEPS if name in FIELDS.get(step, ())), forms.STEPS[-1])
