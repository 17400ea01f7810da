# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The step of the colleagues: whoever works on the city gets an account of their own."""

from starlette.responses import HTMLResponse, Response

from hanze.web.language import mark as _
from hanze.web.people import people
from hanze.web.people.pages.administration import INVITE
from hanze.web.people.vaults import PEOPLE, TICKETS
from hanze.web.room import Page, Step, Visit

PATH = "start/colleagues"


async def answer(visit: Visit) -> Response:
    """The form leads to the page that invites, which says what came of it."""
    return await visit.site.store.read(lambda: _answer(visit))


def _answer(visit: Visit) -> Response:
    values = {"filled": INVITE.empty(), "action": visit.address("people/invite")}
    return HTMLResponse(visit.html("web/steps/colleagues.html", **values))


def _done(visit: Visit) -> bool:
    """There are two accounts, or somebody is invited."""
    store = visit.site.store
    waits = store.vault(TICKETS).count({"purpose": "invitation", "expires": (">", visit.real)})
    return waits > 0 or len(people.every(store.vault(PEOPLE))) > 1


STEP = Step(
    60,
    Page(PATH, answer, roles=("administrator",), recent=True),
    _("Colleagues"),
    _("Each person has an account of their own, so that all can see who did what. Nobody shares a password."),
    _done,
)
