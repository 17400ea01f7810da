# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Stepped wedge: a roll-out in an order that was drawn by lot, so that those who have it are compared with those who wait.

Hussey & Hughes (2007, Contemporary Clinical Trials 28): effects of periods and a lasting level of each group, which is drawn from
a distribution. It holds where lots decided the order, the measure works at once and alike in each group, and does not reach those
who wait. How sure it is comes from drawing the order again (Ji, Fink, Robyn & Small 2017, Annals of Applied Statistics 11; Wang &
De Gruttola 2017, Statistics in Medicine 36), which holds for few groups too, and if the model of the groups is wrong."""

import math

import msgspec
import numpy as np

from hanze.compute import Tell
from hanze.errors import ConfigurationError
from hanze.errors import mark as _
from hanze.experiments.evaluate.designs import effects
from hanze.experiments.evaluate.designs.grid import cells
from hanze.experiments.evaluate.designs.lines import line
from hanze.experiments.evaluate.designs.lots import Lots, judge, orders
from hanze.experiments.evaluate.designs.shares import share
from hanze.experiments.evaluate.designs.steps import Steps, steps
from hanze.experiments.evaluate.finding import Counts, Finding
from hanze.experiments.evaluate.panel import Panel
from hanze.experiments.evaluate.question import Question
from hanze.experiments.evaluate.table import Floats, Ints
from hanze.experiments.told import Told

LEAST, MOST = 1e-4, 1e4
"""Variance of groups in that of a cell between which it is looked for; below the first it is none."""


class Mixed(msgspec.Struct, frozen=True, eq=False):
    """Generalised least squares with a level of each group from a distribution. `rows`: places of known cells (G, P), `beside`: (R,
    K) of periods and covariates, `ratio`: the variance of groups in that of a cell, `noise`: that of a row that counts 1."""

    rows: tuple[Ints, Ints]
    beside: Floats
    weights: Floats
    ratio: float
    noise: float

    def left(self, values: Floats) -> Floats:
        """(R,) of (R,): weighted by the inverse of the covariances, in units of `noise`, and without what stands beside."""
        weighed = self.weighed(self.beside)
        fit = np.linalg.lstsq(self.beside.T @ weighed, weighed.T @ values, rcond=1e-10)[0]
        return self.weighed((values - self.beside @ fit)[:, None])[:, 0]

    def weighed(self, values: Floats) -> Floats:
        """(R, K): of a group with a level of its own, the mean is taken out to the part that the level is known (Sherman &
        Morrison 1950)."""
        group, size = self.rows[0], self.weights
        total = np.bincount(group, weights=size)
        sums = np.zeros((len(total), values.shape[1]))
        np.add.at(sums, group, size[:, None] * values)
        part = self.ratio / (1 + self.ratio * total)
        found: Floats = size[:, None] * (values - (part[:, None] * sums)[group])
        return found


def estimate(panel: Panel, question: Question, tell: Tell | None = None) -> Finding:
    """Errors: ConfigurationError where the measure does not come in steps, or nothing can be told apart from time."""
    made = steps(panel, question)
    on = made.on.astype(np.float64)
    model = _mixed(made, on)
    rows = model.rows
    left, own = model.left(made.values[rows]), model.left(on[rows])
    if not float(own @ on[rows]) > 1e-9 * float(on[rows] @ (model.weights * on[rows])):
        raise ConfigurationError(
            "The measure cannot be told apart from time and covariates: at each moment all groups have it, or none has. Give "
            "groups that begin later than others."
        )
    lots = _lots(made, rows, left, own, np.random.default_rng(question.seed))
    error = math.sqrt(model.noise / float(own @ on[rows]))
    judged = judge(lots, error, float(max(len(made.names) - 2, 1)), question.level)
    size = effects.Size("difference", lots.estimate, error, judged.low, judged.high, judged.p, judged.degrees)
    # The effect is a share of the outcome in the cells that it was found in, each as it counts there: a season may raise both.
    observed = float(np.average(made.values[rows][made.on[rows]], weights=own[made.on[rows]]))
    return _finding(panel, question, made, model, size, observed, left - lots.estimate * own)


def _lots(made: Steps, rows: tuple[Ints, Ints], left: Floats, own: Floats, rng: np.random.Generator) -> Lots:
    """Each order gives the courses of the measure to the groups in another way."""
    found, shown = np.zeros(made.on.shape), np.zeros(made.on.shape)
    found[rows], shown[rows] = left, own
    drawn = made.on[orders(len(made.names), rng)].reshape(-1, made.on.size)
    return Lots(drawn @ found.ravel(), drawn @ shown.ravel())


def _mixed(made: Steps, on: Floats) -> Mixed:
    """With the ratio of variances that is most likely, from contrasts that know nothing of the effects (REML; Patterson & Thompson
    1971, Biometrika 58); and with cells that count by their rows, or all alike where what moves a whole cell outweighs that."""
    groups, places = np.nonzero(np.isfinite(made.values) & (made.weights > 0) & np.isfinite(made.extra).all(axis=0))
    rows = (groups.astype(np.int64), places.astype(np.int64))
    weights = made.weights[rows] / made.weights[rows].mean()
    periods = (places[:, None] == np.unique(places)[None, :]).astype(np.float64)
    extra = np.array([one[rows] - one[rows].mean() for one in made.extra]).T.reshape(len(rows[0]), -1)
    beside = np.column_stack([periods, extra])
    whole = np.column_stack([beside, on[rows]])
    found = [_likely(rows, beside, whole, one, made.values[rows]) for one in (weights, np.ones_like(weights))]
    return min(found, key=lambda pair: pair[0])[1]


def _likely(
    rows: tuple[Ints, Ints], beside: Floats, whole: Floats, weights: Floats, values: Floats
) -> tuple[float, Mixed]:
    """How unlikely the values are, and the model under which they are least so."""
    from scipy.optimize import minimize_scalar

    total, spare = np.bincount(rows[0], weights=weights), max(len(values) - whole.shape[1], 1)

    def tried(ratio: float) -> tuple[float, float]:
        model = Mixed(rows, whole, weights, ratio, 1.0)
        noise = max(float(values @ model.left(values)) / spare, 1e-300)
        shape = float(np.linalg.slogdet(whole.T @ model.weighed(whole))[1])
        spread = float(np.log1p(ratio * total).sum() - np.log(weights).sum())
        return spare * math.log(noise) + spread + shape, noise

    best = minimize_scalar(
        lambda one: tried(math.exp(one))[0], bounds=(math.log(LEAST), math.log(MOST)), method="bounded"
    )
    ratio = min((0.0, math.exp(float(best.x))), key=lambda one: tried(one)[0])
    unlikely, noise = tried(ratio)
    return unlikely, Mixed(rows, beside, weights, ratio, noise)


def _finding(
    panel: Panel, question: Question, made: Steps, model: Mixed, size: effects.Size, observed: float, left: Floats
) -> Finding:  # fmt: skip
    """`left`: (R,) weighted, without the effect too."""
    values = cells(panel)
    treated = panel.treated
    details = {"icc": _alike(made, model), "groups": float(len(made.names))}
    lasting = _lasting(made, model)
    if lasting is not None:
        details["lasting"] = lasting
    first = panel.first[treated]
    counts = Counts(
        rows=len(panel.outcome), units=len(panel.units), treated=int(treated.sum()), clusters=len(made.names),
        dates=len(np.unique(first)), before=panel.start, after=len(panel.times) - panel.start,
    )  # fmt: skip
    order = np.lexsort(model.rows)
    return effects.finding(
        size, observed, _method(question, made), counts, line(panel, values, treated, size),
        _parts(made, model, size.middle, left), details, (left / model.weights)[order].tolist(),
    )  # fmt: skip


def _alike(made: Steps, model: Mixed) -> float:
    """How alike rows of a group are: its variance in that of a row (intra-cluster correlation)."""
    between = model.ratio * model.noise
    rows = made.weights[model.rows]
    within = made.within if math.isfinite(made.within) else model.noise * float(rows.mean())
    return between / (between + within) if between + within > 0 else 0.0


def _lasting(made: Steps, model: Mixed) -> float | None:
    """The mean effect where each period since the start may have its own, so that one that grows or fades is seen (Kenny, Voldal,
    Xia, Heagerty & Hughes 2022, Statistics in Medicine 41); None where that cannot be told."""
    since = np.cumsum(made.on, axis=1)[model.rows]
    kinds = (since[:, None] == np.arange(1, int(since.max()) + 1)[None, :]).astype(np.float64)
    left = np.column_stack([model.left(one) for one in kinds.T])
    products = kinds.T @ left
    if np.linalg.matrix_rank(products, tol=1e-9 * float(np.trace(products))) < len(products):
        return None
    return float(np.linalg.solve(products, left.T @ made.values[model.rows]).mean())


def _parts(made: Steps, model: Mixed, effect: float, left: Floats) -> dict[str, float]:
    """By group: how its level changed with the measure, beside effects of periods; as a share of what was expected."""
    on, away = made.on[model.rows], left / model.weights
    values = made.values[model.rows]
    found: dict[str, float] = {}
    for place, name in enumerate(made.names):
        ours = model.rows[0] == place
        if (ours & on).any() and (ours & ~on).any():
            own = effect + float(away[ours & on].mean() - away[ours & ~on].mean())
            part = share(own, float(values[ours & on].mean()))
            found[name] = own if part is None else part
    return found


def _method(question: Question, made: Steps) -> Told:
    text = _(
        "Stepped wedge of %(groups)s groups (Hussey & Hughes 2007); interval from drawing the order again (Wang & "
        "De Gruttola 2017)."
    )
    told = [Told(text, {"groups": float(len(made.names))})]
    if question.covariates:
        told.append(Told(_("Adjusted for %(names)s."), {"names": effects.listed(question.covariates)}))
    return effects.sentences(*told)
