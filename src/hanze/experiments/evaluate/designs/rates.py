# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""An interrupted time series of counts per exposure: Poisson regression with a straight trend and a change of level.

Bernal, Cummins & Gasparrini (2017, International Journal of Epidemiology 46:348-355), whose example is the smoking ban in
Sicily. The effect is a rate ratio: what the rate was multiplied by. It holds where the trend of the logarithm would have gone
on straight.

With a season the interval allows for counts that swing more than chance lets them (quasi-Poisson). Without one that swing is
for a large part the season that was left out; then the interval is that of the plain model, as long as those that allow for the
swing and for moments that depend on each other say the same. Where they do not, the widest is given, so that no verdict rests
on it."""

import msgspec
import numpy as np

from hanze.errors import ConfigurationError
from hanze.errors import mark as _
from hanze.experiments.evaluate.designs import effects, seasons
from hanze.experiments.evaluate.designs.effects import Size, listed, sentences
from hanze.experiments.evaluate.designs.regression import Fit, by_moment, chance, lags, told_apart
from hanze.experiments.evaluate.designs.rhythm import rhythm
from hanze.experiments.evaluate.designs.seasons import Season
from hanze.experiments.evaluate.designs.segmented import FEWEST, WEEK
from hanze.experiments.evaluate.finding import Counts, Finding, Point
from hanze.experiments.evaluate.panel import Panel
from hanze.experiments.evaluate.power import quantile
from hanze.experiments.evaluate.question import Question
from hanze.experiments.evaluate.table import Bools, Floats
from hanze.experiments.told import Told

RATES = _("Poisson regression of %(outcome)s per %(exposure)s: a straight trend, and a change of level that stays.")
SPREAD = _("The interval allows for counts that swing %(times)s times as much as chance lets them.")
PLAIN = _(
    "The interval is that of counts which swing by chance only; one that allows for more is wider and says the same."
)
WIDEST = _(
    "The interval is the widest of three: for counts that swing by chance, for more, and for moments that depend on each other."
)
BESIDE = _("Adjusted for %(names)s.")


class Model(msgspec.Struct, frozen=True, eq=False):
    """Moments with an outcome (T): `counts` and `exposure` of all units together (T,), `on` (T,), `columns` (T, K): measure, trend,
    season, covariates, level. `times`: places in the panel. `lags`: see `regression`."""

    counts: Floats
    exposure: Floats
    on: Bools
    columns: Floats
    times: np.ndarray
    season: Season
    lags: int


def find(panel: Panel, question: Question, counts: Counts) -> Finding:
    """Of a panel of the treated. Errors: ConfigurationError where there are too few counts or moments."""
    model = _model(panel, question)
    fit, dispersion = _fitted(model)
    error = float(np.sqrt(fit.inverse[0, 0]))
    hac = float(np.sqrt(by_moment(fit, np.arange(len(model.counts)), model.lags)[0, 0]))
    middle = float(fit.coefficients[0])
    sizes = [
        effects.sized("ratio", middle, one, question.level)
        for one in (error, error * np.sqrt(max(dispersion, 1.0)), hac)
    ]
    size, told = _chosen(sizes, model, dispersion)
    observed = float((model.counts[model.on]).mean())
    return effects.finding(
        size, observed, _method(model, question, told), counts, _line(panel, model, fit, max(dispersion, 1.0), question.level), {},
        {
            "period": float(model.season.period), "dispersion": dispersion, **_ends("poisson", sizes[0]),
            **_ends("spread", sizes[1]), **_ends("hac", sizes[2]), "hac_lags": float(model.lags), **_trend(model),
        },
        _pearson(model, fit).tolist(),
    )  # fmt: skip


def _chosen(sizes: list[Size], model: Model, dispersion: float) -> tuple[Size, Told]:
    """The interval that is given, and how that is told."""
    if model.season.period:
        return sizes[1], Told(SPREAD, {"times": float(f"{max(dispersion, 1.0):.2g}")})
    clear = [one.low > 0 or one.high < 0 for one in sizes]
    if all(clear):
        return sizes[0], Told(PLAIN)
    return max(sizes, key=lambda one: one.se), Told(WIDEST)


def _model(panel: Panel, question: Question) -> Model:
    assert panel.exposure is not None
    if (panel.outcome < 0).any():
        raise ConfigurationError(
            f"{question.outcome} has values below 0; counts per {question.exposure} are 0 or more."
        )
    weights = np.ones_like(panel.outcome) if panel.weights is None else panel.weights
    sums = [_summed(panel, weights * one) for one in (panel.outcome, panel.exposure)]
    times = np.flatnonzero(sums[1] > 0)
    made = rhythm(panel.moments, panel.dated)
    season = seasons.season(panel, question, panel.moments, made, None)
    beside = [panel.matrix(values) for values in panel.covariates.values()]
    trend = made.places[times].astype(np.float64)
    columns = np.column_stack([
        panel.on[0][times], trend - trend.mean(), season.columns[times], *(np.nanmean(one[:, times], axis=0) for one in beside),
        np.ones(len(times)),
    ])  # fmt: skip
    model = Model(
        sums[0][times], sums[1][times], panel.on[0][times], columns, times, season,
        lags(len(times), WEEK if made.step == "day" else 0),
    )  # fmt: skip
    _enough(model, question)
    return model


def _summed(panel: Panel, values: Floats) -> Floats:
    return np.bincount(panel.time, weights=values, minlength=len(panel.times)).astype(np.float64)


def _enough(model: Model, question: Question) -> None:
    needed = model.columns.shape[1] + FEWEST
    if len(model.times) < needed:
        raise ConfigurationError(
            f"its needs {needed} moments for this; there are {len(model.times)}. Give a longer table."
        )
    if not model.counts[model.on].sum() > 0 or not model.counts[~model.on].sum() > 0:
        raise ConfigurationError(
            f"{question.outcome} is 0 at all moments before or with the measure, so that no ratio can be made; count over a larger "
            "area or a longer time."
        )
    told_apart(model.on.astype(np.float64), model.columns, "the trend, the season or a covariate")


def _fitted(model: Model, more: Floats | None = None) -> tuple[Fit, float]:
    """By maximum likelihood, and Pearson's dispersion: the variance of the counts as a multiple of their mean."""
    from statsmodels.genmod import families
    from statsmodels.genmod.generalized_linear_model import GLM

    columns = model.columns if more is None else np.column_stack([model.columns, more])
    size = np.sqrt((columns**2).mean(axis=0))
    size[size == 0] = 1.0
    found = GLM(model.counts, columns / size, family=families.Poisson(), offset=np.log(model.exposure)).fit(tol=1e-12)
    expected = np.asarray(found.mu, np.float64)
    inverse = np.asarray(found.normalized_cov_params, np.float64) / np.outer(size, size)
    left = model.counts - expected
    fit = Fit(np.asarray(found.params) / size, left, columns, np.ones(len(left)), inverse, columns.shape[1])
    return fit, float((left**2 / expected).sum()) / fit.degrees


def _pearson(model: Model, fit: Fit) -> Floats:
    found: Floats = fit.residuals / np.sqrt(model.counts - fit.residuals)
    return found


def _trend(model: Model) -> dict[str, float]:
    """Whether the trend changed as well, which the effect does not have in it."""
    since = np.where(model.on, model.columns[:, 1] - model.columns[model.on, 1].min(), 0.0)
    if model.columns.shape[1] + 1 + FEWEST > len(model.times) or model.on.sum() < FEWEST:
        return {}
    fit, dispersion = _fitted(model, since)
    error = float(np.sqrt(fit.inverse[-1, -1] * max(dispersion, 1.0)))
    if not error > 0:
        return {}
    change = float(fit.coefficients[-1])
    return {"trend_change": float(np.exp(change)), "trend_change_p": chance(change / error, None)}


def _ends(name: str, size: Size) -> dict[str, float]:
    return {f"{name}_low": float(np.exp(size.low)), f"{name}_high": float(np.exp(size.high)), f"{name}_p": size.p}


def _line(panel: Panel, model: Model, fit: Fit, dispersion: float, level: float) -> list[Point]:
    """In counts of all units together; the interval is that of a single moment."""
    columns = fit.columns.copy()
    columns[:, 0] = 0.0
    expected = model.exposure * np.exp(columns @ fit.coefficients)
    sure = np.einsum("ti,ij,tj->t", columns, fit.inverse, columns) * dispersion
    wide = quantile((1 + level) / 2) * np.sqrt(sure + dispersion / expected)
    times = [panel.times[one] for one in model.times]
    return effects.between(times, model.counts, expected, expected * np.exp(-wide), expected * np.exp(wide))


def _method(model: Model, question: Question, told: Told) -> Told:
    parts = [Told(RATES, {"outcome": question.outcome, "exposure": question.exposure}), model.season.told, told]
    if question.covariates:
        parts.append(Told(BESIDE, {"names": listed(question.covariates)}))
    return sentences(*parts)
