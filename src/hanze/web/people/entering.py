# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""How a person comes in: a link or a password first, then a code where there is a second factor, or a passkey, which is both; then
a session."""

from collections.abc import Callable
from typing import Literal

import msgspec

from hanze.access import audit
from hanze.store.base import UnitOfWork
from hanze.store.vault import Vault, VaultRead
from hanze.web.people import people, second, sessions, tickets, waiting
from hanze.web.people.oidc import identities
from hanze.web.people.passkeys import kept
from hanze.web.people.passkeys.kept import Passkey
from hanze.web.people.people import Person
from hanze.web.people.tokens import Chance
from hanze.web.people.vaults import PASSKEYS, PEOPLE, TICKETS

Factor = Literal["link", "password"]


class Entered(msgspec.Struct, frozen=True):
    """What the browser gets. `token`: of a session, or where `half` of a ticket that waits for the second factor.
    `until`: microseconds."""

    person: Person
    token: str
    half: bool
    until: int
    changed: bool = False
    """Roles are others than before."""


class Door(msgspec.Struct, frozen=True):
    """At which browser: `agent` as it names itself, `session`: the hash of the one that it has already, which ends."""

    chance: Chance
    agent: str
    session: str = ""


def first(uow: UnitOfWork, door: Door, person: Person, by: Factor) -> Entered:
    """The first factor was right. Who has a second one is asked for it; who works for the city must have one."""
    if not (person.has_totp or person.staff):
        return begin(uow, door, person, by)
    token = tickets.make(uow, door.chance, "second", person.mail, by=by)
    return Entered(person, token, True, uow.real + tickets.LASTS["second"])


def by_password(uow: UnitOfWork, door: Door, person: Person, hash: str, renewed: str | None) -> Entered | None:
    """The password was right; None where it was changed meanwhile. `renewed`: its hash by newer parameters."""
    if not uow.vault(PEOPLE).update({"id": person.id, "password": hash}, {"password": renewed or hash}):
        return None
    return first(uow, door, person, "password")


def by_link(uow: UnitOfWork, door: Door, token: str) -> Entered | None:
    """None where the link works no more."""
    ticket = tickets.use(uow, token, "sign-in")
    person = None if ticket is None else people.find(uow.vault(PEOPLE), mail=ticket.mail)
    return None if person is None else first(uow, door, person, "link")


def by_code(uow: UnitOfWork, door: Door, token: str, code: str, now: int) -> Entered | int | None:
    """The second factor; microseconds to wait where it was tried too often, None where the code is wrong. `now`: of a real
    clock."""
    person = half(uow.vault, token, uow.real)
    if person is None:
        return None
    if waited := waiting.take(uow, "code", person.mail):
        return waited
    if not second.accept(uow, person.id, code, now):
        return None
    tickets.use(uow, token, "second")
    return begin(uow, door, person, "code")


def by_new_factor(uow: UnitOfWork, door: Door, token: str, secret: str, code: str, now: int) -> Entered | None:
    """Somebody who works for the city and came by a link makes the second factor; None where the code is wrong."""
    person = half(uow.vault, token, uow.real)
    found = second.step(secret, code, now)
    if person is None or found is None or not bare(uow.vault, person):
        return None
    people.change(uow, person.id, person.principal.name, "made second factor", totp=secret, totp_step=found)
    tickets.use(uow, token, "second")
    return begin(uow, door, msgspec.structs.replace(person, has_totp=True), "new second factor")


def by_passkey(uow: UnitOfWork, door: Door, passkey: Passkey, told: int) -> Entered | None:
    """A device signed that it saw its owner: as good as two factors, for it has the key and asked for a finger, a face or a PIN.
    `told`: what it counts; None where the passkey is gone or may be a copy."""
    person = people.find(uow.vault(PEOPLE), id=passkey.person)
    if person is None or not kept.count(uow, passkey, told):
        return None
    return begin(uow, door, person, "passkey")


def bare(vault: Callable[[Vault], VaultRead], person: Person) -> bool:
    """There is nothing yet that shows who the person is but mail and password, so that a second factor may be made by these."""
    return not person.has_totp and not kept.of(vault(PASSKEYS), person.id)


def half(vault: Callable[[Vault], VaultRead], token: str, now: int) -> Person | None:
    """Who is half-way in; None where that took too long. `vault`: of a store or a unit of work."""
    ticket = tickets.find(vault(TICKETS), token, "second", now)
    return None if ticket is None else people.find(vault(PEOPLE), mail=ticket.mail)


def begin(uow: UnitOfWork, door: Door, person: Person, by: str) -> Entered:
    """A new session with a token of its own, whatever the browser had before."""
    if door.session:
        sessions.end(uow, hash=door.session)
    waiting.forget(uow, person.mail)
    local = person if by == identities.PROVIDER else identities.here(uow, person)
    person, changed = local, local is not person
    # Short also for who comes by the organisation, which says only then that the person still belongs to it.
    short = person.staff or by == identities.PROVIDER
    token, session = sessions.begin(uow, door.chance, person.id, staff=short, agent=door.agent)
    if person.staff:
        audit.note(uow, person.principal.name, "signed in", f"person:{person.id}", by=by)
    return Entered(person, token, False, session.expires, changed)


def password(vault: VaultRead, person: Person | None) -> str | None:
    """The hash that a password is held against; None where there is none, or where a second factor must be made first."""
    if person is None or (person.staff and not person.has_totp):
        return None
    rows = vault.select({"id": person.id})
    found: str | None = rows[0]["password"] if rows else None
    return found
