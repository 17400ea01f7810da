# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The score of an area on a subject, of how it stands by the indicators of it."""

from collections.abc import Mapping, Sequence
from math import fsum

import msgspec

from hanze.goals.scoring.inequality import geometric
from hanze.goals.scoring.standing import Mark, Standing
from hanze.goals.sdsn import worst
from hanze.goals.sdsn.marks import Colour
from hanze.goals.sdsn.worst import LEAST, Shade
from hanze.goals.subjects import Subject

DIGITS = 6
"""Of a score and its parts, so that the same parts give the same score on every machine."""

Places = Mapping[str, float]
"""From 0 to 100, by the code of an indicator."""


class Score(msgspec.Struct, frozen=True):
    """From 0 to 100; None where no indicator has a number. `plain`: without what inequality takes off. `told`: how many indicators
    had a number. `parts`: the places that it is made of."""

    score: float | None
    plain: float | None
    low: float | None
    high: float | None
    colour: Colour
    told: int
    parts: dict[str, float]


def scored(subject: Subject, standings: Mapping[str, Standing], of: int) -> Score:
    """`standings`: by the code of an indicator of the subject; `of`: how many there could be."""
    found = {code: one.mark(subject.fair) for code, one in sorted(standings.items())}
    if not found:
        return Score(None, None, None, None, "gray", 0, {})
    parts = places(subject, standings)
    plain = {code: round(one.plain.place, DIGITS) for code, one in standings.items()}
    low = {code: round(one.low, DIGITS) for code, one in found.items()}
    high = {code: round(one.high, DIGITS) for code, one in found.items()}
    score, whole, least, most = (together(subject, one) for one in (parts, plain, low, high))
    return Score(score, whole, least, most, _colour(subject, found, of), len(found), parts)


def places(subject: Subject, standings: Mapping[str, Standing]) -> dict[str, float]:
    """Those that the score is made of."""
    return {code: round(one.mark(subject.fair).place, DIGITS) for code, one in sorted(standings.items())}


def together(subject: Subject, places: Places) -> float:
    """The mean in each goal; of a dimension the geometric mean of its goals."""
    means = [fsum(inside) / len(inside) for inside in _by_goal(subject, places).values()]
    return round(geometric(means), DIGITS)


def _by_goal(subject: Subject, places: Places) -> dict[int, list[float]]:
    found: dict[int, list[float]] = {}
    for code, place in places.items():
        for goal in subject.goals[code]:
            found.setdefault(goal, []).append(place)
    return dict(sorted(found.items()))


def _colour(subject: Subject, found: Mapping[str, Mark], of: int) -> Colour:
    """Of a goal by its worst two; of a dimension by the mean of where the worst two of each of its goals stand, and green only
    where none of these is red."""
    if not subject.fair:
        return worst.colour([one.shade for one in found.values()], of)
    if len(found) < LEAST * of:
        return "gray"
    places = [worst.place(worst.two(shades)) for shades in _shades(subject, found)]
    colour = worst.band(fsum(places) / len(places))
    return "yellow" if colour == "green" and "red" in map(worst.band, places) else colour


def _shades(subject: Subject, found: Mapping[str, Mark]) -> Sequence[Sequence[Shade]]:
    """By goal."""
    goals = sorted({goal for code in found for goal in subject.goals[code]})
    return [[one.shade for code, one in found.items() if goal in subject.goals[code]] for goal in goals]
