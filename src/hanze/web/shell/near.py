# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What the rooms tell of what a visitor looks for; templates show it where things are found."""

from collections.abc import Iterable

from markupsafe import Markup

from hanze.web.room import Near, Room


def near(rooms: Iterable[Room]) -> Near:
    """All of it together, in the order of the rooms."""
    tellers = [one.near for one in rooms if one.near is not None]
    return lambda visit, asked, shapes: Markup("").join(tell(visit, asked, shapes) for tell in tellers)
