# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is assumed of a plan, each time as a range, and where it comes from."""

from typing import Literal

import msgspec

from hanze.web.language import mark as _


class Range(msgspec.Struct, frozen=True):
    """From `low` to `high`."""

    low: float
    high: float


class Assumption(msgspec.Struct, frozen=True):
    """`says` and `source` are English texts of the catalogues; numbers of the range stand in `says` as {low} and {high}."""

    range: Range
    says: str
    source: str


Key = Literal["dense", "persons", "uneven", "around"]

HECTARES = 100
"""In a square kilometre."""

ASSUMED: dict[Key, Assumption] = {
    "dense": Assumption(
        Range(15.0, 40.0),
        _("New homes come {low} to {high} on a hectare, where the plan does not say how many; streets and gardens are in it."),
        _("Our own choice: from a village edge to a dense new suburb."),
    ),
    "persons": Assumption(
        Range(1.8, 2.4),
        _("In each home live {low} to {high} people."),
        _("Statistics Netherlands, households on 1 January 2023: 2.1 people in each. The range around it is our own choice."),
    ),
    "uneven": Assumption(
        Range(0.5, 1.5),
        _("Homes in the plan are {low} to {high} times as full as those of their neighbourhood together."),
        _("Our own choice: how many people live in one street is not known here, only how many in the neighbourhood."),
    ),
    "around": Assumption(
        Range(500.0, 500.0),
        _("Who lives within {low} metres of the plan lives beside it."),
        _("Our own choice: it is as far as people walk to a stop."),
    ),
}  # fmt: skip
