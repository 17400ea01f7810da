# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""How sure an effect on few units is, from giving the measure to others in turn, or leaving units out in turn."""

import math

import msgspec
import numpy as np

from hanze.experiments.evaluate.designs.lots import Judged, Lots, groups, student
from hanze.experiments.evaluate.designs.regression import chance
from hanze.experiments.evaluate.power import quantile
from hanze.experiments.evaluate.table import Bools, Floats, Ints

MOST = 199
"""Other units that are tried; of more, so many are drawn by lot."""


class Trial(msgspec.Struct, frozen=True, eq=False):
    """Units as they were tried (N,): `treated`; `scale`: how far the line of each is off by itself; `shown`: how much of an effect
    of 1 on the treated is in the gap of each: 1 in their own, below 0 where they are in the mixture of another. `sets` (L, K):
    groups that could have had the measure, the real one first; `share`: what each of a group counts.

    The treated are in the mixtures of the others as the others are in theirs, less the effect that is looked at. Left out of them,
    what only happens to the treated would be in one gap, and what happens to another unit in many, so that the treated stand out
    too often.

    A gap counts in terms of how well the unit's line fits by itself, or else units that no mixture can follow would hide all
    others (Abadie, Diamond & Hainmueller 2010, Journal of the American Statistical Association 105). A line that follows the past
    too well says little of the future; so half of the scale is what the unit missed, half what the middle one did, as variances
    of few numbers are drawn together elsewhere (Smyth 2004, Statistical Applications in Genetics 3)."""

    treated: Bools
    scale: Floats
    shown: Floats
    sets: Ints
    share: Floats

    def judge(self, gaps: Floats, level: float) -> Judged:
        """For the gap of each unit (N,). Under the hypothesis that any group could have had the measure, the rank of the real one
        is exact, and so are the effects that it does not exclude (Firpo & Possebom 2018, Journal of Causal Inference 6). With
        fewer than 1 / (1 - level) groups a rank excludes nothing."""
        lots = self._lots(gaps)
        low, high = lots.interval(level)
        if np.isfinite(low) and np.isfinite(high):
            return Judged(low, high, lots.chance(), lots.chance(), None)
        return self._normal(lots, gaps, level)

    def _normal(self, lots: Lots, gaps: Floats, level: float) -> Judged:
        """The gap of the treated, in terms of the scale, is one more draw from the distribution around 0 that those of the others
        come from. For which effects it is not too far out follows from a quadratic equation (Fieller 1954). Student's t has half
        of the usual degrees of freedom, as for draws with an excess kurtosis of 2: gaps of real units have long tails."""
        others, shown = (one[~self.treated] / self.scale[~self.treated] for one in (gaps, self.shown))
        count, middle = len(others), lots.estimate
        degrees, larger = (count + 1) / 2, 1 + 1 / count
        edge = quantile((1 + level) / 2, degrees) ** 2 * larger
        found, share = float(lots.found[0]), float(lots.share[0])
        square = share**2 - edge * float((shown**2).mean())
        linear = found * share - edge * float((others * shown).mean())
        plain = found**2 - edge * float((others**2).mean())
        spread = np.sqrt(((others - middle * shown) ** 2).mean() * larger) / share
        if square <= 0 or linear**2 < square * plain:
            return student(middle, float(spread), degrees, level, lots.chance())
        root = math.sqrt(linear**2 - square * plain)
        error = math.sqrt(float((others**2).mean()) * larger)
        p = chance(found / error, degrees) if error > 0 else float(found == 0)
        return Judged((linear - root) / square, (linear + root) / square, p, lots.chance(), degrees)

    def error(self, gaps: Floats) -> float:
        """The spread of the gaps of the others, which have no effect, for a mean of as many as are treated (Arkhangelsky and others
        2021, American Economic Review 111, algorithm 4)."""
        without = gaps - self._lots(gaps).estimate * self.shown
        return float(without[~self.treated].std(ddof=1) * np.sqrt((self.share**2).sum()))

    def _lots(self, gaps: Floats) -> Lots:
        size = np.sqrt((self.share**2 * self.scale[self.sets] ** 2).sum(axis=1))
        found, shown = ((self.share * one[self.sets]).sum(axis=1) / size for one in (gaps, self.shown))
        return Lots(found, shown)


class Jackknife(msgspec.Struct, frozen=True, eq=False):
    """The first row of gaps is that of all units, each other one that without one unit, its weights given to the rest (Arkhangelsky
    and others 2021, algorithm 3). `degrees`: those of Student's t."""

    degrees: float

    def judge(self, gaps: Floats, level: float) -> Judged:
        return student(float(gaps[0]), self.error(gaps), self.degrees, level, None)

    def error(self, gaps: Floats) -> float:
        count = len(gaps) - 1
        return float(np.sqrt(((gaps[1:] - gaps[0]) ** 2).sum() * (count - 1) / count))


def trial(treated: Bools, missed: Floats, shown: Floats, share: Floats, seed: int) -> Trial:
    """`missed`: how far the line of each unit was off before (N,), in units of the outcome."""
    middle = float(np.median(missed))
    scale = np.sqrt((missed**2 + middle**2) / 2)
    least = 1e-9 * (float(scale.max()) or 1.0)
    sets = groups(treated, np.random.default_rng(seed))
    return Trial(treated, np.maximum(scale, least), shown, sets, share)


def chosen(treated: Bools, seed: int) -> Ints:
    """Places of the units that are tried: the treated, and the others or as many of them as are tried."""
    others = np.flatnonzero(~treated)
    if len(others) > MOST:
        others = np.random.default_rng(seed).choice(others, MOST, replace=False)
    return np.sort(np.concatenate([np.flatnonzero(treated), others]))
