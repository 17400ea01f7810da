# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a switched measure is compared beside: effects of units, of moments or season and trend, and of covariates."""

import msgspec
import numpy as np

from hanze.experiments.evaluate.designs.regression import absorbed
from hanze.experiments.evaluate.designs.rhythm import rhythm
from hanze.experiments.evaluate.designs.seasons import season
from hanze.experiments.evaluate.panel import Panel
from hanze.experiments.evaluate.question import Question
from hanze.experiments.evaluate.table import Bools, Floats, Ints

KEPT = 0.25
"""Of the variation of the measure that must be left when something is taken out: what explains more of it is left in."""

BEND = 4
"""Moments of being on and off from which a trend may bend once more."""


class Beside(msgspec.Struct, frozen=True, eq=False):
    """`rows`: places of cells in (N, T) that are known and used. `groups`: of each row, `columns`: (R, K), of which means of groups
    are taken out already, `weights`: (R,). `shape`: (N, T). `moments`: the effects of moments are taken out."""

    rows: tuple[Ints, Ints]
    groups: tuple[Ints, ...]
    columns: Floats
    weights: Floats
    shape: tuple[int, int]
    moments: bool

    def taken(self, values: Floats) -> Floats:
        """(N, T): weighted residuals; 0 in other cells."""
        found = np.zeros(self.shape)
        found[self.rows] = self.weights * self._left(values[self.rows])
        return found

    def _left(self, values: Floats) -> Floats:
        within = absorbed(values[:, None], self.groups, self.weights)[:, 0]
        if not self.columns.shape[1]:
            return within
        root = np.sqrt(self.weights)
        fit = np.linalg.lstsq(self.columns * root[:, None], within * root, rcond=1e-9)[0]
        found: Floats = within - self.columns @ fit
        return found


def beside(panel: Panel, question: Question, values: Floats, on: Floats, used: Bools) -> Beside:
    """For values and measure (N, T) at the moments that are used (T,)."""
    known = np.isfinite(values) & used[None, :]
    extra = [_filled(panel.matrix(panel.covariates[name])) for name in question.covariates]
    weights = _weights(panel)
    units, times = np.nonzero(known & (weights > 0))
    kinds: list[tuple[bool, Floats]] = [(True, np.zeros((len(panel.times), 0)))]
    kinds += [(False, one) for one in _courses(panel, question, values, on)]
    plain = _made(units, times, weights, values.shape, False, np.zeros((len(panel.times), 0)), [])
    whole = _variation(plain, on)
    for moments, course in kinds:
        found = _made(units, times, weights, values.shape, moments, course, extra)
        if _variation(found, on) >= KEPT * whole:
            break
    return found


def _variation(model: Beside, on: Floats) -> float:
    return float((model.taken(on) * on).sum())


def _courses(panel: Panel, question: Question, values: Floats, on: Floats) -> list[Floats]:
    """Courses over time (T, K), the richest first: season and trend, trend, nothing."""
    steps = rhythm(panel.moments, panel.dated)
    turns = int(np.abs(np.diff(on.max(axis=0))).sum())
    trend = _trend(panel.moments, max(1, min(3, turns // BEND)))
    part = season(panel, question, panel.moments, steps, None).columns
    return [np.column_stack([part, trend]), trend, trend[:, :0]]


def _trend(moments: Floats, bends: int) -> Floats:
    span = float(moments[-1] - moments[0]) or 1.0
    place = 2 * (moments - moments[0]) / span - 1
    return np.column_stack([np.polynomial.legendre.Legendre.basis(one)(place) for one in range(1, bends + 1)])


def _made(
    units: Ints,
    times: Ints,
    weights: Floats,
    shape: tuple[int, ...],
    moments: bool,
    course: Floats,
    extra: list[Floats],
) -> Beside:
    codes = [
        np.unique(one, return_inverse=True)[1].astype(np.int64) for one in ((units, times) if moments else (units,))
    ]
    columns = np.column_stack([course[times], *(one[units, times] for one in extra)])
    share = weights[units, times]
    within = absorbed(columns, codes, share) if columns.shape[1] else columns
    return Beside((units, times), tuple(codes), within, share, (shape[0], shape[1]), moments)


def _weights(panel: Panel) -> Floats:
    """(N, T): what a cell counts: its exposure and its weights, in all of its rows; 1 without them."""
    shape = (len(panel.units), len(panel.times))
    if panel.weights is None and panel.exposure is None:
        return np.ones(shape)
    each = np.ones_like(panel.outcome)
    for one in (panel.weights, panel.exposure):
        each = each if one is None else each * one
    found = np.zeros(shape)
    np.add.at(found, (panel.unit, panel.time), each)
    middle = float(found[found > 0].mean()) if (found > 0).any() else 1.0
    return found / middle


def _filled(values: Floats) -> Floats:
    found: Floats = np.where(np.isfinite(values), values, 0.0)
    return found
