# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""My account: what is kept of a person, where the person is signed in, and the way out."""

from functools import partial

import msgspec
from starlette.datastructures import FormData
from starlette.responses import Response

from hanze.access import audit
from hanze.store.base import UnitOfWork
from hanze.web import cookies
from hanze.web.people import agents, own, sessions
from hanze.web.people.oidc import identities
from hanze.web.people.oidc.vaults import IDENTITIES
from hanze.web.people.pages import answers
from hanze.web.people.people import Person
from hanze.web.people.roles import ROLES
from hanze.web.people.sessions import Session
from hanze.web.people.vaults import PASSKEYS, SESSIONS
from hanze.web.room import Visit

ALL = "all"

AWAY = "sign-in/organisation/out"
"""The page that offers to sign out at the organisation too."""


async def show(visit: Visit) -> Response:
    person, _ = signed_in(visit)
    if visit.format == "json":
        kept = await visit.site.store.read(partial(own.export, visit.site.store, person, visit.site.vaults))
        headers = {"content-disposition": 'attachment; filename="account.json"'}
        return Response(msgspec.json.format(msgspec.json.encode(kept), indent=2), 200, headers, "application/json")
    passkeys = visit.site.store.vault(PASSKEYS).count({"person": person.id})
    return answers.page(visit, "account", person=person, roles=ROLES, passkeys=passkeys)


async def sign_out(visit: Visit, data: FormData) -> Response:
    person, session = signed_in(visit)
    await visit.site.store.write(lambda uow: sessions.end(uow, hash=session.hash))
    # Who came by the organisation is still signed in there.
    far = visit.site.provider is not None and identities.known(visit.site.store.vault(IDENTITIES), person.id)
    return out(visit, AWAY if far else "")


async def places(visit: Visit) -> Response:
    person, session = signed_in(visit)
    found = sessions.of(visit.site.store.vault(SESSIONS), person.id, visit.real)
    told = [(one, agents.told(one.agent), one.hash == session.hash) for one in found]
    return answers.page(visit, "signed-in", told=told)


async def end(visit: Visit, data: FormData) -> Response:
    """Ends one session of the person, or all."""
    person, session = signed_in(visit)
    which = str(data.get("which", ""))
    await visit.site.store.write(partial(_end, person=person, which=which))
    return out(visit) if which in (ALL, session.hash) else answers.go(visit.address("account/signed-in"))


def _end(uow: UnitOfWork, person: Person, which: str) -> None:
    if which == ALL:
        sessions.end(uow, person=person.id)
        audit.note(uow, person.principal.name, "signed out everywhere", person.principal.name)
    else:
        uow.vault(SESSIONS).delete({"person": person.id, "hash": which})


def out(visit: Visit, place: str = "") -> Response:
    answer = answers.go(visit.address(place))
    visit.jar.take(answer, cookies.SESSION)
    return answer


def signed_in(visit: Visit) -> tuple[Person, Session]:
    """Pages with roles are opened by who is signed in only."""
    assert visit.person is not None and visit.session is not None
    return visit.person, visit.session
