# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The vaults of subscriptions, and what is read from and written to them.

The @context of a subscription is kept with it as a term map, so that a node without a network notifies after a restart.
"""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

import msgspec

from hanze.broker.subscriptions import matching
from hanze.broker.subscriptions.definition import define
from hanze.broker.subscriptions.model import Definition
from hanze.errors import AlreadyExists, Conflict
from hanze.ngsild.context import CORE, Context
from hanze.store.base import Store, UnitOfWork
from hanze.store.vault import Column, Row, Vault, VaultRead

SUBSCRIPTIONS = Vault(
    name="subscriptions",
    columns=(
        Column("tenant", required=True),
        Column("id", required=True),
        Column("token", required=True),
        Column("owner", required=True),
        Column("document", "json", required=True),
        Column("context"),
        Column("query_context"),
        Column("created", "integer", required=True),
        Column("modified", "integer", required=True),
        Column("state", "json"),
    ),
    unique=(("tenant", "id"),),
)
CONTEXTS = Vault(
    name="subscription_contexts",
    columns=(
        Column("hash", required=True),
        Column("user", "json"),
        Column("terms", "json", required=True),
        Column("prefixes", "json", required=True),
        Column("vocabulary", required=True),
    ),
    unique=(("hash",),),
)
VAULTS = (SUBSCRIPTIONS, CONTEXTS)
"""For whoever opens the store."""


class State(msgspec.Struct, omit_defaults=True):
    """What happened to a subscription so far; moments in microseconds. `missed`: notifications that the receiver
    refused for good, and rows of the journal that were trimmed before they could be looked at."""

    sent: int = 0
    failed: int = 0
    last_notification: int | None = None
    last_success: int | None = None
    last_failure: int | None = None
    ok: bool | None = None
    missed: int = 0
    missed_until: int | None = None


class Kept(msgspec.Struct):
    """A subscription as it stands in the vault."""

    tenant: str
    id: str
    token: str
    owner: str
    document: dict[str, Any]
    context: Context
    query_context: Context
    created: int
    modified: int
    state: State = msgspec.field(default_factory=State)

    def definition(self) -> Definition:
        return define(self.tenant, self.id, self.token, self.owner, self.document, self.context, self.query_context)


def consumer(tenant: str, id: str) -> str:
    """The name under which the journal knows a subscription."""
    return f"subscription:{tenant}:{id}"


class Reader:
    """Reads subscriptions; each context is built once, however many subscriptions have it."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._contexts: dict[str, Context] = {}

    def all(self) -> list[Kept]:
        return [self._kept(row) for row in self._store.vault(SUBSCRIPTIONS).select()]

    def get(self, tenant: str, id: str) -> Kept | None:
        found = self._store.vault(SUBSCRIPTIONS).select({"tenant": tenant, "id": id})
        return self._kept(found[0]) if found else None

    def page(self, tenant: str, owner: str | None, limit: int, offset: int) -> list[Kept]:
        """In order of creation; `owner`: only theirs."""
        where = _where(tenant, owner)
        return [self._kept(row) for row in self._store.vault(SUBSCRIPTIONS).select(where, limit=limit, offset=offset)]

    def count(self, tenant: str, owner: str | None) -> int:
        return self._store.vault(SUBSCRIPTIONS).count(_where(tenant, owner))

    def _kept(self, row: Row) -> Kept:
        return Kept(
            row["tenant"], row["id"], row["token"], row["owner"], row["document"],
            self._context(row["context"]), self._context(row["query_context"]), row["created"], row["modified"],
            msgspec.convert(row["state"] or {}, State),
        )  # fmt: skip

    def _context(self, hash: str | None) -> Context:
        if hash is None:
            return CORE
        found = self._contexts.get(hash)
        if found is None:
            row = self._store.vault(CONTEXTS).select({"hash": hash})[0]
            found = Context(row["user"], row["terms"], row["prefixes"], row["vocabulary"])
            self._contexts[hash] = found
        return found


def _where(tenant: str, owner: str | None) -> Mapping[str, Any]:
    return {"tenant": tenant} if owner is None else {"tenant": tenant, "owner": owner}


def create(work: UnitOfWork, kept: Kept, definition: Definition) -> int:
    """Keeps a new subscription; the journal number after which it begins. AlreadyExists where there is one."""
    table = work.vault(SUBSCRIPTIONS)
    if table.count({"tenant": kept.tenant, "id": kept.id}):
        raise AlreadyExists(f"There is a subscription {kept.id} already; change it with PATCH.")
    work.tenant(kept.tenant)
    table.insert(
        {
            "tenant": kept.tenant, "id": kept.id, "token": kept.token, "owner": kept.owner,
            "created": kept.created, **_changing(work, kept),
        }
    )  # fmt: skip
    _listen(work, definition)
    return work.head()


def change(work: UnitOfWork, kept: Kept, before: int, definition: Definition) -> int:
    """Keeps a changed subscription; `before`: when it had last been changed. Conflict where that is no longer true."""
    where = {"tenant": kept.tenant, "id": kept.id, "modified": before}
    old = _hashes(work.vault(SUBSCRIPTIONS), where)
    if not work.vault(SUBSCRIPTIONS).update(where, _changing(work, kept)):
        raise Conflict(f"The subscription {kept.id} was changed by someone else at the same time; try again.")
    _sweep(work, old)
    _listen(work, definition)
    return work.head()


def remove(work: UnitOfWork, tenant: str, id: str) -> bool:
    """False where there was none."""
    where = {"tenant": tenant, "id": id}
    old = _hashes(work.vault(SUBSCRIPTIONS), where)
    if not work.vault(SUBSCRIPTIONS).delete(where):
        return False
    _sweep(work, old)
    work.forget(consumer(tenant, id))
    return True


def save(work: UnitOfWork, tenant: str, id: str, seq: int | None, state: Row | None) -> None:
    """Saves how far a subscription has come, and its state as a plain object; nothing where it is gone meanwhile."""
    table = work.vault(SUBSCRIPTIONS)
    where = {"tenant": tenant, "id": id}
    there = table.count(where) if state is None else table.update(where, {"state": state})
    if there and seq is not None:
        work.position(consumer(tenant, id), seq)


def _listen(work: UnitOfWork, definition: Definition) -> None:
    name = consumer(definition.tenant, definition.id)
    if definition.interval:
        work.forget(name)
    else:
        work.watch(name, matching.watched_types(definition))


def _changing(work: UnitOfWork, kept: Kept) -> Row:
    return {
        "document": kept.document, "modified": kept.modified,
        "context": _keep_context(work, kept.context), "query_context": _keep_context(work, kept.query_context),
    }  # fmt: skip


def _keep_context(work: UnitOfWork, context: Context) -> str | None:
    if context is CORE:
        return None
    whole = {
        "user": context.user, "terms": context.terms, "prefixes": context.prefixes, "vocabulary": context.vocabulary
    }  # fmt: skip
    hash = sha256(msgspec.json.encode(whole, order="sorted")).hexdigest()[:32]
    if not work.vault(CONTEXTS).count({"hash": hash}):
        work.vault(CONTEXTS).insert({"hash": hash, **whole})
    return hash


def _hashes(table: VaultRead, where: Mapping[str, Any]) -> set[str]:
    rows = table.select(where)
    return {row[key] for row in rows for key in ("context", "query_context") if row[key] is not None}


def _sweep(work: UnitOfWork, hashes: set[str]) -> None:
    """Forgets those of the contexts that no subscription has any more."""
    table = work.vault(SUBSCRIPTIONS)
    for hash in hashes:
        if not table.count({"context": hash}) and not table.count({"query_context": hash}):
            work.vault(CONTEXTS).delete({"hash": hash})
