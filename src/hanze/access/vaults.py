# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The vaults of access: keys, what was declared, the access log and the audit."""

from hanze.store.vault import Column, Vault

LOG_DAYS = 365
"""How long the access log is kept."""

KEYS = Vault(
    name="access_key",
    columns=(
        Column("key", required=True),
        Column("name", required=True),
        Column("role", required=True),
        Column("hash", "blob", required=True),
        Column("types", "json"),
        Column("tenants", "json"),
        Column("agreement"),
        Column("created", "integer", required=True),
        Column("expires", "integer"),
        Column("revoked", "integer"),
    ),
    unique=(("key",),),
)

DECLARED = Vault(
    name="access_declared",
    columns=(Column("what", required=True), Column("subject", required=True)),
    unique=(("what", "subject"),),
)

LOG = Vault(
    name="access_log",
    columns=(
        Column("minute", "integer", required=True),
        Column("principal", required=True),
        Column("tenant", required=True),
        Column("types", "json"),
        Column("attributes", "json"),
        Column("area"),
        Column("period"),
        Column("reads", "integer", required=True),
        Column("agreement"),
        Column("calls", "integer"),
    ),
    index=(("minute",), ("agreement",)),
    retention=("minute", LOG_DAYS),
)

AUDIT = Vault(
    name="access_audit",
    columns=(
        Column("at", "integer", required=True),
        Column("principal", required=True),
        Column("act", required=True),
        Column("subject", required=True),
        Column("detail", "json"),
    ),
    index=(("at",),),
)

AGREED = Vault(
    name="access_agreement",
    columns=(
        Column("agreement", required=True),
        Column("grants", "json", required=True),
        Column("starts", "integer", required=True),
        Column("ends", "integer", required=True),
        Column("rate", "integer"),
    ),
    unique=(("agreement",),),
)

IDENTITY = Vault(
    name="access_identity",
    columns=(
        Column("key", required=True), Column("since", "integer", required=True), Column("until", "integer"),
    ),
    unique=(("key",),),
)  # fmt: skip

VAULTS = (KEYS, DECLARED, LOG, AUDIT, AGREED, IDENTITY)
