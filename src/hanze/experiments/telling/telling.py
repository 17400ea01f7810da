# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A whole story is told in the order in which it happened, by the verbs of the rooms; all of it, or nothing."""

from collections.abc import Iterable, Sequence

import msgspec

from hanze.errors import BadRequestData, HanzeError
from hanze.experiments.challenges.call import Baseline
from hanze.experiments.telling.calling import Calls
from hanze.experiments.telling.checking import wrong
from hanze.experiments.telling.past import past
from hanze.experiments.telling.step import Place, Step
from hanze.experiments.telling.story import Story
from hanze.experiments.telling.trying import Trials
from hanze.experiments.trials.looking.made import Made
from hanze.store.base import UnitOfWork


class Telling:
    """`baseline`: of the challenge, when it was published; None where there is none. `looks`: those of the trial (`looked`).
    Errors: BadRequestData."""

    def __init__(
        self, story: Story, place: Place, baseline: Baseline | None = None, looks: Sequence[Made] = ()
    ) -> None:
        for one in wrong(story):
            raise BadRequestData(f"{one.field}: {one.told}")
        self._story, self._place = story, place
        calls = Calls(story, place, baseline)
        self._calls, self._trials = calls, Trials(story, place, calls, looks)

    def tell(self, uow: UnitOfWork) -> None:
        """Up to the end of the trial, where that is over. Errors: BadRequestData that names the part that could not be so."""
        self._do(uow, [*self._calls.steps(), *self._trials.steps(uow.now)])

    def after(self, uow: UnitOfWork) -> None:
        """What followed the verdict. Errors: BadRequestData."""
        self._do(uow, list(self._trials.after()))

    def _do(self, uow: UnitOfWork, steps: Sequence[Step]) -> None:
        for moment, step in self._ordered(steps):
            if moment > uow.now:
                raise BadRequestData(f"{step.field}: {step.at} is still to come; a story tells what is over.")
            try:
                step.do(past(uow, moment, simulated=self._story.simulated) if step.at else uow)
            except HanzeError as error:
                raise BadRequestData(f"{step.field}: {error.detail}") from None

    def _ordered(self, steps: Iterable[Step]) -> list[tuple[int, Step]]:
        """By their moments; those of one moment as they stand."""
        found = [(self._place.moment(one.at) if one.at else 0, one) for one in steps]
        return sorted(found, key=lambda one: one[0])


class Told(msgspec.Struct, frozen=True):
    """What came of it: the codes of what was made, empty where there is none, and how it stands with the trial."""

    challenge: str = ""
    agreement: str = ""
    trial: str = ""
    status: str = ""
    verdict: str = ""
