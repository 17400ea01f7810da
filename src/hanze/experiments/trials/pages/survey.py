# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The short survey of a trial on its page: whether it can be answered now, and what was answered, by wave and area."""

from collections.abc import Sequence

import msgspec

from hanze.experiments.trials import answers
from hanze.experiments.trials.keeping import Trial
from hanze.experiments.trials.observed import Observing
from hanze.experiments.trials.outcome import Surveyed
from hanze.experiments.trials.pages import common
from hanze.experiments.trials.plan import Plan
from hanze.goals.pages import told
from hanze.web.room import Visit


class Wave(msgspec.Struct, frozen=True):
    """What was answered in an area and wave; `counts`: answers and how often, none where too few answered."""

    when: str
    area: str
    counts: Sequence[tuple[str, int]]


class Shown(msgspec.Struct, frozen=True):
    """`many`: all answers so far; `address`: where it is answered, empty where it cannot be now; `fewest`: fewer are not told."""

    question: str
    waves: Sequence[Wave]
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
    names = {code: one.name for code, one in told.several(visit, plan.all).items()}
    waves = [
        Wave(
            common.day(visit, survey.waves[one.wave].since), names.get(one.area, ""),
            [] if one.counts is None else list(zip((each.text for each in survey.answers), one.counts, strict=True)),
        )
        for one in cells
    ]  # fmt: skip
    open_now = answers.open_wave(survey, visit.now, visit.site.zone) is not None and trial.status in (
        "registered",
        "running",
    )
    address = visit.address("trial/answer", id=trial.code) if open_now else ""
    return Shown(survey.question, waves, answers.counted(visit.site.store, trial.code), address)
