# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which practice data there are, how far they are, and until when."""

from hanze.store.vault import Column, Vault

PRACTICE = Vault(
    name="experiments_practice",
    columns=(
        Column("source", required=True),
        Column("tenant", required=True),
        Column("state", required=True),
        Column("seed", "integer", required=True),
        Column("made", "integer", required=True),
        Column("ends", "integer", required=True),
        Column("done", "integer", required=True),
        Column("total", "integer", required=True),
        Column("beat", "integer", required=True),
        Column("problem", required=True),
        Column("about", "json", required=True),
    ),
    unique=(("source",), ("tenant",)),
)
"""`source`: the id of the agreement or challenge. `beat`: of the machine's clock; other moments of the city's."""

VAULTS = (PRACTICE,)
