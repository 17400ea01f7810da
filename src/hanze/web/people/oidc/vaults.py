# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is kept of people who come by their organisation."""

from hanze.store.vault import Column, Vault

IDENTITIES = Vault(
    name="identities",
    columns=(
        Column("hash", required=True),
        Column("person"),
        Column("roles", "json", required=True),
        Column("created", "integer", required=True),
    ),
    unique=(("hash",),),
    index=(("person",),),
)
"""`hash`: of issuer and subject. `person`: None where an administrator erased the account, so that it stays closed.
`roles`: those that the organisation gave at the last time."""

ARRIVALS = Vault(
    name="arrivals",
    columns=(Column("hash", required=True), Column("expires", "integer", required=True)),
    unique=(("hash",),),
    retention=("expires", 1),
    real=True,
)
"""Which attempts have come back: each counts once. `hash`: of its state."""

VAULTS = (IDENTITIES, ARRIVALS)
