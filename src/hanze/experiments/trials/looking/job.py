# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A trial is judged in a process of its own: the table that its plan asks for, and the result with all checks."""

from collections.abc import Mapping
from zoneinfo import ZoneInfo

import msgspec

from hanze.compute import Tell
from hanze.experiments.evaluate.evaluating import evaluate
from hanze.experiments.evaluate.result import Result
from hanze.experiments.evaluate.table import Table
from hanze.experiments.trials import plan as plans
from hanze.experiments.trials import tabled
from hanze.experiments.trials.observed import Observing, Place
from hanze.experiments.trials.plan import Plan
from hanze.store.base import Look, Reads
from hanze.store.scope import EVERYTHING

SECONDS = 300.0
"""The longest that it may take."""


class Data(msgspec.Struct, frozen=True):
    """What is read: of a trial of a city (codes), by the clock of the city (`now`), what lies before `cut`; in microseconds."""

    look: Look
    city: str
    trial: str
    zone: str
    now: int
    cut: int

    def observing(self, reads: Reads, plan: Plan) -> Observing:
        return Observing(reads, EVERYTHING, Place(self.city, self.trial, ZoneInfo(self.zone), self.cut), plan)

    def table(self, reads: Reads, plan: Plan) -> Table:
        return tabled.table(self.observing(reads, plan), plan, ZoneInfo(self.zone))


class Job(msgspec.Struct, frozen=True):
    """`level`: of the interval; `area`: its code, empty for the whole city."""

    data: Data
    plan: Plan
    level: float
    area: str


class Judged(msgspec.Struct, frozen=True):
    """`places`: by unit, the code of the area in which it lies; `people`: who live in the area of the trial, None where that is not
    known."""

    result: Result
    places: Mapping[str, str]
    people: float | None


def judge(job: Job, tell: Tell = lambda done, whole, words: None) -> Judged:
    """It reads the store and writes nothing. Errors: ConfigurationError where the plan cannot be used on what was measured."""
    plan, data = job.plan, job.data
    with data.look(data.now) as reads:
        table, observing = data.table(reads, plan), data.observing(reads, plan)
        places = {one: one for one in plan.treated} if plan.units == "areas" else {}
        places = places or observing.within(plan.outcome, plan.treated, plan.units)
        people = observing.people(job.area)
    question = msgspec.structs.replace(plans.question(plan, ZoneInfo(data.zone)), level=job.level)
    return Judged(evaluate(table, question, tell), places, people)
