# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whether counts swing more than chance alone lets them, and whether the interval allows for it."""

from hanze.errors import mark as _
from hanze.experiments.evaluate.checks.case import Case
from hanze.experiments.evaluate.result import Check
from hanze.experiments.evaluate.size import nothing, side
from hanze.experiments.told import Told

SOME, MUCH = 1.5, 10.0
"""Variance by mean: of counts that only chance moves it is 1; above the second, something large is not in the model."""


def look(case: Case) -> Check | None:
    found = case.finding.details.get("dispersion")
    if found is None:
        return None
    told = {"times": float(f"{found:.2g}")}
    if found <= SOME:
        return Check("overdispersion", "pass", Told(_("The counts swing no more than chance lets them."), told))
    if side(case.finding) and not _stands(case):
        text = _(
            "The counts swing %(times)s times as much as chance lets them; allowing for it, the interval holds no effect."
        )
        return Check("overdispersion", "fail", Told(text, told), doubts=True)
    if found <= MUCH:
        text = _("The counts swing %(times)s times as much as chance lets them; allowing for it changes nothing.")
        return Check("overdispersion", "warn", Told(text, told))
    text = _("The counts swing %(times)s times as much as chance lets them: something large is not in the model.")
    return Check("overdispersion", "fail", Told(text, told))


def _stands(case: Case) -> bool:
    """An interval that allows for it still lies on its side of no effect: that which the design tells beside its own."""
    finding, details = case.finding, case.finding.details
    low, high = details.get("spread_low", finding.low), details.get("spread_high", finding.high)
    return low > nothing(finding) or high < nothing(finding)
