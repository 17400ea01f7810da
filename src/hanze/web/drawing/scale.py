# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Linear scales: from values to pixels, and the round numbers at which an axis is marked."""

import math
import sys
from typing import Any

from msgspec import Struct

LEAST = 1e-6
"""Of a value: what differs by less is drawn as flat, for its numbers would be unreadable."""

TINY = 1e-290


class Scale(Struct, frozen=True):
    """`low` lies at pixel `start`, `high` at pixel `end`."""

    low: float
    high: float
    start: float
    end: float

    def at(self, value: Any) -> Any:
        """The pixel of a value, or of an array of them."""
        # In halves, since the difference of two large numbers may be more than a float holds.
        half = self.high / 2 - self.low / 2
        return self.start + (value / 2 - self.low / 2) / half * (self.end - self.start)


class Marks(Struct, frozen=True):
    """Round numbers, a step apart, and where an axis with them begins and ends."""

    low: float
    high: float
    values: tuple[float, ...]
    step: float


def marks(low: float, high: float, most: int) -> Marks:
    """At most so many steps (2 at least) of 1, 2 or 5 times a power of ten around low to high, which are finite."""
    low, high = _apart(low, high)
    step = high / most - low / most
    power = math.floor(math.log10(step))
    for factor in (one for one in (1, 2, 5, 10, 20, 50) if math.isfinite(_times(one, power))):
        first, last = _count(low, factor, power, math.floor), _count(high, factor, power, math.ceil)
        if last - first <= most:
            break
    found = [_times(count * factor, power) for count in range(first, last + 1)]
    # At the end of what a float can hold the next round number lies beyond.
    values = tuple(value for value in found if math.isfinite(value))
    return Marks(
        low=found[0] if math.isfinite(found[0]) else low,
        high=found[-1] if math.isfinite(found[-1]) else high,
        values=values,
        step=_times(factor, power),
    )


def _apart(low: float, high: float) -> tuple[float, float]:
    """Two numbers far enough apart to be told from each other."""
    least = max(abs(low) * LEAST, abs(high) * LEAST, TINY)
    if high / 2 - low / 2 > least / 2:
        return low, high
    if low == high == 0:
        return 0.0, 1.0
    aside = max(abs(high) / 10, TINY)
    return max(low - aside, -sys.float_info.max), min(high + aside, sys.float_info.max)


def _count(value: float, factor: int, power: int, rounded: Any) -> int:
    """How many steps lie between zero and the value; what is a whole number but for the last bits is that number."""
    steps = value / factor / 10.0**power if power > -300 else value / factor * 10.0**-power
    near = round(steps)
    return near if math.isclose(steps, near, rel_tol=1e-12, abs_tol=1e-12) else int(rounded(steps))


def _times(count: int, power: int) -> float:
    """The float nearest to a whole number times a power of ten."""
    try:
        return float(count * 10**power) if power >= 0 else count / 10**-power
    except OverflowError:
        return math.copysign(math.inf, count)
