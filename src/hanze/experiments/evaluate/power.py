# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""How small an effect could be seen: after a trial, from the interval that came out of it."""

import math
from statistics import NormalDist

from hanze.experiments.evaluate.finding import Finding

POWER = 0.8
"""Four chances in five: what a trial is usually asked to reach."""


def after(finding: Finding, level: float = 0.95) -> float | None:
    """The smallest effect, as a share of what was expected (0.1: a tenth), that would have been seen with `POWER`.

    It follows from the width of the interval, so that it also holds where that came from a lottery instead of a standard error;
    never from the effect that was found, which says nothing about power (Hoenig & Heisey 2001, The American Statistician 55).
    None where there is no interval, or one without an end."""
    ends = finding.relative, finding.relative_low, finding.relative_high
    if any(one is None or not math.isfinite(one) for one in ends):
        return None
    middle, low, high = (float(one) for one in ends if one is not None)
    if finding.scale == "ratio":
        if min(middle, low, high) <= -1:
            return None
        middle, low, high = (math.log1p(one) for one in (middle, low, high))
    wide = max(high - middle, middle - low) * factor(level, finding.degrees)
    return math.expm1(wide) if finding.scale == "ratio" else wide


def factor(level: float, degrees: float | None = None) -> float:
    """By how much the smallest effect that is seen with `POWER` is larger than half the interval: 1.43 at a level of 0.95
    (Bloom 1995, Evaluation Review 19: 2.80 standard errors against 1.96)."""
    edge = quantile((1 + level) / 2, degrees)
    return (edge + quantile(POWER, degrees)) / edge


def quantile(share: float, degrees: float | None = None) -> float:
    """Of Student's t with so many degrees of freedom, of the normal distribution where there are none."""
    if degrees is None or not math.isfinite(degrees):
        return NormalDist().inv_cdf(share)
    from scipy.stats import t

    return float(t.ppf(share, degrees))
