# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The passkeys of people as they are kept: the public half only, with a name that their owner gives."""

from typing import Any

import msgspec

from hanze.access import audit
from hanze.errors import BadRequestData
from hanze.store.base import UnitOfWork
from hanze.store.vault import Row, VaultRead
from hanze.web.people.oidc import identities
from hanze.web.people.oidc.vaults import IDENTITIES
from hanze.web.people.people import Person
from hanze.web.people.vaults import PASSKEYS, SESSIONS

MOST = 20
"""Of one person."""


class Passkey(msgspec.Struct, frozen=True):
    """`number`: by which its owner names it; `id`: by which its device does (base64url). `key`: the public one (COSE). `count`: how
    often the device says that it signed, 0 for devices that do not count. `created`, `used`: microseconds."""

    number: int
    person: str
    id: str
    key: bytes
    count: int
    name: str
    created: int
    used: int | None


def of(vault: VaultRead, person: str) -> list[Passkey]:
    """All of a person, oldest first."""
    return [_passkey(row) for row in vault.select({"person": person}, order=("created", "rowid"))]


def one(vault: VaultRead, person: str, number: str) -> Passkey | None:
    """The passkey of this person with this number, as a page asks for it."""
    return next((one for one in of(vault, person) if str(one.number) == number), None)


def known(vault: VaultRead, id: str) -> Passkey | None:
    rows = vault.select({"id": id})
    return _passkey(rows[0]) if rows else None


def add(uow: UnitOfWork, person: Person, name: str, *, id: str, key: bytes, count: int) -> None:
    """Errors: AlreadyExists where the passkey belongs to somebody already, BadRequestData where there are too many."""
    vault = uow.vault(PASSKEYS)
    if vault.count({"person": person.id}) >= MOST:
        raise BadRequestData(f"There are {MOST} passkeys already; remove one first.")
    row: dict[str, Any] = {"id": id, "person": person.id, "key": key, "count": count, "name": name, "created": uow.real}
    vault.insert(row)
    audit.note(uow, person.principal.name, "added passkey", person.principal.name)


def rename(uow: UnitOfWork, passkey: Passkey, name: str) -> None:
    uow.vault(PASSKEYS).update({"id": passkey.id}, {"name": name})


def remove(uow: UnitOfWork, person: Person, passkey: Passkey, session: str) -> None:
    """The person is signed out elsewhere, for the device may be lost; `session`: the hash of the one that stays.
    Errors: BadRequestData where nothing would be left that lets a person in who works for the city."""
    vault = uow.vault(PASSKEYS)
    otherwise = person.has_totp or identities.known(uow.vault(IDENTITIES), person.id)
    if person.staff and not otherwise and vault.count({"person": person.id}) == 1:
        raise BadRequestData("This is the only way to sign in; set up codes of a telephone first.")
    if vault.delete({"id": passkey.id, "person": person.id}):
        audit.note(uow, person.principal.name, "removed passkey", person.principal.name)
        uow.vault(SESSIONS).delete({"person": person.id, "hash": ("!=", session)})


def count(uow: UnitOfWork, passkey: Passkey, told: int) -> bool:
    """Takes what the device counts. False where it did not go on, so that somebody may have a copy: that stands in the audit,
    and lets nobody in (Web Authentication level 3, 6.1.1)."""
    now = known(uow.vault(PASSKEYS), passkey.id)
    if now is None:
        return False
    if (told or now.count) and told <= now.count:
        subject = f"person:{now.person}"
        audit.note(uow, subject, "refused passkey that may be a copy", subject, counted=told, before=now.count)
        return False
    uow.vault(PASSKEYS).update({"id": now.id}, {"count": told, "used": uow.real})
    return True


def _passkey(row: Row) -> Passkey:
    return msgspec.convert({"number": row["rowid"], **row}, Passkey)
