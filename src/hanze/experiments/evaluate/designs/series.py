# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The treated of a panel as series over time, each and in the mean, with the measure and covariates beside them."""

import msgspec
import numpy as np

from hanze.errors import ConfigurationError
from hanze.experiments.evaluate.changing import keep
from hanze.experiments.evaluate.designs.rhythm import Rhythm, rhythm
from hanze.experiments.evaluate.panel import Panel
from hanze.experiments.evaluate.question import Question
from hanze.experiments.evaluate.table import Bools, Floats, Ints

BEFORE, AFTER = 8, 3
"""Moments that are needed: eight before, to know a trend (Penfold & Zhang 2013, Academic Pediatrics 13:S38), three after, as the
Cochrane group EPOC asks for."""

KNOWN = 0.75
"""Part of the moments that are put together, at which an outcome must be known."""

ROUNDS, CLOSE = 5000, 1e-11


class Series(msgspec.Struct, frozen=True, eq=False):
    """Moments (T) of units (N) with covariates (K). `times`: as the table writes them. `on`: (T,). `units`: (N, T), NaN where
    the outcome is not known; `weights`: (N, T), 0 there. `covariates`: (K, N, T), NaN where they are not known. `outcome`:
    (T,), the mean of the units; where not all are known, by what moments differ within units, so that who is missing does not
    move it."""

    times: tuple[str, ...]
    moments: Floats
    rhythm: Rhythm
    on: Bools
    units: Floats
    weights: Floats
    covariates: Floats
    outcome: Floats

    @property
    def start(self) -> int:
        """The place of the first moment with the measure."""
        return int(self.on.argmax())

    @property
    def known(self) -> Bools:
        """(T,): moments with an outcome."""
        return np.isfinite(self.outcome)

    @property
    def before(self) -> int:
        """Moments with an outcome before the measure begins."""
        return int(self.known[: self.start].sum())

    def beside(self) -> Floats:
        """(T, K): covariates in the mean of the units; what is not known is drawn straight from what lies around it."""
        found = [_filled(_mean(one, self.weights)) for one in self.covariates]
        return np.column_stack([np.zeros((len(self.times), 0)), *found])


def treated(panel: Panel, question: Question) -> Panel:
    """Those that have the measure, all from one date on. Errors: ConfigurationError for several dates, or too few moments."""
    ours = panel if panel.treated.all() else keep(panel, panel.treated[panel.unit])
    if (ours.on != ours.on[:1]).any():
        raise ConfigurationError(
            f"The measure begins or ends at different moments in {len(ours.units)} units, and its knows one; use the design "
            "staggered, or evaluate one group at a time."
        )
    seen = np.isin(np.arange(len(ours.times)), ours.time)
    before, after = int(seen[: ours.start].sum()), int((seen & ours.on[0]).sum())
    if before < BEFORE or after < AFTER:
        raise ConfigurationError(
            f"its needs {BEFORE} moments before the measure and {AFTER} with it, at which {question.outcome} is known; there are "
            f"{before} and {after}. Give a longer table, or compare with others by the design did."
        )
    return ours


def series(panel: Panel) -> Series:
    """Of a panel of the treated only."""
    units = panel.matrix(panel.outcome)
    weights = np.ones_like(units) if panel.weights is None else panel.matrix(panel.weights)
    weights = np.where(np.isfinite(units), weights, 0.0)
    covariates = [panel.matrix(values) for values in panel.covariates.values()]
    return Series(
        times=panel.times, moments=panel.moments, rhythm=rhythm(panel.moments, panel.dated), on=panel.on[0], units=units,
        weights=weights, covariates=np.array(covariates).reshape(len(covariates), *units.shape), outcome=middle(units, weights),
    )  # fmt: skip


def together(whole: Series, keys: Ints, made: Rhythm) -> Series:
    """Moments with the same key (T,), in order, become one, named after the first; `made`: how these follow each other. One that is
    partly before the measure has no outcome."""
    places, first = np.unique(keys, return_index=True)
    group = np.searchsorted(places, keys)
    size = np.bincount(group)
    share = np.bincount(group, weights=whole.on) / size
    usual = KNOWN * np.median(size)
    units = np.array([_grouped(one, group, len(places), usual) for one in whole.units])
    units[:, (share > 0) & (share < 1)] = np.nan
    weights = np.array([_grouped(one, group, len(places), 0) for one in whole.weights])
    weights = np.where(np.isfinite(units), weights, 0.0)
    covariates = [[_grouped(one, group, len(places), 0) for one in matrix] for matrix in whole.covariates]
    return Series(
        times=tuple(whole.times[one] for one in first.tolist()), moments=whole.moments[first], rhythm=made, on=share == 1,
        units=units, weights=weights, covariates=np.array(covariates).reshape(len(covariates), *units.shape),
        outcome=middle(units, weights),
    )  # fmt: skip


def _grouped(values: Floats, group: Ints, count: int, least: float) -> Floats:
    known = np.isfinite(values)
    sizes = np.bincount(group[known], minlength=count)
    sums = np.bincount(group[known], weights=values[known], minlength=count)
    enough = (sizes > 0) & (sizes >= least)
    found: Floats = np.divide(sums, sizes, out=np.full(count, np.nan), where=enough)
    return found


def middle(units: Floats, weights: Floats) -> Floats:
    """(T,) of (N, T): least squares on effects of units and moments where some are not known; the plain mean where
    all are."""
    if np.isfinite(units).all():
        return _mean(units, weights)
    values, moments = np.where(weights > 0, units, 0.0), np.zeros(units.shape[1])
    total, by_moment = weights.sum(axis=1, keepdims=True), weights.sum(axis=0)
    total[total == 0] = 1.0
    level = float((weights * values).sum() / max(weights.sum(), 1e-300))
    for _round in range(ROUNDS):
        own = (weights * (values - moments)).sum(axis=1, keepdims=True) / total
        sums = (weights * (values - own)).sum(axis=0)
        again = np.divide(sums, by_moment, out=np.zeros_like(sums), where=by_moment > 0)
        moved, moments = float(np.abs(again - moments).max()), again
        if moved <= CLOSE * max(abs(level), float(np.abs(moments).max())):
            break
    average = float((weights * moments).sum() / max(weights.sum(), 1e-300))
    found: Floats = np.where(by_moment > 0, moments - average + level, np.nan)
    return found


def _mean(values: Floats, weights: Floats) -> Floats:
    """(T,) of (N, T), over what is known; NaN where nothing is."""
    known = np.isfinite(values)
    share = np.where(known, np.where(weights.sum(axis=0) > 0, weights, 1.0), 0.0)
    sums, sizes = np.where(known, share * values, 0.0).sum(axis=0), share.sum(axis=0)
    found: Floats = np.divide(sums, sizes, out=np.full(len(sums), np.nan), where=sizes > 0)
    return found


def _filled(values: Floats) -> Floats:
    known, places = np.isfinite(values), np.arange(len(values))
    return (
        np.asarray(np.interp(places, places[known], values[known]), np.float64)
        if known.any()
        else np.zeros(len(values))
    )
