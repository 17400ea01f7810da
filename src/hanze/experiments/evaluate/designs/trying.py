# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Synthetic difference-in-differences on groups of others as if they had the measure, for any effect on those who have it."""

from collections.abc import Sequence

import msgspec
import numpy as np

from hanze.compute import Tell
from hanze.errors import mark as _
from hanze.experiments.evaluate.designs import placebo
from hanze.experiments.evaluate.designs.grid import Grid
from hanze.experiments.evaluate.designs.lots import Judged, groups
from hanze.experiments.evaluate.designs.weighing import Fit, fitted, times
from hanze.experiments.evaluate.table import Bools, Floats, Ints

ROUNDS, CLOSE = 6, 0.01
"""In which an end of the interval is looked for, until it moves by less than that part of it."""


class Tries(msgspec.Struct, frozen=True, eq=False):
    """`real`: the gap of the treated (T,). `sets` (L, K): places in the grid of the others that were taken as treated, `fits`:
    their weights."""

    grid: Grid
    real: Floats
    sets: Ints
    fits: Sequence[Fit]
    seed: int

    def at(self, effect: float) -> tuple[Floats, placebo.Trial]:
        """The gaps, the real one first, and how they are judged, if the effect is this one: then moments have weights by which they
        foretell what comes without it. Weights of units know nothing of what comes."""
        grid, before = self.grid, self.grid.before
        without = grid.values.copy()
        without[np.ix_(grid.treated, np.arange(without.shape[1]) >= before)] -= effect
        gaps, shown = [self.real], [1.0]
        for chosen, fit in zip(self.sets, self.fits, strict=True):
            rest = np.setdiff1d(np.arange(len(without)), chosen)
            known = msgspec.structs.replace(fit, times=times(without[rest], before))
            gaps.append(known.gap(grid.share @ grid.values[chosen], grid.values[rest]))
            shown.append(-float(fit.units[grid.treated[rest]].sum()))
        found = np.array(gaps)
        missed = np.sqrt((found[:, :before] ** 2).mean(axis=1))
        first = np.arange(len(found)) == 0
        return found, placebo.trial(first, missed, np.array(shown), np.ones(1), self.seed)

    def judged(self, level: float, tell: Tell | None) -> Judged:
        """How likely as much is without an effect, and the effects that are not excluded. An end of them is one with the weights of
        its own effect, which is found by going there in turn."""
        none = self._judged(0.0, level)
        ends = []
        for side in (0, 1):
            end, wide = (none.low, none.high)[side], none.high - none.low
            for step in range(ROUNDS):
                if tell is not None:
                    tell(side * ROUNDS + step + 1, 2 * ROUNDS, _("Working out the effect"))
                found = self._judged(end, level)
                moved, end = abs((found.low, found.high)[side] - end), (found.low, found.high)[side]
                if moved <= CLOSE * wide:
                    break
            ends.append(end)
        low, high = ends
        if none.low <= 0 <= none.high:
            # What is likely is never outside.
            low, high = min(low, 0.0), max(high, 0.0)
        return msgspec.structs.replace(none, low=low, high=high)

    def _judged(self, effect: float, level: float) -> Judged:
        gaps, trial = self.at(effect)
        return trial.judge(gaps[:, self.grid.before :].mean(axis=1), level)


def tried(grid: Grid, fit: Fit, seed: int) -> Tries:
    """Each group of as many others as are treated, or some of them by lot, with all that are left in its mixture."""
    others = np.flatnonzero(~grid.treated)
    first: Bools = np.arange(len(others)) < len(grid.share)
    sets = others[groups(first, np.random.default_rng(seed), placebo.MOST)[: placebo.MOST]]
    fits = []
    for chosen in sets:
        rest = np.setdiff1d(np.arange(len(grid.values)), chosen)
        fits.append(fitted(grid.share @ grid.values[chosen], grid.values[rest], grid.before, len(chosen)))
    return Tries(grid, fit.gap(grid.observed, grid.values[~grid.treated]), sets, fits, seed)
