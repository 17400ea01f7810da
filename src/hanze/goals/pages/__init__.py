# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Pages of what the city's data mean: goals, indicators, neighbourhoods."""

from hanze.goals.pages import goals
from hanze.web.language import mark as _
from hanze.web.room import Page, Room

ROOM = Room(
    "goals",
    (Page("goals", goals.answer, menu=_("Goals"), stage="goal"),),
)

__all__ = ["ROOM"]
