# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Pages of what the city measures: where, how much, since when, and from whom."""

from hanze.explore.api import OPERATIONS
from hanze.explore.now import answer
from hanze.web.language import mark as _
from hanze.web.room import Page, Room

ROOM = Room("explore", (Page("now", answer, ("csv", "json", "geojson"), menu=_("City now")),), operations=OPERATIONS)

__all__ = ["ROOM"]
