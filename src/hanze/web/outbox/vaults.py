# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is kept of mails: until they are sent, then nothing; of those that cannot be delivered only that it was so."""

from hanze.store.vault import Column, Vault

MAILS = Vault(
    name="mails",
    columns=(
        Column("to", required=True),
        Column("subject", required=True),
        Column("text", required=True),
        Column("language", required=True),
        Column("stop", required=True),
        Column("created", "integer", required=True),
        Column("due", "integer", required=True),
        Column("tries", "integer", required=True),
        Column("failed", "integer"),
        Column("told", required=True),
    ),
    index=(("due",),),
    retention=("created", 30),
)
"""Moments in microseconds. `stop`: an address that ends such mails. `due`: when it is tried next; `failed`: since when it is not
tried any more, and then subject and text are gone; `told`: what the mail server said last."""
