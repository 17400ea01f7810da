# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What an evaluation says in the end: a verdict, how sure it is and why, and the checks that it stood or did not stand."""

from typing import Literal

import msgspec

from hanze.experiments.evaluate.finding import Finding
from hanze.experiments.evaluate.question import Question
from hanze.experiments.told import Told

Status = Literal["pass", "warn", "fail"]
Verdict = Literal["worked", "did not work", "cannot tell", "made it worse"]


class Check(msgspec.Struct, frozen=True):
    """`name`: short and fixed, such as pre-trend; `told`: what was looked at and found, in one sentence. `doubts`: whoever believes
    a fail of it cannot believe the effect, so that the verdict becomes cannot tell."""

    name: str
    status: Status
    told: Told
    doubts: bool = False


class Seeing(msgspec.Struct, frozen=True):
    """`detectable`: the smallest effect, as a share of what was expected, that would have been seen with four chances in five;
    None where that cannot be told. `could`: the effect that was bought could have been seen; None where nobody said which."""

    detectable: float | None
    could: bool | None


class Levels(msgspec.Struct, frozen=True):
    """How strong the evidence is: the Maryland Scientific Methods Scale (1 to 5) and the Nesta Standards of Evidence (1 to 5)."""

    maryland: int
    nesta: int
    told: Told


class Result(msgspec.Struct, frozen=True, kw_only=True):
    """`sure`: how sure the verdict is, and why; `advice`: what to do next. `hash`: SHA-256 of the table that was read."""

    question: Question
    finding: Finding
    checks: tuple[Check, ...]
    verdict: Verdict
    sure: Told
    seeing: Seeing
    levels: Levels
    advice: Told
    version: str
    hash: str
