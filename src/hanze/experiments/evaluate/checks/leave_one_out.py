# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whether the answer hangs on one unit that it was compared with, or on one covariate."""

from collections.abc import Sequence

import msgspec
import numpy as np

from hanze.errors import mark as _
from hanze.experiments.evaluate.changing import without_units
from hanze.experiments.evaluate.checks.case import Case
from hanze.experiments.evaluate.finding import Finding
from hanze.experiments.evaluate.result import Check, Status
from hanze.experiments.evaluate.size import holds, side, size
from hanze.experiments.evaluate.table import Floats
from hanze.experiments.told import Told, Values

MOST = 6
"""Units that are left out in turn: those with most weight, or that lie furthest from the others."""

LIGHT = 0.05
"""A unit with less weight cannot turn the answer."""

FEWEST = 3
"""Units to compare with; with fewer each of them is half of it."""


def look(case: Case) -> list[Check]:
    """One for units, one for covariates, where there are any."""
    found = []
    if (units := _units(case)) is not None:
        tried = [(case.panel.units[one], _without(case, one)) for one in units[:MOST]]
        found.append(_told(case, "leave-one-out", tried, covariates=False))
    if case.question.covariates and case.question.design not in ("synthetic-control", "sdid"):
        tried = [(name, _uncorrected(case, name)) for name in case.question.covariates]
        found.append(_told(case, "leave-one-covariate-out", tried, covariates=True))
    return [one for one in found if one is not None]


def _without(case: Case, unit: int) -> Finding | None:
    return case.again(without_units(case.panel, np.arange(len(case.panel.units)) == unit))


def _uncorrected(case: Case, name: str) -> Finding | None:
    kept = {one: values for one, values in case.panel.covariates.items() if one != name}
    question = msgspec.structs.replace(case.question, covariates=tuple(kept))
    return case.again(msgspec.structs.replace(case.panel, covariates=kept), question)


def _units(case: Case) -> Sequence[int] | None:
    """Which ones, those that matter most first; None where there is no comparison or it has too few."""
    panel, weights = case.panel, case.finding.weights
    controls = [place for place in range(len(panel.units)) if not panel.treated[place]]
    if len(controls) < FEWEST:
        return None
    if weights:
        heavy = sorted(controls, key=lambda one: -weights.get(panel.units[one], 0.0))
        return [one for one in heavy if weights.get(panel.units[one], 0.0) >= LIGHT]
    matrix = panel.matrix(panel.outcome)[controls]
    after = np.arange(len(panel.times)) >= panel.start
    with np.errstate(invalid="ignore"):
        change = _mean(matrix[:, after]) - _mean(matrix[:, ~after])
    far = np.nan_to_num(np.abs(change - np.nanmedian(change)), nan=-1.0) if np.isfinite(change).any() else change * 0
    return [controls[place] for place in np.argsort(-far, kind="stable")]


def _mean(values: Floats) -> Floats:
    """(N,) of (N, T): over what is there."""
    known = np.isfinite(values)
    sums, counts = np.where(known, values, 0.0).sum(axis=1), known.sum(axis=1)
    found: Floats = np.divide(sums, counts, out=np.full(len(values), np.nan), where=counts > 0)
    return found


def _told(case: Case, name: str, tried: Sequence[tuple[str, Finding | None]], *, covariates: bool) -> Check | None:
    real, found = case.finding, [(what, one) for what, one in tried if one is not None]
    if not found:
        return None
    turned = [what for what, one in found if side(real) and size(one) * size(real) < 0]
    changed = [what for what, one in found if not holds(real, one)]
    status: Status = "fail" if turned else "warn" if changed else "pass"
    values: Values = {"all": float(len(found)), "what": (turned or changed or [""])[0]}
    texts = _OF_COVARIATES if covariates else _OF_UNITS
    return Check(name, status, Told(texts[status], values), doubts=bool(turned) and not covariates)


_OF_UNITS = {
    "pass": _("The answer stays the same when one of the units compared with is left out (%(all)s tried)."),
    "warn": _("The answer is another one when %(what)s is left out."),
    "fail": _("The effect turns around when %(what)s is left out."),
}
_OF_COVARIATES = {
    "pass": _("The answer stays the same when one of the covariates is left out (%(all)s tried)."),
    "warn": _("The answer is another one when it is not adjusted for %(what)s."),
    "fail": _("The effect turns around when it is not adjusted for %(what)s."),
}
