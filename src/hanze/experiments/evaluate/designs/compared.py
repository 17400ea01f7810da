# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""From the gaps between units and their lines to a finding, for designs that compare with a mixture of others."""

from collections.abc import Mapping

import msgspec
import numpy as np

from hanze.experiments.evaluate.designs import effects
from hanze.experiments.evaluate.designs.grid import Grid
from hanze.experiments.evaluate.designs.lots import Judged
from hanze.experiments.evaluate.designs.placebo import Jackknife, Trial
from hanze.experiments.evaluate.designs.shares import share
from hanze.experiments.evaluate.finding import Counts, Finding, Point
from hanze.experiments.evaluate.panel import Panel
from hanze.experiments.evaluate.table import Bools, Floats
from hanze.experiments.told import Told


class Lines(msgspec.Struct, frozen=True, eq=False):
    """`ours`: (T,) how far the treated lie above their line. `gaps`: (L, T) the same of all by which `judge` judges a moment;
    `judged`: the effect. `weights`: (C,) of the units without the measure, `effects`: (K,) on those with it, as in the grid."""

    ours: Floats
    gaps: Floats
    judge: Trial | Jackknife
    judged: Judged
    weights: Floats
    effects: Floats


def finding(
    panel: Panel, grid: Grid, lines: Lines, level: float, method: Told, details: Mapping[str, float]
) -> Finding:
    """The effect is the mean gap of the treated with the measure."""
    before = grid.before
    judged, error = lines.judged, lines.judge.error(lines.gaps[:, before:].mean(axis=1))
    estimate, seen = float(lines.ours[before:].mean()), float(grid.observed[before:].mean())
    size = effects.Size("difference", estimate, error, judged.low, judged.high, judged.p, judged.degrees)
    added = np.where(np.arange(len(lines.ours)) < before, 0.0, estimate)
    ranked = {} if judged.rank is None else {"placebo_p": judged.rank}
    found = effects.finding(
        size, seen, method, _counts(panel, grid), _line(panel, grid, lines, level), parts(panel, grid, lines.effects),
        {**_fit(grid, lines), **ranked, **details}, (lines.ours - added).tolist(),
    )  # fmt: skip
    return msgspec.structs.replace(found, weights=_weights(panel, grid, lines.weights))


def parts(panel: Panel, grid: Grid, effects: Floats) -> dict[str, float]:
    """By treated unit: the effect as a share of what was expected, in units of the outcome where that has no meaning."""
    seen = grid.values[grid.treated][:, grid.before :].mean(axis=1)
    names = [panel.units[one] for one in grid.units[grid.treated]]
    found = {name: share(float(effect), float(one)) for name, effect, one in zip(names, effects, seen, strict=True)}
    if any(one is None for one in found.values()):
        return dict(zip(names, effects.tolist(), strict=True))
    return {name: one for name, one in found.items() if one is not None}


def _counts(panel: Panel, grid: Grid) -> Counts:
    return Counts(
        rows=len(panel.outcome), units=len(grid.units), treated=int(grid.treated.sum()),
        clusters=len(np.unique(panel.cluster[grid.units])), dates=1, before=grid.before, after=len(grid.times) - grid.before,
    )  # fmt: skip


def _weights(panel: Panel, grid: Grid, weights: Floats) -> dict[str, float]:
    """Largest first; those that count nothing are left out."""
    names = [panel.units[one] for one in grid.units[~grid.treated]]
    pairs = sorted(zip(names, weights.tolist(), strict=True), key=lambda pair: (-pair[1], pair[0]))
    return {name: weight for name, weight in pairs if weight > 1e-4}


def _line(panel: Panel, grid: Grid, lines: Lines, level: float) -> tuple[Point, ...]:
    """Of all moments of the panel. The interval of a moment is that of an effect on it alone."""
    found = [Point(time, None, None) for time in panel.times]
    observed, expected = grid.observed.tolist(), (grid.observed - lines.ours).tolist()
    for place, time in enumerate(grid.times.tolist()):
        low = high = None
        if place >= grid.before:
            judged = lines.judge.judge(lines.gaps[:, place], level)
            low, high = observed[place] - judged.high, observed[place] - judged.low
        found[time] = Point(panel.times[time], observed[place], expected[place], low, high)
    return tuple(found)


def _fit(grid: Grid, lines: Lines) -> dict[str, float]:
    """How well the line fits before, and how often the others lie around the treated then."""
    past, others = grid.observed[: grid.before], grid.values[~grid.treated][:, : grid.before]
    inside = (past >= others.min(axis=0)) & (past <= others.max(axis=0))
    return {
        "pre_rmspe": float(np.sqrt((lines.ours[: grid.before] ** 2).mean())), "hull": float(inside.mean()),
        "left_out": float(grid.left_out), "filled": float(grid.filled),
    }  # fmt: skip


def ratio(gaps: Floats, treated: Bools, before: int) -> float:
    """The rank of the treated by how much more its line misses with the measure than before: the share of all that are as high
    (Abadie, Diamond & Hainmueller 2010)."""
    missed, later = (gaps[:, :before] ** 2).mean(axis=1), (gaps[:, before:] ** 2).mean(axis=1)
    grown = np.divide(later, missed, out=np.full_like(later, np.inf), where=missed > 0)
    return float((grown >= grown[treated].min()).mean())
