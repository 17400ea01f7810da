# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What changed from one version of a plan to the next, by field; and when: before it began, or after data could be seen."""

from collections.abc import Sequence
from datetime import tzinfo
from typing import Literal

import msgspec

from hanze.errors import mark as _
from hanze.experiments.trials import days
from hanze.experiments.trials.plan import Plan
from hanze.experiments.trials.registered import Version

When = Literal["beforehand", "late", "before it began", "after it began", "after it was over"]

FIELDS = {
    "hypothesis": _("What is expected"),
    "better": _("Which way is better"),
    "outcome": _("What it is judged by"),
    "placebo": _("What must not change"),
    "units": _("What is compared"),
    "treated": _("Where it is tried"),
    "compared": _("What it is compared with"),
    "area": _("Area"),
    "since": _("Data count from"),
    "starts": _("First day"),
    "ends": _("Last day"),
    "design": _("Design"),
    "first": _("First day at each place"),
    "blocks": _("When it is on"),
    "order": _("How the order was drawn"),
    "season": _("What comes back by itself"),
    "covariates": _("What else moves it"),
    "cluster": _("What is independent"),
    "bought": _("The effect that it is done for"),
    "level": _("How sure the interval is"),
    "seed": _("Number by which chance is drawn"),
    "events": _("What else goes on"),
    "country": _("Country of the holidays"),
    "exclusions": _("Days that are left out"),
    "rules": _("What else is left out"),
    "existing": _("Data that were there"),
    "existing_says": _("More about these data"),
    "sample": _("Why so many and so long"),
    "exits": _("When it stops early"),
}
"""What pages call each field of a plan, in order."""

LATE: frozenset[When] = frozenset({"late", "after it began", "after it was over"})
"""Versions by which data may have been seen."""


class Changed(msgspec.Struct, frozen=True):
    """A version beside the one before it: the fields that changed, and when it was fixed. `data`: numbers of the trial itself could
    be seen by then."""

    version: Version
    fields: tuple[str, ...]
    when: When

    @property
    def data(self) -> bool:
        return self.when in LATE


def changed(versions: Sequence[Version], zone: tzinfo) -> list[Changed]:
    """Of each version, the earliest first; of the first one no field."""
    found: list[Changed] = []
    before: Version | None = None
    for one in versions:
        fields = () if before is None else differing(before.plan, one.plan)
        found.append(Changed(one, fields, _when(one, before, zone)))
        before = one
    return found


def differing(one: Plan, other: Plan) -> tuple[str, ...]:
    """Names of fields that are not the same, in the order of FIELDS."""
    return tuple(name for name in FIELDS if getattr(one, name) != getattr(other, name))


def _when(one: Version, before: Version | None, zone: tzinfo) -> When:
    """Of a change the days of the version before count: whoever puts the first day later is not early by that."""
    plan = one.plan if before is None else before.plan
    if one.at >= days.until(plan.ends, zone):
        return "after it was over" if before else "late"
    if one.at >= days.since(plan.starts, zone):
        return "after it began" if before else "late"
    return "before it began" if before else "beforehand"


WORDS: dict[When, str] = {
    "beforehand": _("fixed before the trial began"),
    "late": _("fixed late: the trial had begun already, so that its numbers could be seen"),
    "before it began": _("changed before the trial began"),
    "after it began": _("changed after the trial began, when its numbers could be seen"),
    "after it was over": _("changed after the trial was over, when all numbers could be seen"),
}
