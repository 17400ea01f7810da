# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Regular work of the store: what has expired goes, what is past its retention goes, the journal is trimmed."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import apsw
import msgspec

from hanze.ngsild import operations
from hanze.ngsild.entity import Entity
from hanze.store.base import RetentionRule
from hanze.store.sqlite.names import Names
from hanze.store.vault import Vault

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


class Retention:
    """Goes round the series (one attribute of one entity) of the history, so many at a time."""

    def __init__(self, connection: apsw.Connection, names: Names) -> None:
        self._connection = connection
        self._names = names
        self._at = START

    def step(self, rules: Sequence[RetentionRule], now: int, limit: int) -> int:
        """Deletes rows that are older than the rules allow, at most `limit` at once; how many went. The narrowest rule
        counts: type and attribute before attribute before type before neither, the first one of equals."""
        if not rules:
            return 0
        ordered = sorted(rules, key=lambda rule: (rule.attribute is None, rule.type is None))
        kinds = msgspec.json.encode(sorted({rule.type for rule in rules if rule.type is not None})).decode()
        deleted = 0
        types: tuple[int, set[str]] = (-1, set())
        for _ in range(SERIES_AT_ONCE):
            series: Any = self._connection.execute(NEXT_SERIES, self._at).fetchone()
            if series is None:
                self._at = START
                break
            eid, aid = series
            if types[0] != eid:
                types = eid, {iri for (iri,) in self._connection.execute(TYPES, (kinds, eid))}
            days = _days(ordered, types[1], self._names.iri(aid))
            if days is not None:
                self._connection.execute(TOO_OLD, (eid, aid, eid, aid, now - days * DAY, limit - deleted))
                deleted += self._connection.changes()
                if deleted >= limit:
                    break
            self._at = series
        return deleted


START = (-1, -1)
SERIES_AT_ONCE = 1000

NEXT_SERIES = "SELECT eid, aid FROM history WHERE (eid, aid) > (?, ?) ORDER BY eid, aid LIMIT 1"
TYPES = (
    "SELECT n.iri FROM json_each(?) k JOIN entity e ON e.eid = ? JOIN name n ON n.tn = e.tn AND n.kind = 't' AND n.iri = k.value "
    "WHERE EXISTS (SELECT 1 FROM entity_type t WHERE t.tid = n.nid AND t.live = e.live AND t.eid = e.eid)"
)
"""Which of these types the entity has."""

TOO_OLD = (
    "DELETE FROM history WHERE eid = ? AND aid = ? AND (at, number) IN "
    "(SELECT at, number FROM history WHERE eid = ? AND aid = ? AND at < ? ORDER BY at, number LIMIT ?)"
)


def _days(ordered: Sequence[RetentionRule], types: set[str], attribute: str) -> int | None:
    for rule in ordered:
        if rule.type in (None, *types) and rule.attribute in (None, attribute):
            return rule.days
    return None


def retain_vaults(connection: apsw.Connection, vaults: Sequence[Vault], now: int, real: int, limit: int) -> int:
    """Deletes rows that are past their vault's own retention, at most `limit` of each vault; how many."""
    deleted = 0
    for vault in vaults:
        if vault.retention is not None:
            column, days = vault.retention
            table = f'"vault_{vault.name}"'
            old = f'SELECT rowid FROM {table} WHERE "{column}" < ? LIMIT ?'
            connection.execute(
                f"DELETE FROM {table} WHERE rowid IN ({old})", ((real if vault.real else now) - days * DAY, limit)
            )
            deleted += connection.changes()
    return deleted
