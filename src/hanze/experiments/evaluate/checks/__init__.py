# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The checks that an evaluation runs by itself, one module each; most let the design run again on a changed panel."""

from collections.abc import Callable, Sequence
from functools import partial

from hanze.compute import Tell
from hanze.errors import mark as _
from hanze.experiments.evaluate.checks import (
    autocorrelation,
    carry_over,
    chance,
    clusters,
    coincidence,
    dates,
    dispersion,
    donors,
    leave_one_out,
    placebo_outcome,
    placebo_space,
    placebo_time,
    pretrend,
    rows,
    seasons,
)
from hanze.experiments.evaluate.checks.case import Case
from hanze.experiments.evaluate.result import Check

Look = Callable[[Case], Check | list[Check] | None]

LOOKS: Sequence[Look] = (
    chance.look, dates.look, clusters.look, pretrend.look, donors.look, seasons.look, coincidence.look, autocorrelation.look,
    dispersion.look, carry_over.look, placebo_time.look, placebo_space.look, leave_one_out.look, rows.look,
)  # fmt: skip

STATUSES = ("fail", "warn", "pass")

SAID = _("Checking what was found")


def run(case: Case, tell: Tell | None = None) -> tuple[Check, ...]:
    """All that say something about it, those that failed first."""
    looks: list[Look] = [*LOOKS]
    looks += [partial(placebo_outcome.look, column=name) for name in case.question.placebo_outcomes]
    found: list[Check] = []
    for number, look in enumerate(looks):
        if tell is not None:
            tell(number, len(looks), SAID)
        one = look(case)
        found += one if isinstance(one, list) else [] if one is None else [one]
    if tell is not None:
        tell(len(looks), len(looks), SAID)
    return tuple(sorted(found, key=lambda one: STATUSES.index(one.status)))
