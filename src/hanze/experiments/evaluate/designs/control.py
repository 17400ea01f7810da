# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Synthetic control: the treated compared with a mixture of others that went as they did before the measure.

Abadie, Diamond & Hainmueller (2010, Journal of the American Statistical Association 105; 2015, American Journal of Political
Science 59). It holds where what moves the treated moves the mixture in the same way, the measure does not reach the others, and
nothing else came to one of them at the same time. Without covariates the weights bring the mixture closest to all of the past
of the outcome. With covariates they bring it closest to their means and to that of the outcome, each as important as it shows to
be in foretelling (`predictors`)."""

import numpy as np

from hanze.compute import Tell
from hanze.errors import mark as _
from hanze.experiments.evaluate.designs import compared, placebo, predictors, simplex
from hanze.experiments.evaluate.designs.grid import Grid, grid
from hanze.experiments.evaluate.finding import Finding
from hanze.experiments.evaluate.panel import Panel
from hanze.experiments.evaluate.question import Question
from hanze.experiments.evaluate.table import Bools, Floats
from hanze.experiments.told import Told

SMOOTH = 0.01
"""The ridge of the mixtures of the others, in steps of the outcome between moments: where many fit as well, all count."""


def estimate(panel: Panel, question: Question, tell: Tell | None = None) -> Finding:
    """The mean of the effects on the treated, each with a mixture of its own. Errors: ConfigurationError (see `grid`)."""
    made = grid(panel, question)
    tried = placebo.chosen(made.treated, question.seed)
    asked = predictors.read(panel, made, question.covariates) if question.covariates else None
    weights = np.zeros((len(tried), len(made.units)))
    for place, unit in enumerate(tried.tolist()):
        mixed = ~made.treated if made.treated[unit] else np.arange(len(made.units)) != unit
        weights[place, mixed] = (
            _fitted(made, mixed, unit) if asked is None else asked.fitted(mixed, unit, question.seed)
        )
        if tell is not None:
            tell(place + 1, len(tried), _("Working out the effect"))
    gaps, treated = made.values[tried] - weights @ made.values, made.treated[tried]
    missed = np.sqrt((gaps[:, : made.before] ** 2).mean(axis=1))
    shown = np.where(treated, 1.0, -weights[:, made.treated].sum(axis=1))
    judge = placebo.trial(treated, missed, shown, made.share, question.seed)
    effects = gaps[:, made.before :].mean(axis=1)
    lines = compared.Lines(
        ours=made.share @ gaps[treated], gaps=gaps, judge=judge, judged=judge.judge(effects, question.level),
        weights=(made.share @ weights[treated])[~made.treated], effects=effects[treated],
    )  # fmt: skip
    details = {"placebos": float((~treated).sum())}
    if treated.sum() == 1:
        details["ratio_p"] = compared.ratio(gaps, treated, made.before)
    return compared.finding(panel, made, lines, question.level, _method(question, details["placebos"]), details)


def _fitted(made: Grid, mixed: Bools, unit: int) -> Floats:
    """Weights of the units that are mixed for one unit. Those of the others, which are many, are the exact optimum: it fits no
    worse, and so the others are if anything compared too well."""
    past = made.values[:, : made.before]
    if made.treated[unit]:
        return simplex.stepped(past[mixed].T, past[unit])
    ridge = SMOOTH * float(np.diff(past[mixed], axis=1).std()) * np.sqrt(made.before)
    return simplex.nearest(past[mixed].T, past[unit], ridge)


def _method(question: Question, others: float) -> Told:
    if question.covariates:
        text = _(
            "Synthetic control on %(predictors)s, as important as they are in foretelling the outcome (Abadie, Diamond & "
            "Hainmueller 2015); interval from %(placebos)s other units as if they had the measure (Firpo & Possebom 2018)."
        )
    else:
        text = _(
            "Synthetic control on the past of the outcome (Abadie, Diamond & Hainmueller 2010); interval from %(placebos)s other "
            "units as if they had the measure (Firpo & Possebom 2018)."
        )
    return Told(text, {"predictors": ", ".join((question.outcome, *question.covariates)), "placebos": others})
