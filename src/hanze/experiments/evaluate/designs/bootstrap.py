# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The wild cluster bootstrap: what chance does where there are few clusters, from changing the sign of all that a cluster is off.

Cameron, Gelbach & Miller (2008, Review of Economics and Statistics 90), with the hypothesis imposed; the interval holds the
effects that are not unlikely by it. With fewer than 12 clusters the six weights of Webb (2023, Canadian Journal of Economics 56),
else those of Rademacher. It takes clusters of about equal size, and does too little where very few have the measure (MacKinnon &
Webb 2018, Econometrics Journal 21).
"""

from collections.abc import Callable

import msgspec
import numpy as np

from hanze.experiments.evaluate.table import Floats, Ints

DRAWS = 1999
FEW = 12
WEBB = np.sqrt(np.array([1.5, 1.0, 0.5]))

SAME = 1e-12
"""A share of the estimate that comes from rounding."""

DOUBLINGS, HALVINGS = 24, 20


class Wild(msgspec.Struct, frozen=True, eq=False):
    """`signs`: (B, G). `outcome`, `measure`: (G, G) what cluster h (column) brings to the score of cluster g (row) when what it is
    off is taken from the outcome, from the measure; both with all else taken out. `size`: (G,) the squares of the measure."""

    signs: Floats
    outcome: Floats
    measure: Floats
    size: Floats
    estimate: float
    error: float

    def chance(self, effect: float = 0.0) -> float:
        """How likely an estimate is as far off, in its errors, if this is the effect."""
        if not self.error > 0:
            return float(self.estimate == effect)
        shown = self.signs @ (self.outcome - effect * self.measure).T
        off = shown.sum(axis=1) / self.size.sum()
        errors = np.sqrt(((shown - off[:, None] * self.size) ** 2).sum(axis=1)) / self.size.sum()
        real = abs(self.estimate - effect) / self.error
        return float((np.abs(off) >= real * (1 - 1e-9) * errors).mean())

    def interval(self, level: float) -> tuple[float, float]:
        """Infinite where no effect on that side is unlikely."""
        if not self.error > 0:
            return self.estimate, self.estimate
        return self._end(-self.error, level), self._end(self.error, level)

    def _end(self, step: float, level: float) -> float:
        near, far = 0.0, 1.0
        for _doubling in range(DOUBLINGS):
            if self.chance(self.estimate + far * step) <= 1 - level:
                break
            near, far = far, far * 2
        else:
            return float(np.copysign(np.inf, step))
        for _halving in range(HALVINGS):
            middle = (near + far) / 2
            if self.chance(self.estimate + middle * step) <= 1 - level:
                far = middle
            else:
                near = middle
        return self.estimate + far * step


def wild(
    outcome: Floats, measure: Floats, weights: Floats, cluster: Ints, without: Callable[[Floats], Floats], seed: int
) -> Wild:
    """`outcome`, `measure`: (R,) with all else taken out, as `without` does with columns (R, M). The errors of estimate and draws
    are without a correction, which cancels."""
    count = int(cluster.max()) + 1
    own = np.arange(count)[None, :] == cluster[:, None]
    brings = [
        _scores(without(np.where(own, one[:, None], 0.0)), measure, weights, cluster) for one in (outcome, measure)
    ]
    size = np.bincount(cluster, weights=weights * measure**2).astype(np.float64)
    estimate = float((weights * measure * outcome).sum() / size.sum())
    off = np.bincount(cluster, weights=weights * measure * (outcome - estimate * measure))
    error = float(np.sqrt((off**2).sum()) / size.sum())
    error = error if error > SAME * abs(estimate) else 0.0
    rng = np.random.default_rng(seed)
    kinds = np.concatenate([-WEBB, WEBB]) if count < FEW else np.array([-1.0, 1.0])
    # By how far each is off, so that the order of rows is no part of the lottery.
    signs = rng.choice(kinds, (DRAWS, count))[:, np.argsort(np.argsort(off, kind="stable"))]
    return Wild(signs, brings[0], brings[1], size, estimate, error)


def _scores(values: Floats, measure: Floats, weights: Floats, cluster: Ints) -> Floats:
    found = np.zeros((int(cluster.max()) + 1, values.shape[1]))
    np.add.at(found, cluster, (weights * measure)[:, None] * values)
    return found
