# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Links that work once and for a while: an invitation of the city, or a way to sign in."""

from typing import Literal

import msgspec

from hanze.store.base import UnitOfWork
from hanze.store.vault import VaultRead
from hanze.web.people import tokens
from hanze.web.people.tokens import Chance
from hanze.web.people.vaults import TICKETS

HOUR = 3_600_000_000

Purpose = Literal["invitation", "sign-in", "second"]
"""`second`: the first factor was right, the second one is awaited."""

LASTS: dict[Purpose, int] = {"invitation": 14 * 24 * HOUR, "sign-in": HOUR // 2, "second": HOUR // 6}
"""Microseconds."""


class Ticket(msgspec.Struct, frozen=True):
    """`roles`: which an invitation gives. `by`: who made it, as the audit names one; of a `second` what the first factor was."""

    hash: str
    purpose: Purpose
    mail: str
    roles: tuple[str, ...]
    created: int
    expires: int
    by: str


def make(
    uow: UnitOfWork, chance: Chance, purpose: Purpose, mail: str, roles: tuple[str, ...] = (), by: str = ""
) -> str:
    """A new link for an address; its token, which is not kept. An invitation takes the place of an older one. Links to sign
    in stay, for else who asks for one in another's name would end those that the owner has."""
    token = tokens.made(chance)
    if purpose == "invitation":
        uow.vault(TICKETS).delete({"purpose": purpose, "mail": mail.casefold()})
    made = Ticket(tokens.hashed(token), purpose, mail.casefold(), roles, uow.real, uow.real + LASTS[purpose], by)
    uow.vault(TICKETS).insert({**msgspec.structs.asdict(made), "roles": list(roles)})
    return token


def find(vault: VaultRead, token: str, purpose: Purpose, now: int) -> Ticket | None:
    """The ticket of a token; None where it is none, has expired or was used."""
    where = {"hash": tokens.hashed(token), "purpose": purpose, "expires": (">", now)}
    rows = vault.select(where) if token else []
    return msgspec.convert({name: rows[0][name] for name in Ticket.__struct_fields__}, Ticket) if rows else None


def use(uow: UnitOfWork, token: str, purpose: Purpose) -> Ticket | None:
    """Takes the ticket: it and others of its purpose for that address work no more. None where it works no more already."""
    vault = uow.vault(TICKETS)
    found = find(vault, token, purpose, uow.real)
    if found is not None:
        vault.delete({"purpose": purpose, "mail": found.mail})
    return found
