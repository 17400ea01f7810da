# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is kept of organisations: whom the city works with, who speaks for one, and who was asked to."""

from hanze.store.vault import Column, Vault

ORGANISATIONS = Vault(
    name="experiments_organisation",
    columns=(
        Column("id", required=True),
        Column("key", required=True),
        Column("name", required=True),
        Column("kind", required=True),
        Column("size", required=True),
        Column("locality", required=True),
        Column("newcomer", "integer", required=True),
        Column("contact", required=True),
        Column("created", "integer", required=True),
        Column("simulated", "integer", required=True),
    ),
    unique=(("id",), ("key",)),
    real=True,
)
"""`key`: the name as it is compared, so that no two look alike. `contact`: a mail address."""

MEMBERS = Vault(
    name="experiments_member",
    columns=(
        Column("person", required=True),
        Column("organisation", required=True),
        Column("since", "integer", required=True),
    ),
    unique=(("person",),),
    index=(("organisation",),),
    real=True,
    person="person",
)
"""A person speaks for one organisation at a time."""

INVITED = Vault(
    name="experiments_organisation_invited",
    columns=(
        Column("hash", required=True),
        Column("organisation", required=True),
        Column("expires", "integer", required=True),
    ),
    unique=(("hash",),),
    retention=("expires", 1),
    real=True,
)
"""`hash`: of the token of a link that works once."""

VAULTS = (ORGANISATIONS, MEMBERS, INVITED)
