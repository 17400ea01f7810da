# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a journey is about: a goal with its score, or one of the indicators of the city."""

import msgspec

from hanze.errors import ResourceNotFound
from hanze.goals.indicators.definition import Definition
from hanze.goals.indicators.known import Known
from hanze.goals.pages import wording
from hanze.goals.subjects import GOALS, goal
from hanze.ngsild.checks import shown
from hanze.web.language import Language
from hanze.web.language import mark as _

POINTS = "1"
"""The unit of the score of a goal, in UCUM."""

MOST_POINTS = 100.0


class Subject(msgspec.Struct, frozen=True):
    """`one`: None where it is the goal itself."""

    code: str
    goal: int
    one: Definition | None

    @property
    def unit(self) -> str:
        """In UCUM."""
        return POINTS if self.one is None else self.one.unit

    def name(self, language: Language) -> str:
        return language.say(GOALS[self.goal]) if self.one is None else self.one.name[language.code]

    def number(self, language: Language, value: float) -> str:
        """A value in words."""
        if self.one is not None:
            return wording.number(language, self.one, value)
        return language.say(_("%(score)s of 100 points")) % {"score": language.words.fixed(value, 0)}

    def measure(self, language: Language) -> str:
        """What stands at an axis."""
        return language.say(_("points")) if self.one is None else wording.unit(language, self.one)

    def most(self) -> float | None:
        """What no value can pass."""
        return MOST_POINTS if self.one is None or self.one.unit == "%" else None


def of_goal(known: Known, number: int) -> list[Subject]:
    """The goal itself, then its indicators."""
    return [Subject(goal(number), number, None), *(Subject(one.code, number, one) for one in known.of_goal(number))]


def every(known: Known) -> list[Subject]:
    """All goals, then all indicators, each at the first of its goals."""
    goals = [Subject(goal(number), number, None) for number in GOALS]
    return goals + [Subject(one.code, one.goals[0], one) for one in known.indicators.values()]


def find(known: Known, code: str) -> Subject:
    """Errors: ResourceNotFound."""
    found = next((one for one in every(known) if one.code == code), None)
    if found is None:
        raise ResourceNotFound(f"There is no goal or indicator {shown(code)} here.")
    return found
