# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What residents answer to the yearly question; who they are is not asked and not kept."""

from hanze.store.vault import Column, Vault

DAYS = 365
"""An answer that is not shown is gone after so long."""

WISHES = Vault(
    name="wishes",
    columns=(
        Column("id", required=True),
        Column("year", "integer", required=True),
        Column("text", required=True),
        Column("language", required=True),
        Column("area", required=True),
        Column("goals", "json", required=True),
        Column("at", "integer", required=True),
        Column("state", required=True),
        Column("reason", required=True),
        Column("simulated", "integer", required=True),
        Column("ends", "integer"),
    ),
    unique=(("id",),),
    index=(("year", "state"), ("state", "at")),
    retention=("ends", DAYS),
    real=True,
)
"""`area`: the code of a neighbourhood, empty where none was chosen; `goals`: numbers of goals. `at`: microseconds. `state`: new,
shown, out. `reason`: why it was left out. `ends`: from when its days are counted, empty while it is shown."""

VAULTS = (WISHES,)
