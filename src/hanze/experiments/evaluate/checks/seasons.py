# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whether there are enough seasons before the measure to know what a season does."""

import numpy as np

from hanze.errors import mark as _
from hanze.experiments.evaluate.checks.case import Case
from hanze.experiments.evaluate.levels import ALONE, BY_LOT
from hanze.experiments.evaluate.result import Check
from hanze.experiments.told import Told

YEAR = 365.25
LONGEST = 100.0
"""Days between two moments: what is further apart than a season knows no seasons."""

ONE, ENOUGH = 0.95, 1.95
"""Seasons: one or two of them, but for a moment that is missing at an end."""


def look(case: Case) -> Check | None:
    if case.design in BY_LOT:
        return None
    found = _seasons(case)
    if found is None:
        return None
    told = {"seasons": round(found, 1)}
    if found >= ENOUGH:
        return Check("season", "pass", Told(_("Before the measure the season went round %(seasons)s times."), told))
    if case.design not in ALONE:
        text = _(
            "Before the measure the season went round %(seasons)s times; the places compared with have the same seasons."
        )
        return Check("season", "pass" if found >= ONE else "warn", Told(text, told))
    text = _(
        "Before the measure the season went round %(seasons)s times, so that a change of season cannot be told from an effect."
    )
    return Check("season", "warn" if found >= ONE else "fail", Told(text, told))


def _seasons(case: Case) -> float | None:
    """How many there are before it begins; None where nobody knows how long one is."""
    panel, period = case.panel, case.question.period
    if panel.dated and len(panel.moments) > 2:
        step = float(np.median(np.diff(panel.moments)))
        if step > LONGEST:
            return None
        return float(panel.moments[panel.start] - panel.moments[0]) / YEAR
    period = period or round(case.finding.details.get("period", 0)) or _told_seasons(case)
    return panel.start / period if period and period > 1 else None


def _told_seasons(case: Case) -> int:
    """How many parts the season column has, 12 for months."""
    return 0 if case.panel.season is None else len(np.unique(case.panel.season))
