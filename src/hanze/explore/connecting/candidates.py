# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Sources that somebody may connect: what was found at an address, kept for a day."""

from typing import Any, Literal

import msgspec

from hanze.errors import ResourceNotFound
from hanze.feeds.source import Feed, Option, Refused
from hanze.ngsild.entity import Entity
from hanze.store.base import UnitOfWork
from hanze.store.vault import Column, Vault, VaultRead

CANDIDATES = Vault(
    name="candidates",
    columns=(
        Column("id", required=True), Column("owner", required=True), Column("at", "integer", required=True),
        Column("beat", "integer", required=True), Column("state", required=True), Column("asked", "json", required=True),
        Column("feed", "json"), Column("seen", "json", required=True),
    ),
    unique=(("id",),),
    index=(("owner",),),
    retention=("at", 1),
    real=True,
)  # fmt: skip

State = Literal["asking", "asked"]

SILENT = 120_000_000
"""Microseconds of the machine after which nobody asks any more."""


class Asked(msgspec.Struct, frozen=True):
    """What a person typed: `kind` is empty where it is to be found out."""

    url: str
    kind: str = ""
    options: dict[str, Option] = {}


class Seen(msgspec.Struct, frozen=True):
    """`what` stands there, `notes` to know of it, `problem` and `advice` where nothing came of it: English sentences. `count`: how
    many things would come, the first of them in `entities`; `table`: it is one that can be loaded once only."""

    what: str = ""
    notes: list[str] = []
    problem: str = ""
    advice: str = ""
    count: int = 0
    entities: list[Entity] = []
    refused: list[Refused] = []
    table: bool = False


class Candidate(msgspec.Struct, frozen=True):
    """`owner`: the id of the principal. `at`, `beat`, when the asking began: microseconds of the machine. `feed`: None where no
    kind of source reads it, or nothing is known yet."""

    id: str
    owner: str
    at: int
    beat: int
    asked: Asked
    state: State = "asking"
    feed: Feed | None = None
    seen: Seen = Seen()

    def interrupted(self, now: int) -> bool:
        """It was to be asked, and nobody does."""
        return self.state == "asking" and now - self.beat > SILENT


def find(vault: VaultRead, id: str, owner: str) -> Candidate:
    """Errors: ResourceNotFound where there is none, or it is of somebody else."""
    rows = vault.select({"id": id, "owner": owner}) if id else []
    if not rows:
        raise ResourceNotFound("This was looked at too long ago. Give the address again.")
    return msgspec.convert({name: rows[0][name] for name in Candidate.__struct_fields__}, Candidate)


def put(uow: UnitOfWork, one: Candidate) -> None:
    plain: dict[str, Any] = msgspec.to_builtins(one)
    uow.vault(CANDIDATES).put(plain)


def drop(uow: UnitOfWork, id: str) -> None:
    uow.vault(CANDIDATES).delete({"id": id})
