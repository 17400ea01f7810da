# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is kept of pictures: what belongs to one, and its bytes in each size."""

from hanze.store.vault import Column, Vault

DRAFT_DAYS = 1
"""A picture whose form was never sent in the end is gone after so long."""

ATTACHMENTS = Vault(
    name="attachments",
    columns=(
        Column("id", required=True),
        Column("owner", required=True),
        Column("thing", required=True),
        Column("alt", required=True),
        Column("at", "integer", required=True),
        Column("sizes", "json", required=True),
        Column("draft", "integer"),
    ),
    unique=(("id",),),
    index=(("thing",), ("owner",), ("draft",)),
    retention=("draft", DRAFT_DAYS),
)
"""`owner`: the id of a principal. `thing`: the id of what it belongs to, empty in a draft. `alt`: what is to be seen, in words.
`at`: microseconds. `sizes`: width and height in pixels, from small to large. `draft`: since when it has been one, microseconds;
empty in what is no draft."""

BODIES = Vault(
    name="attachment_bodies",
    columns=(
        Column("id", required=True),
        Column("width", "integer", required=True),
        Column("hash", required=True),
        Column("body", "blob", required=True),
        Column("draft", "integer"),
    ),
    unique=(("id", "width"),),
    index=(("draft",),),
    retention=("draft", DRAFT_DAYS),
)
"""`body`: a JPEG of that width. `hash`: its SHA-256, hexadecimal."""

VAULTS = (ATTACHMENTS, BODIES)
