# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whether the places with and without the measure went the same way before it, and whether a difference could have been seen."""

import math

import msgspec
import numpy as np

from hanze.errors import mark as _
from hanze.experiments.evaluate.checks.case import Case
from hanze.experiments.evaluate.checks.clusters import ENOUGH
from hanze.experiments.evaluate.panel import Panel
from hanze.experiments.evaluate.result import Check
from hanze.experiments.evaluate.size import side
from hanze.experiments.evaluate.table import Bools, Floats
from hanze.experiments.told import Told

NAME = "pre-trend"
DESIGNS = frozenset({"did", "event-study", "staggered"})

UNLIKELY, POWER = 0.05, 0.5
"""Roth 2022 (American Economic Review: Insights 4) takes a half as the least power with which such a test says something."""

TREATED = 10
"""Units with the measure from which the errors of leads by group can be believed."""

LARGE = 0.5
"""A trend that would have made such a part of the effect by itself."""


class Slopes(msgspec.Struct, frozen=True):
    """By how much the treated rose faster than the others, per unit of time, with its error and degrees of freedom, and how
    long the time from the middle of before to the middle of after is."""

    apart: float
    error: float
    degrees: float
    time: float


def look(case: Case) -> Check | None:
    if case.design not in DESIGNS:
        return None
    if (leads := _leads(case)) is not None:
        return leads
    found = slopes(case.panel)
    if found is None or not found.error > 0:
        text = _(
            "Whether all places went the same way before cannot be looked at: there are too few moments or places before it."
        )
        return Check(NAME, "warn", Told(text))
    chance, power = _chances(found, case.finding.estimate)
    told = {"power": float(round(100 * power))}
    if chance <= UNLIKELY:
        return _apart(case, abs(found.apart * found.time))
    if side(case.finding) and power < POWER:
        text = _(
            "The places went the same way before, as far as can be seen; a trend as large as the effect would be seen in only "
            "%(power)s %% of cases."
        )
        return Check(NAME, "warn", Told(text, told))
    text = _(
        "The places went the same way before; a trend as large as the effect would be seen in %(power)s %% of cases."
    )
    if not side(case.finding):
        text = _("The places went the same way before.")
    return Check(NAME, "pass", Told(text, told))


def _leads(case: Case) -> Check | None:
    """The joint test of all leads of an event study, where it finds that the places went apart; with few groups it finds that too
    often, and the slopes are looked at alone."""
    details, counts = case.finding.details, case.finding.counts
    if counts.clusters < ENOUGH or counts.treated < TREATED:
        return None
    sizes = [abs(value) for name, value in details.items() if name.startswith("lead ") and not name.endswith(" se")]
    if details.get("pretrend_p", 1.0) > UNLIKELY or not sizes:
        return None
    return _apart(case, max(sizes))


def _apart(case: Case, made: float) -> Check:
    """`made`: the difference that came without the measure."""
    told = {"made": float(f"{made:.3g}")}
    if side(case.finding) and made < LARGE * abs(case.finding.estimate):
        text = _("The places went apart a little before it: that alone would make a difference of %(made)s.")
        return Check(NAME, "warn", Told(text, told))
    text = _("The places went apart before it already: that alone would make a difference of %(made)s.")
    return Check(NAME, "fail", Told(text, told), doubts=True)


def _chances(found: Slopes, effect: float) -> tuple[float, float]:
    """How likely such a difference is by chance, and how likely one that makes the whole effect would be seen."""
    from scipy.stats import t

    chance = 2 * float(t.sf(abs(found.apart) / found.error, found.degrees))
    edge = float(t.ppf(1 - UNLIKELY / 2, found.degrees))
    away = abs(effect) / (found.error * found.time)
    return chance, float(t.sf(edge - away, found.degrees) + t.cdf(-edge - away, found.degrees))


def slopes(panel: Panel) -> Slopes | None:
    """Each cohort is compared, over the moments before it begins, with the units that begin later or never; cohorts count by
    their number of groups. None where nothing can be compared."""
    matrix, first = panel.matrix(panel.outcome), panel.first
    parts = []
    for start in sorted(set(first[first >= 0].tolist())):
        before = np.arange(len(panel.times)) < start
        others = (first < 0) | (first > start)
        found = _compare(panel, matrix[:, before], panel.moments[before], first == start, others)
        if found is not None:
            after = panel.moments[~before].mean() - panel.moments[before].mean()
            parts.append((*found, float(after)))
    if not parts:
        return None
    size = np.array([one[0] for one in parts], float)
    share = size / size.sum()
    apart = float(sum(part * one[1] for part, one in zip(share, parts, strict=True)))
    error = math.sqrt(sum((part * one[2]) ** 2 for part, one in zip(share, parts, strict=True)))
    return Slopes(
        apart,
        error,
        min(one[3] for one in parts),
        float(sum(part * one[4] for part, one in zip(share, parts, strict=True))),
    )


def _compare(
    panel: Panel, matrix: Floats, moments: Floats, ours: Bools, others: Bools
) -> tuple[int, float, float, float] | None:
    """How many groups are treated, by how much their slopes differ, its error, and degrees of freedom."""
    one, other = _by_cluster(panel, matrix, moments, ours), _by_cluster(panel, matrix, moments, others)
    if not len(one) or len(other) < 3 or len(moments) < 2:
        return None
    within = other.var(ddof=1)
    # A single treated group has no spread of its own: it is taken to swing as the others do.
    spread = one.var(ddof=1) if len(one) > 1 else within
    error = math.sqrt(spread / len(one) + within / len(other))
    degrees = len(other) - 1 if len(one) == 1 else min(len(one), len(other)) - 1
    return len(one), float(one.mean() - other.mean()), error, float(max(degrees, 1))


def _by_cluster(panel: Panel, matrix: Floats, moments: Floats, units: Bools) -> Floats:
    """The mean slope of each cluster: what is in one depends on each other."""
    found: dict[int, list[float]] = {}
    for unit in np.flatnonzero(units):
        known = np.isfinite(matrix[unit])
        if known.sum() > 1:
            about = moments[known] - moments[known].mean()
            slope = float((about * matrix[unit, known]).sum() / (about**2).sum())
            found.setdefault(int(panel.cluster[unit]), []).append(slope)
    return np.array([float(np.mean(one)) for one in found.values()], np.float64)
