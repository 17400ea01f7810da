# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A change of the settings between its form and the moment it is written: seen by who made it, gone after a day."""

from collections.abc import Mapping

import msgspec

from hanze.errors import ResourceNotFound
from hanze.store.base import UnitOfWork
from hanze.store.vault import Column, Vault, VaultRead

DRAFTS = Vault(
    name="settings_drafts",
    columns=(
        Column("id", required=True), Column("owner", required=True), Column("at", "integer", required=True),
        Column("step", required=True), Column("before", required=True), Column("text", required=True),
    ),
    unique=(("id",),),
    retention=("at", 1),
)  # fmt: skip

FILES = Vault(
    name="settings_files",
    columns=(
        Column("draft", required=True), Column("at", "integer", required=True), Column("name", required=True),
        Column("body", "blob", required=True),
    ),
    unique=(("draft", "name"),),
    retention=("at", 1),
)  # fmt: skip

VAULTS = (DRAFTS, FILES)


class Draft(msgspec.Struct, frozen=True):
    """`owner`: the id of the principal. `step`: the path of the page whose form made it. `text`: the whole file as it is to be,
    `before`: the hash of what it was made from. `at`: microseconds."""

    id: str
    owner: str
    at: int
    step: str
    before: str
    text: str


def put(uow: UnitOfWork, draft: Draft, files: Mapping[str, bytes]) -> None:
    """In the place of what the same person left."""
    for row in uow.vault(DRAFTS).select({"owner": draft.owner}):
        drop(uow, row["id"])
    uow.vault(DRAFTS).insert(msgspec.structs.asdict(draft))
    for name, body in files.items():
        uow.vault(FILES).insert({"draft": draft.id, "at": draft.at, "name": name, "body": body})


def find(vault: VaultRead, id: str, owner: str) -> Draft:
    """Errors: ResourceNotFound where there is none, or it is of somebody else."""
    rows = vault.select({"id": id, "owner": owner}) if id else []
    if not rows:
        raise ResourceNotFound("There is no such change; it may be written already, or too old.")
    return Draft(**{name: rows[0][name] for name in Draft.__struct_fields__})


def files(vault: VaultRead, id: str) -> dict[str, bytes]:
    """The files that come with it."""
    return {row["name"]: bytes(row["body"]) for row in vault.select({"draft": id}, order=("name",))}


def drop(uow: UnitOfWork, id: str) -> None:
    uow.vault(DRAFTS).delete({"id": id})
    uow.vault(FILES).delete({"draft": id})
