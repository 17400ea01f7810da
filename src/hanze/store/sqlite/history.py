# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reads the history: of one entity, of the entities that match a temporal query, and aggregates of one attribute.

Of each entity a principal sees the attributes and the period of the grants that cover it; no condition looks further.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import apsw
import msgspec

from hanze.ngsild import times
from hanze.ngsild.duration import Duration
from hanze.ngsild.entity import SCOPE, Entity
from hanze.ngsild.selection import EntitySelection, Order, Window
from hanze.store import mask, sight
from hanze.store.base import Bucket, Numbers, Series, TemporalEntity, TemporalPage
from hanze.store.mask import covers, grants, levelled, names
from hanze.store.scope import Grant, Scope
from hanze.store.sqlite import aggregates, levels, numbers, strips, validity
from hanze.store.sqlite.condition import Sql
from hanze.store.sqlite.current import decode
from hanze.store.sqlite.kept import Kept
from hanze.store.sqlite.lens import SOURCE, WHOLLY, Question, question, shown
from hanze.store.sqlite.names import Names
from hanze.store.sqlite.recall import Recall
from hanze.store.sqlite.select import Ids, Selector, listed
from hanze.store.sqlite.stays import Stays
from hanze.store.sqlite.strips import Strip

MOST_AT_ONCE = 200_000
"""So many instances are in one answer at most, shared out over all attributes of all its entities."""

ENTITY = "SELECT eid, live, doc, gone FROM entity WHERE "

ATTRIBUTES = """WITH RECURSIVE known(aid) AS (
SELECT min(aid) FROM history WHERE eid = ?1 UNION ALL
SELECT (SELECT min(aid) FROM history WHERE eid = ?1 AND aid > known.aid) FROM known WHERE aid IS NOT NULL)
SELECT aid FROM known WHERE aid IS NOT NULL"""


class _Subject(msgspec.Struct):
    """An entity whose history is read, and the grants that cover it; `levelled`: those of them that show aggregates only."""

    eid: int
    live: bool
    entity: Entity
    gone: int | None
    covering: list[Grant]
    levelled: list[Grant]
    valid: Sql = ("1", [])
    """The part of its history in which it had the scope that was asked for."""
    strips: dict[str, Strip] = {}


class History:
    """Reads history on one connection."""

    def __init__(self, connection: apsw.Connection, names: Names, selector: Selector) -> None:
        self._connection = connection
        self._names = names
        self._selector = selector
        self._kept = Kept(connection)
        self._stays = Stays(connection, names)
        self._recall = Recall(connection, names, selector)

    def temporal(
        self, tenant: str, id: str, window: Window, scope: Scope, *, attributes: Sequence[str] = (),
        datasets: Sequence[str] | None = None, cap: int | None = None, oldest_first: bool = True, aggregated: bool = False,
    ) -> TemporalEntity | None:  # fmt: skip
        subject = self._subject(tenant, id, scope)
        if subject is None:
            return None
        asked = question(window, datasets, newest_first=not oldest_first)
        known = self._known(subject, attributes)
        summed = aggregated and any(_about(grant, attributes) for grant in subject.levelled)
        if not known and not summed and (attributes or subject.live or subject.gone is not None):
            return None
        return self._read([(subject, known)], asked, window, cap)[0]

    def temporal_query(
        self, tenant: str, selection: EntitySelection, window: Window, scope: Scope, *, limit: int, offset: int = 0,
        count: bool = False, cap: int | None = None, attributes: Sequence[str] = (), order: Sequence[Order] = (),
        datasets: Sequence[str] | None = None, aggregated: bool = False, now: int = 0,
    ) -> TemporalPage:  # fmt: skip
        asked = question(window, datasets, newest_first=False)
        ids = self._ids(tenant, selection, attributes, window, asked, scope, now if aggregated else None)
        if ids is None:
            return TemporalPage([], 0 if count else None)
        total = None
        if count:
            total = int(self._connection.execute(f"SELECT count(*) FROM ({ids.sql})", ids.values).get)
        if limit == 0 or (total is not None and offset >= total):
            return TemporalPage([], total)
        by, keys = self._selector.order(order, tenant, scope)
        page = f"SELECT e.eid FROM ({ids.sql}) m JOIN entity e ON e.eid = m.eid ORDER BY {by} LIMIT ? OFFSET ?"
        eids = [eid for (eid,) in self._connection.execute(page, (*ids.values, *keys, limit, offset))]
        subjects = [self._load("eid = ?", (eid,), scope, tenant) for eid in eids]
        found = [(subject, self._known(subject, attributes)) for subject in subjects if subject is not None]
        if selection.scope_q is not None:
            aid = self._names.number(self._names.tenant(tenant) or 0, "a", SCOPE)
            for subject in (one for one, _ in found if shown(one.covering, SCOPE) == WHOLLY):
                subject.valid = validity.periods(self._connection, self._kept, subject.eid, aid, selection.scope_q)
        return TemporalPage(self._read(found, asked, window, cap), total)

    def series(
        self, tenant: str, id: str, window: Window, scope: Scope, *, attributes: Sequence[str] = (),
        datasets: Sequence[str] | None = None, now: int = 0,
    ) -> list[Series]:  # fmt: skip
        subject = self._subject(tenant, id, scope)
        if subject is None:
            return []
        asked = question(window, datasets, newest_first=False)
        found: dict[Series, None] = {}
        for name, aid in self._known(subject, attributes).items():
            visible = shown(subject.covering, name)
            assert visible is not None
            where = f"h.eid = ? AND h.aid = ? AND {asked.where} AND {visible[0]}"
            sql = f"SELECT DISTINCT h.sid FROM {SOURCE} WHERE {where}"
            rows: Any = self._connection.execute(sql, (subject.eid, aid, *asked.values, *visible[1])).fetchall()
            for shape in (self._kept.shape(sid) for (sid,) in rows):
                found[Series(name, shape.template.get("datasetId"), shape.template["type"])] = None
        for name, aid in self._summed(subject, attributes).items():
            of = f"h.eid = ? AND h.aid = ? AND {asked.kind[0]}", [subject.eid, aid, *asked.kind[1]]
            for dataset in levels.datasets(self._connection, of, _naming(subject, name), window, now):
                found[Series(name, dataset, "Property")] = None
        # Numbers are given as names come up, also of what is hidden here.
        return sorted(found, key=lambda one: (one.attribute, one.dataset or "", one.kind))

    def aggregate(
        self, tenant: str, id: str, attribute: str, dataset: str | None, window: Window, scope: Scope,
        methods: Sequence[str], period: Duration, now: int = 0,
    ) -> list[Bucket]:  # fmt: skip
        subject = self._subject(tenant, id, scope)
        if subject is None:
            return []
        asked = question(window, [dataset or "@none"], newest_first=True)
        told = f"{attribute} of {id}"
        summed = self._summed(subject, (attribute,))
        if summed:
            of = f"h.eid = ? AND h.aid = ? AND {asked.kind[0]}", [subject.eid, summed[attribute], *asked.kind[1]]
            naming = _naming(subject, attribute)
            return levels.aggregate(self._connection, self._kept, of, naming, window, methods, period, now, told)
        known, visible = self._known(subject, (attribute,)), shown(subject.covering, attribute)
        if not known or visible is None:
            return []
        others = f"h.eid = ? AND h.aid = ? AND {asked.kind[0]} AND {visible[0]}"
        values = [subject.eid, known[attribute], *asked.kind[1], *visible[1]]
        if window.last is not None:
            where = f"{others} AND {asked.bounds[0]} ORDER BY {asked.order} LIMIT 1 OFFSET ?"
            sql = f"SELECT {asked.key}, h.number FROM {SOURCE} WHERE {where}"
            first: Any = self._connection.execute(sql, (*values, *asked.bounds[1], window.last - 1)).fetchone()
            if first is not None:
                others += f" AND ({asked.key}, h.number) >= (?, ?)"
                values += first
        rows = aggregates.Rows(asked.key, (others, values), asked.bounds)
        return aggregates.aggregate(self._connection, self._kept, rows, window, methods, period, told)

    def numbers(
        self, tenant: str, id: str, attribute: str, dataset: str | None, window: Window, scope: Scope
    ) -> list[Numbers]:
        subject = self._subject(tenant, id, scope)
        known = {} if subject is None else self._known(subject, (attribute,))
        if subject is None or not known:
            return []
        asked = question(window, [dataset or "@none"], newest_first=False)
        visible = shown(subject.covering, attribute)
        assert visible is not None
        where = f"h.eid = ? AND h.aid = ? AND {asked.where} AND {visible[0]}"
        values = (subject.eid, known[attribute], *asked.values, *visible[1])
        return numbers.read(self._connection, self._kept, asked, where, values)

    def _subject(self, tenant: str, id: str, scope: Scope) -> _Subject | None:
        tn = self._names.tenant(tenant)
        return None if tn is None else self._load("tn = ? AND id = ?", (tn, id), scope, tenant)

    def _load(self, where: str, values: tuple[object, ...], scope: Scope, tenant: str) -> _Subject | None:
        row: Any = self._connection.execute(ENTITY + where, values).fetchone()
        if row is None:
            return None
        eid, live, doc, gone = row
        entity = decode(doc)
        view = sight.view(entity, scope, tenant)
        if view is None:
            return None
        tn = self._names.tenant(tenant)
        assert tn is not None
        summing = [grant for grant in levelled(scope, tenant) if covers(grant, entity)]
        covering, summing = (self._stays.of(tn, eid, one) for one in (view.covering, summing))
        return _Subject(eid, bool(live), view.show(entity) if live else entity, gone, covering, summing)

    def _named(self, subject: _Subject, attributes: Sequence[str]) -> dict[str, int]:
        """Those of the attributes (none given: all) that have a history, with their numbers."""
        rows: Any = self._connection.execute(ATTRIBUTES, (subject.eid,)).fetchall()
        named = {self._names.iri(aid): aid for (aid,) in rows}
        return {name: named[name] for name in attributes or named if name in named}

    def _known(self, subject: _Subject, attributes: Sequence[str]) -> dict[str, int]:
        """Those of them that may be seen."""
        named = self._named(subject, attributes)
        return {name: aid for name, aid in named.items() if shown(subject.covering, name) is not None}

    def _summed(self, subject: _Subject, attributes: Sequence[str]) -> dict[str, int]:
        """Those of them of which aggregates may be seen, and nothing else."""
        if not subject.levelled:
            return {}
        named = self._named(subject, attributes)
        return {
            name: aid for name, aid in named.items() if shown(subject.covering, name) is None and _naming(subject, name)
        }

    def _ids(
        self, tenant: str, selection: EntitySelection, attributes: Sequence[str], window: Window, asked: Question,
        scope: Scope, now: int | None,
    ) -> Ids | None:  # fmt: skip
        """The entities that match, each as the grants that cover it show it together. `now`: also those of which only
        aggregates up to then may be seen; None: not those."""
        tn = self._names.tenant(tenant)
        if tn is None:
            return None
        allowed, given = grants(scope, tenant), mask.of_tenant(scope, tenant)
        found: list[int] = []
        for of, candidates, moving in self._parts(tenant, tn, selection, allowed):
            covering, levelled = [allowed[n] for n in of], [given[n] for n in of if given[n].level is not None]
            if moving:
                covering, levelled = self._stays.placed(tn, covering), self._stays.placed(tn, levelled)
            more = None
            if now is not None and levelled:
                more = self._any_summed(tn, levelled, covering, attributes or selection.attributes, window, now)
            ids = self._recall.ids(tn, candidates, selection, attributes, window, asked, covering, more)
            if len(allowed) == 1 and moving is None:
                return ids
            rows: Any = self._connection.execute(ids.sql, ids.values).fetchall()
            found += [eid for (eid,) in rows]
        return listed(found)

    def _parts(
        self, tenant: str, tn: int, selection: EntitySelection, allowed: Sequence[Grant]
    ) -> Iterator[tuple[tuple[int, ...], Ids, bool | None]]:
        """The candidates by the grants that cover them, and whether they were elsewhere than in the areas of these; None: there is
        none that was. So of those that stand still nothing is asked for each instance."""
        for of, candidates in self._recall.candidates(tenant, tn, selection, allowed):
            moved = self._stays.moved(tn, candidates, [allowed[number] for number in of])
            if not moved:
                yield of, candidates, None
                continue
            rows: Any = self._connection.execute(candidates.sql, candidates.values).fetchall()
            yield of, listed([eid for (eid,) in rows if eid not in moved]), False
            yield of, listed(sorted(moved)), True

    def _any_summed(
        self,
        tn: int,
        levelled: Sequence[Grant],
        covering: Sequence[Grant],
        attributes: Sequence[str],
        window: Window,
        now: int,
    ) -> Sql:
        """The condition that there are aggregates to be seen, of an attribute of which there is nothing else."""
        wanted = attributes or sorted({name for grant in levelled for name in grant.attributes or self._all(tn)})
        hidden = [name for name in wanted if shown(covering, name) is None]
        parts = [
            levels.some(naming, window, now, [aid])
            for name in hidden
            if (aid := self._names.number(tn, "a", name)) is not None
            and (naming := [grant for grant in levelled if names(grant, name)])
        ]
        return "(" + (" OR ".join(sql for sql, _ in parts) or "0") + ")", [one for _, found in parts for one in found]

    def _all(self, tn: int) -> list[str]:
        """All attributes of a tenant."""
        return [iri for (iri,) in self._connection.execute("SELECT iri FROM name WHERE tn = ? AND kind = 'a'", (tn,))]

    def _read(
        self, found: list[tuple[_Subject, dict[str, int]]], asked: Question, window: Window, cap: int | None
    ) -> list[TemporalEntity]:
        """The histories, cut where together they are more than `cap` allows; cap 0: without any instances."""
        parts = sum(len(known) for _, known in found)
        most = None if cap is None else min(cap, max(1, MOST_AT_ONCE // max(1, parts)))
        for subject, known in found if most != 0 else ():
            subject.strips = {name: self._strip(subject, name, aid, asked, window, most) for name, aid in known.items()}
        everything = [strip for subject, _ in found for strip in subject.strips.values()]
        was_cut = strips.cut(everything, asked.newest_first)
        return [_entity(subject, was_cut) for subject, _ in found]

    def _strip(
        self, subject: _Subject, name: str, aid: int, asked: Question, window: Window, most: int | None
    ) -> Strip:
        visible = shown(subject.covering, name)
        assert visible is not None
        if name != SCOPE:
            visible = f"{visible[0]} AND {subject.valid[0]}", [*visible[1], *subject.valid[1]]
        return strips.read(self._connection, self._kept, subject.eid, aid, asked, visible, most=most, last=window.last)


def _about(grant: Grant, attributes: Sequence[str]) -> bool:
    """The grant is about one of the attributes; none given: about any."""
    return not attributes or any(names(grant, name) for name in attributes)


def _naming(subject: _Subject, attribute: str) -> list[Grant]:
    return [grant for grant in subject.levelled if names(grant, attribute)]


def _entity(subject: _Subject, was_cut: bool) -> TemporalEntity:
    entity = subject.entity
    moments = [moment for strip in subject.strips.values() for moment in strip.moments]
    return TemporalEntity(
        entity.id,
        entity.types,
        entity.scopes,
        {name: strip.instances for name, strip in subject.strips.items() if strip.instances},
        entity.created,
        entity.modified,
        None if subject.gone is None else times.text(subject.gone),
        entity.expires,
        was_cut,
        {name: strip.held for name, strip in subject.strips.items() if strip.held},
        (min(moments), max(moments)) if moments else None,
    )
