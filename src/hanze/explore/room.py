# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What this room offers: pages, resources of /v1, steps of setting up a city, and what it tells on the front page."""

from hanze.access.principal import OVERSEE, WRITE
from hanze.explore import (
    changing,
    developers,
    find,
    front,
    listing,
    now,
    picturing,
    reads,
    rights,
    rules,
    sourcing,
    thing,
    types,
)
from hanze.explore.api import OPERATIONS
from hanze.explore.connecting import pages as connecting
from hanze.explore.connecting import state
from hanze.explore.dropping import pages as dropping
from hanze.explore.following.pages import PAGES as FOLLOWING
from hanze.explore.steps import STEPS, public
from hanze.web.language import mark as _
from hanze.web.room import Help, Page, Room
from hanze.web.steps import SETTERS

TABLE, PLACES = ("csv", "json", "parquet"), ("csv", "json", "geojson", "parquet")

ROOM = Room(
    "explore",
    (
        Page("now", now.answer, PLACES, menu=_("City now"), help=Help(_("See how it is now"), "explore/help/now.html")),
        Page("find", find.answer, help=Help(_("Find what is near you"), "explore/help/find.html")),
        Page("developers", developers.answer, foot=_("For developers")),
        Page("data", types.answer, TABLE),
        Page(
            "data/type",
            listing.answer,
            PLACES,
            help=Help(_("Filter a table, and take it along"), "explore/help/table.html"),
        ),
        Page("data/thing", thing.answer, PLACES),
        Page("data/change", changing.answer, post=changing.take),
        Page("sources", sourcing.answer, TABLE, foot=_("Sources")),
        Page(
            connecting.ADD,
            connecting.add,
            post=connecting.take,
            roles=SETTERS,
            desk=_("Add a source"),
            help=Help(_("Add a source"), "explore/help/source.html"),
        ),
        Page(connecting.LOOK, connecting.look, post=connecting.connect, roles=SETTERS),
        Page(connecting.MAPPING, connecting.correcting, post=connecting.correct, roles=SETTERS),
        Page(connecting.STATE, state.answer, post=state.take, roles=SETTERS),
        Page("rules", rules.answer),
        Page("access-log", reads.answer, ("json",), desk=_("See who read which data"), right=OVERSEE),
        Page(
            dropping.DROP,
            dropping.dropping,
            post=dropping.take,
            most=dropping.MOST_SENT,
            help=Help(_("Add data from a file"), "explore/help/drop.html"),
            desk=_("Add data from a file"),
            right=WRITE,
        ),
        Page(dropping.LOOK, dropping.look),
        Page(dropping.MAPPING, dropping.correcting, post=dropping.correct),
        Page(dropping.LOAD, dropping.nothing, post=dropping.load),
        Page(dropping.PROGRESS, dropping.progress),
        Page(dropping.REFUSALS, dropping.refusals, ("csv",)),
        Page(
            picturing.PATH,
            picturing.ask,
            post=picturing.take,
            roles=rights.ILLUSTRATORS,
            most=picturing.MOST_SENT,
        ),
        Page(picturing.REMOVE, picturing.nothing, post=picturing.remove, roles=rights.ILLUSTRATORS),
        public.PAGE,
        Page("data/undo", changing.nothing, post=changing.undo),
        *FOLLOWING,
    ),
    front=front.Drawer,
    operations=OPERATIONS,
    steps=STEPS,
)
