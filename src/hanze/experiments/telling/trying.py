# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Tells the second half of a story: the data agreement, the trial with its plan, answers of residents, and what followed."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from functools import partial

import msgspec

from hanze.errors import Conflict
from hanze.experiments.agreements import keeping as agreements
from hanze.experiments.agreements import signing
from hanze.experiments.agreements.keeping import Side
from hanze.experiments.challenges import keeping as challenges
from hanze.experiments.model import ExperimentFacts
from hanze.experiments.telling import looked
from hanze.experiments.telling.calling import OFFICER, Calls
from hanze.experiments.telling.step import BY, Place, Step
from hanze.experiments.telling.story import Agreeing, Change, Extension, Follow, Stopped, Story, Trying
from hanze.experiments.trials import answers, days, followup, keeping, registered, running
from hanze.experiments.trials.answers import Answered
from hanze.experiments.trials.followup import FollowUp
from hanze.experiments.trials.keeping import Trial
from hanze.experiments.trials.looking import made
from hanze.experiments.trials.looking.made import Made
from hanze.experiments.trials.plan import Plan
from hanze.experiments.trials.running import By
from hanze.store.base import UnitOfWork
from hanze.web.people import tokens

ROLES: dict[Side, str] = {"city": "data-officer", "partner": "partner"}

OFFICE = By(BY, OFFICER)


class Trials:
    """`calls`: the first half of the same story; `looks`: those of the trial."""

    def __init__(self, story: Story, place: Place, calls: Calls, looks: Sequence[Made] = ()) -> None:
        self._story, self._place, self._calls, self._looks = story, place, calls, looks

    def steps(self, now: int) -> Iterator[Step]:
        """Up to the end of the trial. `now`: microseconds."""
        agreement, trial = self._story.agreement, self._story.trial
        if agreement is not None:
            yield from self._agreeing(agreement)
        if trial is None:
            return
        yield Step("trial", trial.opened, partial(self._open, trial))
        yield Step("trial.fixed", trial.fixed, partial(self._fix, trial.plan, ""))
        for number, change in enumerate(trial.changes):
            yield Step(f"trial.changes[{number}]", change.at, partial(self._change, change))
        if trial.started:
            yield Step("trial.started", trial.started, self._start)
        for number, extension in enumerate(trial.extensions):
            yield Step(f"trial.extensions[{number}]", extension.at, partial(self._extend, extension))
        for look in self._looks:
            yield Step("trial.plan.exits", looked.written(look.day), partial(self._look, look))
        yield from self._over(trial, now)
        yield Step("trial.answers", trial.fixed, partial(self._survey, trial))

    def _agreeing(self, one: Agreeing) -> Iterator[Step]:
        yield Step("agreement", one.offered, partial(self._offer, one))
        moments: dict[Side, str] = {"city": one.city, "partner": one.partner}
        for side, at in moments.items():
            yield Step(f"agreement.{side}", at, partial(self._sign, one, side))
        if one.ended:
            yield Step("agreement.ended", one.ended, partial(self._end, one))

    def _offer(self, one: Agreeing, uow: UnitOfWork) -> None:
        id = self.agreement_of(one)
        if uow.types("", id) is not None:
            raise Conflict(f"there is an agreement {one.code} already; give another code.")
        partner = self._calls.partner(one.terms.partner)
        terms = msgspec.structs.replace(one.terms, partner=partner.id, partner_name=partner.name)
        signing.draft(uow, id, terms, BY, answers=self._about(), simulated=self._story.simulated)
        signing.offer(uow, id, BY, self._place.zone)

    def agreement_of(self, one: Agreeing) -> str:
        """The id of the agreement."""
        return agreements.id_of(self._place.city, one.code)

    def _about(self) -> str:
        """What the agreement is for: the trial, or the challenge where there is none."""
        if self._story.trial is not None:
            return keeping.id_of(self._place.city, self._story.trial.code)
        return self._challenge()

    def _challenge(self) -> str:
        one = self._story.challenge
        return "" if one is None else challenges.id_of(self._place.city, one.code)

    def _sign(self, one: Agreeing, side: Side, uow: UnitOfWork) -> None:
        waiting = agreements.proposal(uow, self.agreement_of(one))
        if waiting is None:
            raise Conflict("it has to be offered before it is signed.")
        signing.sign(uow, waiting.id, side, ROLES[side], waiting.hash, BY, self._place.zone)

    def _end(self, one: Agreeing, uow: UnitOfWork) -> None:
        signing.end(uow, self.agreement_of(one), one.why, ROLES["city"], BY, self._place.zone)

    def _open(self, told: Trying, uow: UnitOfWork) -> None:
        city, story = self._place.city, self._story
        if uow.types("", keeping.id_of(city, told.code)) is not None:
            raise Conflict(f"there is a trial {told.code} already; a story is told once, or give another code.")
        facts = ExperimentFacts(
            told.name, told.question, told.description, story.language, "preparing", area=told.area,
            room=None if told.room is None else msgspec.to_builtins(told.room), goals=list(told.goals) or None,
            solution=self._calls.solutions.get(told.solution, ""), inResponseTo=self._challenge(), madeBy=OFFICER,
            agreement="" if story.agreement is None else self.agreement_of(story.agreement),
            planted=told.planted, simulated=story.simulated or None,
        )  # fmt: skip
        keeping.write(uow, city, Trial(told.code, facts, self._place.shape(uow, told.area)))

    @property
    def _code(self) -> str:
        assert self._story.trial is not None
        return self._story.trial.code

    def _fix(self, plan: Plan, why: str, uow: UnitOfWork) -> None:
        running.register(uow, self._place.city, self._code, plan, OFFICE, why=why)

    def _change(self, change: Change, uow: UnitOfWork) -> None:
        self._fix(looked.changed(self._plan(uow), change.plan), change.why, uow)

    def _plan(self, uow: UnitOfWork) -> Plan:
        entity = uow.entity("", registered.id_of(self._place.city, self._code))
        if entity is None:
            raise Conflict("the plan has to be fixed before.")
        return registered.plan_of(entity)

    def _start(self, uow: UnitOfWork) -> None:
        running.start(uow, self._place.city, self._code, self._plan(uow), self._place.zone, OFFICE)

    def _extend(self, told: Extension, uow: UnitOfWork) -> None:
        running.extend(uow, self._place.city, self._code, told.until, told.why, By(BY, told.by))

    def _look(self, look: Made, uow: UnitOfWork) -> None:
        keeping.change(uow, self._place.city, self._code, looks=made.keep(uow, self._code, look))

    def _over(self, told: Trying, now: int) -> Iterator[Step]:
        """How it was stopped, or ended by itself on the day after its last one."""
        if told.stopped is not None:
            yield Step("trial.stopped", told.stopped.at, partial(self._stop, told.stopped))
            return
        last = max((one.until for one in told.extensions), default=told.plan.ends)
        day = days.day(last)
        if told.started and day is not None and days.until(last, self._place.zone) < now:
            yield Step("trial", f"{day + timedelta(1)}T00:00", self._finish)

    def _stop(self, told: Stopped, uow: UnitOfWork) -> None:
        running.stop(uow, self._place.city, self._code, self._place.zone, told.why, OFFICE)

    def _finish(self, uow: UnitOfWork) -> None:
        running.end(uow, self._place.city, self._code, self._place.zone)

    def _survey(self, told: Trying, uow: UnitOfWork) -> None:
        """Each answer as that of a browser of its own; which one it was is not known."""
        for one in told.answers:
            for answer, count in enumerate(one.counts):
                for _each in range(count):
                    made = Answered(one.wave - 1, one.area, answer)
                    browser = answers.mark(tokens.made(self._place.chance), told.code, one.wave - 1)
                    answers.put(uow, told.code, made, browser, simulated=self._story.simulated)

    def after(self) -> Iterator[Step]:
        """What followed the verdict."""
        trial = self._story.trial
        if trial is None:
            return
        for number, one in enumerate(trial.follow_ups):
            yield Step(f"trial.follow_ups[{number}]", one.at, partial(self._follow, one))
            if one.done:
                yield Step(f"trial.follow_ups[{number}].done", one.done, partial(self._done, number, one))
        if trial.closed:
            yield Step("trial.closed", trial.closed, self._close)

    def _follow(self, told: Follow, uow: UnitOfWork) -> None:
        step = FollowUp(
            what=told.what, why=told.why, owner=told.owner, by=told.by, route=told.route, budget=told.budget,
            at=days.text(uow.now, self._place.zone),
        )  # fmt: skip
        before = followup.read(keeping.within(uow, self._place.city, self._code).facts.followUp)
        if any((one.what, one.why, one.by) == (step.what, step.why, step.by) for one in before):
            raise Conflict("this was told before.")
        running.follow(uow, self._place.city, self._code, step, OFFICE)

    def _done(self, number: int, told: Follow, uow: UnitOfWork) -> None:
        running.finish(uow, self._place.city, self._code, number, told.came, self._place.zone, OFFICE)

    def _close(self, uow: UnitOfWork) -> None:
        running.close(uow, self._place.city, self._code, OFFICE)
