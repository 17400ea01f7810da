# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""How an area stands: liveable, sustainable and inclusive, each a word, an arrow and one sentence."""

from collections.abc import Iterable, Mapping

import msgspec
import numpy as np

from hanze.goals.computing.compute import period
from hanze.goals.indicators import judging
from hanze.goals.indicators.definition import Definition
from hanze.goals.pages import told, wording
from hanze.goals.pages.told import Place, Score, Value
from hanze.goals.sdsn.marks import Colour
from hanze.web.language import mark as _
from hanze.web.room import Visit

DAY = 86_400_000_000
YEAR, LEAST, MOST = 365 * DAY, 89 * DAY, 396 * DAY
"""Microseconds: what a number is compared with lies about a year back, so long at least and at most, as for the arrow."""

GRAY: Colour = "gray"


class Row(msgspec.Struct, frozen=True):
    """A dimension. `colour`: of its mark."""

    name: str
    address: str
    colour: str
    word: str
    trend: wording.Trend
    sentence: str


class Move(msgspec.Struct, frozen=True):
    """What an indicator was; `start`: of that period, microseconds; `points`: what its place from 0 to 100 won since."""

    value: float
    start: int
    points: float


def rows(visit: Visit, area: Place) -> list[Row]:
    """Of the dimensions; empty where none has a score."""
    graded = told.graded(visit, wording.DIMENSIONS, [area.code])
    if all(one.facts.score is None for one in graded.values()):
        return []
    codes = {code for one in graded.values() for code in one.receipt.parts}
    values = told.found(visit, codes, [area.code])
    return [
        _row(visit, area, key, graded[key, area.code], values)
        for key in wording.DIMENSIONS
        if (key, area.code) in graded
    ]


def _row(visit: Visit, area: Place, key: str, score: Score, values: Mapping[tuple[str, str], Value]) -> Row:
    facts, receipt = score.facts, score.receipt
    colour = GRAY if facts.score is None else score.colour
    parts = [value for code in receipt.parts if (value := values.get((code, area.code))) and value.value is not None]
    return Row(
        visit.language.say(wording.DIMENSIONS[key]), visit.address("goals/area", code=area.code) + f"#{key}", colour,
        visit.language.say(wording.COLOURS[colour]),
        wording.NEW if colour == GRAY else wording.trend(receipt.change),
        _sentence(visit, score, parts),
    )  # fmt: skip


def _sentence(visit: Visit, score: Score, parts: Iterable[Value]) -> str:
    """About the indicator that moved most the way the score did; else about the one that stands worst."""
    say, known = visit.language.say, told.known(visit)
    there = [(known.indicators[one.facts.indicator], one) for one in parts if one.facts.indicator in known.indicators]
    if score.facts.score is None or score.colour == GRAY or not there:
        counts = {"told": score.receipt.told, "of": score.receipt.of}
        return say(_("Too little is known: %(told)s of %(of)s numbers.")) % counts
    change = wording.trend(score.receipt.change)
    if change in (wording.BETTER, wording.WORSE):
        moved = [(one, value, move) for one, value in there if (move := moved_by(visit, one, value)) is not None]
        best = max(moved, key=lambda each: each[2].points * _sign(change), default=None)
        if best is not None and best[2].points * _sign(change) > 0:
            return _moved(visit, *best)
    one, value = min(there, key=lambda each: _place(*each))
    name, number = one.name[visit.language.code], wording.number(visit.language, one, value.value or 0.0)
    good = judging.colour(one, value.value) == "green"
    text = (
        _("Even what stands lowest is good: %(name)s, %(number)s.")
        if good
        else _("Furthest from good: %(name)s, %(number)s.")
    )
    return say(text) % {"name": name, "number": number}


def _sign(change: wording.Trend) -> int:
    return 1 if change == wording.BETTER else -1


def _place(one: Definition, value: Value) -> float:
    return judging.place(one, value.value or 0.0)


def _moved(visit: Visit, one: Definition, value: Value, move: Move) -> str:
    language, zone = visit.language, visit.site.zone
    end = period(one, move.start, zone).end
    return language.say(_("%(name)s: %(number)s, and %(before)s in %(period)s.")) % {
        "name": one.name[language.code],
        "number": wording.number(language, one, value.value or 0.0),
        "before": wording.number(language, one, move.value),
        "period": wording.period(language, one.period, move.start, end, visit.now, zone),
    }


def moved_by(visit: Visit, one: Definition, value: Value) -> Move | None:
    """What it was about a year before; None where that is not known, or is shown as the same number. A year that still runs lacks
    seasons that the whole one before it has."""
    course = None if one.period == "year" and value.end > visit.now else told.course(visit, value)
    if course is None or value.value is None:
        return None
    ages = value.start - course.moments
    fitting = np.flatnonzero((ages >= LEAST) & (ages <= MOST))
    if not len(fitting):
        return None
    at = fitting[np.argmin(abs(ages[fitting] - YEAR))]
    before = float(course.values[at])
    if round(before, one.digits) == round(value.value, one.digits):
        return None
    return Move(before, int(course.moments[at]), judging.place(one, value.value) - judging.place(one, before))
