# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A roll-out as groups and the periods between its steps, in which nobody's measure changes."""

import msgspec
import numpy as np

from hanze.errors import ConfigurationError
from hanze.experiments.evaluate.panel import Panel
from hanze.experiments.evaluate.question import Question
from hanze.experiments.evaluate.table import Bools, Floats, Ints

ROUNDS, CLOSE = 500, 1e-10


class Steps(msgspec.Struct, frozen=True, eq=False):
    """`values`: (G, P) the level of a group in a period, NaN where it is not known, and `weights` what it counts: rows, or their
    exposure and weights. `extra`: (K, G, P) the same of covariates. `on`: (G, P) the measure. `period`: (T,) of each moment,
    `group`: (N,) of each unit, whose names are `names`. `within`: the variance of single rows inside a group and moment, NaN
    where there is one row in each."""

    values: Floats
    weights: Floats
    extra: Floats
    on: Bools
    period: Ints
    group: Ints
    names: tuple[str, ...]
    within: float


def steps(panel: Panel, question: Question) -> Steps:
    """Errors: ConfigurationError where the measure does not come in steps."""
    group, names = _groups(panel, question)
    on = _courses(panel, group, len(names), question)
    edges = np.flatnonzero((on[:, 1:] != on[:, :-1]).any(axis=0)) + 1
    if len(names) < 3 or not len(edges) or len(np.unique(on, axis=0)) < 2:
        raise ConfigurationError(
            f"{question.design} needs 3 groups or more that begin at different moments; there are {len(names)}, and "
            f"{len(np.unique(on, axis=0))} of their courses differ. With one start use the design did or its."
        )
    period = np.zeros(len(panel.times), np.int64)
    period[edges] = 1
    period = period.cumsum()
    each = np.ones_like(panel.outcome) if panel.weights is None else panel.weights
    size = each if panel.exposure is None else each * panel.exposure
    sums = _sum(panel, group, size, len(names))
    rates = panel.outcome if panel.exposure is None else panel.outcome / panel.exposure
    courses = [rates, *(panel.covariates[name] for name in question.covariates)]
    levels = np.array(
        [_levels(_over(_sum(panel, group, size * one, len(names)), sums), sums, period) for one in courses]
    )
    return Steps(
        values=levels[0], weights=_per(sums, period), extra=levels[1:], on=on[:, np.concatenate([[0], edges])], period=period,
        group=group, names=names, within=_within(panel, group, rates, size, sums),
    )  # fmt: skip


def _groups(panel: Panel, question: Question) -> tuple[Ints, tuple[str, ...]]:
    """Those for which one lot was drawn: clusters where they are told, else units."""
    if not question.cluster:
        return np.arange(len(panel.units)), panel.units
    known, group = np.unique(panel.cluster, return_inverse=True)
    return group.astype(np.int64), tuple(f"{question.cluster} {one + 1}" for one in range(len(known)))


def _courses(panel: Panel, group: Ints, count: int, question: Question) -> Bools:
    on = np.zeros((count, panel.on.shape[1]), np.bool_)
    np.logical_or.at(on, group, panel.on)
    wrong = np.flatnonzero((panel.on != on[group]).any(axis=1))
    if len(wrong):
        raise ConfigurationError(
            f"The measure begins for {panel.units[wrong[0]]} at another moment than for others of its {question.cluster}; lots "
            "were drawn for whole groups, so leave cluster out or give larger units."
        )
    if (on[:, :-1] & ~on[:, 1:]).any():
        raise ConfigurationError(
            f"The measure is switched off again, and {question.design} is for one that stays; use the design switchback."
        )
    return on


def _sum(panel: Panel, group: Ints, values: Floats, count: int) -> Floats:
    found = np.zeros((count, len(panel.times)))
    np.add.at(found, (group[panel.unit], panel.time), values)
    return found


def _over(top: Floats, bottom: Floats) -> Floats:
    found: Floats = np.divide(top, bottom, out=np.full(top.shape, np.nan), where=bottom > 0)
    return found


def _per(values: Floats, period: Ints) -> Floats:
    """(G, P): sums of (G, T)."""
    found = np.zeros((len(values), int(period.max()) + 1))
    np.add.at(found.T, period, values.T)
    return found


def _levels(values: Floats, weights: Floats, period: Ints) -> Floats:
    """(G, P) of (G, T): the level of a group in a period beside effects of moments, so that it does not matter which moments of it
    are known of whom."""
    found = np.full((len(values), int(period.max()) + 1), np.nan)
    for place in range(found.shape[1]):
        inside = period == place
        found[:, place] = _level(values[:, inside], weights[:, inside])
    return found


def _level(values: Floats, weights: Floats) -> Floats:
    known = np.isfinite(values)
    part, share = np.where(known, values, 0.0), np.where(known, weights, 0.0)
    moments = np.zeros(values.shape[1])
    groups = _over((share * part).sum(axis=1), share.sum(axis=1))
    alone = known.all() and not np.ptp(share, axis=1).any()
    for _round in range(0 if alone or not share.any() else ROUNDS):
        level = np.nan_to_num(groups)
        moments = np.nan_to_num(_over((share * (part - level[:, None])).sum(axis=0), share.sum(axis=0)))
        moments -= float((share.sum(axis=0) * moments).sum() / share.sum())
        new = _over((share * (part - moments)).sum(axis=1), share.sum(axis=1))
        done = np.nanmax(np.abs(new - groups)) <= CLOSE * (np.nanmax(np.abs(new)) or 1.0)
        groups = new
        if done:
            break
    return groups


def _within(panel: Panel, group: Ints, rates: Floats, size: Floats, sums: Floats) -> float:
    place = (group[panel.unit], panel.time)
    means = _over(_sum(panel, group, size * rates, len(sums)), sums)
    counts = _sum(panel, group, np.ones_like(rates), len(sums))
    spare = float((counts - 1)[counts > 0].sum())
    middle = float(size.mean()) or 1.0
    return float((size / middle * (rates - means[place]) ** 2).sum()) / spare if spare > 0 else float("nan")
