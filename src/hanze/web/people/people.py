# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Persons with an account: found, made, changed."""

from typing import Any

import msgspec

from hanze.access import audit
from hanze.access.principal import Principal
from hanze.errors import AlreadyExists, BadRequestData, ResourceNotFound
from hanze.store.base import UnitOfWork
from hanze.store.vault import Row, VaultRead
from hanze.web.people import tokens
from hanze.web.people.roles import ROLES, rights
from hanze.web.people.tokens import Chance
from hanze.web.people.vaults import PEOPLE


class Person(msgspec.Struct, frozen=True):
    """`id`: a random name that tells nothing. `created`: microseconds."""

    id: str
    mail: str
    name: str
    roles: tuple[str, ...]
    language: str
    created: int
    has_password: bool = False
    has_totp: bool = False

    @property
    def staff(self) -> bool:
        """Works for the city in one of the roles."""
        return any(ROLES[one].staff for one in self.roles)

    @property
    def desk(self) -> bool:
        """Has a desk, on which stands what can be done in one of the roles."""
        return any(ROLES[one].staff or ROLES[one].desk for one in self.roles)

    @property
    def principal(self) -> Principal:
        """As whom the person reads and writes. Audit and access log name the id, not the person."""
        return Principal(f"person:{self.id}", f"person:{self.id}", rights(self.roles))


def find(vault: VaultRead, *, id: str = "", mail: str = "") -> Person | None:
    """The person with this id, or with this mail address however it is written."""
    rows = vault.select({"id": id} if id else {"mail": mail.casefold()})
    return _person(rows[0]) if rows else None


def every(vault: VaultRead) -> list[Person]:
    return [_person(row) for row in vault.select(order=("name", "id"))]


def make(
    uow: UnitOfWork, chance: Chance, *, mail: str, name: str, roles: tuple[str, ...], language: str, by: str
) -> Person:
    """A new account. Errors: AlreadyExists where the address has one, BadRequestData for a role that is none."""
    checked(roles)
    vault = uow.vault(PEOPLE)
    if find(vault, mail=mail) is not None:
        raise AlreadyExists(f"There is an account for {mail} already.")
    made = Person(tokens.made(chance), mail.casefold(), name, roles, language, uow.real)
    vault.insert(
        {
            "id": made.id,
            "mail": made.mail,
            "name": name,
            "roles": list(roles),
            "language": language,
            "created": made.created,
        }
    )
    audit.note(uow, by, "make account", f"person:{made.id}", roles=list(roles))
    return made


def change(uow: UnitOfWork, id: str, by: str, act: str, **values: Any) -> None:
    """Changes what is kept of a person; the audit tells the act, not the values. Errors: ResourceNotFound."""
    if not uow.vault(PEOPLE).update({"id": id}, values):
        raise ResourceNotFound("There is no such account.")
    audit.note(uow, by, act, f"person:{id}")


def checked(roles: tuple[str, ...]) -> None:
    """BadRequestData where one is no role."""
    for one in roles:
        if one not in ROLES:
            raise BadRequestData(f"{one} is no role; give one of {', '.join(ROLES)}.")


def _person(row: Row) -> Person:
    return Person(
        row["id"], row["mail"], row["name"], tuple(row["roles"]), row["language"], row["created"],
        row["password"] is not None, row["totp"] is not None,
    )  # fmt: skip
