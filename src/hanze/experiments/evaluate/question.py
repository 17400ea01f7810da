# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is asked of a table of numbers: did it work, by which design, on which columns."""

from typing import Literal

import msgspec

Design = Literal["its", "did", "event-study", "staggered", "synthetic-control", "sdid", "switchback", "stepped-wedge"]
Better = Literal["lower", "higher"]


class Event(msgspec.Struct, frozen=True):
    """Something else that went on, such as a holiday or works on the road: first and last moment as the time column writes them."""

    name: str
    since: str
    until: str


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """`outcome`, `time`, `unit`, `first_treated`, `exposure`, `season`, `covariates`, `cluster`, `weights`: columns, empty where
    there are none. `treated`: values of the unit column, or, as its only one, a column that is 1 while the measure is on.
    `start`: the first moment of the measure, a value of the time column. `better`: in which direction the outcome is better.
    `bought`: the effect that the measure was done for, as a share of what would have been (0.1: a tenth); None where nobody said.
    `level`: of the interval. `period`: moments in one season (12 for months of a year), None where the time column tells it.
    `placebo_outcomes`: columns that the measure cannot have changed. `country`: where it was, a code such as NL, for its holidays;
    empty where nobody said.
    """

    design: Design
    outcome: str
    time: str
    unit: str = ""
    treated: tuple[str, ...] = ()
    start: str = ""
    first_treated: str = ""
    exposure: str = ""
    season: str = ""
    covariates: tuple[str, ...] = ()
    cluster: str = ""
    weights: str = ""
    better: Better = "lower"
    bought: float | None = None
    level: float = 0.95
    seed: int = 1
    period: int | None = None
    events: tuple[Event, ...] = ()
    placebo_outcomes: tuple[str, ...] = ()
    country: str = ""
