# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the rooms tell of a goal, on one line of time."""

from collections.abc import Iterable

from hanze.web.room import Happened, Room


def happened(rooms: Iterable[Room]) -> Happened:
    """All of it together, the earliest first."""
    tellers = [one.happened for one in rooms if one.happened is not None]
    return lambda visit, goal: sorted(
        (one for tell in tellers for one in tell(visit, goal)), key=lambda one: (one.at, one.title)
    )
