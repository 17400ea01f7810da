# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Who is signed in: a random token in a cookie, its hash in a vault, until it expires or is ended."""

import msgspec

from hanze.store.base import UnitOfWork
from hanze.store.vault import VaultRead
from hanze.web.people import tokens
from hanze.web.people.tokens import Chance
from hanze.web.people.vaults import SESSIONS

DAY = 86_400_000_000
STAFF_LASTS, RESIDENT_LASTS = DAY // 2, 30 * DAY
"""Microseconds."""


class Session(msgspec.Struct, frozen=True):
    """`agent`: the browser as it names itself, for a person who looks which of the own sessions are there."""

    hash: str
    person: str
    created: int
    expires: int
    agent: str


def begin(uow: UnitOfWork, chance: Chance, person: str, *, staff: bool, agent: str) -> tuple[str, Session]:
    """A new session and its token, which is not kept."""
    token = tokens.made(chance)
    lasts = STAFF_LASTS if staff else RESIDENT_LASTS
    made = Session(tokens.hashed(token), person, uow.real, uow.real + lasts, agent[:200])
    uow.vault(SESSIONS).insert(msgspec.structs.asdict(made))
    return token, made


def find(vault: VaultRead, token: str, now: int) -> Session | None:
    """The session of a token; None where it is none, has expired or was ended."""
    rows = vault.select({"hash": tokens.hashed(token), "expires": (">", now)}) if token else []
    return msgspec.convert({name: rows[0][name] for name in Session.__struct_fields__}, Session) if rows else None


def of(vault: VaultRead, person: str, now: int) -> list[Session]:
    """All sessions of a person, newest first."""
    rows = vault.select({"person": person, "expires": (">", now)}, order=("-created",))
    return [msgspec.convert({name: row[name] for name in Session.__struct_fields__}, Session) for row in rows]


def end(uow: UnitOfWork, *, hash: str = "", person: str = "") -> int:
    """Ends one session, or all of a person; how many."""
    return uow.vault(SESSIONS).delete({"hash": hash} if hash else {"person": person})
