# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A figure: a number with how sure it is, or why there is none."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import product
from typing import Literal

import msgspec

from hanze.goals.grades import Grade, worst
from hanze.goals.indicators.formula import Formula

Why = Literal["", "nothing measures", "too little", "not entered", "not known", "no number", "few people"]
"""Why there is no number: no such thing is there; too few steps of the period; nobody entered it; people or land of the area
are not known; the formula has no result; it would tell of persons."""


class Figure(msgspec.Struct, frozen=True):
    """`low` and `high`: where the number lies if what is missing was like the lowest or highest tenth of what is there.
    `coverage`: the part of steps that is there, 0 to 1. `things`: how many told it, out of so many (`of`)."""

    value: float | None
    low: float | None = None
    high: float | None = None
    coverage: float = 1.0
    things: int = 0
    of: int = 0
    why: Why = ""
    grade: Grade = "measured"
    """The worst of what was entered."""
    since: int | None = None
    """The start (microseconds) of the oldest earlier period of which an entered number counts; None where none does."""


def none(why: Why, of: int = 0, coverage: float = 0.0) -> Figure:
    return Figure(None, None, None, coverage, 0, of, why)


def sure(value: float | None, why: Why = "not known", things: int = 0) -> Figure:
    """A number with nothing missing; None is told with `why`."""
    return none(why) if value is None else Figure(value, value, value, 1.0, things, things)


def together(figures: Sequence[Figure], how: Callable[[Sequence[float]], float], of: int) -> Figure:
    """One figure of several that have a number; `of`: how many there could be."""
    told = [one for one in figures if one.value is not None]
    if not told:
        return none("too little" if of else "nothing measures", of, _mean([one.coverage for one in figures]))
    values = [[one.value or 0.0, _or(one.low, one.value), _or(one.high, one.value)] for one in told]
    value, low, high = (how(list(column)) for column in zip(*values, strict=True))
    return Figure(value, low, high, _mean([one.coverage for one in figures]), sum(one.things or 1 for one in told), of)


def calculated(formula: Formula, parts: Mapping[str, Figure]) -> Figure:
    """A formula of figures; where it lies comes of all ends of its parts."""
    named = {name: parts[name] for name in sorted(formula.names)}
    missing = next((one for one in named.values() if one.value is None), None)
    if missing is not None:
        return missing
    value = formula({name: one.value for name, one in named.items()})
    if value is None:
        return none("no number")
    ends = product(*({_or(one.low, one.value), _or(one.high, one.value)} for one in named.values()))
    found = [formula(dict(zip(named, end, strict=True))) for end in ends]
    reached = [value, *(one for one in found if one is not None)]
    counted = [one for one in named.values() if one.of]
    made = Figure(
        value,
        min(reached),
        max(reached),
        min((one.coverage for one in named.values()), default=1.0),
        min((one.things for one in counted), default=0),
        max((one.of for one in counted), default=0),
    )
    return graded(made, named.values())


def graded(figure: Figure, made_of: Iterable[Figure]) -> Figure:
    """The figure with the worst grade of those that it was made of, and how far back they reach."""
    parts = list(made_of)
    since = min((one.since for one in parts if one.since is not None), default=None)
    return msgspec.structs.replace(figure, grade=worst(one.grade for one in parts), since=since)


def _or(one: float | None, other: float | None) -> float:
    found = other if one is None else one
    assert found is not None
    return found


def _mean(values: Iterable[float]) -> float:
    found = list(values)
    return sum(found) / len(found) if found else 0.0
