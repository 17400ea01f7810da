# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Pages of what the city measures: where, how much, since when, and from whom."""

from hanze.explore import changing, developers, find, front, listing, now, reads, rules, sourcing, thing, types
from hanze.explore.api import OPERATIONS
from hanze.web.language import mark as _
from hanze.web.room import Help, Page, Room

TABLE, PLACES = ("csv", "json"), ("csv", "json", "geojson")

ROOM = Room(
    "explore",
    (
        Page("now", now.answer, PLACES, menu=_("City now"), help=Help(_("See how it is now"), "explore/help/now.html")),
        Page("find", find.answer, help=Help(_("Find what is near you"), "explore/help/find.html")),
        Page("developers", developers.answer, foot=_("For developers")),
        Page("data", types.answer, TABLE),
        Page("data/type", listing.answer, PLACES),
        Page("data/thing", thing.answer, PLACES),
        Page("data/change", changing.answer, post=changing.take),
        Page("sources", sourcing.answer, TABLE, foot=_("Sources")),
        Page("rules", rules.answer),
        Page("access-log", reads.answer, ("json",)),
        Page("data/undo", changing.nothing, post=changing.undo),
    ),
    front=front.draw,
    operations=OPERATIONS,
)

__all__ = ["ROOM"]
