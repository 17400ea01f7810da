# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""From a request to a visit: who it is, and what the visitor's forms must bring."""

from collections.abc import Callable, Mapping
from typing import Any

import msgspec
from starlette.requests import Request

from hanze.access import Access
from hanze.access.principal import ANYONE, ANYONE_WHERE_OPEN, Principal
from hanze.web import cookies
from hanze.web.cookies import Jar
from hanze.web.language import Language
from hanze.web.people import people, sessions, tokens
from hanze.web.people.people import Person
from hanze.web.people.sessions import Session
from hanze.web.people.vaults import PEOPLE, SESSIONS
from hanze.web.room import FormKey, Site, Visit

Render = Callable[[str, Mapping[str, Any]], str]


def stranger(site: Site, request: Request, language: Language, path: str, ending: str, render: Render) -> Visit:
    """Somebody of whom nothing is known, which is enough to say that something is wrong."""
    key = FormKey("", lambda: tokens.made(site.chance))
    return Visit(
        site, language, path, ending, request.query_params, ANYONE, None, None, key, *_browser(request, site, render)
    )


def visit(site: Site, request: Request, language: Language, path: str, ending: str, render: Render) -> Visit:
    """Who is signed in, or who has a key as programs do. Errors: NoRightToAccess for a key that is no good."""
    jar = cookies.of(request)
    person, session, principal = who(site, request)
    key = FormKey(jar.read(cookies.SESSION if person else cookies.FORM), lambda: tokens.made(site.chance))
    return Visit(
        site, language, path, ending, request.query_params, principal, person, session, key,
        *_browser(request, site, render),
    )  # fmt: skip


def who(site: Site, request: Request) -> tuple[Person | None, Session | None, Principal]:
    """Who is signed in and by which session, both None where nobody is, and as whom that is. Errors: NoRightToAccess."""
    token = cookies.of(request).read(cookies.SESSION)
    session = sessions.find(site.store.vault(SESSIONS), token, _real(site))
    person = None if session is None else people.find(site.store.vault(PEOPLE), id=session.person)
    if person is None:
        return None, None, site.access.principal(request.headers)
    return person, session, _principal(person, site.access)


def _principal(person: Person, access: Access) -> Principal:
    """As whom a person reads and writes: on an open node nobody may do less than a stranger."""
    found = person.principal
    if not access.policy.open:
        return found
    return msgspec.structs.replace(found, rights=found.rights | ANYONE_WHERE_OPEN.rights)


def _browser(request: Request, site: Site, render: Render) -> tuple[str, int, int, Render, Jar, str]:
    """What the visit knows of the browser and the moment."""
    client = "" if request.client is None else request.client.host
    return request.headers.get("user-agent", ""), site.clock(), _real(site), render, cookies.of(request), client


def _real(site: Site) -> int:
    return (site.real or site.clock)()
