# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What this room offers: pages, resources of /v1, and what it tells on pages of others."""

from collections.abc import Sequence

from hanze.experiments.challenges import actions, api, happened
from hanze.experiments.challenges import pages as challenges
from hanze.web.room import Happening, Page, Room, Visit

PAGES: tuple[Page, ...] = (*challenges.PAGES,)

TAGS = (*api.TAGS,)
"""What its resources are about."""


def _happened(visit: Visit, goal: int) -> Sequence[Happening]:
    return [*happened.happened(visit, goal)]


ROOM = Room(
    "experiments", PAGES, operations=(*api.OPERATIONS,), actions=(*actions.ACTIONS,), happened=_happened,
)  # fmt: skip
