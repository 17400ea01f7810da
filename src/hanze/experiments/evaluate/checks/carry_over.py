# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whether the effect of a block outlives it, so that the next one is no fair comparison."""

from hanze.errors import mark as _
from hanze.experiments.evaluate.checks.case import Case
from hanze.experiments.evaluate.result import Check
from hanze.experiments.told import Told

NAME = "carry-over"
UNLIKELY, LARGE = 0.05, 0.25
"""Below such a chance it is clear; from such a part of the effect on it makes the effect another one."""


def look(case: Case) -> Check | None:
    if case.design != "switchback":
        return None
    details = case.finding.details
    left, chance = details.get("carry_over"), details.get("carry_over_p")
    if left is None or chance is None:
        return Check(NAME, "warn", Told(_("The blocks are too short to see whether the effect outlives them.")))
    told = {"left": float(f"{left:.3g}"), "chance": float(f"{chance:.2g}")}
    skipped = details.get("burn_in", 0.0)
    if chance > UNLIKELY and skipped:
        text = _(
            "The effect outlives its block, so the first moments of each block (%(skipped)s) were left out; then it does not."
        )
        return Check(NAME, "warn", Told(text, {"skipped": skipped}))
    if chance > UNLIKELY:
        return Check(NAME, "pass", Told(_("The effect ends with its block, as far as can be seen."), told))
    if abs(left) < LARGE * abs(case.finding.estimate):
        text = _("A little of the effect (%(left)s) is left in the block after it.")
        return Check(NAME, "warn", Told(text, told))
    text = _("Much of the effect (%(left)s) is left in the block after it, so the blocks are no fair comparison.")
    return Check(NAME, "fail", Told(text, told), doubts=True)
