# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What this room offers: pages, resources of /v1, and what it tells on pages of others."""

from collections.abc import Sequence

from hanze.experiments.agreements import api as agreements_api
from hanze.experiments.agreements import pages as agreements
from hanze.experiments.challenges import actions, api, happened, tasks, tidings
from hanze.experiments.challenges import pages as challenges
from hanze.experiments.evidence import api as evidence_api
from hanze.experiments.evidence import pages as evidence
from hanze.experiments.model import CHALLENGE, EXPERIMENT
from hanze.experiments.organisations import pages as organisations
from hanze.experiments.practice import pages as practice
from hanze.experiments.trials import api as trials_api
from hanze.experiments.trials import elsewhere
from hanze.experiments.trials import pages as trials
from hanze.experiments.trials import tidings as trial_tidings
from hanze.experiments.trials.pages.front import front
from hanze.web.room import Happening, Page, Room, Task, Visit

PAGES: tuple[Page, ...] = (
    *challenges.PAGES,
    *trials.PAGES,
    *evidence.PAGES,
    *agreements.PAGES,
    *organisations.PAGES,
    *practice.PAGES,
)

TAGS = (
    *api.TAGS,
    *trials_api.TAGS,
    *agreements_api.TAGS,
    *evidence_api.TAGS,
)
"""What its resources are about."""


def _happened(visit: Visit, goal: int) -> Sequence[Happening]:
    return [*happened.happened(visit, goal), *elsewhere.happened(visit, goal)]


def _tasks(visit: Visit) -> Sequence[Task]:
    return [*tasks.tasks(visit), *elsewhere.tasks(visit), *agreements.tasks(visit)]


ROOM = Room(
    "experiments", PAGES,
    operations=(*api.OPERATIONS, *trials_api.OPERATIONS, *agreements_api.OPERATIONS, *evidence_api.OPERATIONS),
    actions=(*actions.ACTIONS, *elsewhere.ACTIONS, *agreements.ACTIONS),
    front=lambda: front, happened=_happened, tasks=_tasks,
    tidings={CHALLENGE.iri: tidings.tell, EXPERIMENT.iri: trial_tidings.tell},
)  # fmt: skip
