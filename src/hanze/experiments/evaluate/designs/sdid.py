# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Synthetic difference-in-differences: the treated compared with others and moments that are weighted to go as they did before.

Arkhangelsky, Athey, Hirshberg, Imbens & Wager (2021, American Economic Review 111). It holds where the treated and the mixture
would have gone the same way, on whatever levels, and the measure does not reach the others. Both sets of weights are the exact
optimum of the problems that the paper states, with its regularisation."""

import msgspec
import numpy as np

from hanze.compute import Tell
from hanze.errors import ConfigurationError
from hanze.errors import mark as _
from hanze.experiments.evaluate.designs import compared, effects, placebo, simplex
from hanze.experiments.evaluate.designs.adjusting import adjusted
from hanze.experiments.evaluate.designs.grid import Grid, grid
from hanze.experiments.evaluate.designs.lots import groups
from hanze.experiments.evaluate.finding import Finding
from hanze.experiments.evaluate.panel import Panel
from hanze.experiments.evaluate.question import Question
from hanze.experiments.evaluate.table import Bools, Floats, Ints
from hanze.experiments.told import Told

MOMENTS = 100
"""Weights of moments that are looked for at most."""


class Fit(msgspec.Struct, frozen=True, eq=False):
    """`units`: weights of the units compared with (C,), `times`: of the moments before the measure."""

    units: Floats
    times: Floats

    def gap(self, treated: Floats, others: Floats) -> Floats:
        """(..., T): how far courses lie above the mixture of the others (C, T), after what they did before the measure."""
        apart = treated - self.units @ others
        found: Floats = apart - (apart[..., : len(self.times)] @ self.times)[..., None]
        return found


def fitted(treated: Floats, others: Floats, before: int, count: int) -> Fit:
    """For a mean of `count` treated (T,) and others (C, T), section 2 of the paper: the penalty on weights of units grows with the
    treated cells and with the noise from one moment to the next; that on weights of moments only makes them unique."""
    past = others[:, :before]
    noise = float(np.diff(past, axis=1).std())
    penalty = float((count * (others.shape[1] - before)) ** 0.25) * noise
    target = treated[:before]
    units = simplex.nearest(
        (past - past.mean(axis=1, keepdims=True)).T, target - target.mean(), penalty * float(np.sqrt(before))
    )
    return Fit(units, _times(past, others[:, before:].mean(axis=1), 1e-6 * noise * float(np.sqrt(len(others)))))


def _times(past: Floats, later: Floats, ridge: float) -> Floats:
    """Weights of the moments in the past (C, T) that foretell what comes later (C,). Of a long past, moments that follow each other
    have one weight."""
    before = past.shape[1]
    bounds = np.linspace(0, before, min(before, MOMENTS) + 1).round().astype(np.int64)
    sizes = np.diff(bounds)
    parts = np.add.reduceat(past, bounds[:-1], axis=1) / sizes
    smooth = ridge / float(np.sqrt(before / len(sizes)))
    found = simplex.nearest(parts - parts.mean(axis=0), later - later.mean(), smooth)
    weights: Floats = np.repeat(found / sizes, sizes)
    return weights


def estimate(panel: Panel, question: Question, tell: Tell | None = None) -> Finding:
    """Of several treated: on their mean. Errors: ConfigurationError (see `grid`)."""
    plain = grid(panel, question)
    values = adjusted(panel, plain, question.covariates)
    made = msgspec.structs.replace(plain, values=values)
    treated, others, count = values[made.treated], values[~made.treated], int(made.treated.sum())
    fit = fitted(made.observed, others, made.before, count)
    several = count > 1 and len(others) < 2 * count
    gaps, judge = _left_out(made, fit) if several else _tried(made, fit, question.seed, tell)
    lines = compared.Lines(
        ours=fit.gap(made.observed, others), gaps=gaps, judge=judge, weights=fit.units,
        effects=fit.gap(treated, others)[:, made.before :].mean(axis=1),
    )  # fmt: skip
    details = {} if several else {"placebos": float(len(gaps) - 1)}
    return compared.finding(panel, plain, lines, question.level, _method(question, several, len(gaps) - 1), details)


def _tried(made: Grid, fit: Fit, seed: int, tell: Tell | None) -> tuple[Floats, placebo.Trial]:
    """As many others as are treated are taken as such: each group of them, or some by lot."""
    others = made.values[~made.treated]
    sets = _sets(len(others), len(made.share), seed)
    gaps, before = [fit.gap(made.observed, others)], made.before
    for place, chosen in enumerate(sets):
        rest = np.setdiff1d(np.arange(len(others)), chosen)
        course = made.share @ others[chosen]
        gaps.append(fitted(course, others[rest], before, len(chosen)).gap(course, others[rest]))
        if tell is not None:
            tell(place + 1, len(sets), _("Working out the effect"))
    found = np.array(gaps)
    first = np.arange(len(found)) == 0
    missed = np.sqrt((found[:, :before] ** 2).mean(axis=1))
    return found, placebo.trial(first, missed, np.ones(1), seed)


def _sets(others: int, count: int, seed: int) -> Ints:
    """(L, K) places of others, at least two of which are left to compare with."""
    if others - count < 2:
        raise ConfigurationError(
            f"sdid needs 2 units more than that without the measure to try it on others; there are {others}. Add some."
        )
    first: Bools = np.arange(others) < count
    return groups(first, np.random.default_rng(seed), placebo.MOST)[: placebo.MOST]


def _left_out(made: Grid, fit: Fit) -> tuple[Floats, placebo.Jackknife]:
    """Without each unit in turn, the weights as they are otherwise."""
    treated, others = made.values[made.treated], made.values[~made.treated]
    gaps = [fit.gap(made.observed, others)]
    for unit in range(len(treated)):
        gaps.append(fit.gap(_without(made.share, unit) @ treated, others))
    for unit in range(len(others)):
        gaps.append(msgspec.structs.replace(fit, units=_without(fit.units, unit)).gap(made.observed, others))
    return np.array(gaps), placebo.Jackknife(float(min(len(treated), len(others)) - 1))


def _without(weights: Floats, place: int) -> Floats:
    """Equal weights of the rest where all the weight lay there."""
    found = weights.copy()
    found[place] = 0.0
    if found.sum() < 1e-6:
        found[np.arange(len(found)) != place] = 1.0
    kept: Floats = found / found.sum()
    return kept


def _method(question: Question, several: bool, others: int) -> Told:
    if several:
        text = _(
            "Synthetic difference-in-differences (Arkhangelsky et al. 2021); interval by leaving out each unit in turn."
        )
    else:
        text = _(
            "Synthetic difference-in-differences (Arkhangelsky et al. 2021); interval from %(placebos)s other units, or groups of "
            "them, as if they had the measure (Firpo & Possebom 2018)."
        )
    told = [Told(text, {"placebos": float(others)})]
    if question.covariates:
        told.append(Told(_("Adjusted for %(names)s."), {"names": effects.listed(question.covariates)}))
    return effects.sentences(*told)
