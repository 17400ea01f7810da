# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""How sure an effect on few units is, from giving the measure to others in turn, or leaving units out in turn."""

import msgspec
import numpy as np

from hanze.experiments.evaluate.designs.lots import Judged, Lots, groups, judge, student
from hanze.experiments.evaluate.table import Bools, Floats, Ints

MOST = 199
"""Other units that are tried; of more, so many are drawn by lot."""


class Trial(msgspec.Struct, frozen=True, eq=False):
    """Units as they were tried (N,): `treated`, how far each missed its line before (`missed`); `sets` (L, K): groups that could
    have had the measure, the real one first; `share`: what each of a group counts.

    A gap counts in terms of how well the unit's line fits by itself, or else units that no mixture can follow would hide all
    others (Abadie, Diamond & Hainmueller 2010, Journal of the American Statistical Association 105). A line that follows the past
    too well says little of the future; so half of what is missed is that of the unit, half that of the middle one, as variances
    of few numbers are drawn together elsewhere (Smyth 2004, Statistical Applications in Genetics 3)."""

    treated: Bools
    scale: Floats
    sets: Ints
    share: Floats

    def judge(self, gaps: Floats, level: float) -> Judged:
        """For the gap of each unit (N,). Under the hypothesis that any group could have had the measure, the rank of the real one
        is exact, and so are the effects that it does not exclude (Firpo & Possebom 2018, Journal of Causal Inference 6). With
        fewer than 1 / (1 - level) groups a rank excludes nothing; then the gap of the treated, in terms of the scale, is taken as
        one more draw from the normal distribution that those of the others come from."""
        lots, others = self._lots(gaps), (gaps / self.scale)[~self.treated]
        count = len(others)
        spread = np.sqrt((others**2).mean() * (1 + 1 / count)) / lots.share[0]
        return judge(lots, float(spread), float(max(count - 1, 1)), level)

    def error(self, gaps: Floats) -> float:
        """The spread of the gaps of the others, which have no effect, for a mean of as many as are treated (Arkhangelsky and others
        2021, American Economic Review 111, algorithm 4)."""
        return float(gaps[~self.treated].std(ddof=1) * np.sqrt((self.share**2).sum()))

    def _lots(self, gaps: Floats) -> Lots:
        size = np.sqrt((self.share**2 * self.scale[self.sets] ** 2).sum(axis=1))
        found = (self.share * gaps[self.sets]).sum(axis=1) / size
        return Lots(found, (self.share * self.treated[self.sets]).sum(axis=1) / size)


class Jackknife(msgspec.Struct, frozen=True, eq=False):
    """The first row of gaps is that of all units, each other one that without one unit, its weights given to the rest (Arkhangelsky
    and others 2021, algorithm 3). `degrees`: those of Student's t."""

    degrees: float

    def judge(self, gaps: Floats, level: float) -> Judged:
        return student(float(gaps[0]), self.error(gaps), self.degrees, level, None)

    def error(self, gaps: Floats) -> float:
        count = len(gaps) - 1
        return float(np.sqrt(((gaps[1:] - gaps[0]) ** 2).sum() * (count - 1) / count))


def trial(treated: Bools, missed: Floats, share: Floats, seed: int) -> Trial:
    """`missed`: how far the line of each unit was off before (N,), in units of the outcome."""
    middle = float(np.median(missed))
    scale = np.sqrt((missed**2 + middle**2) / 2)
    least = 1e-9 * (float(scale.max()) or 1.0)
    return Trial(treated, np.maximum(scale, least), groups(treated, np.random.default_rng(seed)), share)


def chosen(treated: Bools, seed: int) -> Ints:
    """Places of the units that are tried: the treated, and the others or as many of them as are tried."""
    others = np.flatnonzero(~treated)
    if len(others) > MOST:
        others = np.random.default_rng(seed).choice(others, MOST, replace=False)
    return np.sort(np.concatenate([np.flatnonzero(treated), others]))
