# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""How large an effect is and on which side of none it lies, and how that is said in words."""

import math
from typing import Literal

from hanze.errors import mark as _
from hanze.experiments.evaluate.finding import Finding
from hanze.experiments.told import Told

Side = Literal[-1, 0, 1]

ROUNDING = 1e-9
"""An effect below this share of what was observed is what a computer makes of equal numbers, however narrow its interval."""


def nothing(finding: Finding) -> float:
    """No effect, on the scale of the finding."""
    return 1.0 if finding.scale == "ratio" else 0.0


def side(finding: Finding) -> Side:
    """1 where the whole interval lies above no effect, -1 where it lies below, 0 where it holds it."""
    none, least = nothing(finding), ROUNDING * _observed(finding)
    return 1 if finding.low > none + least else -1 if finding.high < none - least else 0


def exact(finding: Finding) -> bool:
    """The interval has no width, but for rounding."""
    return finding.high - finding.low <= ROUNDING * _observed(finding)


def _observed(finding: Finding) -> float:
    """The largest number that was observed; 1 for a ratio."""
    if finding.scale == "ratio":
        return 1.0
    return max((abs(one.observed) for one in finding.line if one.observed is not None), default=0.0)


def size(finding: Finding) -> float:
    """How far the estimate is from no effect: with its sign, and so that halves and doubles of a ratio are equally far."""
    return math.log(finding.estimate) if finding.scale == "ratio" else finding.estimate


def holds(real: Finding, other: Finding) -> bool:
    """The other finding says the same: its interval lies on the same side of no effect, or holds it as well."""
    return side(real) == side(other)


def comparable(real: Finding, other: Finding) -> bool:
    """What looks like an effect is at least half as large as the real one; less of it could not have made that."""
    return side(other) != 0 and abs(size(other)) >= abs(size(real)) / 2


def percent(share: float) -> float:
    """A share as it is told: to one decimal, a small one to two digits."""
    found = 100 * share
    return round(found, 1) if abs(found) >= 1 or found == 0 else float(f"{found:.2g}")


def effect(finding: Finding) -> Told:
    """The effect in words: as a share where that has a meaning, else in units of the outcome."""
    if finding.relative is not None and math.isfinite(finding.relative):
        return told_share(finding.relative)
    if finding.scale == "ratio":
        return Told(_("%(ratio)s times what was expected"), {"ratio": finding.estimate})
    return told_change(finding.estimate)


def told_share(share: float) -> Told:
    text = _("%(percent)s %% lower") if share < 0 else _("%(percent)s %% higher")
    return Told(text, {"percent": abs(percent(share))})


def told_change(change: float) -> Told:
    return Told(_("%(change)s lower") if change < 0 else _("%(change)s higher"), {"change": abs(change)})
