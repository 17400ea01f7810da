# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""At how many dates the measure began: rows are many, what can be learned from one date is little."""

from hanze.errors import mark as _
from hanze.experiments.evaluate.checks.case import Case
from hanze.experiments.evaluate.levels import ALONE, BY_LOT
from hanze.experiments.evaluate.moments import told_moment
from hanze.experiments.evaluate.result import Check
from hanze.experiments.told import Told, Values

FEWEST = 8
"""Moments on each side of the date that an interrupted time series needs (Penfold & Zhang 2013, Academic Pediatrics 13:S38)."""


def look(case: Case) -> Check | None:
    counts = case.finding.counts
    values: Values = {
        "rows": float(counts.rows), "dates": float(counts.dates), "start": told_moment(case.panel.times[case.panel.start]),
        "before": float(counts.before), "after": float(counts.after),
    }  # fmt: skip
    if case.design in BY_LOT or counts.dates > 1:
        return Check("dates", "pass", Told(_("The measure began or ended at %(dates)s different moments."), values))
    if case.design not in ALONE:
        text = _(
            "The measure began on one date, %(start)s; what else changed then for these places only would look the same."
        )
        return Check("dates", "warn", Told(text, values))
    if min(counts.before, counts.after) < FEWEST:
        text = _(
            "There is one date, %(start)s, with %(before)s moments before it and %(after)s after: too few to tell a change."
        )
        return Check("dates", "fail", Told(text, values), doubts=True)
    text = _(
        "The %(rows)s rows have one date, %(start)s: whatever else changed then looks the same, and more rows do not help."
    )
    return Check("dates", "warn", Told(text, values))
