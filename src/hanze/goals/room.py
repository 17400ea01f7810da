# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What this room offers: pages, resources of /v1, a step of setting up a city, and what it tells on pages of others."""

from hanze.goals.api import OPERATIONS
from hanze.goals.entering import pages as entering
from hanze.goals.entering.step import STEPS
from hanze.goals.journey import pages as journey
from hanze.goals.pages import areas, check, goal, goals, indicator, land, plans
from hanze.goals.review import pages as review
from hanze.web.language import mark as _
from hanze.web.room import Page, Room

PLACES = ("csv", "json", "geojson", "parquet")

ROOM = Room(
    "goals",
    (
        Page("goals", goals.answer, menu=_("Goals"), stage="goal"),
        Page(goal.PATH, goal.answer),
        Page(indicator.PATH, indicator.answer, PLACES),
        Page(check.PATH, check.answer, post=check.take),
        *areas.PAGES,
        Page(land.PATH, land.answer, land.FORMATS),
        *plans.PAGES,
        *journey.PAGES,
        *entering.PAGES,
        *review.PAGES,
    ),
    front=lambda: areas.front,
    operations=OPERATIONS,
    near=areas.near,
    steps=STEPS,
)
