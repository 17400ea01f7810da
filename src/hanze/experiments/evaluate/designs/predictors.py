# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Mixtures of units that are like a treated one in what foretells the outcome, and how important each of that is."""

import math
from collections.abc import Callable, Sequence

import msgspec
import numpy as np

from hanze.errors import ConfigurationError
from hanze.experiments.evaluate.designs.grid import Grid
from hanze.experiments.evaluate.panel import Panel
from hanze.experiments.evaluate.table import Bools, Floats

EVEN = 0.1
"""How much a worse forecast is taken for importance that is more alike: where one predictor counts e times as much or as little as
usual, a tenth. Without it the best importance is not one (Klößner and others 2018, Health Economics Review 8)."""

RANGE = 6.0
"""Of the logarithm of importance."""

ROUNDS, CROWD = 20, 10
"""Of the search: generations, and points for each predictor."""


class Predictors(msgspec.Struct, frozen=True, eq=False):
    """`early`, `late`: (P, N) means of the predictors in the second third of the past and in the last, in standard deviations over
    units; `outcome`: (N, T) in the last third."""

    early: Floats
    late: Floats
    outcome: Floats

    def fitted(self, mixed: Bools, unit: int, seed: int) -> Floats:
        """Weights of the mixed units by the late predictors, with the importance by which the early ones foretell the outcome in
        the last third best (cross-validation as in Abadie, Diamond & Hainmueller 2015). That problem has many valleys, so it is
        searched by differential evolution (Storn & Price 1997) and then downhill."""
        early, late = (_apart(one, mixed, unit) for one in (self.early, self.late))
        courses, course = self.outcome[mixed].T, self.outcome[unit]
        # Perfect foresight is no better than missing by a millionth.
        least = 1e-12 * float(course @ course) + 1e-300

        def missed(importance: Floats) -> float:
            away = courses @ early(importance) - course
            spread = importance - importance.sum() / len(importance)
            return math.log(float(away @ away) + least) + EVEN * float(spread @ spread) / len(importance)

        return late(lowest(missed, len(self.early), np.random.default_rng(seed)))


def _apart(values: Floats, mixed: Bools, unit: int) -> Callable[[Floats], Floats]:
    """For logarithms of importance (P,) the weights of the mixed units (J,) that bring them closest to the unit in (P, N)."""
    apart = values[:, mixed] - values[:, [unit]]
    rows = np.ones((len(apart) + 1, apart.shape[1]))
    wanted = np.eye(len(rows))[-1]

    def weights(importance: Floats) -> Floats:
        from scipy.optimize import nnls

        # As in simplex.nearest, without its care for sizes: predictors are in standard deviations.
        np.multiply(apart, np.exp((importance - importance.max()) / 2)[:, None], out=rows[:-1])
        found: Floats = nnls(rows, wanted, maxiter=1000)[0]
        shares: Floats = found / found.sum()
        return shares

    return weights


def lowest(function: Callable[[Floats], float], count: int, rng: np.random.Generator) -> Floats:
    """Where a function of `count` numbers between -RANGE and 0 is lowest: by differential evolution (best/1/bin), which moves a
    crowd of points by differences between them, and then downhill (Nelder & Mead 1965)."""
    from scipy.optimize import minimize

    size = CROWD * count
    points = np.vstack([np.zeros(count), rng.uniform(-RANGE, 0.0, (size - 1, count))])
    values = np.array([function(point) for point in points])
    for _round in range(ROUNDS):
        pairs = rng.integers(0, size, (2, size))
        moved = points[values.argmin()] + rng.uniform(0.5, 1.0) * (points[pairs[0]] - points[pairs[1]])
        crossed = rng.random((size, count)) < 0.7
        crossed[np.arange(size), rng.integers(0, count, size)] = True
        tried = np.clip(np.where(crossed, moved, points), -RANGE, 0.0)
        found = np.array([function(point) for point in tried])
        better = found < values
        points[better], values[better] = tried[better], found[better]
    start = points[values.argmin()]
    lowered: Floats = minimize(function, start, method="Nelder-Mead", options={"maxfev": 50 * count, "xatol": 1e-3}).x
    return lowered


def read(panel: Panel, grid: Grid, names: Sequence[str]) -> Predictors:
    """The outcome and these covariates, which may be known at few moments: the means are over those; over all of the past where
    a third has none. Errors: ConfigurationError where a unit has none before the measure at all."""
    before, third = grid.before, grid.before // 3
    late = slice(before - third, before) if third >= 2 else slice(0, before)
    early = slice(before - 2 * third, before - third) if third >= 2 else late
    past = [grid.values[:, :before]]
    for name in sorted(names):
        course = panel.matrix(panel.covariates[name])[np.ix_(grid.units, grid.times[:before])]
        unknown = np.isnan(course).all(axis=1)
        if unknown.any():
            raise ConfigurationError(
                f"{name} is not known of {panel.units[grid.units[int(unknown.argmax())]]} before the measure; leave that unit or "
                f"{name} out."
            )
        past.append(course)
    return Predictors(_means(past, early), _means(past, late), grid.values[:, late])


def _means(past: Sequence[Floats], when: slice) -> Floats:
    found = []
    for course in past:
        part = course[:, when]
        if np.isnan(part).all(axis=1).any():
            part = course
        mean = np.nanmean(part, axis=1)
        found.append(mean / (float(mean.std()) or 1.0))
    return np.array(found)
