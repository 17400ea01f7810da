# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is kept of people: moments in microseconds, tokens only as their hashes."""

from hanze.store.vault import Column, Vault
from hanze.web.people.oidc.vaults import VAULTS as OIDC

PEOPLE = Vault(
    name="people",
    columns=(
        Column("id", required=True),
        Column("mail", required=True),
        Column("name", required=True),
        Column("roles", "json", required=True),
        Column("language", required=True),
        Column("created", "integer", required=True),
        Column("password"),
        Column("totp"),
        Column("totp_step", "integer"),
    ),
    unique=(("id",), ("mail",)),
)
"""`mail`: in small letters. `password`: a hash by argon2. `totp`: the secret of the second factor; `totp_step`: the last time step
whose code was used, so that none counts twice."""

SESSIONS = Vault(
    name="sessions",
    columns=(
        Column("hash", required=True),
        Column("person", required=True),
        Column("created", "integer", required=True),
        Column("expires", "integer", required=True),
        Column("agent", required=True),
    ),
    unique=(("hash",),),
    index=(("person",),),
    retention=("expires", 1),
    real=True,
)

TICKETS = Vault(
    name="tickets",
    columns=(
        Column("hash", required=True),
        Column("purpose", required=True),
        Column("mail", required=True),
        Column("roles", "json", required=True),
        Column("created", "integer", required=True),
        Column("expires", "integer", required=True),
        Column("by", required=True),
    ),
    unique=(("hash",),),
    index=(("mail",),),
    retention=("expires", 1),
    real=True,
)
"""What works once and for a while. `purpose`: invitation, sign-in, or second (half-way in). `by`: who made it."""

PASSKEYS = Vault(
    name="passkeys",
    columns=(
        Column("id", required=True),
        Column("person", required=True),
        Column("key", "blob", required=True),
        Column("count", "integer", required=True),
        Column("name", required=True),
        Column("created", "integer", required=True),
        Column("used", "integer"),
    ),
    unique=(("id",),),
    index=(("person",),),
)
"""`id`: by which the device of its owner knows it. `key`: the public half, which opens nothing. `count`: how often it signed."""

ATTEMPTS = Vault(
    name="attempts",
    columns=(
        Column("key", required=True),
        Column("tried", "integer", required=True),
        Column("until", "integer", required=True),
        Column("expires", "integer", required=True),
    ),
    unique=(("key",),),
    retention=("expires", 1),
    real=True,
)
"""How often somebody tried to come in. `key`: a hash of what was tried and the mail address; `until`: no attempt before."""

VAULTS = (PEOPLE, SESSIONS, TICKETS, PASSKEYS, ATTEMPTS, *OIDC)
