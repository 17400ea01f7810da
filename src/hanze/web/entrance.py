# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who may open a page: else the way to sign in, or why it cannot be."""

import re

from starlette.responses import HTMLResponse, RedirectResponse, Response

from hanze.web.people.roles import ROLES
from hanze.web.room import Page, Visit

MINUTE = 60_000_000
RECENT, STARTED = 15 * MINUTE, 45 * MINUTE
"""Microseconds since a person came in: until which such a page opens, and until which its form is still taken."""

SIGN_IN = "sign-in"

_ONWARD = re.compile(r"[a-z0-9][A-Za-z0-9_/.-]*(\?[!-~]*)?")


def refused(page: Page, visit: Visit, *, posted: bool) -> Response | None:
    """What the visitor gets in the place of a page that is not for everyone; None where it may be opened."""
    if not page.roles:
        return None
    if visit.person is None or visit.session is None:
        return sign_in(visit)
    if not visit.has_role(page.roles):
        may = [ROLES[one].name for one in page.roles]
        return HTMLResponse(visit.html("web/people/why.html", page=page, may=may, roles=ROLES), 403)
    if page.recent and visit.real - visit.session.created > (STARTED if posted else RECENT):
        return sign_in(visit)
    return None


def sign_in(visit: Visit) -> Response:
    """To the page to sign in, and from there back to here."""
    here = visit.path + (f"?{visit.query}" if visit.query else "")
    return RedirectResponse(visit.address(SIGN_IN, next=here), 303)


def onward(visit: Visit, otherwise: str) -> str:
    """Where a person wanted to go. It stands below the site and the language, so it leads nowhere else."""
    wanted = visit.asked("next")
    path = wanted if _ONWARD.fullmatch(wanted) and not wanted.startswith(SIGN_IN) else otherwise
    return visit.address("") + path
