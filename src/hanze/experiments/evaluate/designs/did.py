# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Difference-in-differences: how much more the treated changed than the others.

With effects of units and moments (Angrist & Pischke 2009, Mostly Harmless Econometrics, chapter 5). It holds where the treated
would have changed as the others did, the measure does not reach the others, and all that have it began at once. A table of two
moments is compared by group means, as Card & Krueger (1994, American Economic Review 84) did, so that units that were seen only
once count too; where all were seen twice that is the same.

    40 clusters or more                            errors by cluster
    fewer, and at least 6 of each kind             the wild bootstrap by cluster                   `bootstrap`
    fewer than 6 with or without the measure       the spread of changes between clusters          Donald & Lang

Donald & Lang (2007, Review of Economics and Statistics 89): the change of each cluster is one draw; one treated cluster alone
is taken to swing as the others do."""

import msgspec
import numpy as np

from hanze.compute import Tell
from hanze.errors import ConfigurationError
from hanze.errors import mark as _
from hanze.experiments.evaluate.designs import against, bootstrap, effects, regression
from hanze.experiments.evaluate.designs.effects import Size, listed, sentences
from hanze.experiments.evaluate.designs.regression import Fit
from hanze.experiments.evaluate.finding import Finding
from hanze.experiments.evaluate.panel import Panel
from hanze.experiments.evaluate.question import Question
from hanze.experiments.evaluate.table import Bools, Floats, Ints
from hanze.experiments.told import Told

MANY, FEW = 40, 6
"""Clusters from which errors by cluster are about right (Cameron, Gelbach & Miller 2008), and of each kind for the bootstrap."""

SAID = _("Working out the effect")

TWO_WAY = _("Difference-in-differences of %(outcome)s, with effects of units and moments.")
MEANS = _("Difference-in-differences of %(outcome)s between the means of both groups at both moments.")
PER = _("Difference-in-differences of %(outcome)s per %(exposure)s, with effects of units and moments.")
BESIDE = _("Adjusted for %(names)s.")
BY_CLUSTER = _("Errors by %(clusters)s groups that are independent of each other.")
BY_WILD = _("The interval comes from a wild bootstrap by %(clusters)s groups that are independent of each other.")
BY_CHANGE = _(
    "The interval comes from how far the changes of %(clusters)s groups lie apart, of which %(treated)s have the measure."
)


class Model(msgspec.Struct, frozen=True, eq=False):
    """Rows (R). `outcome` (R,) and `columns` (R, 1 + K), the measure first, less the effects in `groups`; `given`: (R,) the
    measure. `cluster`: (R,) of rows, from 0. `kinds`: (2, G) which clusters have units
    with the measure, and without."""

    outcome: Floats
    columns: Floats
    weights: Floats
    given: Floats
    groups: tuple[Ints, ...]
    cluster: Ints
    kinds: Bools
    fit: Fit
    parameters: int


def estimate(panel: Panel, question: Question, tell: Tell | None = None) -> Finding:
    """Errors: ConfigurationError for several dates, nobody to compare with, or too few groups."""
    against.once(panel, question)
    model = fitted(panel)
    size, told, details = judged(panel, model, question, tell)
    return found(panel, model, question, size, told, details, slice(0, panel.start))


def found(
    panel: Panel, model: Model, question: Question, size: Size, told: Told, details: dict[str, float], base: slice
) -> Finding:
    """`base`: the moments that were compared with."""
    line = against.line(panel, base, question.level)
    return effects.finding(
        size, against.observed(panel), told, against.counts(panel, model.kinds.shape[1]), line, against.parts(panel, base), details,
        against.residuals(line, size.middle, panel.start),
    )  # fmt: skip


def fitted(panel: Panel, columns: Floats | None = None) -> Model:
    """`columns`: (R, M) of what is estimated, instead of the measure."""
    values, weights = against.weighed(panel)
    given = panel.rows_on().astype(np.float64)[:, None] if columns is None else columns
    whole = np.column_stack([given, *panel.covariates.values()])
    groups = (_group(panel), panel.time)
    taken = regression.absorbed(np.column_stack([values, whole]), groups, weights)
    regression.told_apart(given[:, 0], taken[:, 1:], "the moments, the units or a covariate")
    codes, cluster = np.unique(panel.cluster[panel.unit], return_inverse=True)
    ours = panel.treated[panel.unit]
    kinds = np.array([np.bincount(cluster, weights=one, minlength=len(codes)) > 0 for one in (ours, ~ours)], np.bool_)
    effects_of = len(np.unique(panel.time)) + len(np.unique(groups[0])) - 1
    fit = regression.regress(taken[:, 0], taken[:, 1:], weights, effects_of)
    # Effects of units lie within one cluster, so that they cost nothing there.
    parameters = fit.parameters - (len(np.unique(groups[0])) - 1 if len(panel.times) > 2 else 0)
    return Model(
        taken[:, 0], taken[:, 1:], weights, given[:, 0], groups, cluster.astype(np.int64), kinds, fit, parameters
    )


def _group(panel: Panel) -> Ints:
    if len(panel.times) > 2:
        return panel.unit
    return panel.treated[panel.unit].astype(np.int64)


def judged(
    panel: Panel, model: Model, question: Question, tell: Tell | None = None
) -> tuple[Size, Told, dict[str, float]]:
    """The interval of the first coefficient, how it was made, and the others that could have been made."""
    count, fewest = model.kinds.shape[1], int(model.kinds.sum(axis=1).min())
    middle = float(model.fit.coefficients[0])
    covariance = regression.by_cluster(model.fit, model.cluster, model.parameters)
    naive = float(np.sqrt(regression.plain(model.fit)[0, 0])) if model.fit.degrees > 0 else float("nan")
    clustered = float(np.sqrt(covariance[0, 0]))
    details = {"cluster_se": clustered, "unit_se": naive}
    values = {"clusters": float(count), "treated": float(model.kinds[0].sum())}
    if fewest >= FEW and count >= MANY:
        size = effects.sized("difference", middle, clustered, question.level, float(count - 1))
        return size, _method(question, panel, Told(BY_CLUSTER, values)), details
    if fewest >= FEW:
        size, more = _by_wild(model, question, clustered, tell)
        return size, _method(question, panel, Told(BY_WILD, values)), {**details, **more}
    size = effects.sized("difference", middle, _by_change(panel, model), question.level, float(max(count - 2, 1)))
    return size, _method(question, panel, Told(BY_CHANGE, values)), details


def _by_wild(model: Model, question: Question, error: float, tell: Tell | None) -> tuple[Size, dict[str, float]]:
    if tell is not None:
        tell(0, 1, SAID)
    others = model.columns[:, 1:]
    turned = np.linalg.pinv(np.sqrt(model.weights)[:, None] * others)

    def without(values: Floats) -> Floats:
        taken = regression.absorbed(values, model.groups, model.weights)
        left: Floats = taken - others @ (turned @ (np.sqrt(model.weights)[:, None] * taken))
        return left

    both = without(np.column_stack([model.outcome, model.columns[:, 0]]))
    made = bootstrap.wild(both[:, 0], both[:, 1], model.weights, model.cluster, without, question.seed)
    low, high = made.interval(question.level)
    chance = made.chance()
    size = Size("difference", made.estimate, error, low, high, chance, float(model.kinds.shape[1] - 1))
    return size, {"wild_p": chance, "wild_low": low, "wild_high": high}


def _by_change(panel: Panel, model: Model) -> float:
    """The error from the spread of the changes of clusters around that of their kind."""
    if model.kinds.all(axis=0).any():
        raise ConfigurationError(
            f"Some clusters have units with the measure and without; it takes {FEW} of them to tell an effect from chance. Give a "
            "finer column as cluster, or add units."
        )
    after = panel.time >= panel.start
    left = model.outcome - model.columns[:, 1:] @ model.fit.coefficients[1:]
    sums = np.zeros((2, model.kinds.shape[1]))
    for place, rows in enumerate((~after, after)):
        size = np.bincount(model.cluster, weights=model.weights * rows, minlength=sums.shape[1])
        total = np.bincount(model.cluster, weights=model.weights * rows * left, minlength=sums.shape[1])
        sums[place] = np.divide(total, size, out=np.full(len(size), np.nan), where=size > 0)
    changes = sums[1] - sums[0]
    kinds = [changes[mask & np.isfinite(changes)] for mask in model.kinds]
    degrees = sum(len(one) for one in kinds) - 2
    if degrees < 1 or not all(len(one) for one in kinds):
        raise ConfigurationError(
            "It takes 3 groups that are known before and with the measure, one of them with it and one without, to tell an effect "
            "from chance; add units to compare with, or use the design its with the outcome of the other as covariate."
        )
    spread = sum(float(((one - one.mean()) ** 2).sum()) for one in kinds) / degrees
    return float(np.sqrt(spread * sum(1 / len(one) for one in kinds)))


def _method(question: Question, panel: Panel, told: Told) -> Told:
    text = PER if question.exposure else TWO_WAY if len(panel.times) > 2 else MEANS
    parts = [Told(text, {"outcome": question.outcome, "exposure": question.exposure}), told]
    if question.covariates:
        parts.append(Told(BESIDE, {"names": listed(question.covariates)}))
    return sentences(*parts)
