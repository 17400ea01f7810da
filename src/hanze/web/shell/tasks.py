# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What waits for a person in all rooms; My desk shows it."""

from collections.abc import Iterable

from hanze.web.room import Room, Tasks


def tasks(rooms: Iterable[Room]) -> Tasks:
    """All of it together, what is late first, else in the order of the rooms."""
    tellers = [one.tasks for one in rooms if one.tasks is not None]
    return lambda visit: sorted((one for tell in tellers for one in tell(visit)), key=lambda one: not one.late)
