# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What an administrator does for other people: invite them, give roles, open a door that they lost the key of."""

from collections.abc import Sequence

from hanze.access import audit
from hanze.errors import AlreadyExists, BadRequestData, ResourceNotFound
from hanze.store.base import UnitOfWork
from hanze.web.people import people, sessions, tickets, waiting
from hanze.web.people.people import Person
from hanze.web.people.tokens import Chance
from hanze.web.people.vaults import PASSKEYS, PEOPLE

ADMINISTRATOR = "administrator"


def invite(uow: UnitOfWork, chance: Chance, mail: str, roles: Sequence[str], by: str) -> str:
    """The token of an invitation, which works for two weeks. Errors: AlreadyExists where the address has an account,
    BadRequestData for a role that is none."""
    _checked(roles)
    if people.find(uow.vault(PEOPLE), mail=mail) is not None:
        raise AlreadyExists(f"There is an account for {mail} already; change its roles instead.")
    token = tickets.make(uow, chance, "invitation", mail, tuple(roles), by)
    # Whom it went to stands in the ticket until it is used or has expired, and not for good in the audit.
    audit.note(uow, by, "invited somebody", "invitation", roles=list(roles))
    return token


def accept(
    uow: UnitOfWork, chance: Chance, token: str, *, name: str, language: str, password: str | None
) -> Person | None:
    """The account that an invitation makes; None where it works no more. `password`: a hash. Errors: AlreadyExists."""
    ticket = tickets.use(uow, token, "invitation")
    if ticket is None:
        return None
    made = people.make(uow, chance, mail=ticket.mail, name=name, roles=ticket.roles, language=language, by=ticket.by)
    if password is not None:
        uow.vault(PEOPLE).update({"id": made.id}, {"password": password})
    return made


def link(uow: UnitOfWork, chance: Chance, mail: str, by: str) -> str:
    """The token of a link to sign in once. Errors: ResourceNotFound where the address has no account."""
    person = known(uow, mail)
    audit.note(uow, by, "made a link to sign in", f"person:{person.id}")
    return tickets.make(uow, chance, "sign-in", person.mail, by=by)


def give(uow: UnitOfWork, mail: str, roles: Sequence[str], by: str) -> Person:
    """Roles in the place of those that the person had. Who comes to work for the city signs in anew, with two factors.
    Errors: ResourceNotFound, BadRequestData."""
    _checked(roles)
    person = known(uow, mail)
    if ADMINISTRATOR not in roles:
        keep_one(uow, person)
    uow.vault(PEOPLE).update({"id": person.id}, {"roles": list(roles)})
    audit.note(uow, by, "gave roles", f"person:{person.id}", roles=list(roles), before=list(person.roles))
    after = known(uow, mail)
    if after.staff and not person.staff:
        sessions.end(uow, person=person.id)
    return after


def reset(uow: UnitOfWork, mail: str, by: str) -> Person:
    """Takes password, second factor and passkeys away from somebody who lost them, and signs out everywhere: a link comes next."""
    person = known(uow, mail)
    people.change(uow, person.id, by, "took password and second factor away", password=None, totp=None, totp_step=None)
    uow.vault(PASSKEYS).delete({"person": person.id})
    sessions.end(uow, person=person.id)
    waiting.forget(uow, person.mail)
    return person


def keep_one(uow: UnitOfWork, person: Person) -> None:
    """BadRequestData where nobody would be left who may give roles."""
    others = (one for one in people.every(uow.vault(PEOPLE)) if one.id != person.id)
    if ADMINISTRATOR in person.roles and not any(ADMINISTRATOR in one.roles for one in others):
        raise BadRequestData("This is the only administrator; give somebody else that role first.")


def known(uow: UnitOfWork, mail: str) -> Person:
    """Errors: ResourceNotFound where the address has no account."""
    found = people.find(uow.vault(PEOPLE), mail=mail)
    if found is None:
        raise ResourceNotFound(f"There is no account for {mail}.")
    return found


def _checked(roles: Sequence[str]) -> None:
    if not roles:
        raise BadRequestData("roles is empty; give at least one.")
    people.checked(tuple(roles))
