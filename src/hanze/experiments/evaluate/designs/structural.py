# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""An interrupted time series by a level that wanders: for a long series, in logarithms where the outcome is above 0.

Harvey & Durbin (1986, Journal of the Royal Statistical Society A 149) did so for seat belts in Great Britain. The level may
drift by itself, as most things in a city do; the measure is a change of it that stays. It holds where nothing else changed the
level at once when the measure began. The season is fixed, each covariate has one effect at all times.

Days are put together to weeks where there are enough of them: a change that stays is learned from slow movements, and those of
days hide them (on daily NO2 of 89 Dutch stations the error from weeks is 0.6 of that from days, with as many false alarms).
"""

import msgspec
import numpy as np

from hanze.errors import mark as _
from hanze.experiments.evaluate.designs import effects, seasons, wandering
from hanze.experiments.evaluate.designs.effects import listed, sentences
from hanze.experiments.evaluate.designs.rhythm import Rhythm
from hanze.experiments.evaluate.designs.seasons import Season
from hanze.experiments.evaluate.designs.series import Series, together
from hanze.experiments.evaluate.designs.wandering import Wandering
from hanze.experiments.evaluate.finding import Counts, Finding, Point
from hanze.experiments.evaluate.panel import Panel
from hanze.experiments.evaluate.power import quantile
from hanze.experiments.evaluate.question import Question
from hanze.experiments.evaluate.table import Bools, Floats
from hanze.experiments.told import Told

BEFORE = 50
"""Moments before the measure from which a model of a time series can be fitted (Box & Jenkins 1976, Time Series Analysis)."""

WEEKS, WEEKS_ON = 26, 4
"""Weeks before the measure and with it, from which days are put together."""

LOGS = _(
    "A structural time series of the logarithm of %(outcome)s: a level that wanders by itself, and a change of it that stays."
)
LEVELS = _("A structural time series of %(outcome)s: a level that wanders by itself, and a change of it that stays.")
UNITS = _("Of the mean of %(units)s units.")
BY_WEEK = _("Days are put together to weeks.")
BESIDE = _("Adjusted for %(names)s.")
BESIDE_LOGS = _("Adjusted for the logarithm of %(names)s.")


class Model(msgspec.Struct, frozen=True, eq=False):
    """`values`: (L, 1 + K) on the grid; `places`: (T,) of the moments on it. `logs`: the outcome is a logarithm, `logged`: names of
    covariates that are; `weekly`: days were put together."""

    series: Series
    season: Season
    values: Floats
    names: tuple[str, ...]
    logs: bool
    logged: frozenset[str]
    weekly: bool

    @property
    def places(self) -> np.ndarray:
        return self.series.rhythm.places


def fits(series: Series) -> bool:
    """There is enough before the measure."""
    return series.before >= BEFORE or _by_week(series) is not None


def find(panel: Panel, series: Series, question: Question, counts: Counts) -> Finding:
    """The effect is what the outcome was multiplied by; in levels, by how much it changed."""
    model = _model(panel, series, question)
    season = np.arange(model.values.shape[1] - 1) >= 1 + len(model.names)
    fit = wandering.fitted(model.values, season)
    size = effects.sized(
        "ratio" if model.logs else "difference",
        float(fit.coefficients[0]),
        fit.error,
        question.level,
        float(fit.degrees),
    )
    observed = model.series.outcome[model.series.on & model.series.known]
    return effects.finding(
        size, float(observed.mean()), _method(model, question), counts, _line(model, fit, question.level),
        _parts(panel, model, fit), _details(model, fit), fit.residuals.tolist(),
    )  # fmt: skip


def _by_week(series: Series) -> Series | None:
    """Weeks are counted from the start of the measure, so that none lies on both sides of it."""
    if series.rhythm.step != "day":
        return None
    keys = (series.rhythm.places - series.rhythm.places[series.start]) // 7
    made = together(series, keys, Rhythm("week", np.unique(keys) - keys[0]))
    return made if made.before >= WEEKS and (made.on & made.known).sum() >= WEEKS_ON else None


def _model(panel: Panel, given: Series, question: Question) -> Model:
    told = bool(question.season) or question.period is not None
    series = given if told else _by_week(given) or given
    known = series.outcome[series.known]
    logs = bool((known > 0).all())
    outcome = np.log(np.where(series.known, series.outcome, 1.0)) if logs else series.outcome
    outcome = np.where(series.known, outcome, np.nan)
    past = _on_grid(outcome[: series.start, None], series.rhythm.places[: series.start])[:, 0]
    season = seasons.season(panel, question, series.moments, series.rhythm, past)
    beside = series.beside()
    positive: Bools = np.asarray((beside > 0).all(axis=0) & logs, np.bool_)
    columns = np.column_stack([series.on, np.log(np.where(positive, beside, 1.0)) * positive + beside * ~positive])
    grid = _on_grid(np.column_stack([outcome, columns, season.columns]), series.rhythm.places)
    names = tuple(question.covariates)
    logged = frozenset(name for name, one in zip(names, positive.tolist(), strict=True) if one)
    return Model(series, season, grid, names, logs, logged, series is not given)


def _on_grid(values: Floats, places: np.ndarray) -> Floats:
    """(L, M): a moment that is not in the table has no outcome; what else stands there does not matter."""
    found = np.zeros((int(places[-1]) + 1 if len(places) else 0, values.shape[1]))
    found[:, 0] = np.nan
    found[places] = values
    return found


def _line(model: Model, fit: Wandering, level: float) -> list[Point]:
    """What was expected: the level from all moments, less the effect. The interval is that of a single moment, with its noise; that
    of the effect in it allows for the ratio as its error does."""
    smooth, sure = wandering.smoothed(model.values, fit.ratio)
    columns = model.values[:, 1:].copy()
    columns[:, 0] = 0.0
    apart = columns - smooth[:, 1:]
    wider = np.ones(len(fit.coefficients))
    wider[0] = fit.error / np.sqrt(fit.covariance[0, 0]) if fit.covariance[0, 0] > 0 else 1.0
    covariance = fit.covariance * np.outer(wider, wider)
    expected = smooth[:, 0] + apart @ fit.coefficients
    variance = fit.variance * (1 + sure) + np.einsum("ti,ij,tj->t", apart, covariance, apart)
    wide = quantile((1 + level) / 2, float(fit.degrees)) * np.sqrt(np.maximum(variance, 0.0))
    lines = [one[model.places] for one in (expected, expected - wide, expected + wide)]
    if model.logs:
        lines = [np.exp(np.minimum(one, 700.0)) for one in lines]
    return effects.between(model.series.times, model.series.outcome, *lines)


def _parts(panel: Panel, model: Model, fit: Wandering) -> dict[str, float]:
    """The same model with the same ratio for each unit that is known at all moments that the mean is known at; as a share."""
    series = model.series
    if len(series.units) < 2:
        return {}
    known: Bools = series.known
    whole = np.isfinite(series.units[:, known]).all(axis=1) & (
        (series.units[:, known] > 0).all(axis=1) | (not model.logs)
    )
    chosen = np.flatnonzero(whole)
    if not len(chosen):
        return {}
    units = np.where(known, series.units[chosen], np.nan)
    units = np.log(np.where(known, units, 1.0)) if model.logs else units
    grid = _on_grid(np.where(known, units, np.nan).T, model.places)
    changes = wandering.each(grid, model.values[:, 1:], fit.ratio)
    if model.logs:
        shares = np.expm1(changes)
    else:
        expected = units[:, series.on & known].mean(axis=1) - changes
        if not (expected > 0).all():
            return dict(zip((panel.units[one] for one in chosen), changes.tolist(), strict=True))
        shares = changes / expected
    return dict(zip((panel.units[one] for one in chosen), shares.tolist(), strict=True))


def _details(model: Model, fit: Wandering) -> dict[str, float]:
    found = {"period": float(model.season.period), "wander": fit.ratio, "noise": float(np.sqrt(fit.variance))}
    found["error_at_ratio"] = float(np.sqrt(fit.covariance[0, 0]))
    for place, name in enumerate(model.names, 1):
        found[f"coefficient {name}"] = float(fit.coefficients[place])
        found[f"error {name}"] = float(np.sqrt(fit.covariance[place, place]))
    return found


def _method(model: Model, question: Question) -> Told:
    told = [Told(LOGS if model.logs else LEVELS, {"outcome": question.outcome})]
    if len(model.series.units) > 1:
        told.append(Told(UNITS, {"units": float(len(model.series.units))}))
    told += [*([Told(BY_WEEK)] if model.weekly else []), model.season.told]
    for text, names in (
        (BESIDE_LOGS, [one for one in model.names if one in model.logged]),
        (BESIDE, [one for one in model.names if one not in model.logged]),
    ):
        if names:
            told.append(Told(text, {"names": listed(names)}))
    return sentences(*told)
