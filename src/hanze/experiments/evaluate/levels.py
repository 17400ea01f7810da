# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""How strong the evidence is, by design and checks, on the two scales that offices use.

Maryland Scientific Methods Scale (Sherman et al. 1997, in the form of the What Works Centre for Local Economic Growth, 2016):
1 before and after, 2 the same with adjustment, 3 against a comparison group, 4 as good as drawn by lot, 5 drawn by lot.
Nesta Standards of Evidence (Puttick & Ludlow 2013): 1 describes what is done and why, 2 data show a change, 3 a comparison group
shows that the measure made it, 4 others found the same independently, 5 it can be done elsewhere with the same result. One trial
never gives more than 3.
"""

from collections.abc import Sequence

from hanze.errors import mark as _
from hanze.experiments.evaluate.finding import Finding
from hanze.experiments.evaluate.question import Design
from hanze.experiments.evaluate.result import Check, Levels
from hanze.experiments.evaluate.size import side
from hanze.experiments.evaluate.verdict import doubting
from hanze.experiments.told import Told

BY_LOT = frozenset({"switchback", "stepped-wedge"})
ALONE = frozenset({"its"})
"""Designs in which the treated are compared with their own past only."""

_MARYLAND = {
    1: _("before and after"),
    2: _("before and after, adjusted for trend and season"),
    3: _("against places without the measure"),
    4: _("nearly as good as drawn by lot"),
    5: _("drawn by lot"),
}
_NESTA = {
    1: _("no change that is clear yet"),
    2: _("a change, and not what made it"),
    3: _("a change that the measure made, as a comparison shows"),
}


def levels(design: Design, finding: Finding, checks: Sequence[Check]) -> Levels:
    """A comparison whose check failed counts as none."""
    maryland = _maryland(design, checks)
    nesta = 1 if side(finding) == 0 else 3 if maryland >= 3 else 2
    told = Told(
        _("Maryland %(maryland)s of 5: %(how)s. Nesta %(nesta)s of 5: %(what)s."),
        {
            "maryland": str(maryland), "how": Told(_MARYLAND[maryland]), "nesta": str(nesta), "what": Told(_NESTA[nesta]),
        },
    )  # fmt: skip
    return Levels(maryland, nesta, told)


def _maryland(design: Design, checks: Sequence[Check]) -> int:
    doubted = bool(doubting(checks))
    if design in ALONE:
        return 1 if doubted else 2
    if design in BY_LOT:
        return 4 if doubted else 5
    return 2 if doubted else 3
