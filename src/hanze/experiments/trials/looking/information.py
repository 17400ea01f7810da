# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""How much of what a trial is to learn is there: the share of its periods with the measure, over all units, that was measured.

The information of an estimate grows at least so evenly; its looks then depend on each other more than these shares say, so that
boundaries made of them stop no more often than was allowed (Slepian 1962, Bell System Technical Journal 41:463). Unlike what
standard errors tell, it is known beforehand and nobody moves it.
"""

from collections.abc import Sequence
from datetime import tzinfo

import numpy as np

from hanze.experiments.evaluate.table import Table
from hanze.experiments.trials import days
from hanze.experiments.trials import plan as plans
from hanze.experiments.trials.days import Stretch
from hanze.experiments.trials.outcome import Surveyed
from hanze.experiments.trials.plan import Plan

HOUR = 3_600_000_000

LENGTHS = {"hour": HOUR, "day": 24 * HOUR, "week": 168 * HOUR, "month": 730.485 * HOUR}
"""Microseconds; a month in the mean of the Gregorian calendar."""

DAY = 24 * HOUR


def share(table: Table, plan: Plan, zone: tzinfo) -> float:
    """From 0, nothing was measured with the measure yet, to 1."""
    measured = table.words(plans.ON).count("1")
    planned = _planned(table, plan, zone)
    return min(measured / planned, 1.0) if planned > 0 else 1.0


def _planned(table: Table, plan: Plan, zone: tzinfo) -> float:
    """Rows with the measure that the plan expects."""
    if isinstance(plan.outcome, Surveyed):
        waves = [one for one in plan.outcome.waves if one.since >= plan.starts]
        return float(len(waves) * len(plan.treated))
    length = LENGTHS.get(getattr(plan.outcome, "step", "")) or _usual(table)
    return sum(_length(_on(plan, unit), zone) for unit in plan.treated) / length


def _on(plan: Plan, unit: str) -> Sequence[Stretch]:
    """When the measure is on at a unit, by the plan."""
    return plan.blocks or (Stretch(plan.first.get(unit, plan.starts), plan.ends),)


def _length(stretches: Sequence[Stretch], zone: tzinfo) -> float:
    return float(sum(days.until(one.until, zone) - days.since(one.since, zone) for one in stretches))


def _usual(table: Table) -> float:
    """The usual distance of two periods: an indicator says itself how long they are."""
    moments, _dated = table.moments(plans.TIME)
    steps = np.diff(np.unique(moments))
    return float(np.median(steps)) * DAY if len(steps) else DAY
