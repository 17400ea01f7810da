# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""When a trial is looked at, when it can be judged, and up to when its data count."""

from collections.abc import Sequence
from datetime import date, timedelta, tzinfo

import msgspec

from hanze.experiments.trials import days, tables
from hanze.experiments.trials.keeping import Trial
from hanze.experiments.trials.looking import looks
from hanze.experiments.trials.looking.looks import level
from hanze.experiments.trials.looking.made import Made, shares
from hanze.experiments.trials.outcome import Loaded, Surveyed
from hanze.experiments.trials.plan import Plan
from hanze.ngsild import times
from hanze.store.base import Reads

HOUR = 3_600_000_000

LATE = HOUR
"""So long after the end of a day its last readings may come; before, nobody looks at it."""

MOST_NIGHTS = 400
"""Of a longer trial harm is looked for every other night, or less often, so that there are no more looks."""


class Due(msgspec.Struct, frozen=True):
    """A look that is due: up to the end of `day` (`cut`: microseconds); `reasons`: names of what is looked for."""

    day: str
    cut: int
    planned: bool
    reasons: tuple[str, ...]


def look(trial: Trial, plan: Plan, made: Sequence[Made], now: int, zone: tzinfo) -> Due | None:
    """The one that is due now: looks that were missed are made as one. None where none is."""
    first, last = days.day(plan.starts), days.day(days.text(now - LATE, zone))
    if plan.exits is None or trial.status != "running" or first is None or last is None:
        return None
    newest = last - timedelta(days=1)
    ends = days.day(plan.ends)
    newest = min(newest, ends) if ends is not None else newest
    before = days.day(made[-1].day) if made else first - timedelta(days=1)
    if before is None or newest < first or newest <= before:
        return None
    planned = any(before < one <= newest for one in plan.exits.looks.days(first, ends or newest))
    reasons = tuple(name for name, one in looks.names(plan).items() if planned or one.kind == "harm")
    if not reasons or not (planned or _night(newest, first, ends or newest)):
        return None
    day = newest.isoformat()
    return Due(day, days.until(day, zone), planned, reasons)


def _night(day: date, first: date, last: date) -> bool:
    apart = -(-((last - first).days + 1) // MOST_NIGHTS)
    return (day - first).days % apart == 0


def cut(trial: Trial, plan: Plan, now: int, zone: tzinfo) -> int:
    """Of a trial that is over: what was measured from this moment on does not count (microseconds)."""
    if trial.facts.stopped is not None:
        return min(now, times.parse(trial.facts.stopped["at"]))
    last = days.until(plan.ends, zone)
    if isinstance(plan.outcome, Surveyed):
        last = max(last, *(days.until(one.until, zone) for one in plan.outcome.waves))
    return min(now, last)


def judged(trial: Trial, plan: Plan, reads: Reads, now: int, zone: tzinfo) -> bool:
    """It can be judged by itself: it ran, it is over, and all that the plan waits for is there."""
    stopped = trial.facts.stopped
    if trial.status not in ("stopped", "ended") or (stopped is not None and not stopped.get("ran", True)):
        return False
    if isinstance(plan.outcome, Loaded):
        table = tables.find(reads, trial.code)
        return table is not None and table.at >= cut(trial, plan, now, zone)
    if stopped is None and isinstance(plan.outcome, Surveyed):
        return all(days.until(one.until, zone) <= now for one in plan.outcome.waves)
    return now >= cut(trial, plan, now, zone) + LATE


def confidence(trial: Trial, plan: Plan, made: Sequence[Made]) -> float:
    """The level of the interval in the end. Where looks could have stopped the trial since it worked, the interval is wider, so
    that having looked does not make it say more often that something worked (a repeated confidence interval)."""
    found = shares(made)
    looked = [found[name] for name, one in looks.names(plan).items() if one.kind == "success" and found.get(name)]
    if plan.exits is None or not looked:
        return plan.level
    before = max(looked, key=len)
    rare = (1 - plan.level) / 2
    if (trial.facts.stopped or {}).get("kind") == "success":
        wide = level(plan.exits.spending, rare, before)
    else:
        wide = level(plan.exits.spending, rare, [*(one for one in before if one < 1), 1.0], last=True)
    return plan.level if wide is None else max(wide, plan.level)
