# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whether there are enough groups, independent of each other, to know how much chance does."""

from hanze.errors import mark as _
from hanze.experiments.evaluate.checks.case import Case
from hanze.experiments.evaluate.result import Check, Status
from hanze.experiments.told import Told

ENOUGH = 40
"""Groups from which errors by group are about right (Cameron, Gelbach & Miller 2008, Review of Economics and Statistics 90)."""

FEWEST = 6
"""Below this even a bootstrap by group has too few patterns (Webb 2023, Canadian Journal of Economics 56). The designs then
give the wider interval of a few draws, so that a fail takes from how sure it is, not from the verdict."""


def look(case: Case) -> Check | None:
    counts = case.finding.counts
    if case.design in ("its", "switchback"):
        return None
    if case.design in ("synthetic-control", "sdid", "stepped-wedge"):
        return _drawn(case)
    told = {"clusters": float(counts.clusters)}
    if counts.clusters >= ENOUGH:
        return Check(
            "clusters", "pass", Told(_("There are %(clusters)s groups that are independent of each other."), told)
        )
    if counts.clusters >= FEWEST:
        text = _("There are only %(clusters)s groups that are independent of each other, so the interval is less sure.")
        return Check("clusters", "warn", Told(text, told))
    text = _(
        "There are only %(clusters)s groups that are independent of each other, which is too few to tell what chance does."
    )
    return Check("clusters", "fail", Told(text, told))


def _drawn(case: Case) -> Check:
    """Where the error comes from a lottery over units, there are as many tickets as units that could have been drawn."""
    counts = case.finding.counts
    if case.design == "stepped-wedge":
        others, text = counts.units, _("The lot was drawn over %(others)s units.")
    else:
        others, text = counts.units - counts.treated, _("It was compared with %(others)s units.")
    chance = 1 / (others + 1)
    status: Status = "pass" if chance <= (1 - case.question.level) / 1.5 else "warn" if others >= FEWEST else "fail"
    if status != "pass":
        text = (
            _(
                "There are only %(others)s units over which a lot could be drawn, so that even a clear effect may be chance."
            )
            if case.design == "stepped-wedge"
            else _("There are only %(others)s units to compare with, so that even a clear effect may be chance.")
        )
    return Check("clusters", status, Told(text, {"others": float(others)}))
