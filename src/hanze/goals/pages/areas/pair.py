# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is known of two areas, thing by thing: which stands better, by how much, and what cannot be told apart."""

from collections.abc import Iterator
from functools import partial
from typing import Any

import msgspec

from hanze.goals.indicators import apart
from hanze.goals.indicators.apart import Verdict
from hanze.goals.indicators.definition import Definition
from hanze.goals.pages import numbers, told, wording
from hanze.goals.pages.areas import lines
from hanze.goals.pages.told import Place, Score, Value
from hanze.web.language import mark as _
from hanze.web.room import Visit

SIDES = ("one", "other")


class Side(msgspec.Struct, frozen=True):
    """A number of one of the areas. `between`: in which ends it lies, empty where nothing is missing."""

    told: str
    between: str
    colour: str
    word: str


class Row(msgspec.Struct, frozen=True):
    """One thing in both areas. `verdict`: how the one stands beside the other; `told`: that in words, with how much."""

    name: str
    address: str
    one: Side
    other: Side
    verdict: Verdict
    told: str


class Group(msgspec.Struct, frozen=True):
    """A dimension with what is known of both areas. `score`: None where one has none."""

    name: str
    score: Row | None
    rows: list[Row]


class Pair:
    """All that is known of two areas."""

    def __init__(self, visit: Visit, one: Place, other: Place) -> None:
        self._visit, self.one, self.other = visit, one, other
        codes = [one.code, other.code]
        self.values = told.found(visit, told.known(visit).indicators, codes)
        self._scores = told.graded(visit, wording.DIMENSIONS, codes)

    @property
    def simulated(self) -> bool:
        """Something of it was made up by a computer."""
        return any(one.receipt.simulated for one in self.values.values())

    def groups(self) -> Iterator[Group]:
        """By dimension, without what is not known of one of them."""
        for key, name in wording.DIMENSIONS.items():
            rows = [row for one in told.known(self._visit).of_dimension(key) if (row := self._row(one)) is not None]
            score = self._score(key)
            if rows or score is not None:
                yield Group(self._visit.language.say(name), score, rows)

    def records(self) -> Iterator[dict[str, Any]]:
        """All scores and indicators as data, also what is not known."""
        for key, name in wording.DIMENSIONS.items():
            yield self._record(key, self._visit.language.say(name), map(_points, self._graded(key)), _by_score)
        for one in told.known(self._visit).indicators.values():
            record = self._record(one.code, one.name[self._visit.language.code], map(lines.number, self._both(one.code)),
                partial(apart.verdict, one))  # fmt: skip
            yield {**record, "dimension": one.dimension, "unit": one.unit}

    def _record(self, about: str, name: str, both: Any, judge: Any) -> dict[str, Any]:
        first, second = both
        record: dict[str, Any] = {"about": about, "name": name}
        for side, one in zip(SIDES, (first, second), strict=True):
            record |= {side: one.value, f"{side}Low": one.low, f"{side}High": one.high} if one else {}
        return {**record, "verdict": judge(first, second) if first and second else None}

    def _both(self, code: str) -> tuple[Value | None, Value | None]:
        return self.values.get((code, self.one.code)), self.values.get((code, self.other.code))

    def _graded(self, key: str) -> tuple[Score | None, Score | None]:
        return self._scores.get((key, self.one.code)), self._scores.get((key, self.other.code))

    def _row(self, one: Definition) -> Row | None:
        visit, (here, there) = self._visit, self._both(one.code)
        first, second = lines.number(here), lines.number(there)
        if first is None or second is None:
            return None
        verdict = apart.verdict(one, first, second)
        better = self._better(verdict, lines.amount(visit.language, one, abs(first.value - second.value)))
        address = visit.address("goals/indicator", code=one.code)
        return Row(
            one.name[visit.language.code], address, self._side(one, here), self._side(one, there), verdict, better
        )

    def _side(self, one: Definition, value: Value | None) -> Side:
        number = numbers.number(self._visit, one, value)
        between = numbers.between(self._visit, one, value)
        return Side(number.told, self._between(*between) if between else "", number.colour, number.word)

    def _between(self, low: str, high: str) -> str:
        return "" if low == high else self._visit.language.say(_("%(low)s to %(high)s")) % {"low": low, "high": high}

    def _score(self, key: str) -> Row | None:
        say, words, (here, there) = self._visit.language.say, self._visit.language.words, self._graded(key)
        first, second = _points(here), _points(there)
        if here is None or there is None or first is None or second is None:
            return None
        verdict = _by_score(first, second)
        points = say(_("%(count)s points")) % {"count": words.fixed(abs(first.value - second.value), 0)}
        sides = self._scored(here, first), self._scored(there, second)
        return Row("", "", *sides, verdict, self._better(verdict, points))

    def _scored(self, score: Score, number: apart.Number) -> Side:
        say, words = self._visit.language.say, self._visit.language.words
        points = say(_("%(count)s of 100 points")) % {"count": words.fixed(number.value, 0)}
        between = self._between(words.fixed(number.low, 0), words.fixed(number.high, 0))
        return Side(points, between, score.colour, say(wording.COLOURS[score.colour]))

    def _better(self, verdict: Verdict, amount: str) -> str:
        say = self._visit.language.say
        if verdict in ("same", "unsure"):
            return say(_("the same") if verdict == "same" else _("cannot tell apart"))
        name = (self.one if verdict == "better" else self.other).name
        return say(_("%(name)s is better, by %(amount)s")) % {"name": name, "amount": amount}


def _points(score: Score | None) -> apart.Number | None:
    return None if score is None else apart.number(score.facts.score, score.receipt.low, score.receipt.high)


def _by_score(one: apart.Number, other: apart.Number) -> Verdict:
    return apart.judged(one, other, 0, more=True)
