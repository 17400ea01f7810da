# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Synthetic difference-in-differences: the treated compared with others and moments that are weighted to go as they did before.

Arkhangelsky, Athey, Hirshberg, Imbens & Wager (2021, American Economic Review 111). It holds where the treated and the mixture
would have gone the same way, on whatever levels, and the measure does not reach the others. Both sets of weights are the exact
optimum of the problems that the paper states, with its regularisation."""

import msgspec
import numpy as np

from hanze.compute import Tell
from hanze.errors import mark as _
from hanze.experiments.evaluate.designs import compared, effects, placebo
from hanze.experiments.evaluate.designs.adjusting import adjusted
from hanze.experiments.evaluate.designs.grid import Grid, grid
from hanze.experiments.evaluate.designs.trying import tried
from hanze.experiments.evaluate.designs.weighing import Fit, fitted
from hanze.experiments.evaluate.finding import Finding
from hanze.experiments.evaluate.panel import Panel
from hanze.experiments.evaluate.question import Question
from hanze.experiments.evaluate.table import Floats
from hanze.experiments.told import Told


def estimate(panel: Panel, question: Question, tell: Tell | None = None) -> Finding:
    """Of several treated: on their mean. Errors: ConfigurationError (see `grid`)."""
    plain = grid(panel, question)
    values = adjusted(panel, plain, question.covariates)
    made = msgspec.structs.replace(plain, values=values)
    treated, others, count = values[made.treated], values[~made.treated], int(made.treated.sum())
    fit = fitted(made.observed, others, made.before, count)
    gap, level = fit.gap(made.observed, others), question.level
    several = count > 1 and len(others) < 2 * count
    judge: placebo.Trial | placebo.Jackknife
    if several:
        gaps, judge = _left_out(made, fit)
        judged = judge.judge(gaps[:, made.before :].mean(axis=1), level)
    else:
        tries = tried(made, fit, question.seed)
        judged = tries.judged(level, tell)
        gaps, judge = tries.at(float(gap[made.before :].mean()))
    own = fit.gap(treated, others)[:, made.before :].mean(axis=1)
    lines = compared.Lines(ours=gap, gaps=gaps, judge=judge, judged=judged, weights=fit.units, effects=own)
    placebos = 0.0 if several else len(gaps) - 1.0
    details = {} if several else {"placebos": placebos}
    return compared.finding(panel, plain, lines, level, _method(question, several, placebos), details)


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


def _method(question: Question, several: bool, others: float) -> Told:
    if several:
        text = _(
            "Synthetic difference-in-differences (Arkhangelsky et al. 2021); interval by leaving out each unit in turn."
        )
    else:
        text = _(
            "Synthetic difference-in-differences (Arkhangelsky et al. 2021); interval from %(placebos)s other units, or groups of "
            "them, as if they had the measure (Firpo & Possebom 2018)."
        )
    told = [Told(text, {"placebos": others})]
    if question.covariates:
        told.append(Told(_("Adjusted for %(names)s."), {"names": effects.listed(question.covariates)}))
    return effects.sentences(*told)
