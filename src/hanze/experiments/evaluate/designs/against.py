# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The treated against the others: what both demand of a panel, the line that was expected, and who gained."""

import math
from collections.abc import Sequence

import numpy as np

from hanze.errors import ConfigurationError
from hanze.experiments.evaluate.designs import effects, grid
from hanze.experiments.evaluate.designs.series import middle
from hanze.experiments.evaluate.designs.shares import share
from hanze.experiments.evaluate.finding import Counts, Point
from hanze.experiments.evaluate.panel import Panel
from hanze.experiments.evaluate.power import quantile
from hanze.experiments.evaluate.question import Question
from hanze.experiments.evaluate.table import Bools, Floats


def once(panel: Panel, question: Question) -> None:
    """Errors: ConfigurationError where the measure does not begin once and for good, or there is nobody to compare with."""
    if not question.unit:
        raise ConfigurationError(f"{question.design} compares units; give the column that names them as unit.")
    if panel.treated.all():
        raise ConfigurationError(
            f"All {len(panel.units)} units have the measure, and {question.design} compares with units that never have it; add "
            "these, or use the design its."
        )
    first = set(panel.first[panel.treated].tolist())
    if len(first) > 1:
        # Two-way effects would compare with units that already have it (Goodman-Bacon 2021, Journal of Econometrics 225).
        raise ConfigurationError(
            f"The measure begins at {len(first)} different moments, and {question.design} knows one; use the design staggered."
        )
    for_good(panel, question)
    if panel.start == 0:
        raise ConfigurationError("The measure is on from the first moment; give moments before it.")


def for_good(panel: Panel, question: Question) -> None:
    """Errors: ConfigurationError where the measure ends again."""
    if (np.diff(panel.on.astype(np.int64), axis=1) < 0).any():
        raise ConfigurationError(
            f"The measure is switched off again, and {question.design} is for one that stays; use the design switchback."
        )


def weighed(panel: Panel) -> tuple[Floats, Floats]:
    """The outcome (per exposure where there is one) and the weight of each row; a rate weighs as much as its exposure."""
    weights = np.ones_like(panel.outcome) if panel.weights is None else panel.weights
    if panel.exposure is None:
        return panel.outcome, weights
    return panel.outcome / panel.exposure, weights * panel.exposure


def cells(panel: Panel) -> tuple[Floats, Floats]:
    """(N, T) of the outcome, NaN where it is not known, and of the weights, 0 there."""
    values, sizes = grid.cells(panel), panel.matrix(weighed(panel)[1])
    return values, np.where(np.isfinite(values), sizes, 0.0)


def counts(panel: Panel, groups: int) -> Counts:
    """`groups`: independent of each other."""
    seen = np.isin(np.arange(len(panel.times)), panel.time[panel.treated[panel.unit]])
    before, dates = int(seen[: panel.start].sum()), len(set(panel.first[panel.treated].tolist()))
    return Counts(
        rows=len(panel.outcome), units=len(panel.units), treated=int(panel.treated.sum()), clusters=groups, dates=dates,
        before=before, after=int(seen.sum()) - before,
    )  # fmt: skip


def line(panel: Panel, base: slice, level: float) -> list[Point]:
    """The treated were expected to go as the others did from their own level in the moments of `base` on. The interval of a moment
    comes from how far units of a kind go apart; of one treated unit alone it is taken from the others."""
    values, weights = cells(panel)
    ours, others = (_mean(values, weights, one) for one in (panel.treated, ~panel.treated))
    with np.errstate(invalid="ignore"):
        expected = others + _middle(ours[base]) - _middle(others[base])
    changes = values - np.array([_middle(one[base]) for one in values])[:, None]
    spread = _spread(changes, panel.treated)
    wide = quantile((1 + level) / 2) * spread
    return effects.points(panel.times, ours, expected, wide)


def observed(panel: Panel) -> float:
    """The mean outcome of the treated with the measure."""
    values, weights = weighed(panel)
    on = panel.rows_on()
    return float(np.average(values[on], weights=weights[on]))


def parts(panel: Panel, base: slice) -> dict[str, float]:
    """By treated unit: how much more it changed than the others, as a share of what was expected; in units of the outcome where one
    has no share."""
    values, weights = cells(panel)
    others = _mean(values, weights, ~panel.treated)
    found: dict[str, tuple[float, float | None]] = {}
    for unit in np.flatnonzero(panel.treated).tolist():
        known, after = np.isfinite(values[unit]) & np.isfinite(others), panel.on[unit]
        before = np.zeros(len(after), np.bool_)
        before[base] = True
        gaps = values[unit] - others
        if (known & before).any() and (known & after).any():
            effect = float(gaps[known & after].mean() - gaps[known & before].mean())
            found[panel.units[unit]] = effect, share(effect, float(values[unit][known & after].mean()))
    whole = all(one is not None for _effect, one in found.values())
    return {name: one if whole and one is not None else effect for name, (effect, one) in found.items()}


def residuals(points: Sequence[Point], estimate: float, start: int) -> list[float]:
    """How far the treated lie from what was expected and the effect."""
    return [
        point.observed - point.expected - (estimate if place >= start else 0.0)
        for place, point in enumerate(points)
        if point.observed is not None and point.expected is not None
    ]


def _mean(values: Floats, weights: Floats, chosen: Bools) -> Floats:
    """(T,)."""
    return middle(values[chosen], weights[chosen])


def _middle(values: Floats) -> float:
    known = values[np.isfinite(values)]
    return float(known.mean()) if len(known) else math.nan


def _spread(changes: Floats, treated: Bools) -> Floats:
    """(T,): the error of the difference between the mean changes of both."""
    found = []
    for column in changes.T:
        ours, others = (column[mask & np.isfinite(column)] for mask in (treated, ~treated))
        if len(others) < 2 or not len(ours):
            found.append(math.nan)
            continue
        other = float(others.var(ddof=1))
        own = float(ours.var(ddof=1)) if len(ours) > 2 else other
        found.append(math.sqrt(own / len(ours) + other / len(others)))
    return np.array(found)
