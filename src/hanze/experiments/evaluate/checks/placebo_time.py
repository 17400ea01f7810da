# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whether an effect is found at dates on which nothing happened, from what was before the measure only."""

from hanze.errors import mark as _
from hanze.experiments.evaluate.changing import earlier
from hanze.experiments.evaluate.checks.case import Case
from hanze.experiments.evaluate.finding import Finding
from hanze.experiments.evaluate.levels import BY_LOT
from hanze.experiments.evaluate.result import Check
from hanze.experiments.evaluate.size import comparable, side
from hanze.experiments.told import Told

NAME = "placebo-time"

PARTS = (0.5, 0.35, 0.2)
"""Where the fake dates lie: so much of what was before comes after them."""

FEWEST = 3
"""Moments on both sides of a fake date."""


def look(case: Case) -> Check | None:
    """It counts how many fake dates show an effect that is clear and at least half as large as the real one. It does not compare
    the real effect with how far the fake ones are spread: with a short past these swing so widely that any effect drowns."""
    if case.design in BY_LOT:
        return None
    found = _found(case)
    if not found:
        text = _("There is too little before the measure to try a fake date.")
        return Check(NAME, "warn", Told(text))
    clear = sum(_as_clear(case.finding, one) for one in found)
    told = {"clear": float(clear), "all": float(len(found))}
    if not clear:
        text = _("Fake dates before the measure show no such effect (%(all)s tried).")
        return Check(NAME, "pass", Told(text, told))
    text = _("%(clear)s of %(all)s fake dates before the measure show an effect of this size too.")
    failed = clear * 2 > len(found) and len(found) > 1
    return Check(NAME, "fail" if failed else "warn", Told(text, told), doubts=failed)


def _as_clear(real: Finding, fake: Finding) -> bool:
    """An effect that would have been believed; where the real one is not clear, of any size."""
    return comparable(real, fake) if side(real) else side(fake) != 0


def _found(case: Case) -> list[Finding]:
    before = case.finding.counts.before
    shifts = sorted({round(part * before) for part in PARTS})
    shifts = [one for one in shifts if one >= FEWEST and before - one >= FEWEST]
    return [one for shift in shifts if (one := case.again(earlier(case.panel, shift))) is not None]
