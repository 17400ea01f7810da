# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The annex of a review: each figure gets a number in the order in which it comes, the same one wherever it comes again."""

import shlex
from collections.abc import Iterator, Mapping
from datetime import tzinfo

from hanze.goals.indicators.definition import Definition
from hanze.goals.model import AreaFacts
from hanze.goals.pages import wording
from hanze.goals.review.document import Fact, Figure, Origin
from hanze.goals.review.gathering import Score, Value
from hanze.goals.review.labels import FACTS
from hanze.ngsild import times
from hanze.web.drawing.times import local, when
from hanze.web.language import Language

MONTH = "month"


class Origins:
    """`areas`: by code; `city`: what the whole is called."""

    def __init__(self, language: Language, zone: tzinfo, city: str, areas: Mapping[str, AreaFacts]) -> None:
        self._language, self._zone, self._city, self._areas = language, zone, city, areas
        self._found: dict[str, Origin] = {}

    @property
    def found(self) -> tuple[Origin, ...]:
        return tuple(self._found.values())

    def area(self, code: str) -> str:
        return self._areas[code].name or self._city

    def of_value(self, one: Definition, value: Value, number: float) -> Figure:
        """`number`: that of the value, which is there."""
        check = _check("indicator", one.code, value.area, value.current)
        if value.id not in self._found:
            self._add(
                value.id, one.name[self._language.code], value.area, period(self._language, one, value, self._zone),
                f"{number!r} {one.unit}", tuple(self._made_of(one, value)), check,
            )  # fmt: skip
        return Figure(wording.number(self._language, one, number), number, self._found[value.id].number)

    def of_score(self, name: str, score: Score, number: float) -> Figure:
        if score.id not in self._found:
            facts = tuple(self._scored(score))
            month = wording.period(self._language, MONTH, score.start, 0, 0, self._zone)
            check = _check("subject", score.facts.subject, score.facts.area, score.current)
            self._add(score.id, name, score.facts.area, month, repr(number), facts, check)
        return Figure(self._language.words.fixed(number, 0), number, self._found[score.id].number)

    def _add(self, id: str, name: str, area: str, period: str, exact: str, facts: tuple[Fact, ...], check: str) -> None:
        self._found[id] = Origin(len(self._found) + 1, id, name, self.area(area), period, exact, facts, check)

    def _made_of(self, one: Definition, value: Value) -> Iterator[Fact]:
        receipt = value.receipt
        yield self._fact("version", f"{one.code} {receipt.version}")
        yield self._fact("definition", receipt.definition)
        yield self._fact("inputs", receipt.inputs)
        yield self._fact("coverage", self._language.words.fixed(100 * receipt.coverage, 0) + "%")
        if receipt.low is not None and receipt.high is not None and receipt.low != receipt.high:
            yield self._fact("between", f"{receipt.low!r} - {receipt.high!r}")
        if receipt.of:
            yield self._fact("things", f"{receipt.things} / {receipt.of}")
        yield from self._worked_out(receipt.at, receipt.code)

    def _scored(self, score: Score) -> Iterator[Fact]:
        receipt = score.receipt
        if receipt.plain is not None:
            yield self._fact("plain", repr(receipt.plain))
        if receipt.low is not None and receipt.high is not None and receipt.low != receipt.high:
            yield self._fact("between", f"{receipt.low!r} - {receipt.high!r}")
        yield self._fact("told", f"{receipt.told} / {receipt.of}")
        yield self._fact("inputs", receipt.inputs)
        yield from self._worked_out(receipt.at, receipt.code)

    def _worked_out(self, at: str, code: str) -> Iterator[Fact]:
        yield self._fact("at", when(local(times.parse(at), self._zone).replace(second=0), self._language.words))
        yield self._fact("code", f"Hanze {code}")

    def _fact(self, label: str, told: str) -> Fact:
        return Fact(self._language.say(FACTS[label]), told)


def _check(option: str, code: str, area: str, current: bool) -> str:
    """The command; it looks at earlier periods too where the store tells a later one by now."""
    return f"hanze goals verify --{option} {code} --area {shlex.quote(area)}" + ("" if current else " --past")


def period(language: Language, one: Definition, value: Value, zone: tzinfo) -> str:
    """Of when a value is; what was told as of a moment is of its day."""
    if one.period == "now":
        return wording.period(language, "day", value.start, 0, 0, zone)
    return wording.period(language, one.period, value.start, value.end, times.parse(value.receipt.at), zone)
