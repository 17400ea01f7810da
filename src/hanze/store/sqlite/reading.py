# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Reads current entities: one by id, pages of a query, and what types and attributes there are."""

from collections.abc import Callable, Sequence
from typing import Any

import apsw
import msgspec
import numpy as np

from hanze.ngsild import match
from hanze.ngsild.entity import Entity
from hanze.ngsild.selection import EntitySelection, Order, TypeIs, asked, linked
from hanze.store import sight
from hanze.store.base import Page
from hanze.store.mask import grants, shown, timed, unlimited
from hanze.store.scope import Grant, Scope
from hanze.store.sight import wide
from hanze.store.sqlite.condition import Parameters
from hanze.store.sqlite.current import decode
from hanze.store.sqlite.names import Names
from hanze.store.sqlite.seeing import BY_ID, current, seen
from hanze.store.sqlite.select import Ids, Selector, denies, listed
from hanze.store.sqlite.tree import Numbers, once

PAGE = "SELECT e.doc, e.expires FROM"

PAGED = f"{PAGE} (SELECT eid FROM ({{}}) ORDER BY eid LIMIT ? OFFSET ?) m JOIN entity e ON e.eid = m.eid ORDER BY e.eid"

MOST_GATHERED = 100_000

EARLY = 3
"""Times as many entities as a page takes are looked at for it, where places are not gone through."""

PAUSE = 50
"""Pages that are then read through the places and periods, where that was not enough for one."""

GATHERED = "SELECT json_group_array(eid) FROM (SELECT eid FROM ({}) LIMIT ?)"

decode_numbers = msgspec.json.Decoder(list[int]).decode

KINDS = (
    "SELECT n.iri, k.kind FROM kind k JOIN name n ON n.nid = k.aid WHERE k.tid = ? AND EXISTS "
    "(SELECT 1 FROM value v WHERE v.aid = k.aid AND v.tid = k.tid)"
)
KINDS_OF = (
    "SELECT n.iri, k.kind FROM kind k JOIN name n ON n.nid = k.aid WHERE k.tid = ? AND EXISTS "
    "(SELECT 1 FROM value v JOIN entity e ON e.eid = v.eid WHERE v.aid = k.aid AND v.tid = k.tid AND v.eid IN (%s) AND EXISTS "
    "(SELECT 1 FROM json_each(e.doc, '$.attributes.\"' || replace(n.iri, '\"', '') || '\"') WHERE value ->> '$.type' = k.kind))"
)
"""The same for some of the entities: the first one that has the attribute and the kind is enough."""

DOCS = "SELECT e.doc FROM (%s) m JOIN entity e ON e.eid = m.eid"

NONE = "SELECT '', '' WHERE 0"

BOTH = (
    "SELECT EXISTS (SELECT 1 FROM entity_type a JOIN entity_type b ON b.tid = ? AND b.live = 1 AND b.eid = a.eid "
    "WHERE a.tid = ? AND a.live = 1)"
)
"""Some entity has both types."""


class Reading:
    """Reads on one connection, which only one thread uses at a time; what takes several statements, in a transaction."""

    def __init__(self, connection: apsw.Connection, check: Callable[[], None]) -> None:
        """`check`: is called now and then, and raises where a read takes too long."""
        self.connection = connection
        self.names = Names(connection)
        self.selector = Selector(connection, self.names, check)
        self._check = check

    def get(self, tenant: str, id: str, scope: Scope, now: int) -> Entity | None:
        tn = self.names.tenant(tenant)
        row = None if tn is None else self.connection.execute(BY_ID, (tn, id)).get
        return None if row is None else seen(row, now, scope, tenant)

    def query(
        self, tenant: str, selection: EntitySelection, scope: Scope, now: int,
        *, limit: int, offset: int, count: bool, order: Sequence[Order],
    ) -> Page:  # fmt: skip
        if not (order or count or offset) and (early := self._early(tenant, selection, scope, now, limit)) is not None:
            return Page(early)
        found = self.selector.select(tenant, selection, scope, now)
        if found is None:
            return Page([], 0 if count else None)
        whole = self._whole(found) if not order and (count or offset or found.places is None) else None
        total = self._count(found, whole) if count else None
        if limit == 0 or (total is not None and offset >= total):
            return Page([], total)
        if order:
            by, keys = self.selector.order(order, tenant, scope)
            sql = f"{PAGE} ({found.sql}) m JOIN entity e ON e.eid = m.eid ORDER BY {by} LIMIT ? OFFSET ?"
            rows = self.connection.execute(sql, (*found.values, *keys, limit, offset)).fetchall()
        elif whole is not None:
            rows = self._page(listed(whole[offset : offset + limit].tolist()), limit)
        elif found.places is not None and not offset:
            rows = self._first(found, limit)
        else:
            rows = self._page(found, limit, offset)
        entities = []
        for row in rows:
            self._check()
            entity = seen(row, now, scope, tenant)
            if entity is not None:
                entities.append(entity)
        return Page(entities, total)

    def _early(
        self, tenant: str, selection: EntitySelection, scope: Scope, now: int, limit: int
    ) -> list[Entity] | None:
        """The first page where grants have areas or periods in which most of the entities may be: these are looked at in
        order, so that not all in the areas and periods need be gone through. None where that does not fill the page."""
        eye = sight.sight(scope, tenant)
        if not eye.narrow or not limit or _fewer(selection.q, eye.brief):
            return None
        if eye.pause:
            eye.pause -= 1
            return None
        found = self.selector.select(tenant, selection, wide(scope), now)
        if found is None:
            return []
        every = self._whole(found)

        def lookup(id: str) -> Entity | None:
            return self.get(tenant, id, scope, now)

        alone = None if eye.brief else self.selector.alone(tenant, selection, wide(scope))
        sure = None if alone is None else grants(scope, tenant)[alone]
        entities: list[Entity] = []
        known: sight.View | None = None
        for offset, size in ((0, limit), (limit, (EARLY - 1) * limit)):
            if every is None:
                rows = self._page(found, size, offset)
            else:
                rows = self._page(listed(every[offset : offset + size].tolist()), size)
            for row in rows:
                whole = current(row, now)
                view = None if whole is None else eye.view(whole)
                if whole is None or view is None:
                    continue
                entity = view.show(whole)
                # The same view comes for most of them.
                if view is known or sure in view.covering:
                    known = view
                elif not match.matches(entity, selection, lookup):
                    continue
                entities.append(entity)
            if len(entities) >= limit or len(rows) < size:
                return entities[:limit]
        eye.pause = PAUSE
        return None

    def _whole(self, found: Ids) -> Numbers | None:
        """The numbers of all matches, ascending, where the search goes through all of them anyhow and they are not too many."""
        if found.placed is not None:
            return found.placed.every()
        if not found.rows:
            return None
        asked = (*found.values, MOST_GATHERED + 1)
        numbers = decode_numbers(str(self.connection.execute(GATHERED.format(found.rows), asked).get))
        return None if len(numbers) > MOST_GATHERED else once(np.array(numbers, dtype=np.int64))

    def _count(self, found: Ids, whole: Numbers | None) -> int:
        if whole is not None:
            return len(whole)
        return int(self.connection.execute(f"SELECT count(*) FROM ({found.sql})", found.values).get)

    def _page(self, found: Ids, limit: int, offset: int = 0) -> list[tuple[Any, ...]]:
        """In order of creation."""
        return self.connection.execute(PAGED.format(found.sql), (*found.values, limit, offset)).fetchall()

    def _first(self, found: Ids, limit: int) -> list[tuple[Any, ...]]:
        """The same from the first on; places are looked at no further than these need."""
        rows: list[tuple[Any, ...]] = []
        for values in found.parts(2 * limit):
            rows += self.connection.execute(PAGED.format(found.sql), (*values, limit - len(rows), 0)).fetchall()
            if len(rows) == limit:
                break
        return rows

    def types(self, tenant: str, scope: Scope, now: int) -> list[str]:
        tn = self.names.tenant(tenant)
        sql = (
            "SELECT iri FROM name n WHERE tn = ? AND kind = 't' AND EXISTS "
            "(SELECT 1 FROM entity_type t WHERE t.tid = n.nid AND t.live = 1) ORDER BY iri"
        )
        found = [iri for (iri,) in self.connection.execute(sql, (tn,))]
        return [type for type in found if self._any(tenant, type, scope, now)]

    def _any(self, tenant: str, type: str, scope: Scope, now: int) -> bool:
        if any(unlimited(grant) for grant in grants(scope, tenant)):
            return True
        return bool(self.selector.ids(tenant, EntitySelection(types=TypeIs(type)), scope, 1, now))

    def attributes(self, tenant: str, scope: Scope, now: int) -> list[str]:
        found: set[str] = set()
        for type in self.types(tenant, scope, now):
            found.update(self._kinds(tenant, type, scope, now))
        return sorted(found)

    def _kinds(self, tenant: str, type: str, scope: Scope, now: int) -> dict[str, list[str]]:
        """Attributes that entities of the type have now, each with its kinds, as far as the scope shows them."""
        tn = self.names.tenant(tenant)
        tid = None if tn is None else self.names.number(tn, "t", type)
        found: dict[str, set[str]] = {}
        for grant in grants(scope, tenant) if tid is not None else ():
            values: Parameters = [tid]
            if timed(grant):
                self._add_kinds(found, tenant, type, grant, now)
                continue
            if self._covers_all(grant, tn, type):
                sql = KINDS
            else:
                some = self.selector.select(tenant, EntitySelection(types=TypeIs(type)), Scope((grant,)), now)
                sql, values = (KINDS_OF % some.sql, [tid, *some.values]) if some is not None else (NONE, [])
            for name, kind in self.connection.execute(sql, values):
                if grant.attributes is None or name in grant.attributes:
                    found.setdefault(name, set()).add(kind)
        return {name: sorted(kinds) for name, kinds in sorted(found.items())}

    def _add_kinds(self, found: dict[str, set[str]], tenant: str, type: str, grant: Grant, now: int) -> None:
        """What entities have that lies in the period of the grant; each must be looked at."""
        some = self.selector.select(tenant, EntitySelection(types=TypeIs(type)), Scope((grant,)), now)
        for (doc,) in () if some is None else self.connection.execute(DOCS % some.sql, some.values):
            self._check()
            for name, instances in shown(decode(doc), [grant]).attributes.items():
                found.setdefault(name, set()).update(one["type"] for one in instances)

    def _covers_all(self, grant: Grant, tn: int | None, type: str) -> bool:
        """The grant covers every entity of the type."""
        if grant.area is not None or type in grant.without or (grant.types is not None and type not in grant.types):
            return False
        numbers = [None if tn is None else self.names.number(tn, "t", one) for one in (type, *grant.without)]
        return not any(self.connection.execute(BOTH, (numbers[0], other)).get for other in numbers[1:])

    def type_details(self, tenant: str, type: str, scope: Scope, now: int) -> tuple[int, dict[str, list[str]]] | None:
        page = self.query(
            tenant, EntitySelection(types=TypeIs(type)), scope, now, limit=0, offset=0, count=True, order=()
        )
        return (page.count, self._kinds(tenant, type, scope, now)) if page.count else None

    def attribute_details(
        self, tenant: str, attribute: str, scope: Scope, now: int
    ) -> tuple[int, list[str], list[str]] | None:
        selection = EntitySelection(attributes=(attribute,))
        total = self.query(tenant, selection, scope, now, limit=0, offset=0, count=True, order=()).count
        if not total:
            return None
        kinds: set[str] = set()
        types = []
        for type in self.types(tenant, scope, now):
            found = self._kinds(tenant, type, scope, now).get(attribute)
            if found:
                types.append(type)
                kinds.update(found)
        return total, sorted(kinds), types


def _fewer(query: Any, brief: bool) -> bool:
    """Who sees more than a scope shows might find fewer by the query. `brief`: the scope hides by moments."""
    return "modifiedAt" in asked(query) or bool(linked(query)) or (brief and denies(query))
