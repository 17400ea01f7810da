# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Pages of areas: one of them ("your neighbourhood"), all of them, two side by side, and what other pages tell of them."""

from hanze.goals.pages.areas import choosing, comparing, page
from hanze.goals.pages.areas.elsewhere import front, near
from hanze.web.language import mark as _
from hanze.web.room import Help, Page

TABLE, PLACES = ("csv", "json", "parquet"), ("csv", "json", "geojson", "parquet")

PAGES = (
    Page(page.PATH, page.answer, PLACES, help=Help(_("See how your neighbourhood stands"), "goals/help/area.html")),
    Page(choosing.PATH, choosing.answer, PLACES),
    Page(comparing.PATH, comparing.answer, TABLE),
)

__all__ = ["PAGES", "front", "near"]
