# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who of the provider is which person here, and what becomes of that when the account ends."""

import hashlib
from typing import Any

from hanze.access import audit
from hanze.ngsild import times
from hanze.store.base import UnitOfWork
from hanze.store.vault import Row, VaultRead
from hanze.web.people import people
from hanze.web.people.oidc.vaults import IDENTITIES
from hanze.web.people.people import Person
from hanze.web.people.roles import ROLES
from hanze.web.people.vaults import PEOPLE

PROVIDER = "organisation"
"""How a person came in, and who gave roles: for the audit."""


def hashed(issuer: str, subject: str) -> str:
    """Only both together name somebody (OpenID Connect Core, 5.7); kept as a hash, for nothing else is needed of it."""
    return hashlib.sha256(f"{issuer}\0{subject}".encode()).hexdigest()


def find(vault: VaultRead, issuer: str, subject: str) -> Row | None:
    rows = vault.select({"hash": hashed(issuer, subject)})
    return rows[0] if rows else None


def known(vault: VaultRead, person: str) -> bool:
    """The person comes by the organisation."""
    return bool(vault.count({"person": person}))


def here(uow: UnitOfWork, person: Person) -> Person:
    """The person without the roles that the organisation gave: they count for who comes from there, so that who may no
    longer sign in there works here no longer either."""
    rows = uow.vault(IDENTITIES).select({"person": person.id})
    given = {role for row in rows for role in row["roles"]}
    if given.isdisjoint(person.roles):
        return person
    left = tuple(one for one in person.roles if one not in given) or ("resident",)
    return give(uow, person, left)


def give(uow: UnitOfWork, person: Person, roles: tuple[str, ...]) -> Person:
    """Roles in the place of those before, with a line in the audit."""
    sorted = tuple(role for role in ROLES if role in roles)
    uow.vault(PEOPLE).update({"id": person.id}, {"roles": list(sorted)})
    audit.note(
        uow, PROVIDER, "gave roles", person.principal.name, roles=list(sorted), before=list(person.roles)
    )  # fmt: skip
    after = people.find(uow.vault(PEOPLE), id=person.id)
    assert after is not None
    return after


def forget(uow: UnitOfWork, person: str, *, closed: bool) -> None:
    """The account ends. `closed`: an administrator ended it, so its owner does not come back by the same way."""
    vault = uow.vault(IDENTITIES)
    if closed:
        vault.update({"person": person}, {"person": None, "roles": []})
    else:
        vault.delete({"person": person})


def told(vault: VaultRead, person: str) -> list[dict[str, Any]]:
    """What is kept, for the person."""
    return [
        {"code": row["hash"], "since": times.text(row["created"]), "roles": row["roles"]}
        for row in vault.select({"person": person}, order=("created",))
    ]
