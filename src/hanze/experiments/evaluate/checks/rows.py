# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""How many rows were left out because something that is asked of them is not known."""

from hanze.errors import mark as _
from hanze.experiments.evaluate.checks.case import Case
from hanze.experiments.evaluate.result import Check
from hanze.experiments.evaluate.size import percent
from hanze.experiments.told import Told

FEW, MANY = 0.02, 0.2
"""Shares of all rows: below the first nothing is lost, above the second it may be another table."""


def look(case: Case) -> Check | None:
    missing, kept = case.panel.missing, len(case.panel.outcome)
    if not missing:
        return Check("rows", "pass", Told(_("All %(rows)s rows were used."), {"rows": float(kept)}))
    share = missing / (missing + kept)
    text = _("%(missing)s rows were left out (%(percent)s %%), since a value is missing in them.")
    told = Told(text, {"missing": float(missing), "percent": percent(share)})
    return Check("rows", "pass" if share <= FEW else "warn" if share <= MANY else "fail", told)
