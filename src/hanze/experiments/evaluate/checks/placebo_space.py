# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whether places without the measure show as large an effect."""

import math

import msgspec
import numpy as np

from hanze.errors import mark as _
from hanze.experiments.evaluate.changing import keep
from hanze.experiments.evaluate.checks.case import Case
from hanze.experiments.evaluate.panel import Panel
from hanze.experiments.evaluate.result import Check
from hanze.experiments.evaluate.size import comparable, percent, side
from hanze.experiments.evaluate.table import Floats
from hanze.experiments.told import Told

NAME = "placebo-space"

DRAWS, FAKES = 1999, 12
"""Lots that are drawn over places, and of a design that takes longer."""

UNLIKELY, USUAL = 0.05, 0.15
"""Up to the first, few lots show as much; above the second, chance does."""


def look(case: Case) -> Check | None:
    if case.design in ("did", "event-study"):
        return _drawn(case)
    if case.design in ("synthetic-control", "sdid"):
        return _ranked(case)
    return _staggered(case) if case.design == "staggered" else None


def _drawn(case: Case) -> Check | None:
    """The measure is given by lot to as many groups as had it, again and again (Fisher's randomisation test on the change of
    each group; Conley & Taber 2011, Review of Economics and Statistics 93)."""
    change, treated = _changes(case.panel, int(case.finding.details.get("moments_each", 0)))
    count, all_ = int(treated.sum()), len(change)
    if not 0 < count < all_ or all_ < 4:
        return None
    rng = np.random.default_rng(case.question.seed)
    real = abs(change[treated].mean() - change[~treated].mean())
    lots = np.array([_apart(change, rng.permutation(all_)[:count]) for _draw in range(DRAWS)])
    chance = (1 + int((lots >= real * (1 - 1e-9)).sum())) / (DRAWS + 1)
    return _told(case, chance, 1 / math.comb(all_, count))


def _apart(change: Floats, chosen: np.ndarray) -> float:
    mask = np.zeros(len(change), bool)
    mask[chosen] = True
    return float(abs(change[mask].mean() - change[~mask].mean()))


def _changes(panel: Panel, near: int) -> tuple[Floats, np.ndarray]:
    """The mean change of each group from before to after, and which groups are treated; `near`: moments just before that an event
    study compares with, 0 for all."""
    matrix, places = panel.matrix(panel.outcome), np.arange(len(panel.times))
    after, past = places >= panel.start, (places < panel.start) & (places >= (panel.start - near if near else 0))
    found: dict[int, list[float]] = {}
    ours: dict[int, bool] = {}
    for unit in range(len(panel.units)):
        before, later = matrix[unit, past], matrix[unit, after]
        if np.isfinite(before).any() and np.isfinite(later).any():
            group = int(panel.cluster[unit])
            found.setdefault(group, []).append(float(np.nanmean(later) - np.nanmean(before)))
            ours[group] = ours.get(group, False) or bool(panel.treated[unit])
    return np.array([np.mean(one) for one in found.values()]), np.array([ours[one] for one in found], bool)


def _ranked(case: Case) -> Check | None:
    """The design gave the measure to each of the others in turn already."""
    chance = case.finding.details.get("placebo_p")
    others = case.finding.counts.units - case.finding.counts.treated
    return None if chance is None else _told(case, chance, 1 / (others + 1))


def _told(case: Case, chance: float, least: float) -> Check:
    told = {"percent": percent(chance)}
    if not side(case.finding):
        text = _("Places without the measure show as much, as is to be expected of no clear effect.")
        return Check(NAME, "pass", Told(text))
    if chance <= max(UNLIKELY, 1 - case.question.level):
        text = _("Given to places by lot, the measure would seem to do as much in only %(percent)s %% of cases.")
        return Check(NAME, "pass", Told(text, told))
    text = _("Given to places by lot, the measure would seem to do as much in %(percent)s %% of cases.")
    if chance <= USUAL or least > UNLIKELY:
        return Check(NAME, "warn", Told(text, told))
    return Check(NAME, "fail", Told(text, told), doubts=True)


def _staggered(case: Case) -> Check | None:
    """Units that never have the measure are given the dates of those that have it; few of them should show an effect."""
    panel, first = case.panel, case.panel.first
    never, dates = np.flatnonzero(first < 0), first[first >= 0]
    count = min(len(dates), len(never) // 2)
    if count < 2:
        return None
    rng = np.random.default_rng(case.question.seed)
    alone = keep(panel, ~panel.treated[panel.unit])
    fakes = [case.again(_given(alone, panel, rng, count)) for _draw in range(FAKES)]
    found = [one for one in fakes if one is not None]
    if not found:
        return None
    clear = sum(comparable(case.finding, one) if side(case.finding) else bool(side(one)) for one in found)
    told = {"clear": float(clear), "all": float(len(found))}
    text = _("%(clear)s of %(all)s fake groups of places without the measure show such an effect.")
    # At 5 % each, more than 2 of 12 have a chance of 2 %.
    failed = clear * 3 > len(found)
    return Check(
        NAME, "fail" if failed else "warn" if clear * 6 > len(found) else "pass", Told(text, told), doubts=failed
    )


def _given(alone: Panel, panel: Panel, rng: np.random.Generator, count: int) -> Panel:
    """Dates of the real units (of all moments) by lot to as many of the units that are left (which have the same moments)."""
    dates = rng.choice(panel.first[panel.first >= 0], count, replace=False)
    at = np.array([float(panel.moments[one]) for one in dates])
    on = np.zeros_like(alone.on)
    for unit, date in zip(rng.permutation(len(alone.units))[:count], at, strict=True):
        on[unit] = alone.moments >= date
    return msgspec.structs.replace(alone, on=on)
