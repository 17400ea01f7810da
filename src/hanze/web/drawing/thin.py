# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A long series made short enough to draw: lowest, mean and highest of each column, extremes and gaps kept."""

from typing import Any

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

Moments = NDArray[np.int64]
Values = NDArray[np.float64]

FACTOR = 3.0
"""So many usual steps without a value are no gap yet."""

_LARGE = 1e290
_MANY = 100_000
_GOLDEN = 0.6180339887498949


class Columns(Struct, frozen=True, eq=False):
    """A series as it is drawn, oldest first; all arrays are equally long."""

    first: Moments
    """Microseconds since 1970 of the first value in a column."""
    last: Moments
    low: Values
    mean: Values
    high: Values
    count: NDArray[np.int64]
    after_gap: NDArray[np.bool_]
    """A gap ends where this column begins."""
    gaps: int
    """How many there are in the whole series, with those inside a column, too narrow to be drawn."""

    def __len__(self) -> int:
        return len(self.first)

    @property
    def middle(self) -> Values:
        """Where a column stands, in microseconds."""
        return self.first + (self.last - self.first) / 2


def thin(moments: Moments, values: Values, most: int, factor: float = FACTOR) -> Columns:
    """The series in at most so many columns (1 at least), each equally long.

    `moments`: microseconds since 1970, in any order, quickest oldest first. `values`: NaN and infinite ones count as missing.
    A gap is a time without values that is longer than `factor` times the usual step, the median one.
    """
    there = np.isfinite(values)
    if not there.all():
        moments, values = moments[there], values[there]
    steps = np.diff(moments)
    if (steps < 0).any():
        order = np.argsort(moments, kind="stable")
        moments, values = moments[order], values[order]
        steps = np.diff(moments)
    gap = _gaps(steps, factor)
    starts = _starts(moments, most)
    after_gap = np.zeros(len(starts), dtype=np.bool_)
    after_gap[1:] = gap[starts[1:] - 1]
    ends = np.append(starts[1:], len(moments))[: len(starts)]
    low, mean, high = _summed(values, starts, ends - starts)
    return Columns(
        first=moments[starts],
        last=moments[ends - 1],
        low=low,
        mean=mean,
        high=high,
        count=ends - starts,
        after_gap=after_gap,
        gaps=int(np.count_nonzero(gap)),
    )


def _gaps(steps: Moments, factor: float) -> NDArray[np.bool_]:
    """Which steps are gaps."""
    sample = steps
    if len(steps) > _MANY:
        # At places that no rhythm in the series shares; to sort all of them would take longer than all else together.
        sample = steps[(np.arange(_MANY) * _GOLDEN % 1.0 * len(steps)).astype(np.int64)]
    # Several values of one moment say nothing about how often there is one.
    forward = np.sort(sample[sample > 0])
    if len(forward) == 0:
        return np.zeros(len(steps), dtype=np.bool_)
    return np.asarray(steps > factor * forward[(len(forward) - 1) // 2])


def _starts(moments: Moments, most: int) -> NDArray[np.int64]:
    """Where in the series each column begins."""
    if len(moments) <= most:
        return np.arange(len(moments))
    first, last = int(moments[0]), int(moments[-1])
    edges = [first + (last + 1 - first) * number // most for number in range(most)]
    return np.unique(np.searchsorted(moments, np.array(edges, dtype=np.int64)))


def _summed(values: Values, starts: NDArray[np.int64], count: NDArray[np.int64]) -> tuple[Values, Values, Values]:
    if len(starts) == 0:
        return values, values, values
    low: Any = np.minimum.reduceat(values, starts)
    high: Any = np.maximum.reduceat(values, starts)
    peak = max(abs(float(low.min())), abs(float(high.max())))
    # The sum of very large numbers may be more than a float holds.
    factor = peak if peak > _LARGE else 1.0
    mean = np.add.reduceat(values / factor if factor != 1.0 else values, starts) / count * factor
    return low, np.clip(mean, low, high), high
