# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What was observed in a trial as data, a row for each unit and period: the very table by which it is judged."""

import msgspec
from starlette.responses import Response

from hanze.experiments.trials import tabled
from hanze.experiments.trials.keeping import OVER, Trial
from hanze.experiments.trials.looking import due
from hanze.experiments.trials.observed import Observing
from hanze.experiments.trials.pages import common
from hanze.experiments.trials.plan import Plan
from hanze.explore import data
from hanze.web.parquet.download import Rows
from hanze.web.room import Visit

COLUMNS = ("unit", "time", "outcome", "on")


def observed(visit: Visit, trial: Trial, plan: Plan | None) -> Response | Rows:
    """Empty where no plan was fixed."""
    if plan is None:
        return data.records((), COLUMNS, visit.format)
    place = common.place(visit, trial.code)
    if trial.status in OVER:
        place = msgspec.structs.replace(place, now=due.cut(trial, plan, visit.now, visit.site.zone))
    observing = Observing(visit.site.store, visit.scope, place, plan)
    columns = tabled.table(observing, plan, visit.site.zone).columns
    names = tuple(columns)
    rows = (dict(zip(names, row, strict=True)) for row in zip(*columns.values(), strict=True))
    return data.records(rows, names, visit.format)
