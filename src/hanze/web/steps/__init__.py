# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The steps by which a city is set up by pages; rooms declare them, the text file of the city is what they change."""

from collections.abc import Iterable, Sequence

from hanze.errors import HanzeError, ResourceNotFound
from hanze.web.room import Room, Step, Visit
from hanze.web.settings import Settings

START, CHECK = "start", "start/check"
"""The page of all steps, and that on which a change is seen before it is written."""

SETTERS = ("administrator", "data-officer")
"""Who sets up a city."""


def ordered(rooms: Iterable[Room]) -> list[Step]:
    """The steps of all rooms."""
    return sorted((step for room in rooms for step in room.steps), key=lambda one: one.order)


def settings(visit: Visit) -> Settings:
    """Errors: ResourceNotFound where they cannot be changed by pages."""
    found = visit.site.settings
    if found is None:
        raise ResourceNotFound("This site is not set up by pages.")
    return found


def done(step: Step, visit: Visit) -> bool:
    """The city shows that it is. What cannot be read is not done."""
    try:
        return step.done(visit)
    except HanzeError:
        return False


def waiting(visit: Visit) -> list[str]:
    """Keys of the settings that do not count yet."""
    try:
        return settings(visit).waiting()
    except HanzeError:
        return []


def after(steps: Sequence[Step], path: str, visit: Visit) -> str:
    """The path of the next step that the visitor may take; that of all steps behind the last one."""
    place = next((number for number, one in enumerate(steps) if one.page.path == path), len(steps))
    return next((one.page.path for one in steps[place + 1 :] if visit.may(one.page)), START)


def unfinished(steps: Sequence[Step], visit: Visit) -> bool:
    """The visitor sets up the city, and there is a step to take."""
    return visit.has_role(SETTERS) and any(visit.may(one.page) and not done(one, visit) for one in steps)
