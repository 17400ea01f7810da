# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whether the places that it was compared with could follow it before the measure, and whether it lies among them."""

from collections.abc import Mapping

import numpy as np

from hanze.errors import mark as _
from hanze.experiments.evaluate.checks.case import Case
from hanze.experiments.evaluate.result import Check, Status
from hanze.experiments.evaluate.size import percent
from hanze.experiments.told import Told

DESIGNS = frozenset({"synthetic-control", "sdid"})

CLOSE, FAR = 0.35, 1.0
"""Of how far the treated swing by themselves; where the line misses by more than that, their own mean would do as well
(Abadie 2021, Journal of Economic Literature 59: no synthetic control without a good fit before)."""

FLAT = 0.05
"""Of the level: what swings by less counts as swinging by so much, since its line cannot be closer."""

OUTSIDE = 0.1, 0.5
"""Shares of the moments before."""


def look(case: Case) -> list[Check]:
    if case.design not in DESIGNS:
        return []
    return [one for one in (_fit(case), _hull(case)) if one is not None]


def _fit(case: Case) -> Check | None:
    before = [
        one for one in case.finding.line[: case.panel.start] if one.observed is not None and one.expected is not None
    ]
    if len(before) < 2:
        return None
    observed = np.array([one.observed for one in before], float)
    gap = observed - np.array([one.expected for one in before], float)
    missed = float(np.sqrt((gap**2).mean()))
    scale = max(float(observed.std()), FLAT * abs(float(observed.mean())))
    part = missed / scale if scale > 0 else 0.0
    told = {"missed": float(f"{missed:.3g}"), "swing": float(f"{scale:.3g}")}
    status: Status = "pass" if part <= CLOSE else "warn" if part <= FAR else "fail"
    return Check("donors-fit", status, Told(_FITS[status], told), doubts=status == "fail")


def _hull(case: Case) -> Check | None:
    """Outside of all others, a mixture of them cannot be like it (King & Zeng 2006, Political Analysis 14)."""
    panel = case.panel
    matrix = panel.matrix(panel.outcome)[:, : panel.start]
    treated, others = matrix[panel.treated].mean(axis=0), matrix[~panel.treated]
    known = np.isfinite(treated) & np.isfinite(others).all(axis=0)
    if not known.any() or not len(others):
        return None
    low, high = others[:, known].min(axis=0), others[:, known].max(axis=0)
    share = float(((treated[known] < low) | (treated[known] > high)).mean())
    told = {"percent": percent(share)}
    if share <= OUTSIDE[0]:
        return Check("hull", "pass", Told(_("It lies among the places that it is compared with."), told))
    text = _("For %(percent)s %% of the time before, it lies outside of all places that it is compared with.")
    # A design that only asks for the same way may go beyond them.
    far = share > OUTSIDE[1] and case.design == "synthetic-control"
    return Check("hull", "fail" if far else "warn", Told(text, told))


_FITS: Mapping[Status, str] = {
    "pass": _(
        "The expected line follows what was before the measure: it misses by %(missed)s, of a swing of %(swing)s."
    ),
    "warn": _(
        "The expected line follows what was before the measure roughly: it misses by %(missed)s, of a swing of %(swing)s."
    ),
    "fail": _(
        "The expected line does not follow what was before the measure: it misses by %(missed)s, of a swing of %(swing)s."
    ),
}
