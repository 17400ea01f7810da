# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""From a request to a visit: who it is, and what the visitor's forms must bring."""

from collections.abc import Callable, Mapping
from typing import Any

from starlette.requests import Request

from hanze.access.principal import ANYONE
from hanze.web import cookies
from hanze.web.language import Language
from hanze.web.people import people, sessions, tokens
from hanze.web.people.vaults import PEOPLE, SESSIONS
from hanze.web.room import FormKey, Site, Visit

Render = Callable[[str, Mapping[str, Any]], str]


def stranger(site: Site, request: Request, language: Language, path: str, ending: str, render: Render) -> Visit:
    """Somebody of whom nothing is known, which is enough to say that something is wrong."""
    key = FormKey("", lambda: tokens.made(site.chance))
    agent = request.headers.get("user-agent", "")
    return Visit(
        site, language, path, ending, request.query_params, ANYONE, None, None, key, agent, site.clock(), render
    )  # fmt: skip


def visit(site: Site, request: Request, language: Language, path: str, ending: str, render: Render) -> Visit:
    """Who is signed in, or who has a key as programs do. Errors: NoRightToAccess for a key that is no good."""
    token, now = cookies.read(request, cookies.SESSION), site.clock()
    session = sessions.find(site.store.vault(SESSIONS), token, now)
    person = None if session is None else people.find(site.store.vault(PEOPLE), id=session.person)
    principal = site.access.principal(request.headers) if person is None else person.principal
    key = FormKey(token if person else cookies.read(request, cookies.FORM), lambda: tokens.made(site.chance))
    agent = request.headers.get("user-agent", "")
    return Visit(
        site, language, path, ending, request.query_params, principal, person, session, key, agent, now, render
    )  # fmt: skip
