# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Pages of plans: all of them, one with what would come of it, and the form by which one is drawn."""

from hanze.goals.pages.plans import drawing, listing, showing
from hanze.goals.pages.plans.asking import MOST_BYTES, PLANNERS
from hanze.web.language import mark as _
from hanze.web.room import Help, Page

PAGES = (
    Page(listing.PATH, listing.answer, listing.FORMATS),
    Page(showing.PATH, showing.answer),
    Page(
        drawing.PATH, drawing.answer, post=drawing.take, roles=PLANNERS, desk=_("Draw a plan for land"),
        most=MOST_BYTES + (1 << 20), help=Help(_("Draw a plan for land"), "goals/help/plan.html"),
    ),
)  # fmt: skip

__all__ = ["PAGES"]
