# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who follows what: kept from the question on, and for good only once the person at the address says yes."""

from collections.abc import Iterable

import msgspec

from hanze.store.base import UnitOfWork
from hanze.store.vault import Column, Row, Vault, VaultRead
from hanze.web.people import tokens
from hanze.web.people.tokens import Chance

FOLLOWS = Vault(
    name="follows",
    columns=(
        Column("token", required=True),
        Column("mail", required=True),
        Column("thing", required=True),
        Column("language", required=True),
        Column("asked", "integer", required=True),
        Column("told", "integer"),
        Column("ends", "integer"),
    ),
    unique=(("token",), ("mail", "thing")),
    index=(("told",), ("ends",)),
)
"""Moments in microseconds. `told`: up to when the person knows all, empty until the address is confirmed. `ends`: when a question
that nobody confirms is forgotten. `token`: stands in the links of the mails, and can do no more than confirm and stop."""

DAY = 86_400_000_000

PATIENCE = 2 * DAY
"""A question waits so long for its confirmation."""

MOST_WAITING = 5
"""Questions for one address that wait: more are not mailed, so that nobody fills somebody else's box."""


class Follow(msgspec.Struct, frozen=True):
    """`thing`: the id of an entity; `told`: None where it waits for its confirmation."""

    token: str
    mail: str
    thing: str
    language: str
    told: int | None


def ask(uow: UnitOfWork, chance: Chance, mail: str, thing: str, language: str) -> Follow | None:
    """A new question; None where nothing is to be mailed: it is followed already, or was asked within a day, or too much waits."""
    vault, mail = uow.vault(FOLLOWS), mail.casefold()
    before = vault.select({"mail": mail, "thing": thing})
    if before and (before[0]["told"] is not None or uow.now - before[0]["asked"] < DAY):
        return None
    if vault.count({"mail": mail, "told": None}) >= MOST_WAITING:
        return None
    made = Follow(tokens.made(chance), mail, thing, language, None)
    vault.delete({"mail": mail, "thing": thing})
    vault.insert({**msgspec.structs.asdict(made), "asked": uow.now, "ends": uow.now + PATIENCE})
    return made


def find(vault: VaultRead, token: str) -> Follow | None:
    rows = vault.select({"token": token}) if token else []
    return _follow(rows[0]) if rows else None


def confirm(uow: UnitOfWork, token: str) -> Follow | None:
    """From now on the person is told; None where there is no such question any more."""
    vault = uow.vault(FOLLOWS)
    vault.update({"token": token, "told": None}, {"told": uow.now, "ends": None})
    return find(vault, token)


def stop(uow: UnitOfWork, token: str, *, all: bool = False) -> None:
    """Nothing of it is kept; `all`: of all that this person follows."""
    vault = uow.vault(FOLLOWS)
    found = find(vault, token)
    if found is not None:
        vault.delete({"mail": found.mail} if all else {"token": token})


def forget(uow: UnitOfWork) -> None:
    """What nobody confirmed in time is gone."""
    uow.vault(FOLLOWS).delete({"ends": ("<=", uow.now)})


def due(vault: VaultRead, now: int, limit: int) -> list[list[Follow]]:
    """What the persons follow of whom one was not told for a day; all that one person follows is together."""
    rows = vault.select({"told": ("<=", now - DAY)}, order=("told",), limit=limit)
    mails = dict.fromkeys(row["mail"] for row in rows)
    return [[_follow(row) for row in vault.select({"mail": mail, "told": (">", 0)})] for mail in mails]


def told(uow: UnitOfWork, follows: Iterable[Follow], until: int) -> None:
    for one in follows:
        uow.vault(FOLLOWS).update({"token": one.token}, {"told": until})


def _follow(row: Row) -> Follow:
    return Follow(*(row[name] for name in Follow.__struct_fields__))
