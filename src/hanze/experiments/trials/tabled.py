# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The table of a trial: what was observed, with the columns that hanze.experiments.trials.plan.question names."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import timedelta, tzinfo
from itertools import pairwise

import msgspec

from hanze.experiments.evaluate.table import Table
from hanze.experiments.trials import days
from hanze.experiments.trials import plan as plans
from hanze.experiments.trials.observed import Observed, Observing
from hanze.experiments.trials.outcome import Surveyed
from hanze.experiments.trials.plan import Plan
from hanze.ngsild.times import EPOCH

NEVER = "never"


def table(observing: Observing, plan: Plan, zone: tzinfo) -> Table:
    """All that the plan asks for, of all units, until now; empty cells where nothing is known. What was left out beforehand is not
    there, nor a period within which the measure begins. Where only areas are independent, a unit in none is one by itself."""
    rows = _counting(observing.series(plan.outcome, plan.all, plan.units), plan, zone)
    columns: dict[str, list[str]] = {
        plans.UNIT: [one.unit for one in rows],
        plans.TIME: [plans.label(one.start, plan, zone) for one in rows],
        plans.OUTCOME: [repr(one.value) for one in rows],
        plans.ON: [str(int(is_on(plan, one.unit, one.start, zone))) for one in rows],
    }
    if plan.first:
        columns[plans.FIRST] = [_first(plan, one.unit, zone) for one in rows]
    if plan.season:
        columns[plans.SEASON] = [_season(plan, one.start, zone) for one in rows]
    if plan.cluster == "area":
        clusters = observing.within(plan.outcome, plan.all, plan.units)
        columns[plans.CLUSTER] = [clusters.get(one.unit, one.unit) for one in rows]
    if isinstance(plan.outcome, Surveyed):
        columns[plans.WEIGHT] = [repr(one.weight) for one in rows]
    columns.update({name: _cells(rows, found) for name, found in _beside(observing, plan, rows).items()})
    return Table(columns, hashlib.sha256(msgspec.json.encode(columns)).hexdigest(), "The table of the trial")


def _beside(observing: Observing, plan: Plan, rows: Sequence[Observed]) -> dict[str, Mapping[tuple[str, int], float]]:
    """Other numbers of the same units and periods, by column."""
    found: dict[str, Mapping[tuple[str, int], float]] = {}
    for one in plan.covariates:
        same = observing.beside(one.measured, {row.start for row in rows})
        found[one.name] = {(row.unit, row.start): same[row.start] for row in rows if row.start in same}
    if plan.placebo is not None:
        told = observing.series(plan.placebo, plan.all, plan.units)
        found[plans.PLACEBO] = {(one.unit, one.start): one.value for one in told}
    return found


def _cells(rows: Sequence[Observed], found: Mapping[tuple[str, int], float]) -> list[str]:
    return ["" if (one.unit, one.start) not in found else repr(found[one.unit, one.start]) for one in rows]


def _counting(found: Sequence[Observed], plan: Plan, zone: tzinfo) -> list[Observed]:
    left, after = [one.stretch for one in plan.exclusions], _ends(found, plan, zone)
    begins = {unit: days.since(plan.first.get(unit, plan.starts), zone) for unit in plan.treated}
    return [
        one
        for one in found
        if not days.holds(left, one.start, zone)
        and not (one.start < begins.get(one.unit, 0) < after.get(one.start, one.start))
    ]


def _ends(found: Sequence[Observed], plan: Plan, zone: tzinfo) -> dict[int, int]:
    """By the start of a period, its end, where the measure might begin within it. Between waves of a survey nothing is asked."""
    if isinstance(plan.outcome, Surveyed):
        return {days.since(one.since, zone): days.until(one.until, zone) for one in plan.outcome.waves}
    return dict(pairwise(sorted({one.start for one in found})))


def is_on(plan: Plan, unit: str, moment: int, zone: tzinfo) -> bool:
    """The measure is on at a unit at a moment (microseconds), by the plan."""
    if unit not in plan.treated:
        return False
    if plan.blocks:
        return days.holds(plan.blocks, moment, zone)
    starts = plan.first.get(unit, plan.starts)
    return days.since(starts, zone) <= moment < days.until(plan.ends, zone)


def _first(plan: Plan, unit: str, zone: tzinfo) -> str:
    found = plan.first.get(unit)
    return NEVER if found is None else plans.label(days.since(found, zone), plan, zone)


def _season(plan: Plan, moment: int, zone: tzinfo) -> str:
    there = (EPOCH + timedelta(microseconds=moment)).astimezone(zone)
    return str({"month": there.month, "weekday": there.isoweekday(), "hour": there.hour}[plan.season])
