# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reads history: one entity's, the entities' that a query selects, and aggregates of an attribute."""

from collections.abc import Iterator, Sequence
from typing import Any

import apsw
import msgspec

from hanze.ngsild import match, times
from hanze.ngsild.entity import Entity, Instance
from hanze.ngsild.selection import EntitySelection, Order, Window
from hanze.store.base import Bucket, TemporalEntity, TemporalInstance, TemporalPage
from hanze.store.scope import Scope
from hanze.store.sqlite import aggregates
from hanze.store.sqlite.current import decode
from hanze.store.sqlite.mask import allowed, covers, grants
from hanze.store.sqlite.names import Names
from hanze.store.sqlite.select import Selector
from hanze.store.sqlite.span import Span, span

ROWS = """SELECT h.number, h.at, h.modified, s.template, s.observed, s.gone, h.value, h.doc
FROM history h JOIN shape s USING (sid) WHERE h.eid = ? AND h.aid = ? AND {where} ORDER BY {order} LIMIT ?"""
ATTRIBUTES = """WITH RECURSIVE a(aid) AS (
  SELECT min(aid) FROM history WHERE eid = :eid
  UNION ALL SELECT (SELECT min(aid) FROM history WHERE eid = :eid AND aid > a.aid) FROM a WHERE a.aid IS NOT NULL)
SELECT aid FROM a WHERE aid IS NOT NULL"""
ENTITY = "SELECT eid, live, doc, gone FROM entity WHERE tn = ? AND "

_instance = msgspec.json.Decoder(dict[str, Any]).decode


class History:
    """Reads on one connection, which only one thread uses at a time."""

    def __init__(self, connection: apsw.Connection, names: Names, selector: Selector) -> None:
        self._connection = connection
        self._names = names
        self._selector = selector

    def temporal(
        self, tenant: str, id: str, window: Window, scope: Scope, *, attributes: Sequence[str],
        datasets: Sequence[str] | None, cap: int | None, oldest_first: bool,
    ) -> TemporalEntity | None:  # fmt: skip
        tn = self._names.tenant(tenant)
        for eid, live, doc, gone in self._connection.execute(ENTITY + "id = ?", (tn, id)):
            return self._entity(tn or 0, tenant, eid, live, doc, gone, window, scope, attributes, datasets, cap, oldest_first)
        return None

    def _entity(
        self, tn: int, tenant: str, eid: int, live: int, doc: str, gone: int | None, window: Window, scope: Scope,
        attributes: Sequence[str], datasets: Sequence[str] | None, cap: int | None, oldest_first: bool,
    ) -> TemporalEntity | None:  # fmt: skip
        entity = decode(doc)
        covering = [grant for grant in grants(scope, tenant) if covers(grant, entity)]
        if not covering:
            return None
        shown = allowed(covering)
        made = TemporalEntity(entity.id, entity.types, entity.scopes, {}, entity.created, entity.modified)
        made.deleted = None if live or gone is None else times.text(gone)
        made.expires = entity.expires
        where = span(window, covering)
        for aid in self._aids(tn, eid, attributes):
            name = self._names.iri(aid)
            if shown is None or name in shown:
                self._attribute(made, eid, aid, name, where, window, datasets, cap, oldest_first)
        return made

    def _aids(self, tn: int, eid: int, attributes: Sequence[str]) -> list[int]:
        if attributes:
            found = (self._names.number(tn, "a", name) for name in attributes)
            return [aid for aid in found if aid is not None]
        return [aid for (aid,) in self._connection.execute(ATTRIBUTES, {"eid": eid}).fetchall()]

    def _attribute(
        self, made: TemporalEntity, eid: int, aid: int, name: str, where: Span, window: Window,
        datasets: Sequence[str] | None, cap: int | None, oldest_first: bool,
    ) -> None:  # fmt: skip
        newest_first = window.last is not None or not oldest_first
        direction = "DESC" if newest_first else "ASC"
        most = -1 if window.last is None and cap is None else min(n for n in (window.last, None if cap is None else cap + 1) if n is not None)
        condition, values = where.sql, list(where.values)
        if datasets is not None:
            named = [one for one in datasets if one != "@none"]
            condition += f" AND (s.dataset IN ({', '.join('?' * len(named))}){' OR s.dataset IS NULL' if '@none' in datasets else ''})"
            values += named
        sql = ROWS.format(where=condition, order=f"{where.column} {direction}, h.number {direction}")
        rows = self._connection.execute(sql, (eid, aid, *values, most)).fetchall()
        if cap is not None and len(rows) > cap:
            rows = rows[:cap]
            made.cut = True
        if rows:
            made.attributes[name] = [_read(row) for row in rows]
            place = 1 if where.column == "h.at" else 2
            ends = (rows[0][place], rows[-1][place])
            low, high = min(ends), max(ends)
            made.span = (low, high) if made.span is None else (min(low, made.span[0]), max(high, made.span[1]))

    def temporal_query(
        self, tenant: str, selection: EntitySelection, window: Window, scope: Scope, *, limit: int, offset: int,
        count: bool, cap: int | None, attributes: Sequence[str], order: Sequence[Order],
    ) -> TemporalPage:  # fmt: skip
        wanted = attributes or selection.attributes
        found: list[TemporalEntity] = []
        total = 0
        for candidate in self._candidates(tenant, selection, scope):
            made = self._entity(*candidate, window, scope, wanted, None, cap, True)
            if made is None or not _fits(made, selection, window, wanted):
                continue
            total += 1
            if offset < total <= offset + limit:
                found.append(made)
            if total >= offset + limit and not count:
                break
        return TemporalPage(found, total if count else None)

    def _candidates(
        self, tenant: str, selection: EntitySelection, scope: Scope
    ) -> Iterator[tuple[int, str, int, int, str, int | None]]:
        """Entities by type, id and pattern, in order of creation, also those that are not current."""
        ids = self._selector.select(tenant, selection, scope, 0, past=True)
        tn = self._names.tenant(tenant)
        if ids is None or tn is None:
            return
        after = 0
        while True:
            sql = f"SELECT eid FROM ({ids.sql}) WHERE eid > ? ORDER BY eid LIMIT 200"
            page = [eid for (eid,) in self._connection.execute(sql, (*ids.values, after)).fetchall()]
            for eid in page:
                for _, live, doc, gone in self._connection.execute(ENTITY + "eid = ?", (tn, eid)).fetchall():
                    yield tn, tenant, eid, live, doc, gone
            if len(page) < 200:
                return
            after = page[-1]

    def aggregate(
        self, tenant: str, id: str, attribute: str, dataset: str | None, window: Window, scope: Scope,
        methods: Sequence[str], period: Any,
    ) -> list[Bucket]:  # fmt: skip
        tn = self._names.tenant(tenant)
        aid = None if tn is None else self._names.number(tn, "a", attribute)
        for eid, _, doc, _ in self._connection.execute(ENTITY + "id = ?", (tn, id)).fetchall():
            covering = [grant for grant in grants(scope, tenant) if covers(grant, decode(doc))]
            shown = allowed(covering) if covering else frozenset[str]()
            if aid is None or (shown is not None and attribute not in shown):
                return []
            where = span(window, covering)
            limited = Span(where.sql + " AND s.dataset IS ?", [*where.values, dataset], where.column)
            return aggregates.buckets(self._connection, eid, aid, limited, window, methods, period)
        return []


def _read(row: tuple[Any, ...]) -> TemporalInstance:
    number, at, modified, template, observed, gone, value, doc = row
    made: Instance = _instance(template if doc is None else doc)
    if gone:
        return TemporalInstance(number, made, times.text(at))
    if doc is None:
        made["value"] = value
        if observed:
            made["observedAt"] = times.text(at)
    stamp = times.text(modified)
    made.setdefault("createdAt", stamp)
    made["modifiedAt"] = stamp
    return TemporalInstance(number, made)


def _fits(made: TemporalEntity, selection: EntitySelection, window: Window, wanted: Sequence[str]) -> bool:
    """Something is left to show, and q, geoQ and scopeQ hold for an instance in the window."""
    if (window.relation or wanted) and not made.attributes:
        return False
    if selection.q is None and selection.geo is None and selection.scope_q is None:
        return True
    instances = {name: [one.doc for one in found if one.deleted is None] for name, found in made.attributes.items()}
    entity = Entity(made.id, made.types, instances, made.scopes, made.created, made.modified)
    return match.matches(entity, EntitySelection(q=selection.q, geo=selection.geo, scope_q=selection.scope_q))
