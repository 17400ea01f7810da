# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""How areas stand, made of a few numbers."""

from collections.abc import Sequence

from hanze.goals.scoring.counting import Number
from hanze.goals.scoring.standing import Part, Standing, standing
from hanze.goals.subjects import Subject
from tests.goals.sdsn.making import indicator


def number(
    value: float | None, low: float | None = None, high: float | None = None, start: int = 0, end: int = 10
) -> Number:
    return Number(start, end, value, low, high, "" if value is not None else "too little")


def stood(
    code: str, value: float, parts: Sequence[tuple[float, float]] = (), *, low: float | None = None,
    high: float | None = None,
) -> Standing:  # fmt: skip
    """By an indicator whose numbers are places: green from 80 on, red below 40. `parts`: numbers and residents of smaller areas."""
    told: list[Part] = [(f"{n}", one, people) for n, (one, people) in enumerate(parts)]
    found = standing(indicator(code), "d", number(value, low, high), told)
    assert found is not None
    return found


def dimension(**goals: tuple[int, ...]) -> Subject:
    return Subject("liveability", "Liveable", True, goals)


def goal(*codes: str) -> Subject:
    return Subject("goal-1", "No poverty", False, dict.fromkeys(codes, (1,)))
