# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Targets, the yearly question and answers on paper come in by command."""

import msgspec

from hanze.access import audit
from hanze.access.owned import of_room
from hanze.access.principal import ADMINISTER, OPERATOR
from hanze.errors import BadRequestData
from hanze.goals.indicators.known import Known
from hanze.goals.journey import questions, targets, wishes
from hanze.goals.journey import subject as subjects
from hanze.goals.journey.pages import answering, asking, targeting, typed
from hanze.goals.journey.wishes import Wish
from hanze.goals.keeping import areas
from hanze.goals.model import ROOM, QuestionFacts, TargetFacts
from hanze.goals.subjects import GOALS
from hanze.ngsild.checks import shown
from hanze.node import indicators
from hanze.node.verb import Desk, Progress, Verb
from hanze.store.base import UnitOfWork
from hanze.web.people import tokens

BY = "administrator"
"""The role that stands with it."""


class Promised(msgspec.Struct, frozen=True):
    """`subject`: the code of an indicator, or a goal such as goal-11. `language`: of the sentence."""

    subject: str
    year: int
    target: float
    says: str
    language: str
    simulated: bool = False


class Asked(msgspec.Struct, frozen=True):
    """`opens`, `closes`: days such as 2026-03-31."""

    year: int
    opens: str
    closes: str
    says: str
    language: str
    simulated: bool = False


class Answer(msgspec.Struct, frozen=True):
    """`area`: the code of a neighbourhood, or empty; `goals`: numbers."""

    text: str
    area: str = ""
    goals: tuple[int, ...] = ()


class Answers(msgspec.Struct, frozen=True):
    """`shown`: somebody has looked at all of them, and they are shown."""

    year: int
    answers: list[Answer]
    language: str
    shown: bool = False
    simulated: bool = False


def _target(desk: Desk, given: Promised, progress: Progress) -> str:
    one = subjects.find(Known(desk.config.city.code, lambda: indicators.definitions(desk.folder)), given.subject)
    most = one.most()
    if most is not None and not 0 <= given.target <= most:
        raise BadRequestData(f"The target of {one.code} is {given.target:g}; give a number from 0 to {most:g}.")
    if not given.says or len(given.says) > targeting.LONGEST:
        raise BadRequestData(f"The promise needs a sentence of at most {targeting.LONGEST} signs.")
    name = one.one.name.en if one.one else GOALS[one.goal]
    facts = TargetFacts(
        name, one.code, given.year, given.target, one.unit, given.says, given.language, BY, simulated=given.simulated
    )
    id = targets.id_of(desk.config.city.code, one.code, given.year)

    def work(uow: UnitOfWork) -> None:
        targets.write(uow, desk.config.city.code, facts)
        audit.note(uow, OPERATOR.name, targeting.SET, id, target=given.target)

    of_room(desk.store, ROOM).submit(work).result()
    return one.code


def _question(desk: Desk, given: Asked, progress: Progress) -> int:
    opens, closes = typed.day(given.opens), typed.day(given.closes)
    if opens is None or closes is None or not opens <= closes:
        raise BadRequestData(
            "Give a first and a last day such as 2026-03-01 and 2026-03-31, the last one not before the first."
        )
    city = desk.config.city.code
    facts = QuestionFacts(
        questions.NAME, given.year, given.opens, given.closes, given.says, given.language, BY, simulated=given.simulated
    )

    def work(uow: UnitOfWork) -> None:
        other = questions.crossing(questions.within(uow), facts)
        if other is not None:
            raise BadRequestData(f"The question of {other.year} can be answered on some of these days; give others.")
        questions.write(uow, city, facts)
        audit.note(
            uow, OPERATOR.name, asking.ASKED, questions.id_of(city, facts.year), opens=facts.opens, closes=facts.closes
        )

    of_room(desk.store, ROOM).submit(work).result()
    return given.year


def _answers(desk: Desk, given: Answers, progress: Progress) -> int:
    """How many there are now of the year, in all states."""
    known = {one.area.code for one in areas.read(desk.store)}
    for number, one in enumerate(given.answers, 1):
        _look(number, one, known)
    made = [
        Wish(
            tokens.made(desk.random), given.year, one.text, given.language, one.area, one.goals, desk.clock(),
            "shown" if given.shown else "new", simulated=given.simulated,
        )
        for one in given.answers
    ]  # fmt: skip

    def work(uow: UnitOfWork) -> int:
        if uow.entity("", questions.id_of(desk.config.city.code, given.year)) is None:
            raise BadRequestData(f"Nothing was asked in {given.year}; ask first: hanze goals question {given.year}.")
        if not all(wishes.put(uow, one) for one in made):
            raise BadRequestData("Too many answers wait to be looked at; look at these first.")
        audit.note(uow, OPERATOR.name, "bring answers", str(given.year), count=len(made))
        return len(made)

    return of_room(desk.store, ROOM).submit(work).result()


def _look(number: int, one: Answer, areas: set[str]) -> None:
    if not one.text or len(one.text) > answering.LONGEST:
        raise BadRequestData(f"Answer {number} has {len(one.text)} signs; give 1 to {answering.LONGEST}.")
    if answering.personal(one.text):
        raise BadRequestData(f"Answer {number} has a mail address or a telephone number; leave it out.")
    if one.area and one.area not in areas:
        raise BadRequestData(f"Answer {number} is of the area {shown(one.area)}, which is not there.")
    if not set(one.goals) <= GOALS.keys():
        raise BadRequestData(f"Answer {number} names a goal that is not there; give numbers from 1 to 17.")


TARGET = Verb(Promised, ADMINISTER, _target)
QUESTION = Verb(Asked, ADMINISTER, _question)
ANSWERS = Verb(Answers, ADMINISTER, _answers)
