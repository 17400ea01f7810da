# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""How far an effect must be from none at each look, so that chance alone stops a trial no more often than was allowed in all.

The error is spent over the looks by a function of the information that there is so far (Lan & DeMets 1983, Biometrika 70:659);
boundaries are solved one after the other by integrating the density of the statistic over what did not stop before (Armitage,
McPherson & Rowe 1969, JRSS A 132:235; Jennison & Turnbull 2000, chapter 19).
"""

import math
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from hanze.errors import ConfigurationError
from hanze.experiments.trials.exits import Spending

Floats = NDArray[np.float64]

_NORMAL = NormalDist()
_UPPER: Callable[[Floats], Floats] = np.frompyfunc(lambda z: 0.5 * math.erfc(z / math.sqrt(2)), 1, 1)

POINTS, WIDE = 401, 8.0
"""Of the grid on which the density is kept, and how many standard deviations it reaches down."""

STEPS = 60
"""Halvings of the interval in which a boundary lies: to less than 1e-15 of it."""

HIGHEST = 20.0
"""Beyond so many standard deviations nothing is ever seen."""


def spent(spending: Spending, alpha: float, share: float) -> float:
    """How much of `alpha` may be spent when there is this share of the information (0 to 1); one-sided."""
    if share >= 1:
        return alpha
    if share <= 0:
        return 0.0
    if spending == "pocock":
        return alpha * math.log(1 + (math.e - 1) * share)
    # As for two sides of which this is one: 4 (1 - Φ(z(alpha / 2) / √t)) there.
    return 2 * _NORMAL.cdf(_NORMAL.inv_cdf(alpha / 2) / math.sqrt(share))


def boundaries(spending: Spending, alpha: float, shares: Sequence[float], *, last: bool = False) -> list[float]:
    """At each look the standardised effect (estimate by standard error) from which on it stops, on one side. `shares`: of the
    information at the looks, ascending, the last one at most 1. `last`: the newest look is the last one, and spends all that is
    left, however much information there is. Errors: ConfigurationError for others."""
    if not shares or shares[0] <= 0 or shares[-1] > 1 + 1e-9 or any(b <= a for a, b in pairwise(shares)):
        raise ConfigurationError(
            f"The information at the looks is {list(shares)}; give shares that grow from above 0 to 1."
        )
    found: list[float] = []
    grid, density, before, gone = np.zeros(1), np.ones(1), 0.0, 0.0
    for number, share in enumerate(shares, 1):
        total = alpha if last and number == len(shares) else spent(spending, alpha, share)
        allowed = max(total - gone, 0.0)
        apart = math.sqrt(share - before)
        edge = _solve(grid, density, apart, allowed)
        found.append(edge / math.sqrt(share))
        gone += _crossed(grid, density, apart, edge)
        grid, density = _next(grid, density, apart, edge, share)
        before = share
    return found


def _crossed(grid: Floats, density: Floats, apart: float, edge: float) -> float:
    """The chance that the next sum lies beyond the edge. `density` holds the weights of the integral already."""
    return float(density @ _UPPER((edge - grid) / apart).astype(np.float64))


def _solve(grid: Floats, density: Floats, apart: float, allowed: float) -> float:
    low, high = -HIGHEST, HIGHEST
    for _ in range(STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if _crossed(grid, density, apart, middle) > allowed else (low, middle)
    return (low + high) / 2


def _next(grid: Floats, density: Floats, apart: float, edge: float, share: float) -> tuple[Floats, Floats]:
    """The density of the sum at this look where it did not stop, times the weights of Simpson's rule."""
    fresh = np.linspace(-WIDE * math.sqrt(share), min(edge, WIDE * math.sqrt(share)), POINTS)
    away = (fresh[:, None] - grid[None, :]) / apart
    found = (np.exp(-0.5 * away**2) / (apart * math.sqrt(2 * math.pi))) @ density
    weights = np.full(POINTS, 2.0)
    weights[1::2], weights[0], weights[-1] = 4.0, 1.0, 1.0
    return fresh, np.asarray(found * weights * (fresh[1] - fresh[0]) / 3, np.float64)


def conditional_power(seen: float, share: float, boundary: float, drift: float) -> float:
    """The chance that the last look crosses `boundary`, where now, at this share of the information, the standardised effect is
    `seen` and from here on the effect is such that the last one has the mean `drift` (Lan, Simon & Halperin 1982)."""
    if share >= 1:
        return float(seen >= boundary)
    rest = 1 - share
    return _NORMAL.cdf((seen * math.sqrt(share) + drift * rest - boundary) / math.sqrt(rest))


SPENDING: Mapping[Spending, str] = {"obrien-fleming": "O'Brien-Fleming", "pocock": "Pocock"}
"""What pages call them."""
