# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A measure that began at different times: each cohort against units that never have it, and only these.

Callaway & Sant'Anna (2021, Journal of Econometrics 225): the effect on the cohort that began at g, at time t, is how much more
it changed since just before g than the others. Two-way effects would take units that have the measure already as controls,
which is wrong where effects grow. It holds where each cohort would have changed as the others did, and nobody changes before it
begins. Errors come from the influence of each unit, summed by cluster.

Where nobody never has it, those that do not have it yet are compared with, up to the last cohort. Covariates are those of the
moment before: a unit is compared with others that are like it in them, by weights of their odds and by regression of their
changes, which holds if either model does (Sant'Anna & Zhao 2020, Journal of Econometrics 219). Units that are not known at all
moments are left out."""

from collections.abc import Sequence

import numpy as np

from hanze.compute import Tell
from hanze.errors import ConfigurationError
from hanze.errors import mark as _
from hanze.experiments.evaluate.designs import against, averages, effects
from hanze.experiments.evaluate.designs.averages import Whole
from hanze.experiments.evaluate.designs.cohorts import Change, change
from hanze.experiments.evaluate.designs.effects import listed, sentences
from hanze.experiments.evaluate.designs.shares import share
from hanze.experiments.evaluate.finding import Counts, Finding, Point
from hanze.experiments.evaluate.panel import Panel
from hanze.experiments.evaluate.power import quantile
from hanze.experiments.evaluate.question import Question
from hanze.experiments.evaluate.table import Ints
from hanze.experiments.told import Told

FEWEST = 2
"""Units of each kind that a comparison takes."""

NEVER = _(
    "Each group of units that began together is compared with units that never have the measure (Callaway and Sant'Anna)."
)
LATER = _(
    "Each group of units that began together is compared with units that do not have the measure yet (Callaway and Sant'Anna)."
)
ERRORS = _("Errors by %(clusters)s groups that are independent of each other.")
OF_FEW = _(
    "The interval comes from how far the changes of %(clusters)s groups lie apart, as few of them began together."
)
BESIDE = _("Adjusted for %(names)s.")
LEFT_OUT = _(
    "%(count)s units are left out: they are not known at all moments, or have the measure from the first one on."
)


def estimate(panel: Panel, question: Question, tell: Tell | None = None) -> Finding:
    """The effect is the mean over all units and moments with the measure. Errors: ConfigurationError where nobody can be compared
    with, or too few are known."""
    whole = _whole(panel, question)
    changes = _changes(whole, question, tell)
    after = [one for one in changes if one.time >= one.first]
    groups = int(whole.cluster.max()) + 1
    simple = averages.mean(whole, after)
    few = averages.few(whole)
    error, degrees = averages.of_few(whole, after) if few else (averages.error(whole, simple), float(groups - 1))
    size = effects.sized("difference", simple.value, error, question.level, degrees)
    on = np.arange(whole.last)[None, :] >= whole.first[:, None]
    observed = float(
        np.average(whole.values[:, : whole.last][on], weights=np.broadcast_to(whole.weights[:, None], on.shape)[on])
    )
    line = _line(panel, whole, after, question.level)
    return effects.finding(
        size, observed, _method(whole, question, groups, few), _counts(panel, whole, groups), line, _parts(whole, after),
        _details(whole, changes), _residuals(line, after, whole),
    )  # fmt: skip


def _whole(panel: Panel, question: Question) -> Whole:
    if not question.unit:
        raise ConfigurationError("staggered compares units; give the column that names them as unit.")
    against.for_good(panel, question)
    values, weights = against.cells(panel)
    covariates = [panel.matrix(one) for one in panel.covariates.values()]
    beside = np.array(covariates).reshape(len(covariates), *values.shape).transpose(1, 2, 0)
    length = values.shape[1]
    first = np.where(panel.first < 0, length, panel.first)
    # Who has it from the first moment on has no time before, so nothing can be learned from it.
    known = (
        np.isfinite(values).all(axis=1)
        & (weights.mean(axis=1) > 0)
        & (first > 0)
        & np.isfinite(beside).all(axis=(1, 2))
    )
    first = first[known]
    never = bool((first == length).sum() >= FEWEST)
    last = length if never or not len(first) else int(first.max())
    _enough(first, last, int(known.sum()), len(panel.units))
    _codes, cluster = np.unique(panel.cluster[known], return_inverse=True)
    return Whole(
        values[known], first, weights[known].mean(axis=1), cluster.astype(np.int64), beside[known],
        tuple(name for name, one in zip(panel.units, known.tolist(), strict=True) if one), never, last, int((~known).sum()),
    )  # fmt: skip


def _enough(first: Ints, last: int, known: int, units: int) -> None:
    if not (first < last).any():
        raise ConfigurationError(
            f"staggered needs units that begin after the first moment and {FEWEST} that never have the measure or get it later, "
            f"all known at every moment; of {units} units {known} are known. Add units, or leave out moments at which many miss."
        )
    others = int((first >= last).sum())
    if others < FEWEST:
        raise ConfigurationError(
            f"staggered needs {FEWEST} units to compare with, that never have the measure or get it last; there is {others}. Add "
            "units."
        )


def _changes(whole: Whole, question: Question, tell: Tell | None) -> list[Change]:
    """Of each cohort at each moment but the one just before it; before it against the moment before, as a test."""
    starts = sorted({int(one) for one in whole.first if one < whole.last})
    found = []
    for number, start in enumerate(starts):
        if tell is not None:
            tell(number, len(starts), _("Working out the effect"))
        for time in range(1, whole.last):
            found += _one(whole, start, time)
    if not any(one.time >= one.first for one in found):
        raise ConfigurationError(f"No group of units that began together has {FEWEST} to compare with; add units.")
    return found


def _one(whole: Whole, start: int, time: int) -> list[Change]:
    base = start - 1 if time >= start else time - 1
    ours = whole.first == start
    others = whole.first >= whole.last if whole.never else whole.first > max(time, start)
    if others.sum() < FEWEST:
        return []
    beside = whole.beside[:, base]
    return [change(whole.values[:, time] - whole.values[:, base], ours, others, whole.weights, beside, start, time)]


def _details(whole: Whole, changes: Sequence[Change]) -> dict[str, float]:
    after = [one for one in changes if one.time >= one.first]
    by_time = averages.by_time(whole, changes)
    dynamic, group = (
        averages.over([one for place, one in by_time.items() if place >= 0]),
        averages.by_cohort(whole, after),
    )
    found = {
        "dynamic": dynamic.value, "dynamic_se": averages.error(whole, dynamic), "group": group.value,
        "group_se": averages.error(whole, group),
        "not_yet": float(not whole.never), "left_out": float(whole.left_out),
    }  # fmt: skip
    for place, mean in by_time.items():
        name = f"lead {-place}" if place < 0 else f"lag {place}"
        found[name], found[f"{name} se"] = mean.value, averages.error(whole, mean)
    return {**found, **averages.before(whole, [one for one in changes if one.time < one.first])}


def _line(panel: Panel, whole: Whole, after: Sequence[Change], level: float) -> list[Point]:
    """The mean of all units that get the measure; what was expected lies below it by the effect on those that have it."""
    ours = whole.first < whole.last
    parts = whole.weights * ours / (whole.weights * ours).sum()
    seen = parts @ whole.values
    gap, wide = np.zeros(whole.values.shape[1]), np.full(whole.values.shape[1], np.nan)
    gap[whole.last :] = np.nan
    for time in range(whole.last):
        own = [one for one in after if one.time == time]
        if own:
            sizes = np.array([parts[whole.first == one.first].sum() for one in own])
            mean = averages.mean(whole, own, sizes)
            gap[time] = mean.value
            wide[time] = quantile((1 + level) / 2) * averages.error(whole, mean)
    return effects.points(panel.times, seen, seen - gap, wide)


def _residuals(line: Sequence[Point], after: Sequence[Change], whole: Whole) -> list[float]:
    """Of each cohort at each moment: how far its effect lies from the mean of all."""
    mean = averages.mean(whole, after).value
    return [one.value - mean for one in after]


def _parts(whole: Whole, after: Sequence[Change]) -> dict[str, float]:
    """By unit: its own changes against those that its cohort was compared with, in the mean; as a share where it has one."""
    found = {}
    for start in sorted({one.first for one in after}):
        own = [one for one in after if one.first == start]
        times = np.array([one.time for one in own])
        cohort = np.flatnonzero(whole.first == start)
        weights = whole.weights[cohort] / whole.weights[cohort].sum()
        moved = whole.values[np.ix_(cohort, times)] - whole.values[cohort, start - 1][:, None]
        others = weights @ moved - np.array([one.value for one in own])
        for unit, effect, mean in zip(
            cohort.tolist(),
            (moved - others).mean(axis=1).tolist(),
            whole.values[np.ix_(cohort, times)].mean(axis=1).tolist(),
            strict=True,
        ):
            found[whole.names[unit]] = effect, share(effect, mean)
    alike = all(one is not None for _effect, one in found.values())
    return {name: one if alike and one is not None else effect for name, (effect, one) in found.items()}


def _counts(panel: Panel, whole: Whole, groups: int) -> Counts:
    ours = whole.first < whole.last
    start = int(whole.first[ours].min())
    return Counts(
        rows=len(panel.outcome), units=len(whole.names), treated=int(ours.sum()), clusters=groups,
        dates=len(set(whole.first[ours].tolist())), before=start, after=whole.last - start,
    )  # fmt: skip


def _method(whole: Whole, question: Question, groups: int, few: bool) -> Told:
    told = [Told(NEVER if whole.never else LATER), Told(OF_FEW if few else ERRORS, {"clusters": float(groups)})]
    if whole.left_out:
        told.append(Told(LEFT_OUT, {"count": float(whole.left_out)}))
    if question.covariates:
        told.append(Told(BESIDE, {"names": listed(question.covariates)}))
    return sentences(*told)
