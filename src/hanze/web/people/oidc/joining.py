# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""From what the provider told to a person here: found, invited, or new as the city wants it; roles anew each time."""

import msgspec

from hanze.access import audit
from hanze.errors import AlreadyExists
from hanze.store.base import UnitOfWork
from hanze.web.people import entering, people, sessions, tokens
from hanze.web.people.entering import Door, Entered
from hanze.web.people.oidc import identities
from hanze.web.people.oidc.attempt import LASTS, Attempt
from hanze.web.people.oidc.identities import PROVIDER
from hanze.web.people.oidc.settings import Oidc
from hanze.web.people.oidc.told import Told
from hanze.web.people.oidc.trouble import failed
from hanze.web.people.oidc.vaults import ARRIVALS, IDENTITIES
from hanze.web.people.people import Person
from hanze.web.people.vaults import PEOPLE, TICKETS


def arrive(uow: UnitOfWork, attempt: Attempt) -> None:
    """Each attempt comes back once. Errors: SignInFailed."""
    row = {"hash": tokens.hashed(attempt.state), "expires": uow.real + LASTS}
    try:
        uow.vault(ARRIVALS).insert(row)
    except AlreadyExists:
        raise failed("old", "The answer of the provider was used before.") from None


def enter(uow: UnitOfWork, door: Door, settings: Oidc, told: Told, language: str, signed_in: str = "") -> Entered:
    """`language`: of a new account. `signed_in`: the id of who is signed in at this browser already. Errors: SignInFailed."""
    row = identities.find(uow.vault(IDENTITIES), told.issuer, told.subject)
    person = None if row is None or row["person"] is None else people.find(uow.vault(PEOPLE), id=row["person"])
    if person is None:
        if row is not None and row["person"] is None and not _welcome(uow, told, signed_in):
            raise failed("closed", "The account of this person was erased by an administrator.")
        person = _first(uow, door, settings, told, language, signed_in)
    _keep_mail(uow, person, told)
    return _with_roles(uow, door, settings, told, person)


def _welcome(uow: UnitOfWork, told: Told, signed_in: str) -> bool:
    """An administrator wants the person back: by an invitation that waits, or that was taken already."""
    if _invited(uow, told.mail) is not None:
        return True
    person = people.find(uow.vault(PEOPLE), mail=told.mail) if told.mail else None
    return person is not None and person.id == signed_in


def _first(uow: UnitOfWork, door: Door, settings: Oidc, told: Told, language: str, signed_in: str) -> Person:
    """Who comes the first time."""
    if not told.mail:
        raise failed("mail", f"The provider tells no proven mail address in {settings.mail}.")
    person = people.find(uow.vault(PEOPLE), mail=told.mail)
    if person is None:
        person = _made(uow, door, settings, told, language)
    elif person.id != signed_in:
        # The provider alone must not open an account that was there before.
        raise failed("taken", "There is an account with this mail address that is not of the provider.")
    uow.vault(IDENTITIES).put(
        {"hash": identities.hashed(told.issuer, told.subject), "person": person.id, "roles": [], "created": uow.real}
    )
    audit.note(uow, PROVIDER, "knows account", person.principal.name)
    return person


def _made(uow: UnitOfWork, door: Door, settings: Oidc, told: Told, language: str) -> Person:
    """By an invitation, by a group that has a role, or where everyone of the organisation may."""
    ticket = _invited(uow, told.mail)
    if ticket is None and not told.roles and settings.new == "refuse":
        raise failed("unknown", 'Somebody without an account came, and oidc.new is "refuse".')
    roles, by = (("resident",), PROVIDER) if ticket is None else ticket
    uow.vault(TICKETS).delete({"purpose": "invitation", "mail": told.mail})
    return people.make(uow, door.chance, mail=told.mail, name=told.name, roles=roles, language=language, by=by)


def _invited(uow: UnitOfWork, mail: str) -> tuple[tuple[str, ...], str] | None:
    """The roles of an invitation and who made it."""
    where = {"purpose": "invitation", "mail": mail, "expires": (">", uow.real)}
    rows = uow.vault(TICKETS).select(where) if mail else []
    return (tuple(rows[0]["roles"]), rows[0]["by"]) if rows else None


def _keep_mail(uow: UnitOfWork, person: Person, told: Told) -> None:
    """Links go to the address of now, unless it is that of another account."""
    if told.mail and told.mail != person.mail and people.find(uow.vault(PEOPLE), mail=told.mail) is None:
        people.change(uow, person.id, PROVIDER, "changed mail address", mail=told.mail)


def _with_roles(uow: UnitOfWork, door: Door, settings: Oidc, told: Told, person: Person) -> Entered:
    """Roles of `oidc.roles` as the groups say now, all others as they were given here; who has none left is a resident, for the
    own account stays one's own."""
    hash = identities.hashed(told.issuer, told.subject)
    uow.vault(IDENTITIES).update({"hash": hash}, {"roles": list(told.roles)})
    roles = {one for one in person.roles if one not in settings.given} | set(told.roles) or {"resident"}
    if roles == set(person.roles):
        return entering.begin(uow, door, person, PROVIDER)
    after = identities.give(uow, person, tuple(roles))
    if after.staff and not person.staff:
        # Other browsers came in by one factor perhaps.
        sessions.end(uow, person=person.id)
    return msgspec.structs.replace(entering.begin(uow, door, after, PROVIDER), changed=True)
