# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Means of the effects on cohorts at moments, with the error that follows from the influence of each unit.

Callaway & Sant'Anna (2021, Journal of Econometrics 225), section 3: over all that have the measure, by time since it began, by
cohort."""

import math
from collections.abc import Sequence

import msgspec
import numpy as np

from hanze.experiments.evaluate.designs.cohorts import Change
from hanze.experiments.evaluate.table import Bools, Floats, Ints

FEW_EACH, FEW = 3, 6
"""Clusters of each cohort, and in all of both kinds, from which their own spread can be told."""


class Whole(msgspec.Struct, frozen=True, eq=False):
    """Units that are known at all moments: `values` (N, T), `first` (N,) moments at which they begin, T for never, `weights` (N,),
    `cluster` (N,) from 0, `beside` (N, T, K). `names`: of the units; `never`: whether those that never have it are compared with.
    `last`: up to this moment there is somebody to compare with."""

    values: Floats
    first: Ints
    weights: Floats
    cluster: Ints
    beside: Floats
    names: tuple[str, ...]
    never: bool
    last: int
    left_out: int


class Mean(msgspec.Struct, frozen=True, eq=False):
    """A mean of changes and its influence (N,)."""

    value: float
    influence: Floats


def mean(whole: Whole, changes: Sequence[Change], shares: Floats | None = None) -> Mean:
    """Weighted by the size of cohorts, which are themselves drawn, unless fixed `shares` are given."""
    values = np.array([one.value for one in changes])
    influence = np.array([one.influence for one in changes])
    if shares is not None:
        return Mean(float(shares @ values), shares @ influence)
    sizes = np.array([_share(whole, one.first) for one in changes])
    members = (
        np.array([whole.first == one.first for one in changes]) * whole.weights / whole.weights.mean() - sizes[:, None]
    )
    total = sizes.sum()
    weights = sizes / total
    drawn = members / total - np.outer(sizes, members.sum(axis=0)) / total**2
    return Mean(float(weights @ values), weights @ influence + values @ drawn)


def _share(whole: Whole, start: int) -> float:
    return float(whole.weights[whole.first == start].sum() / whole.weights.sum())


def by_time(whole: Whole, changes: Sequence[Change]) -> dict[int, Mean]:
    """By moments since the beginning."""
    since = sorted({one.time - one.first for one in changes})
    return {place: mean(whole, [one for one in changes if one.time - one.first == place]) for place in since}


def over(means: Sequence[Mean]) -> Mean:
    return Mean(
        float(np.mean([one.value for one in means])),
        np.asarray(np.mean([one.influence for one in means], axis=0), np.float64),
    )


def by_cohort(whole: Whole, after: Sequence[Change]) -> Mean:
    """The mean of each cohort over its moments, in the mean by size."""
    starts = sorted({one.first for one in after})
    means = []
    for start in starts:
        own = [one for one in after if one.first == start]
        made = mean(whole, own, np.full(len(own), 1 / len(own)))
        means.append(Change(start, start, made.value, made.influence))
    return mean(whole, means)


def error(whole: Whole, made: Mean) -> float:
    """Of the influence by cluster, with the correction for few clusters."""
    sums = np.bincount(whole.cluster, weights=made.influence)
    count, units = len(sums), len(made.influence)
    return math.sqrt(float((sums**2).sum()) * count / max(count - 1, 1)) / units


def of_few(whole: Whole, after: Sequence[Change]) -> tuple[float, float]:
    """The error of the mean over all, where cohorts are so small that they do not show how far their units go apart, and its
    degrees of freedom: each cluster is one draw, as spread as those compared with and those of its cohort (as Donald & Lang
    2007, Review of Economics and Statistics 89, for one date). Covariates are left aside."""
    starts = sorted({one.first for one in after})
    sizes = np.array([_share(whole, start) for start in starts])
    own = [[one.time for one in after if one.first == start] for start in starts]
    shares = sizes / sum(size * len(times) for size, times in zip(sizes, own, strict=True))
    others = whole.first >= whole.last
    paths = [
        (whole.values[:, times] - whole.values[:, [start - 1]]).sum(axis=1)
        for start, times in zip(starts, own, strict=True)
    ]
    variance, degrees = 0.0, 0
    compared = np.array([_clustered(whole, path, others) for path in paths])
    within = ((compared - compared.mean(axis=1, keepdims=True)) ** 2).sum(axis=1)
    for start, share, path, around in zip(starts, shares, paths, within, strict=True):
        ours = _clustered(whole, path, whole.first == start)
        free = len(ours) + compared.shape[1] - 2
        variance += share**2 * (((ours - ours.mean()) ** 2).sum() + around) / free / len(ours)
        degrees += len(ours) - 1
    mixed = shares @ compared
    variance += float(mixed.var(ddof=1)) / len(mixed)
    return math.sqrt(variance), float(degrees + len(mixed) - 1)


def few(whole: Whole) -> bool:
    """Cohorts, or those that are compared with, have too few clusters to show how far these go apart."""
    others = whole.first >= whole.last
    starts = np.unique(whole.first[~others])
    kinds = [len(np.unique(whole.cluster[whole.first == start])) for start in starts]
    return min(kinds) < FEW_EACH or min(sum(kinds), len(np.unique(whole.cluster[others]))) < FEW


def _clustered(whole: Whole, values: Floats, chosen: Bools) -> Floats:
    """The mean of each cluster that has some of the chosen units."""
    codes, cluster = np.unique(whole.cluster[chosen], return_inverse=True)
    weights = whole.weights[chosen]
    size = np.bincount(cluster, weights=weights, minlength=len(codes))
    found: Floats = np.bincount(cluster, weights=weights * values[chosen], minlength=len(codes)) / size
    return found


def before(whole: Whole, leads: Sequence[Change]) -> dict[str, float]:
    """Wald's test of all changes before the measure being 0."""
    from scipy.stats import f

    groups = int(whole.cluster.max()) + 1
    if not leads or groups - 1 <= len(leads):
        return {}
    sums = np.array([np.bincount(whole.cluster, weights=one.influence) for one in leads])
    covariance = sums @ sums.T * groups / (groups - 1) / len(whole.names) ** 2
    if np.linalg.matrix_rank(covariance, hermitian=True) < len(leads):
        return {}
    values = np.array([one.value for one in leads])
    statistic = float(values @ np.linalg.solve(covariance, values)) / len(leads)
    return {"pretrend_f": statistic, "pretrend_p": float(f.sf(statistic, len(leads), groups - 1))}
