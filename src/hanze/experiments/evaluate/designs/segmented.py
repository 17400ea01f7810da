# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""An interrupted time series by straight lines: for a short one, of one unit or many.

Wagner, Soumerai, Zhang & Ross-Degnan (2002, Journal of Clinical Pharmacy and Therapeutics 27): a straight trend before, and
with the measure a change of level at once (the effect) and a change of trend. Each unit has its own level. It holds where the
trend would have gone on straight. Many units with one date are not many trials: the errors let all units of a moment move
together, and moments depend on those before (Driscoll & Kraay 1998), which for complete tables is the error of Newey and West
of the daily means. Where it is larger, the error is that of moments that depend on the one before (`dependence`)."""

import msgspec
import numpy as np

from hanze.errors import ConfigurationError
from hanze.errors import mark as _
from hanze.experiments.evaluate.designs import dependence, effects, seasons
from hanze.experiments.evaluate.designs.effects import listed, sentences
from hanze.experiments.evaluate.designs.regression import (
    Fit,
    absorbed,
    by_moment,
    chance,
    lags,
    plain,
    regress,
    told_apart,
)
from hanze.experiments.evaluate.designs.seasons import Season
from hanze.experiments.evaluate.designs.series import Series
from hanze.experiments.evaluate.finding import Counts, Finding, Point
from hanze.experiments.evaluate.panel import Panel
from hanze.experiments.evaluate.power import quantile
from hanze.experiments.evaluate.question import Question
from hanze.experiments.evaluate.table import Floats
from hanze.experiments.told import Told

WEEK = 7
"""Days depend on each other for a week at least."""

FEWEST = 3
"""Moments more than there are numbers to learn."""

LINES = _(
    "Straight lines before and with the measure (segmented regression of %(outcome)s): a change of level and of trend."
)
UNITS = _(
    "Each of the %(units)s units has its own level; the error is that of their mean at each moment, as all have one date."
)
ERRORS = _("Errors allow for moments that depend on the %(lags)s before.")
BESIDE = _("Adjusted for %(names)s.")


class Model(msgspec.Struct, frozen=True, eq=False):
    """`columns`: (T, 3 + S) by moment: measure, trend, change of trend, season. `beside`: (T, K) covariates in the mean."""

    series: Series
    season: Season
    columns: Floats
    beside: Floats
    lags: int


def find(panel: Panel, series: Series, question: Question, counts: Counts) -> Finding:
    """The effect is the change of level. Errors: ConfigurationError where there are too few moments."""
    model = _model(panel, series, question)
    rows = _by_unit(model)
    means = _by_mean(model)
    error = float(np.sqrt(by_moment(rows, _times(series), model.lags)[0, 0]))
    degrees = int(series.known.sum()) - means.parameters
    by_lags, size = (
        effects.sized("difference", float(rows.coefficients[0]), one, question.level, float(degrees))
        for one in (error, max(error, _by_correlation(model, means)))
    )
    line, observed = _line(model, means, question.level), series.outcome[series.on & series.known]
    return effects.finding(
        size, float(observed.mean()), _method(model, question), counts, line, _parts(panel, model, means),
        _details(model, rows, by_lags, degrees), means.residuals.tolist(),
    )  # fmt: skip


def _model(panel: Panel, series: Series, question: Question) -> Model:
    places = series.rhythm.places.astype(np.float64)
    grid = np.full(int(places[-1]) + 1, np.nan)
    grid[series.rhythm.places] = series.outcome
    season = seasons.season(panel, question, series.moments, series.rhythm, grid[: int(places[series.start])])
    since = np.where(series.on, places - places[series.start], 0.0)
    columns = np.column_stack([series.on, places - places.mean(), since, season.columns]).astype(np.float64)
    least = WEEK if series.rhythm.step == "day" else 0
    model = Model(series, season, columns, series.beside(), lags(int(series.known.sum()), least))
    needed = columns.shape[1] + model.beside.shape[1] + 1 + FEWEST
    if series.known.sum() < needed:
        raise ConfigurationError(
            f"its needs {needed} moments to tell the measure from trend, season and covariates; there are "
            f"{int(series.known.sum())}. Give a longer table, or fewer covariates."
        )
    told_apart(
        series.on.astype(np.float64)[series.known],
        _centred(model)[series.known],
        "the trend, the season or a covariate",
    )
    return model


def _centred(model: Model) -> Floats:
    whole = np.column_stack([model.columns, model.beside])
    found: Floats = whole - whole[model.series.known].mean(axis=0)
    return found


def _times(series: Series) -> np.ndarray:
    return np.nonzero(_kept(series))[1]


def _kept(series: Series) -> np.ndarray:
    """(N, T): what is used: an outcome, all covariates, and a weight."""
    known = np.isfinite(series.units) & (series.weights > 0)
    found: np.ndarray = known & np.isfinite(series.covariates).all(axis=0)
    return found


def _by_unit(model: Model) -> Fit:
    """Of all that is known of each unit at each moment, units with their own level."""
    series = model.series
    unit, time = np.nonzero(_kept(series))
    columns = np.column_stack([model.columns[time], *(one[unit, time] for one in series.covariates)])
    weights = series.weights[unit, time]
    taken = absorbed(np.column_stack([series.units[unit, time], columns]), [unit], weights)
    return regress(taken[:, 0], taken[:, 1:], weights, taken=len(np.unique(unit)))


def _by_mean(model: Model) -> Fit:
    """Of the mean of the units at each moment; the last coefficient is the level."""
    known = model.series.known
    whole = np.column_stack([model.columns, model.beside, np.ones(len(known))])
    return regress(model.series.outcome[known], whole[known])


def _by_correlation(model: Model, means: Fit) -> float:
    """The errors by lags are too small for so few moments; this one is not, but takes each to depend on the one before only."""
    if not (means.residuals**2).sum() > 1e-18 * (model.series.outcome[model.series.known] ** 2).sum():
        return 0.0
    known, columns = model.series.known, _independent(means.columns)
    places = model.series.rhythm.places[known]
    return float(np.sqrt(dependence.variance(model.series.outcome[known], columns, places)))


def _independent(columns: Floats) -> Floats:
    """The first, and what spans the others."""
    scaled = columns[:, 1:] / np.sqrt((columns[:, 1:] ** 2).sum(axis=0)).clip(1e-300)
    turned, sizes, _right = np.linalg.svd(scaled, full_matrices=False)
    return np.column_stack([columns[:, 0], turned[:, sizes > 1e-9 * sizes[0]]])


def _line(model: Model, fit: Fit, level: float) -> list[Point]:
    """The interval is that of a single moment."""
    whole = np.column_stack([model.columns, model.beside, np.ones(len(model.columns))])
    whole[:, 0] = whole[:, 2] = 0.0
    known = model.series.known
    covariance = by_moment(fit, np.arange(int(known.sum())), model.lags)
    noise = float((fit.residuals**2).sum()) / fit.degrees
    variance = np.einsum("ti,ij,tj->t", whole, covariance, whole) + noise
    wide = quantile((1 + level) / 2, float(fit.degrees)) * np.sqrt(np.maximum(variance, 0.0))
    return effects.points(model.series.times, model.series.outcome, whole @ fit.coefficients, wide)


def _parts(panel: Panel, model: Model, means: Fit) -> dict[str, float]:
    """The change of level of each unit that is always known, as a share of what was expected."""
    series = model.series
    if len(series.units) < 2:
        return {}
    chosen = np.flatnonzero(np.isfinite(series.units[:, series.known]).all(axis=1))
    turned = np.linalg.pinv(means.columns)
    coefficients = turned @ series.units[np.ix_(chosen, np.flatnonzero(series.known))].T
    changes = coefficients[0]
    whole = np.column_stack([model.columns, model.beside, np.ones(len(model.columns))])
    after = series.on & series.known
    whole[:, 0] = whole[:, 2] = 0.0
    expected = (whole[after] @ coefficients).mean(axis=0)
    found = np.divide(changes, expected, out=changes.copy(), where=(expected > 0).all())
    return dict(zip((panel.units[one] for one in chosen), found.tolist(), strict=True))


def _details(model: Model, rows: Fit, size: effects.Size, degrees: int) -> dict[str, float]:
    """`unit`: as if all rows were independent; `hac`: by lags; `average`: the effect in the mean of the moments
    with the measure, with the change of trend in it."""
    hac, naive = by_moment(rows, _times(model.series), model.lags), plain(rows)
    since = model.columns[model.series.on & model.series.known, 2]
    weights = np.zeros(len(rows.coefficients))
    weights[0], weights[2] = 1.0, since.mean()
    trend, trend_error = float(rows.coefficients[2]), float(np.sqrt(hac[2, 2]))
    unit_error = float(np.sqrt(naive[0, 0]))
    found = {
        "period": float(model.season.period), "robust": 1.0, "hac_low": size.low, "hac_high": size.high, "hac_se": size.se,
        "hac_p": size.p, "hac_lags": float(model.lags), "unit_se": unit_error,
        "unit_p": chance(size.middle / unit_error, float(rows.degrees)) if unit_error > 0 else 1.0,
        "trend": float(rows.coefficients[1]), "trend_change": trend, "trend_change_se": trend_error,
        "trend_change_p": chance(trend / trend_error, float(degrees)) if trend_error > 0 else 1.0,
        "average": float(weights @ rows.coefficients), "average_se": float(np.sqrt(weights @ hac @ weights)),
    }  # fmt: skip
    return found


def _method(model: Model, question: Question) -> Told:
    told = [Told(LINES, {"outcome": question.outcome})]
    if len(model.series.units) > 1:
        told.append(Told(UNITS, {"units": float(len(model.series.units))}))
    told += [Told(ERRORS, {"lags": float(model.lags)}), model.season.told]
    if question.covariates:
        told.append(Told(BESIDE, {"names": listed(question.covariates)}))
    return sentences(*told)
