# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Terms that do not hold yet: drafts, and what waits for signatures."""

from hanze.store.vault import Column, Vault

PROPOSALS = Vault(
    name="experiments_agreement_proposal",
    columns=(
        Column("agreement", required=True),
        Column("partner", required=True),
        Column("terms", "json", required=True),
        Column("offered", "integer", required=True),
        Column("signatures", "json", required=True),
        Column("answers", required=True),
        Column("simulated", "integer", required=True),
    ),
    unique=(("agreement",),),
)
"""`offered`: both sides can sign; else it is a draft of the city. `answers`: the id of what it is for, or empty."""

VAULTS = (PROPOSALS,)
