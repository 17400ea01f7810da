# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a look at a running trial sees: for each reason to stop whether it is there, by the plan and nothing else.

An effect is surely beyond a threshold where its interval lies beyond it at the level that this look may spend: a repeated
confidence interval (Jennison & Turnbull 1989, Journal of the Royal Statistical Society B 51:305), so that the design itself says
how sure it is, whether by a standard error, Student's t or lots. The level follows from the boundary (`spending`). So it is for
futility: there chance alone is what stops a trial whose true effect is as large as the threshold.
"""

import math
from collections.abc import Mapping, Sequence
from statistics import NormalDist
from zoneinfo import ZoneInfo

import msgspec
import numpy as np

from hanze.errors import ConfigurationError
from hanze.experiments.evaluate import designs
from hanze.experiments.evaluate.extra import needed
from hanze.experiments.evaluate.finding import Finding
from hanze.experiments.evaluate.panel import panel
from hanze.experiments.evaluate.size import nothing, size
from hanze.experiments.evaluate.table import Table
from hanze.experiments.trials import plan as plans
from hanze.experiments.trials.exits import By, Exit, Kind, Spending
from hanze.experiments.trials.looking import information
from hanze.experiments.trials.looking.job import Data
from hanze.experiments.trials.looking.spending import boundaries, conditional_power
from hanze.experiments.trials.plan import Plan

NORMAL = NormalDist()

RAREST = 1e-9
"""A look that may spend less error than this cannot stop anything, and is not made."""

LEAST = 1e-9
"""Less new information is none."""


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """For one reason: `name` of it (`names`). `crossed`: it is there. `could`: it was looked for; where not, `why` in English.
    `share`: of the information. `level`: of the interval (`low`, `high`: shares of what was expected) around `estimate`. `value`:
    what a reason by value saw, or the chance of one by chance."""

    name: str
    kind: Kind
    by: By
    crossed: bool = False
    could: bool = False
    why: str = ""
    share: float | None = None
    level: float | None = None
    estimate: float | None = None
    low: float | None = None
    high: float | None = None
    value: float | None = None


class Job(msgspec.Struct, frozen=True):
    """`reasons`: names of those that are looked for; `before`: by name, the shares of information of the looks that were made."""

    data: Data
    plan: Plan
    reasons: tuple[str, ...]
    before: Mapping[str, Sequence[float]]


def names(plan: Plan) -> dict[str, Exit]:
    """The reasons of a plan, each by a name that stays its own where others come or go: such as harm-effect-1."""
    found: dict[str, Exit] = {}
    for one in () if plan.exits is None else plan.exits.reasons:
        count = 1 + sum(name.startswith(f"{one.kind}-{one.by}-") for name in found)
        found[f"{one.kind}-{one.by}-{count}"] = one
    return found


def run(job: Job) -> list[Seen]:
    """In the order of the plan. It reads the store and writes nothing."""
    there = {name: one for name, one in names(job.plan).items() if name in job.reasons}
    asked = {name: _plan(job.plan, one) for name, one in there.items()}
    tables: dict[bytes, Table] = {}
    with job.data.look(job.data.now) as reads:
        for own in asked.values():
            tables.setdefault(_key(own), job.data.table(reads, own))
    with needed():
        return [_seen(job, name, one, asked[name], tables[_key(asked[name])]) for name, one in there.items()]


def _plan(plan: Plan, one: Exit) -> Plan:
    """With the outcome that the reason looks at."""
    return plan if one.outcome is None else msgspec.structs.replace(plan, outcome=one.outcome, placebo=None)


def _key(plan: Plan) -> bytes:
    return msgspec.json.encode(plan.outcome)


def _seen(job: Job, name: str, one: Exit, plan: Plan, table: Table) -> Seen:
    seen = Seen(name=name, kind=one.kind, by=one.by)
    if one.by == "value":
        return by_value(seen, one, table)
    zone, exits = ZoneInfo(job.data.zone), job.plan.exits
    assert exits is not None
    share = information.share(table, plan, zone)
    before = job.before.get(name, ())
    if share <= LEAST or (before and share <= before[-1] + LEAST):
        return msgspec.structs.replace(seen, why="Nothing new was measured.")
    if one.by == "chance":
        return _by_chance(msgspec.structs.replace(seen, share=share), one, plan, table, zone)
    rare = level(exits.spending, one.alpha or 0.0, [*before, share])
    if rare is None:
        return msgspec.structs.replace(seen, why="Too little was measured to stop for it.")
    try:
        finding = _found(table, plan, zone, rare)
    except (ConfigurationError, ArithmeticError, ValueError) as error:
        return _not(seen, error)
    return by_effect(msgspec.structs.replace(seen, share=share, level=rare), one, finding)


def _not(seen: Seen, error: Exception) -> Seen:
    """It could not be looked for; that is no harm before there is enough to learn from."""
    why = getattr(error, "detail", "") or "The design cannot be used yet."
    return msgspec.structs.replace(seen, share=None, why=why)


def _found(table: Table, plan: Plan, zone: ZoneInfo, level: float) -> Finding:
    question = msgspec.structs.replace(plans.question(plan, zone), level=level)
    return designs.find(question.design)(panel(table, question), question, None)


def _by_chance(seen: Seen, one: Exit, plan: Plan, table: Table, zone: ZoneInfo) -> Seen:
    try:
        found = chance(_found(table, plan, zone, plan.level), plan, seen.share or 0.0)
    except (ConfigurationError, ArithmeticError, ValueError) as error:
        return _not(seen, error)
    if found is None:
        return msgspec.structs.replace(seen, share=None, why="How sure the effect is has no standard error here.")
    crossed = found < one.threshold if one.beyond == "below" else found > one.threshold
    return msgspec.structs.replace(seen, crossed=crossed, could=True, value=found)


def chance(finding: Finding, plan: Plan, share: float) -> float | None:
    """That the interval in the end lies on the better side of no effect, if from now on the effect is the one that was bought, else
    the one that was seen so far; None where that cannot be told. The standard error goes down with the root of the information."""
    if not finding.se > 0 or not math.isfinite(finding.se) or share <= 0:
        return None
    sign = 1 if plan.better == "higher" else -1
    seen = sign * size(finding) / finding.se
    hoped = _hoped(finding, plan)
    drift = seen / math.sqrt(share) if hoped is None else hoped / (finding.se * math.sqrt(share))
    return conditional_power(seen, share, NORMAL.inv_cdf((1 + plan.level) / 2), drift)


def _hoped(finding: Finding, plan: Plan) -> float | None:
    """The effect that was bought, on the scale of the estimate, above 0; None where nobody said it or a share has no meaning."""
    if plan.bought is None:
        return None
    if finding.scale == "ratio":
        return math.log1p(plan.bought) if plan.better == "higher" else -math.log1p(-min(plan.bought, 0.999))
    if not finding.relative or finding.change is None:
        return None
    return abs(plan.bought * finding.change / finding.relative)


def level(spending: Spending, alpha: float, shares: Sequence[float], *, last: bool = False) -> float | None:
    """Of the two-sided interval of which one side is what the newest of these looks may spend; None where that is next to nothing.
    `last`: all that is left may be spent."""
    rare = 1 - NORMAL.cdf(boundaries(spending, alpha, shares, last=last)[-1])
    return 1 - 2 * rare if rare >= RAREST else None


def misses(level: float) -> float:
    """Once in so many times an interval of this level misses what is there, to two digits: 20 for 0.95."""
    return float(f"{1 / max(1 - level, RAREST):.2g}")


def by_effect(seen: Seen, one: Exit, finding: Finding) -> Seen:
    """The whole interval lies beyond the threshold."""
    ends = finding.relative_low, finding.relative_high
    edge = ends[1] if one.beyond == "below" else ends[0]
    if edge is None and one.threshold == 0:
        none = nothing(finding)
        edge = (finding.high if one.beyond == "below" else finding.low) - none
    if edge is None:
        return msgspec.structs.replace(seen, share=None, why="The effect has no meaning as a share here.")
    crossed = edge < one.threshold if one.beyond == "below" else edge > one.threshold
    return msgspec.structs.replace(
        seen,
        crossed=bool(crossed),
        could=True,
        estimate=_plain(finding.relative),
        low=_plain(ends[0]),
        high=_plain(ends[1]),
    )


def by_value(seen: Seen, one: Exit, table: Table) -> Seen:
    """The mean of the last periods with the measure, over its places."""
    on = np.array([word == "1" for word in table.words(plans.ON)], np.bool_)
    values, (moments, _dated) = table.numbers(plans.OUTCOME), table.moments(plans.TIME)
    on &= np.isfinite(values)
    newest = np.unique(moments[on])[-one.periods :]
    if len(newest) < one.periods:
        return msgspec.structs.replace(seen, why="Too few periods were measured.")
    mean = float(values[on & (moments >= newest[0])].mean())
    crossed = mean < one.threshold if one.beyond == "below" else mean > one.threshold
    return msgspec.structs.replace(seen, crossed=crossed, could=True, value=mean)


def _plain(value: float | None) -> float | None:
    return None if value is None or not np.isfinite(value) else float(value)
