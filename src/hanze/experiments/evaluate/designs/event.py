# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Event study: the difference between the treated and the others at each time before and after, against just before.

Leads and lags as in Freyaldenhoven, Hansen, Pérez Pérez & Shapiro (2021, NBER Working Paper 29170), with effects of units and
moments. The effect is the mean of all lags, so that it is difference-in-differences with the time just before as its only past:
it takes less on trust than `did` when groups went apart long ago, and it is less sure. The leads are tested together; that a
test sees nothing does not show that nothing was there (Roth 2022, American Economic Review: Insights 4). Where there are many
moments, several are put together to one lead or lag."""

import math

import msgspec
import numpy as np

from hanze.compute import Tell
from hanze.errors import ConfigurationError
from hanze.errors import mark as _
from hanze.experiments.evaluate.changing import without_times
from hanze.experiments.evaluate.designs import against, did, regression
from hanze.experiments.evaluate.designs.effects import sentences
from hanze.experiments.evaluate.finding import Finding
from hanze.experiments.evaluate.panel import Panel
from hanze.experiments.evaluate.question import Question
from hanze.experiments.evaluate.table import Ints
from hanze.experiments.told import Told

MOST = 12
"""Leads, and lags, that are told apart at most."""

STUDY = _("An event study: the mean of %(lags)s lags against just before the measure. Each is %(size)s moments long.")


def estimate(panel: Panel, question: Question, tell: Tell | None = None) -> Finding:
    """Errors: ConfigurationError for several dates, nobody to compare with, or too few moments or groups."""
    against.once(panel, question)
    if panel.start < 2:
        raise ConfigurationError(
            f"event-study needs 2 moments before the measure, to see whether groups went apart; there is {panel.start}. Use the "
            "design did."
        )
    size = _size(panel)
    base = slice(panel.start - size, panel.start)
    near = without_times(panel, np.arange(len(panel.times)) < base.start)
    model = did.fitted(near)
    made, told, details = did.judged(near, model, question, tell)
    found = did.found(panel, model, question, made, told, {**details, **_leads(panel, size)}, base)
    after = -(-(len(panel.times) - panel.start) // size)
    return msgspec.structs.replace(
        found, method=sentences(Told(STUDY, {"lags": float(after), "size": float(size)}), told)
    )


def _size(panel: Panel) -> int:
    """Moments in one lead or lag: so that there are no more leads than groups can tell of together."""
    groups = len(np.unique(panel.cluster))
    leads = max(1, min(MOST, groups // 3))
    long = max(-(-panel.start // (leads + 1)), -(-(len(panel.times) - panel.start) // MOST))
    return min(long, panel.start // 2)


def _places(panel: Panel, size: int) -> Ints:
    """(T,): from -1, which is just before, downwards, and from 0 on."""
    since = np.arange(len(panel.times)) - panel.start
    found: Ints = since // size
    return found


def _leads(panel: Panel, size: int) -> dict[str, float]:
    """The coefficient of each lead and lag with its error by cluster, and the test of all leads together."""
    places = _places(panel, size)
    kinds = np.array([one for one in np.unique(places) if one != -1])
    ours = panel.treated[panel.unit]
    columns = (places[panel.time][:, None] == kinds[None, :]) & ours[:, None]
    model = did.fitted(panel, columns.astype(np.float64))
    covariance = regression.by_cluster(model.fit, model.cluster, model.parameters)
    found: dict[str, float] = {"moments_each": float(size)}
    for place, kind in enumerate(kinds.tolist()):
        name = f"lead {-kind}" if kind < 0 else f"lag {kind}"
        found[name] = float(model.fit.coefficients[place])
        found[f"{name} se"] = math.sqrt(max(float(covariance[place, place]), 0.0))
    return {**found, **_together(model, np.flatnonzero(kinds < 0), covariance)}


def _together(model: did.Model, leads: Ints, covariance: np.ndarray) -> dict[str, float]:
    """F of all leads being 0, with the groups less one as degrees of freedom."""
    from scipy.stats import f

    groups, few = model.kinds.shape[1], int(model.kinds.sum(axis=1).min())
    if not len(leads) or few < 2 or groups - 1 <= len(leads):
        return {}
    values, part = model.fit.coefficients[leads], covariance[np.ix_(leads, leads)]
    if np.linalg.matrix_rank(part, hermitian=True) < len(leads):
        return {}
    statistic = float(values @ np.linalg.solve(part, values)) / len(leads)
    return {"pretrend_f": statistic, "pretrend_p": float(f.sf(statistic, len(leads), groups - 1))}
