# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Regular work of the store: what has expired goes, what is past its retention goes, the journal is trimmed."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import apsw

from hanze.ngsild import operations
from hanze.ngsild.entity import Entity
from hanze.store.base import RetentionRule, Vault

if TYPE_CHECKING:
    from hanze.store.sqlite.work import Work

DAY = 86_400_000_000

LASTS_NO_LONGER = "DELETE FROM expiring WHERE moment = ? AND eid = ? AND aid = ? AND at = ? AND number = ?"


def expire(work: "Work", connection: apsw.Connection, limit: int) -> int:
    """Takes what has expired out of at most `limit` entities, and as many instances out of the history; how many."""
    sql = (
        "SELECT t.name, e.id FROM entity e JOIN tenant t ON t.tn = e.tn "
        "WHERE e.expires IS NOT NULL AND e.expires <= ? AND e.live = 1 LIMIT ?"
    )
    found: list[tuple[Any, ...]] = connection.execute(sql, (work.now, limit)).fetchall()
    for tenant, id in found:
        # Reading it for a change is enough.
        work.entity(tenant, id)
    due: list[tuple[Any, ...]] = connection.execute(
        "SELECT * FROM expiring WHERE moment <= ? LIMIT ?", (work.now, limit)
    ).fetchall()
    if due:
        connection.executemany(
            "DELETE FROM history WHERE eid = ? AND aid = ? AND at = ? AND number = ?", (row[1:] for row in due)
        )
        connection.executemany(LASTS_NO_LONGER, due)
    return len(found) + len(due)


def sweep(work: "Work", tenant: str, entity: Entity) -> Entity | None:
    """The entity without what has expired, which is gone from the store too. The history of an entity stays as that of a
    deleted one does; an instance leaves none behind, for its expiresAt counts for its storage (clause 4.22)."""
    if operations.alive(entity, work.now) is None:
        work.save(tenant, operations.delete(entity))
        return None
    outcome = operations.expire(entity, work.stamp)
    work.save(tenant, outcome, history=False)
    return outcome.after


def retain(connection: apsw.Connection, rules: Sequence[RetentionRule], now: int, limit: int) -> int:
    """Deletes history older than the rules allow, at most `limit` rows at once; how many went. The narrowest rule counts:
    type and attribute before attribute before type before neither."""
    deleted = 0
    done: list[tuple[str | None, str | None]] = []
    for rule in sorted(rules, key=lambda rule: (rule.attribute is None, rule.type is None)):
        condition = "h.at < ?"
        values: list[object] = [now - rule.days * DAY]
        for name, kind in ((rule.type, "t"), (rule.attribute, "a")):
            if name is not None:
                condition += f" AND {_has(kind)}"
                values.append(name)
        for type, attribute in done:
            parts = [_has(kind) for name, kind in ((type, "t"), (attribute, "a")) if name is not None]
            condition += f" AND NOT ({' AND '.join(parts)})"
            values += [name for name in (type, attribute) if name is not None]
        done.append((rule.type, rule.attribute))
        sql = (
            "DELETE FROM history WHERE (eid, aid, at, number) IN "
            f"(SELECT eid, aid, at, number FROM history h WHERE {condition} LIMIT ?)"
        )
        connection.execute(sql, (*values, limit - deleted))
        deleted += connection.changes()
        if deleted >= limit:
            break
    return deleted


def _has(kind: str) -> str:
    if kind == "a":
        return "h.aid IN (SELECT nid FROM name WHERE kind = 'a' AND iri = ?)"
    return (
        "EXISTS (SELECT 1 FROM entity_type t JOIN name n ON n.nid = t.tid "
        "WHERE n.kind = 't' AND n.iri = ? AND t.live IN (0, 1) AND t.eid = h.eid)"
    )


def retain_vaults(connection: apsw.Connection, vaults: Sequence[Vault], now: int) -> int:
    """Deletes the rows of vaults that are past the vault's own retention; how many."""
    deleted = 0
    for vault in vaults:
        if vault.retention is not None:
            column, days = vault.retention
            connection.execute(f'DELETE FROM "vault_{vault.name}" WHERE "{column}" < ?', (now - days * DAY,))
            deleted += connection.changes()
    return deleted
