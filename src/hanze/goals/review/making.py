# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Makes a review of what was gathered: a pure function of it, of the definitions and the language."""

from collections.abc import Mapping, Sequence
from datetime import tzinfo

import msgspec
import numpy as np

from hanze.goals.areas.spread import Value as Spread
from hanze.goals.areas.spread import spread
from hanze.goals.indicators import judging
from hanze.goals.indicators.definition import Definition
from hanze.goals.model import AreaFacts
from hanze.goals.pages import wording
from hanze.goals.review import gathering, outline, plain
from hanze.goals.review.change import change
from hanze.goals.review.document import Chapter, Chart, Document, Goal, Indicator, Place, Standing, Text
from hanze.goals.review.gathering import Gathered, Score, Value
from hanze.goals.review.labels import LABELS
from hanze.goals.review.origins import Origins, period
from hanze.goals.review.outline import Part
from hanze.goals.sdsn.marks import Colour
from hanze.web.drawing import chart
from hanze.web.drawing.chart import About, Limit
from hanze.web.drawing.rows import told
from hanze.web.drawing.svg import Size
from hanze.web.drawing.thin import thin
from hanze.web.drawing.times import date, local
from hanze.web.language import Language
from hanze.web.language import mark as _
from hanze.web.people.roles import ROLES

WIDE = Size(740, 260)
"""Of a chart on paper and on wide screens."""

FEWEST = 3
"""Periods of which a chart is drawn."""

TITLE = _("Voluntary Local Review %(year)s")


def made(
    given: Gathered, definitions: Mapping[str, Definition], city: str, language: Language, zone: tzinfo
) -> Document:
    """`city`: its name."""
    return _Making(given, definitions, city, language, zone).document()


class _Making:
    def __init__(
        self, given: Gathered, definitions: Mapping[str, Definition], city: str, language: Language, zone: tzinfo
    ) -> None:
        self._given, self._definitions, self._language, self._zone = given, definitions, language, zone
        self._city = city
        self._whole = given.areas[0].code
        self._areas = {one.code: one for one in given.areas}
        self._origins = Origins(language, zone, city, self._areas)
        self._values = {(one.code, one.area): one for one in given.values}
        self._scores = {one.facts.subject: one for one in given.scores}
        self._indicators: dict[str, Indicator] = {}

    def document(self) -> Document:
        say, given = self._language.say, self._given
        dimensions = tuple(self._standing(key, say(name)) for key, name in wording.DIMENSIONS.items())
        goals = tuple(map(self._goal, wording.GOALS))
        return Document(
            self._language.code, self._city, given.year, say(TITLE) % {"year": given.year}, self._day(given.now),
            given.now, self._simulated(), {key: say(text) for key, text in LABELS.items()}, self._chapters(), dimensions,
            goals, self._origins.found,
        )  # fmt: skip

    def _simulated(self) -> bool:
        """Some figure is made of simulated data."""
        return any(self._given.sources[one.code].simulated for one in self._indicators.values() if one.figure)

    def _chapters(self) -> tuple[Chapter, ...]:
        sections: dict[str, list[Chapter]] = {}
        for one in outline.CHAPTERS:
            if one.within:
                sections.setdefault(one.within, []).append(self._chapter(one))
        return tuple(self._chapter(one, sections.get(one.key, ())) for one in outline.CHAPTERS if not one.within)

    def _chapter(self, one: Part, sections: Sequence[Chapter] = ()) -> Chapter:
        return Chapter(one.key, self._language.say(one.title), self._text(one.key), tuple(sections))

    def _text(self, key: str) -> Text | None:
        found = self._given.texts.get(key)
        if found is None:
            return None
        role = self._language.say(ROLES[found.role].name) if found.role in ROLES else found.role
        by = self._language.say(LABELS["by"]) % {"role": role, "day": self._day(found.at)}
        return Text(plain.blocks(found.text), by)

    def _day(self, moment: int) -> str:
        return date(local(moment, self._zone), self._language.words)

    def _goal(self, number: int) -> Goal:
        standing = self._standing(f"goal-{number}", self._language.say(wording.GOALS[number]))
        found = [self._indicator(one) for one in self._definitions.values() if number in one.goals]
        return Goal(
            number, standing, self._language.say(wording.ASKS[number]), self._text(f"goal-{number}"),
            tuple(one for one in found if one.figure is not None), tuple(one for one in found if one.figure is None),
        )  # fmt: skip

    def _standing(self, subject: str, name: str) -> Standing:
        score: Score | None = self._scores.get(subject)
        number = None if score is None else score.facts.score
        colour = msgspec.convert((score.facts.colour if score else "") or "gray", Colour)
        figure = None if score is None or number is None else self._origins.of_score(name, score, number)
        trend = wording.trend(score.receipt.change if score and figure else None)
        return Standing(name, colour, self._word(colour), figure, trend)

    def _word(self, colour: Colour) -> str:
        return self._language.say(wording.COLOURS[colour])

    def _indicator(self, one: Definition) -> Indicator:
        """The same where it comes again, under another goal."""
        if one.code not in self._indicators:
            value = self._values.get((one.code, self._whole))
            self._indicators[one.code] = self._without(one, value) if value is None or value.value is None else (
                self._with(one, value, value.value)
            )  # fmt: skip
        return self._indicators[one.code]

    def _without(self, one: Definition, value: Value | None) -> Indicator:
        code, said = self._language.code, self._language.say(self._why(value))
        return Indicator(
            one.code, one.name[code], one.says[code], None, said, "", "gray", self._word("gray"), wording.NEW
        )

    def _why(self, value: Value | None) -> str:
        """Why there is no number, an English text of the catalogues."""
        if value is not None:
            return wording.WHY.get(value.receipt.why, wording.WHY["no number"])
        over = gathering.of_year(self._given.year, self._zone).end <= self._given.now
        return LABELS["gone"] if over else wording.WHY["no value"]

    def _with(self, one: Definition, value: Value, number: float) -> Indicator:
        language, colour = self._language, judging.colour(one, number)
        course = self._given.courses.get(one.code, [])
        figure = self._origins.of_value(one, value, number)
        best, worst = self._ends(one)
        return Indicator(
            one.code, one.name[language.code], one.says[language.code], figure, "",
            period(language, one, value, self._zone), colour, self._word(colour), wording.trend(change(one, course)),
            best, worst, language.say(wording.GRADES.get(value.receipt.grade, value.receipt.grade)),
            ", ".join(self._given.sources[one.code].providers), self._chart(one, course),
        )  # fmt: skip

    def _ends(self, one: Definition) -> tuple[Place | None, Place | None]:
        """The best and the worst of its areas; those that are not shown have no number."""
        places = [self._areas[code] for code in self._areas if code != self._whole]
        found = spread([there for area in places if (there := self._there(one, area))], one.better == "more")
        if found.best is None or found.worst is None or found.best.value == found.worst.value:
            return None, None
        return self._place(one, found.best), self._place(one, found.worst)

    def _there(self, one: Definition, area: AreaFacts) -> Spread | None:
        value = self._values.get((one.code, area.code))
        return None if value is None or value.value is None else Spread(area.code, value.value, area.population or 0.0)

    def _place(self, one: Definition, end: Spread) -> Place:
        figure = self._origins.of_value(one, self._values[(one.code, end.code)], end.value)
        return Place(self._origins.area(end.code), figure)

    def _chart(self, one: Definition, course: Sequence[tuple[int, float]]) -> Chart | None:
        if len(course) < FEWEST:
            return None
        moments, values = (np.array(column) for column in zip(*course, strict=True))
        code, words, unit = self._language.code, self._language.words, wording.unit(self._language, one)
        limits = tuple(Limit(line.value, line.name[code]) for line in one.limits[:1])
        about = About(one.name[code], unit, limits)
        phone, wide = (
            chart.draw(thin(moments, values, chart.columns(size)), about, size, words, self._zone, f"{one.code}-{name}")
            for name, size in (("phone", chart.PHONE), ("wide", WIDE))
        )
        return Chart(phone, wide, told(thin(moments, values, chart.columns(WIDE)), unit, words, self._zone))
