# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The hours of the last weeks, from which practice data are made."""

from datetime import tzinfo

import msgspec
import numpy as np
from numpy.typing import NDArray

from hanze.experiments.practice.surrogate import Floats
from hanze.web.drawing.times import local

HOUR = 3_600_000_000
WEEK = 168
MOST_WEEKS = 26


class Weeks(msgspec.Struct, frozen=True):
    """`count` whole weeks from `start` (microseconds) on; `step`: of which hour of the week the first one is, from Monday
    midnight on; `skipped`: hours of the longest span that lie before."""

    start: int
    count: int
    step: int
    skipped: int = 0

    @property
    def hours(self) -> int:
        return self.count * WEEK

    @property
    def end(self) -> int:
        return self.start + self.hours * HOUR

    def since(self, first: int) -> "Weeks":
        """The whole weeks among these that begin at or after an hour, counted in the longest span; weeks keep their first day."""
        skip = -(-first // WEEK)
        return Weeks(self.start + skip * WEEK * HOUR, self.count - skip, self.step, self.skipped + skip * WEEK)

    def cut(self, values: Floats) -> Floats:
        """Of values of the longest span, those of these weeks."""
        return values[self.skipped :]

    def hourly(self, moments: NDArray[np.int64], values: Floats) -> Floats:
        """The mean of each hour, NaN where nothing was measured; energies such as levels of sound are not told apart."""
        hours = (moments - self.start) // HOUR
        inside = (hours >= 0) & (hours < self.hours) & np.isfinite(values)
        counts = np.bincount(hours[inside], minlength=self.hours)
        sums = np.bincount(hours[inside], values[inside], self.hours)
        return np.where(counts > 0, sums / np.maximum(counts, 1), np.nan)


def weeks(now: int, zone: tzinfo) -> Weeks:
    """The longest span, up to the last full hour."""
    start = now - now % HOUR - MOST_WEEKS * WEEK * HOUR
    begin = local(start, zone)
    return Weeks(start, MOST_WEEKS, begin.weekday() * 24 + begin.hour)
