# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Tells the first half of a story: the challenge, questions, applications, the jury, and the decision."""

from collections.abc import Iterator
from functools import partial

import msgspec

from hanze.errors import Conflict
from hanze.experiments.challenges import deciding, drafts, jurors, keeping, questions, submissions
from hanze.experiments.challenges.call import Baseline, Call
from hanze.experiments.challenges.deciding import Choice
from hanze.experiments.challenges.drafts import Draft
from hanze.experiments.challenges.judging import Score
from hanze.experiments.challenges.keeping import Challenge
from hanze.experiments.challenges.vaults import DRAFTS, QUESTIONS
from hanze.experiments.organisations import keeping as organisations
from hanze.experiments.organisations.keeping import Organisation
from hanze.experiments.telling.step import BY, Place, Step
from hanze.experiments.telling.story import Application, Asked, Challenged, Juror, Party, Story
from hanze.store.base import UnitOfWork
from hanze.web.people import tokens

OFFICER, REVIEWER = "innovation-officer", "editor"


class Calls:
    """`baseline`: how it was when the challenge was published; None where no indicator goes with it."""

    def __init__(self, story: Story, place: Place, baseline: Baseline | None) -> None:
        self._story, self._place, self._baseline = story, place, baseline
        self._parties: dict[str, Organisation] = {}
        self._sent: dict[str, str] = {}
        """By organisation, as the story calls it, the id of what it sent."""
        self.solutions: dict[str, str] = {}
        """The same to the id of what was chosen."""

    def steps(self) -> Iterator[Step]:
        story = self._story
        yield Step("organisations", "", self._register)
        challenge = story.challenge
        if challenge is None:
            return
        yield Step("challenge", challenge.published, partial(self._publish, challenge))
        for number, asked in enumerate(challenge.questions):
            yield Step(f"challenge.questions[{number}]", asked.at, partial(self._answer, asked))
        for number, one in enumerate(story.applications):
            yield Step(f"applications[{number}]", one.sent, partial(self._apply, one))
        for number, juror in enumerate(story.jury):
            yield Step(f"jury[{number}]", juror.at, partial(self._judge, number, juror))
        if story.decided:
            yield Step("decided", story.decided, self._decide)

    def _register(self, uow: UnitOfWork) -> None:
        for party in self._story.organisations:
            self._parties[party.id] = organisations.named(uow, party.name) or self._made(uow, party)

    def _made(self, uow: UnitOfWork, party: Party) -> Organisation:
        facts = {name: value for name, value in msgspec.structs.asdict(party).items() if name != "id"}
        made = Organisation(id=tokens.made(self._place.chance), **facts, simulated=self._story.simulated)
        organisations.save(uow, made, BY)
        return made

    def partner(self, party: str) -> Organisation:
        """As the city knows it. `party`: as the story calls it."""
        return self._parties[party]

    def _publish(self, told: Challenged, uow: UnitOfWork) -> None:
        city, code = self._place.city, told.code
        if uow.types("", keeping.id_of(city, code)) is not None or drafts.find(uow.vault(DRAFTS), code):
            raise Conflict(f"there is a challenge {code} already; a story is told once, or give another code.")
        call = msgspec.convert(msgspec.to_builtins(told.call), Call)
        draft = Draft(
            told.name, told.description, self._story.language, told.area, told.indicator, told.targets, told.opens, told.closes,
            call=call, baseline=self._baseline, location=self._place.shape(uow, told.area),
            simulated=self._story.simulated or None,
        )  # fmt: skip
        today = self._place.today(uow)
        drafts.put(uow, code, draft, _person("writer"), BY)
        drafts.ask(uow, code, today, BY)
        drafts.publish(uow, city, code, _person("reviewer"), OFFICER, today, BY)

    def _challenge(self, uow: UnitOfWork) -> Challenge:
        assert self._story.challenge is not None
        return keeping.within(uow, self._place.city, self._story.challenge.code)

    def _answer(self, asked: Asked, uow: UnitOfWork) -> None:
        one, today = self._challenge(uow), self._place.today(uow)
        questions.ask(uow, self._place.chance, one, today, asked.question, self._story.language)
        waiting = questions.waiting(uow.vault(QUESTIONS), one.code)
        (id,) = (each.id for each in waiting if each.text == asked.question)
        questions.answer(uow, one, today, id, asked.question, asked.answer, BY)

    def _apply(self, told: Application, uow: UnitOfWork) -> None:
        one, today, party = self._challenge(uow), self._place.today(uow), self.partner(told.by)
        submissions.save(
            uow, self._place.chance, one, today, party.id, _person(told.by), self._story.language, told.offer
        )
        self._sent[told.by] = submissions.send(uow, one, today, party.id, BY).id

    def _judge(self, number: int, told: Juror, uow: UnitOfWork) -> None:
        one, today, person = self._challenge(uow), self._place.today(uow), _person(f"juror-{number + 1}")
        jurors.seat(uow, one, today, person, BY)
        jurors.declare(uow, one, today, person, [self._sent[each] for each in told.interests], told.tells, BY)
        for party, judged in told.judged.items():
            given = [Score(score, judged.why) for score in judged.scores]
            jurors.judge(uow, one, today, person, self._sent[party], given, BY)

    def _decide(self, uow: UnitOfWork) -> None:
        choices = {self._sent[one.by]: Choice(one.chosen, one.why) for one in self._story.applications}
        deciding.decide(uow, self._place.city, self._challenge(uow), self._place.today(uow), choices, OFFICER, BY)
        made = deciding.decision(self._challenge(uow))
        chosen = {line.organisation: line.solution for line in made.lines if line.chosen} if made else {}
        for party, known in self._parties.items():
            if known.name in chosen:
                self.solutions[party] = chosen[known.name]


def _person(name: str) -> str:
    """Who it was in the story: nobody with an account here."""
    return f"story:{name}"
