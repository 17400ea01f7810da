# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Least squares with effects of units and moments taken out, and errors of it that allow for what depends on each other."""

from collections.abc import Sequence

import msgspec
import numpy as np

from hanze.errors import ConfigurationError
from hanze.experiments.evaluate.table import Floats, Ints

SAME = 1e-9
"""Part of a column that is left when others explain all of it, but for rounding."""

ROUNDS, CLOSE = 10_000, 1e-11


class Fit(msgspec.Struct, frozen=True, eq=False):
    """Of R rows on K columns. `columns` (R, K), `residuals` (R,), `weights` (R,). `inverse`: (K, K) of the weighted cross products
    of the columns. `parameters`: all that were fitted, those that were taken out too."""

    coefficients: Floats
    residuals: Floats
    columns: Floats
    weights: Floats
    inverse: Floats
    parameters: int

    @property
    def degrees(self) -> int:
        return len(self.residuals) - self.parameters

    @property
    def scores(self) -> Floats:
        """(R, K)."""
        found: Floats = self.columns * (self.weights * self.residuals)[:, None]
        return found


def absorbed(values: Floats, groups: Sequence[Ints], weights: Floats | None = None) -> Floats:
    """(R, M) less the effects of each kind of group, by taking means out in turn until none is left (Guimarães & Portugal 2010,
    Stata Journal 10); at once where all groups of one kind have all of the other."""
    found = np.array(values, np.float64)
    share = np.ones(len(found)) if weights is None else weights
    sizes = [np.bincount(group, weights=share).astype(np.float64) for group in groups]
    least = CLOSE * float(np.abs(found).max(initial=0.0))
    for _round in range(ROUNDS):
        most = 0.0
        for group, size in zip(groups, sizes, strict=True):
            means = _means(found, group, share, size)
            found -= means[group]
            most = max(most, float(np.abs(means).max(initial=0.0)))
        if most <= least or len(groups) < 2:
            break
    return found


def _means(values: Floats, group: Ints, weights: Floats, size: Floats) -> Floats:
    sums = np.column_stack([np.bincount(group, weights=weights * column) for column in values.T])
    found: Floats = np.divide(sums, size[:, None], out=np.zeros_like(sums), where=size[:, None] > 0)
    return found


def regress(outcome: Floats, columns: Floats, weights: Floats | None = None, taken: int = 0) -> Fit:
    """`taken`: effects that were taken out of outcome and columns before. Columns that others explain get no coefficient of their
    own; whether the first has one is for `told_apart`."""
    share = np.ones(len(outcome)) if weights is None else weights
    size = np.sqrt((share[:, None] * columns**2).sum(axis=0))
    size[size == 0] = 1.0
    scaled = np.sqrt(share)[:, None] * columns / size
    # Rows are many and columns few, so that all but one step is on a small square.
    turned, small = np.linalg.qr(scaled)
    inverse = np.linalg.pinv(small, rcond=SAME)
    coefficients = inverse @ (turned.T @ (np.sqrt(share) * outcome)) / size
    return Fit(
        coefficients=coefficients, residuals=outcome - columns @ coefficients, columns=columns, weights=share,
        inverse=(inverse @ inverse.T) / np.outer(size, size), parameters=int(np.linalg.matrix_rank(small, tol=SAME)) + taken,
    )  # fmt: skip


def told_apart(before: Floats, columns: Floats, what: str) -> None:
    """`before`: (R,) the measure before anything was taken out of it; the first of `columns` is what was left. Errors:
    ConfigurationError where the others explain it, or effects that were taken out."""
    first, others = columns[:, 0], columns[:, 1:]
    if others.shape[1]:
        first = regress(first, others).residuals
    if (first**2).sum() <= 1e-12 * (before**2).sum():
        raise ConfigurationError(
            f"The measure cannot be told apart from {what}; give moments or units where the one changes without the other."
        )


def plain(fit: Fit) -> Floats:
    """(K, K): as if all rows were independent and equally sure."""
    found: Floats = fit.inverse * float((fit.weights * fit.residuals**2).sum()) / fit.degrees
    return found


def by_cluster(fit: Fit, cluster: Ints, parameters: int) -> Floats:
    """(K, K): rows of a cluster depend on each other in any way (Liang & Zeger 1986, Biometrika 73), with the usual correction for
    few clusters (CR1). `parameters`: without the effects of units that lie within one cluster."""
    count, rows = int(cluster.max()) + 1, len(fit.residuals)
    sums = np.zeros((count, fit.columns.shape[1]))
    np.add.at(sums, cluster, fit.scores)
    larger = count / max(count - 1, 1) * (rows - 1) / max(rows - parameters, 1)
    found: Floats = fit.inverse @ (sums.T @ sums) @ fit.inverse * larger
    return found


def by_moment(fit: Fit, time: Ints, lags: int) -> Floats:
    """(K, K): rows of a moment depend on each other in any way, and moments on the `lags` before (Driscoll & Kraay 1998, Review of
    Economics and Statistics 80); of one series the errors of Newey & West (1987, Econometrica 55)."""
    sums = np.zeros((int(time.max()) + 1, fit.columns.shape[1]))
    np.add.at(sums, time, fit.scores)
    middle = sums.T @ sums
    for lag in range(1, min(lags, len(sums) - 1) + 1):
        pairs = sums[lag:].T @ sums[:-lag]
        middle += (1 - lag / (lags + 1)) * (pairs + pairs.T)
    found: Floats = fit.inverse @ middle @ fit.inverse
    return found


def lags(moments: int, least: int = 0) -> int:
    """How far back errors may depend on each other: the rule of Newey & West (1994, Review of Economic Studies 61) for the Bartlett
    kernel, and no less than `least`."""
    return max(int(4 * (moments / 100) ** (2 / 9)), least)


def chance(statistic: float, degrees: float | None) -> float:
    """Two-sided, of Student's t; of the normal distribution without degrees of freedom."""
    from scipy.special import ndtr, stdtr

    far = -abs(statistic)
    return 2 * float(ndtr(far) if degrees is None else stdtr(degrees, far))
