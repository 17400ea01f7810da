# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Arrows: whether the pace of past years is enough to be green by 2030."""

from collections.abc import Mapping
from typing import Literal

from hanze.goals.sdsn import marks
from hanze.goals.sdsn.codebook import Indicator

Arrow = Literal["on track", "moderately improving", "stagnating", "decreasing"]

DUE = 2030
HALF = 0.5


def arrow(indicator: Indicator, values: Mapping[int, float]) -> Arrow | None:
    """From the first to the last year; None where there are fewer than two. `values`: raw, by year.

    The scale is that of the scores without its ends, so that a value beyond worst that comes nearer is seen.
    """
    if len(values) < 2:
        return None
    first, last = min(values), max(values)
    start, end = (marks.unclipped(indicator, values[year]) for year in (first, last))
    target = marks.unclipped(indicator, indicator.green)
    rate = (end - start) / (last - first)
    if end >= target:
        return "on track"
    if rate < 0:
        return "decreasing"
    if first >= DUE:
        return "stagnating" if rate == 0 else "moderately improving"
    needed = (target - start) / (DUE - first)
    return "on track" if rate >= needed else "moderately improving" if rate >= HALF * needed else "stagnating"
