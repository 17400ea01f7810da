# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The story of a trial is told to the node."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

import msgspec

from hanze.access import audit
from hanze.access.owned import of_room
from hanze.access.principal import ADMINISTER, OPERATOR
from hanze.experiments.model import ROOM
from hanze.experiments.telling.looked import looked
from hanze.experiments.telling.started import started
from hanze.experiments.telling.step import Place
from hanze.experiments.telling.story import Story
from hanze.experiments.telling.telling import Telling, Told
from hanze.experiments.trials import keeping
from hanze.node import indicators
from hanze.node.verb import Desk, Progress, Verb
from hanze.store.base import UnitOfWork

TELL, FOLLOW = "tell story", "tell what followed"
"""Acts of the audit."""

JUDGED = ("evaluated", "closed")


class Asked(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`name`: of the file that it comes from."""

    story: Story
    name: str


def _place(desk: Desk) -> Place:
    return Place(desk.config.city.code, ZoneInfo(desk.config.city.timezone), desk.random)


def _tell(desk: Desk, given: Asked, progress: Progress) -> Told:
    """Up to the end of the trial."""
    story, place, look = given.story, _place(desk), desk.store.looking()
    Telling(story, place)
    looks = [] if story.trial is None else looked(story.trial, place, look, desk.clock(), desk.work)
    known = indicators.definitions(desk.folder)
    baseline = None if story.challenge is None else started(story.challenge, place, desk.store, known, desk.work)
    _write(desk, given, TELL, Telling(story, place, baseline, looks).tell)
    return _told(desk, story)


def _follow(desk: Desk, given: Asked, progress: Progress) -> Told:
    """What followed the verdict; nothing before the node has judged the trial."""
    told = _told(desk, given.story)
    if told.status not in JUDGED:
        return told
    _write(desk, given, FOLLOW, Telling(given.story, _place(desk)).after)
    return _told(desk, given.story)


def _write(desk: Desk, given: Asked, act: str, tell: Callable[[UnitOfWork], None]) -> None:
    story = given.story

    def work(uow: UnitOfWork) -> None:
        tell(uow)
        subject = story.trial or story.challenge
        audit.note(uow, OPERATOR.name, act, subject.code if subject else "", file=given.name, simulated=story.simulated)

    of_room(desk.store, ROOM).submit(work).result()
    desk.access.forget_keys()


def _told(desk: Desk, story: Story) -> Told:
    trial = None if story.trial is None else keeping.find(desk.store, desk.config.city.code, story.trial.code)
    return Told(
        story.challenge.code if story.challenge else "", story.agreement.code if story.agreement else "",
        trial.code if trial else "", trial.status if trial else "", trial.facts.verdict if trial else "",
    )  # fmt: skip


VERB = Verb(Asked, ADMINISTER, _tell)
AFTER = Verb(Asked, ADMINISTER, _follow)
