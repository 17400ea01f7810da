# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a lottery over who or when has the measure tells of an effect: which effects are likely by chance, and which are not."""

import itertools
import math

import msgspec
import numpy as np

from hanze.experiments.evaluate.designs.regression import chance
from hanze.experiments.evaluate.power import quantile
from hanze.experiments.evaluate.table import Bools, Floats, Ints

DRAWS = 1999
"""Lots beside the real one, where there are more than can all be looked at."""

SAME = 1e-9
"""Shares by which numbers differ that are equal but for rounding."""


class Judged(msgspec.Struct, frozen=True):
    """An interval, and how likely as much is without an effect; `rank`: the same by the rank among lots, None where there are none.
    `degrees`: of Student's t, None where the interval comes from the rank."""

    low: float
    high: float
    p: float
    rank: float | None
    degrees: float | None


class Lots(msgspec.Struct, frozen=True, eq=False):
    """`found`: (L,) what each lot shows, the real one first; `share`: (L,) how much of an effect of 1 each lot shows.

    If the effect is e, everybody without it would have had e less where the measure was on, and every lot shows found - e share
    (Fisher's exact hypothesis). That of the real lot is then one of L that were as likely."""

    found: Floats
    share: Floats

    @property
    def estimate(self) -> float:
        """The effect of which the real lot shows nothing more (Hodges & Lehmann 1963)."""
        return float(self.found[0] / self.share[0])

    def chance(self, effect: float = 0.0) -> float:
        """How likely a lot shows as much as the real one, on either side, if this is the effect."""
        shown = np.abs(self.found - effect * self.share)
        return float((shown >= shown[0] * (1 - SAME)).mean())

    def interval(self, level: float) -> tuple[float, float]:
        """The effects that are not unlikely: those with a chance above 1 - level. Infinite where there are too few lots.

        As a lot shows as much as the real one for effects between two bounds around the estimate, the ends follow from counting
        bounds. A lot that shows more of an effect than the real one does is taken to show as much for all effects."""
        edge = math.floor((1 - level) * len(self.found) + SAME)
        low, high = self._bounds()
        return float(np.sort(low)[edge]), float(np.sort(high)[::-1][edge])

    def _bounds(self) -> tuple[Floats, Floats]:
        sign = np.sign(self.share[0])
        first, share = self.found[0] * sign, abs(self.share[0])
        less = np.abs(self.share) < share * (1 - SAME)
        with np.errstate(divide="ignore", invalid="ignore"):
            one = (first - self.found * sign) / (share - self.share * sign)
            other = (first + self.found * sign) / (share + self.share * sign)
        return np.where(less, np.minimum(one, other), -np.inf), np.where(less, np.maximum(one, other), np.inf)


def judge(lots: Lots, error: float, degrees: float, level: float) -> Judged:
    """By the rank where that can exclude an effect, else by an error with so many degrees of freedom."""
    low, high = lots.interval(level)
    rank = lots.chance()
    if np.isfinite(low) and np.isfinite(high):
        return Judged(low, high, rank, rank, None)
    return student(lots.estimate, error, degrees, level, rank)


def student(estimate: float, error: float, degrees: float, level: float, rank: float | None) -> Judged:
    wide = quantile((1 + level) / 2, degrees) * error
    p = chance(estimate / error, degrees) if error > 0 else float(estimate == 0)
    return Judged(estimate - wide, estimate + wide, p, rank, degrees)


def orders(count: int, rng: np.random.Generator, draws: int = DRAWS) -> Ints:
    """(L, count): orders of so many, as they are first: all where there are at most so many, else by lot."""
    if math.factorial(count) <= draws + 1:
        return np.array(list(itertools.permutations(range(count))), np.int64)
    return np.array([np.arange(count), *(rng.permutation(count) for _draw in range(draws))], np.int64)


def groups(treated: Bools, rng: np.random.Generator, draws: int = DRAWS) -> Ints:
    """(L, K): places of as many units as have the measure, the real ones first: all groups where there are at most so many, else
    by lot."""
    count, size = len(treated), int(treated.sum())
    real = np.flatnonzero(treated)
    if math.comb(count, size) <= draws + 1:
        others = [one for one in itertools.combinations(range(count), size) if one != tuple(real.tolist())]
    else:
        others = [tuple(rng.permutation(count)[:size].tolist()) for _draw in range(draws)]
    return np.array([tuple(real.tolist()), *others], np.int64)
