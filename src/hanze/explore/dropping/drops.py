# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Files that were dropped: what is kept of them until they are loaded, and how far that is."""

from typing import Any, Literal

import msgspec

from hanze.errors import ResourceNotFound
from hanze.feeds.source import Feed, Refused
from hanze.store.base import UnitOfWork
from hanze.store.vault import Column, Vault, VaultRead

DAYS = 2
"""For so long a file is kept."""

DROPS = Vault(
    name="drops",
    columns=(
        Column("id", required=True),
        Column("owner", required=True),
        Column("name", required=True),
        Column("size", "integer", required=True),
        Column("at", "integer", required=True),
        Column("feed", "json", required=True),
        Column("state", required=True),
        Column("done", "integer", required=True),
        Column("total", "integer", required=True),
        Column("news", "integer", required=True),
        Column("refused", "integer", required=True),
        Column("beat", "integer", required=True),
        Column("problem", required=True),
    ),
    unique=(("id",),),
    index=(("owner",),),
    retention=("at", DAYS),
)

BODIES = Vault(
    name="drop_bodies",
    columns=(
        Column("id", required=True),
        Column("at", "integer", required=True),
        Column("body", "blob", required=True),
    ),
    unique=(("id",),),
    retention=("at", DAYS),
)

REFUSED = Vault(
    name="drop_refused",
    columns=(
        Column("drop_id", required=True), Column("at", "integer", required=True), Column("place", required=True),
        Column("reason", required=True),
    ),
    unique=(("drop_id", "place", "reason"),),
    retention=("at", DAYS),
)  # fmt: skip

VAULTS = (DROPS, BODIES, REFUSED)

MOST_REFUSED = 10_000
"""Refused parts that are kept of one file; all of them are counted."""

State = Literal["new", "loading", "done", "failed"]

SILENT = 60_000_000
"""Microseconds without a sign after which a load counts as interrupted."""


class Drop(msgspec.Struct, frozen=True):
    """`owner`: the id of the principal. `feed`: how the file becomes things. `done` of `total` rows (0: not known), `news` things
    and readings that were new, `refused` parts. `at` and `beat`, the last sign of the load: microseconds. `problem`: why it
    failed."""

    id: str
    owner: str
    name: str
    size: int
    at: int
    feed: Feed
    state: State = "new"
    done: int = 0
    total: int = 0
    news: int = 0
    refused: int = 0
    beat: int = 0
    problem: str = ""

    def interrupted(self, now: int) -> bool:
        """It was to be loaded, and nobody does."""
        return self.state == "loading" and now - self.beat > SILENT


def find(vault: VaultRead, id: str, owner: str) -> Drop:
    """Errors: ResourceNotFound where there is none, or it is of somebody else."""
    rows = vault.select({"id": id, "owner": owner}) if id else []
    if not rows:
        raise ResourceNotFound("There is no such file; it may have been too long ago. Drop it again.")
    return _drop(rows[0])


def of(vault: VaultRead, owner: str) -> list[Drop]:
    """The files of one person, newest first."""
    return [_drop(row) for row in vault.select({"owner": owner}, order=("-at",), limit=20)]


def body(vault: VaultRead, id: str) -> bytes:
    """What stands in the file."""
    rows = vault.select({"id": id})
    if not rows:
        raise ResourceNotFound("The file is not kept any more; drop it again.")
    return bytes(rows[0]["body"])


def put(uow: UnitOfWork, drop: Drop, content: bytes) -> None:
    uow.vault(DROPS).insert({**msgspec.structs.asdict(drop), "feed": msgspec.to_builtins(drop.feed)})
    uow.vault(BODIES).insert({"id": drop.id, "at": drop.at, "body": content})


def change(uow: UnitOfWork, id: str, **values: Any) -> None:
    uow.vault(DROPS).update({"id": id}, values)


def refuse(uow: UnitOfWork, drop: Drop, found: list[Refused]) -> int:
    """Keeps what was refused, each once, also where a load goes on behind an interruption; how many were new."""
    vault, new = uow.vault(REFUSED), 0
    room = MOST_REFUSED - vault.count({"drop_id": drop.id}) if found else 0
    for one in dict.fromkeys(found):
        where = {"drop_id": drop.id, "place": one.where, "reason": one.reason}
        if vault.count(where):
            continue
        new += 1
        if new <= room:
            vault.insert({**where, "at": drop.at})
    return new


def refused(vault: VaultRead, id: str) -> list[tuple[str, str]]:
    """Where each refused part stands in the file, and why it was refused."""
    return [(row["place"], row["reason"]) for row in vault.select({"drop_id": id}, order=("rowid",))]


def _drop(row: dict[str, Any]) -> Drop:
    values = {name: row[name] for name in Drop.__struct_fields__}
    return msgspec.convert(values, Drop)
