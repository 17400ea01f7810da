# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a call says: who may apply, how is judged, when, for how much money, and what happens after success."""

from typing import Literal

import msgspec

from hanze.experiments.organisations.keeping import Kind, Locality, Size
from hanze.experiments.routes import Route
from hanze.experiments.told import Told

MOST_CRITERIA = 8
WHOLE = 100
"""The weights of all criteria together."""


class Criterion(msgspec.Struct, frozen=True):
    """`weight`: out of 100. `sustainable`: it is about nature, energy or materials."""

    name: str
    weight: int
    sustainable: bool = False


class Rules(msgspec.Struct, frozen=True):
    """Who may apply; what is empty does not limit. `largest`: the size beyond which nobody may; `newcomers`: only who never worked
    for the city; `own`: one more thing that must be so, as a question to which yes is the right answer."""

    kinds: tuple[Kind, ...] = ()
    largest: Size | Literal[""] = ""
    places: tuple[Locality, ...] = ()
    newcomers: bool = False
    own: str = ""


class Change(msgspec.Struct, frozen=True):
    """`at`: the day on which the call was changed, such as 2026-03-01; `what`: in the words of who did."""

    at: str
    what: str


class Answered(msgspec.Struct, frozen=True):
    """A question of somebody about the call, and what the city answers; who asked is not kept."""

    question: str
    answer: str
    at: str


class Call(msgspec.Struct, frozen=True):
    """`text`: what is asked. `decided`: the day by which applicants know; `begins`, `ends`: of the trial; all such as 2026-03-01.
    `budget`: euro for one trial, `places`: how many are chosen at most. `rights`: whose what is made becomes. `after`: what the
    city adds to what happens after success. `weeks`, `streets`: how long and in how many places can be tried. `version`: 1 for the
    first that was published, and `changes` of the later ones."""

    text: str = ""
    decided: str = ""
    begins: str = ""
    ends: str = ""
    budget: int = 0
    places: int = 1
    rights: str = ""
    routes: tuple[Route, ...] = ()
    after: str = ""
    rules: Rules = Rules()
    criteria: tuple[Criterion, ...] = ()
    weeks: int = 0
    streets: int = 1
    version: int = 1
    changes: tuple[Change, ...] = ()
    questions: tuple[Answered, ...] = ()


class Smallest(msgspec.Struct, frozen=True):
    """What could be seen: `effect`: the smallest one as a share (0.1: a tenth), None where that cannot be told, and then `why`.
    `units`, `periods`: of the past that it was worked out from; `each`: what one of these periods is."""

    effect: float | None
    weeks: int
    streets: int
    units: int = 0
    periods: int = 0
    each: str = ""
    why: Told | None = None


class Baseline(msgspec.Struct, frozen=True):
    """How it was when the challenge was published. `value`: of the period from `start` to `end` (ISO 8601); `low`, `high`: of the
    last year."""

    value: float | None
    unit: str
    start: str = ""
    end: str = ""
    low: float | None = None
    high: float | None = None
    season: Told | None = None
    smallest: Smallest | None = None
    simulated: bool = False
