# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A panel as a table without gaps, for designs that compare whole courses: the treated, the others, before and after one start."""

import msgspec
import numpy as np

from hanze.errors import ConfigurationError
from hanze.experiments.evaluate.panel import Panel
from hanze.experiments.evaluate.question import Question
from hanze.experiments.evaluate.table import Bools, Floats, Ints

KNOWN = 0.9
"""Of the moments that are used, at which a unit without the measure must be known; what lies between is drawn straight."""

FEWEST = 3
"""Moments before the measure."""


class Grid(msgspec.Struct, frozen=True, eq=False):
    """`values`: (N, T) of the units that are used at the moments that are used. `units`: their places in the panel (N,), `times`:
    the places of the moments (T,). `treated`: (N,). `before`: how many of the moments lie before the measure. `share`: what each
    of the treated counts in their mean, in their order. `left_out`: units that are not used, `filled`: values that were drawn."""

    values: Floats
    units: Ints
    times: Ints
    treated: Bools
    before: int
    share: Floats
    left_out: int
    filled: int

    @property
    def observed(self) -> Floats:
        """(T,): the mean of the treated."""
        found: Floats = self.share @ self.values[self.treated]
        return found


def cells(panel: Panel) -> Floats:
    """(N, T): the weighted mean of the outcome, per exposure where there is one; NaN where nothing is known."""
    weights = np.ones_like(panel.outcome) if panel.weights is None else panel.weights
    exposure = np.ones_like(panel.outcome) if panel.exposure is None else panel.exposure
    top, bottom = panel.matrix(panel.outcome * weights), panel.matrix(exposure * weights)
    known = np.isfinite(bottom) & (bottom > 0)
    found: Floats = np.divide(top, bottom, out=np.full_like(top, np.nan), where=known)
    return found


def grid(panel: Panel, question: Question) -> Grid:
    """Errors: ConfigurationError where the measure does not begin once and for good, or there is too little to compare with."""
    values, treated = cells(panel), panel.treated
    _once(panel, question)
    known = np.isfinite(values)
    times = np.flatnonzero(known[treated].all(axis=0))
    before = int((times < panel.start).sum())
    if before < FEWEST or before == len(times):
        raise ConfigurationError(
            f"{question.design} needs {FEWEST} moments before the measure and one with it, at which {question.outcome} is known of "
            f"all that have it; there are {before} and {len(times) - before}."
        )
    used = treated | (known[:, times].mean(axis=1) >= KNOWN)
    if (used & ~treated).sum() < 2:
        raise ConfigurationError(
            f"{question.design} needs 2 units without the measure that are known at {KNOWN:.0%} of the moments; there are "
            f"{int((used & ~treated).sum())}. Add units to compare with."
        )
    units = np.flatnonzero(used)
    part = values[np.ix_(units, times)]
    return Grid(
        values=filled(part, panel.moments[times]), units=units, times=times, treated=treated[units], before=before,
        share=_share(panel, units[treated[units]]), left_out=int((~used).sum()), filled=int(np.isnan(part).sum()),
    )  # fmt: skip


def _once(panel: Panel, question: Question) -> None:
    first = panel.first[panel.treated]
    if len(set(first.tolist())) > 1:
        raise ConfigurationError(
            f"The measure begins at {len(set(first.tolist()))} different moments, and {question.design} knows one; use the design "
            "staggered, or evaluate one group at a time."
        )
    if not panel.on[panel.treated][:, panel.start :].all():
        raise ConfigurationError(
            f"The measure is switched off again, and {question.design} is for one that stays; use the design switchback."
        )


def _share(panel: Panel, units: Ints) -> Floats:
    if panel.weights is None:
        return np.full(len(units), 1 / len(units))
    weights = np.array([panel.weights[panel.unit == one].mean() for one in units])
    if not weights.sum() > 0:
        raise ConfigurationError("The weights of all units with the measure are 0; give one of them a weight above 0.")
    found: Floats = weights / weights.sum()
    return found


def filled(values: Floats, moments: Floats) -> Floats:
    """(N, T) with straight lines over what is not known of a unit, between the moments at which it is (T,)."""
    found = values.copy()
    for row in found:
        known = np.isfinite(row)
        if not known.all():
            row[~known] = np.interp(moments[~known], moments[known], row[known])
    return found
