# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The mails of a demonstration, which nobody gets, as a page."""

from starlette.responses import HTMLResponse, Response

from hanze.web.outbox import box
from hanze.web.outbox.vaults import MAILS
from hanze.web.room import Page, Room, Visit

SHOWN = 50


async def answer(visit: Visit) -> Response:
    site = visit.site
    found = [
        (one, visit.language.when(one.created, visit.now, site.zone))
        for one in box.newest(site.store.vault(MAILS), SHOWN)
    ]
    return HTMLResponse(visit.html("web/mails.html", mails=found))


ROOM = Room("web", (Page("demo/mails", answer),))
"""Only where the configuration says that mails may be seen by everyone."""
