# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which entities a source brought: a vault row each, so that what is gone there goes here too, and nothing else does."""

from collections.abc import Iterable
from typing import NamedTuple

from hanze.feeds import writing
from hanze.feeds.health import VOCABULARY
from hanze.ngsild.entity import Entity
from hanze.store.base import UnitOfWork
from hanze.store.vault import Column, Vault, VaultRead

BROUGHT = Vault(
    name="brought",
    columns=(Column("source", required=True), Column("id", required=True), Column("type", required=True)),
    unique=(("source", "id"),),
)


class Brought(NamedTuple):
    """An entity, and the first of the types that it came with."""

    id: str
    type: str


def take(uow: UnitOfWork, tenant: str, entities: Iterable[Entity], *, source: str, whole: bool) -> int:
    """Writes entities as `writing.take` does and notes that the source brought them; none that a room keeps for itself."""
    vault = uow.vault(BROUGHT)
    given: list[Entity] = []
    for entity in entities:
        key = {"source": source, "id": entity.id}
        if not vault.count(key):
            if any(type.startswith(VOCABULARY) for type in uow.types(tenant, entity.id) or ()):
                continue
            vault.insert({**key, "type": entity.types[0]})
        given.append(entity)
    return writing.take(uow, tenant, given, whole=whole)


def join_history(uow: UnitOfWork, tenant: str, entities: Iterable[Entity], *, source: str) -> int:
    """Writes older readings as `writing.join_history` does, of what the source brought."""
    vault = uow.vault(BROUGHT)
    ours = [entity for entity in entities if vault.count({"source": source, "id": entity.id})]
    return writing.join_history(uow, tenant, ours)


def drop(uow: UnitOfWork, source: str, id: str) -> bool:
    """The entity is gone; False where it is not of this source, so that it must stay."""
    return uow.vault(BROUGHT).delete({"source": source, "id": id}) > 0


def page(vault: VaultRead, source: str, after: str, limit: int) -> list[Brought]:
    """What the source brought, in order of ids, behind the id `after`."""
    rows = vault.select({"source": source, "id": (">", after)}, order=("id",), limit=limit)
    return [Brought(row["id"], row["type"]) for row in rows]


def forget(uow: UnitOfWork, source: str) -> None:
    """The source is gone; what it brought stays, as anyone's."""
    uow.vault(BROUGHT).delete({"source": source})
