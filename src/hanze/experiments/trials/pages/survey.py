# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The short survey of a trial on its page: whether it can be answered now, and what was answered, by wave and area."""

from collections.abc import Sequence

import msgspec

from hanze.experiments.trials import answers
from hanze.experiments.trials.answers import Cell
from hanze.experiments.trials.keeping import Trial
from hanze.experiments.trials.observed import Observing
from hanze.experiments.trials.outcome import Surveyed
from hanze.experiments.trials.pages import common
from hanze.experiments.trials.plan import Plan
from hanze.goals.pages import told
from hanze.web.drawing.rows import Table
from hanze.web.language import mark as _
from hanze.web.room import Visit


class Shown(msgspec.Struct, frozen=True):
    """`many`: all answers so far; `table`: how often each was given, by wave and area; `hidden`: of some it is not told, since
    fewer than `fewest` answered; `address`: where it is answered, empty where it cannot be now."""

    question: str
    table: Table
    hidden: bool
    many: int
    address: str
    fewest: int = answers.FEWEST


def shown(visit: Visit, trial: Trial, plan: Plan | None) -> Shown | None:
    """None where the trial is not judged by a survey."""
    if plan is None or not isinstance(plan.outcome, Surveyed):
        return None
    survey = plan.outcome
    observing = Observing(visit.site.store, visit.scope, common.place(visit, trial.code), plan)
    cells = answers.cells(visit.site.store, trial.code, survey, observing.leaves(plan.all))
    open_now = answers.open_wave(survey, visit.now, visit.site.zone) is not None and trial.status in (
        "registered",
        "running",
    )
    address = visit.address("trial/answer", id=trial.code) if open_now else ""
    hidden = any(one.counts is None for one in cells)
    return Shown(
        survey.question,
        _table(visit, plan, survey, cells),
        hidden,
        answers.counted(visit.site.store, trial.code),
        address,
    )


def _table(visit: Visit, plan: Plan, survey: Surveyed, cells: Sequence[Cell]) -> Table:
    """A row for each wave and area."""
    say = visit.language.say
    names = {code: one.name for code, one in told.several(visit, plan.all).items()}
    head = (say(_("When")), say(_("Area")), *(one.text for one in survey.answers))
    rows = (
        (
            common.day(visit, survey.waves[one.wave].since), names.get(one.area, ""),
            *(visit.language.words.number(count) for count in one.counts or ()),
            *("" for _answer in survey.answers if one.counts is None),
        )
        for one in cells
    )  # fmt: skip
    return Table(say(_("What residents answered")), head, tuple(rows))
