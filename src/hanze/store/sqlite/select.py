# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""From a selection and a scope to the numbers of the entities that match, in SQL."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import apsw
import msgspec

from hanze.ngsild import match, pattern
from hanze.ngsild.entity import Entity
from hanze.ngsild.operations import alive
from hanze.ngsild.selection import All, Any_, Compare, EntitySelection, Geo, Order, TypeIs, asked
from hanze.store import mask
from hanze.store.mask import LOCATION, grants, limited, timed
from hanze.store.scope import Grant, Scope
from hanze.store.sight import visible
from hanze.store.sqlite.condition import Conditions, Parameters, Sql
from hanze.store.sqlite.connect import scalar
from hanze.store.sqlite.current import decode
from hanze.store.sqlite.names import Names
from hanze.store.sqlite.ordering import Ordering
from hanze.store.sqlite.places import Places
from hanze.store.sqlite.seeing import BY_ID, seen

Predicate = Callable[[Entity], bool]

NO_TYPES = "NULL"

LISTED = "SELECT value AS eid FROM json_each(?)"

STALE = "expires IS NOT NULL AND expires <= ?"
"""Something of the entity has expired, and was not taken away yet."""

LINGERS = f"SELECT EXISTS (SELECT 1 FROM entity WHERE {STALE})"


class Ids(msgspec.Struct, frozen=True):
    """A SELECT that gives each matching entity's number once, as column eid, in no order.

    `places`: where the search begins, if with places; their entities are its first value, before all `others`.
    `rows`: the same SELECT before it was seen to that each comes once; empty where they do anyhow.
    """

    sql: str
    others: Parameters
    places: Places | None = None
    rows: str = ""

    @property
    def values(self) -> Parameters:
        return self.others if self.places is None else [_json(self.places.every().tolist()), *self.others]

    @property
    def placed(self) -> Places | None:
        """The places whose entities are what is found, all of them; None where there is more to it."""
        return self.places if self.sql == LISTED else None

    def parts(self, size: int) -> Iterator[Parameters]:
        """Values with which the SELECT gives a part of the matches each, in ascending parts; see Places."""
        assert self.places is not None
        for numbers in self.places.parts(size):
            yield [_json(numbers.tolist()), *self.others]


class _Start(Ids, frozen=True):
    """A SELECT of eid; whether it gives each once, and only entities of the types that are asked for."""

    unique: bool = False
    typed: bool = False


class Selector:
    """Compiles selections for one connection."""

    def __init__(self, connection: apsw.Connection, names: Names, check: Callable[[], None] = lambda: None) -> None:
        self.connection = connection
        self.names = names
        self.check = check
        self._predicates: list[Predicate] = []
        self.tests: list[Callable[[str], object]] = []
        self._ordering = Ordering(connection, self.keep)
        scalar(connection, "fulfils", self._fulfils, 2)
        scalar(connection, "passes", self._passes, 2)

    def _fulfils(self, token: int, doc: str | None) -> bool:
        return doc is not None and self._predicates[token](decode(doc))

    def _passes(self, token: int, text: str) -> bool:
        return bool(self.tests[token](text))

    def keep(self, predicate: Predicate) -> int:
        self._predicates.append(predicate)
        return len(self._predicates) - 1

    def ids(self, tenant: str, selection: EntitySelection, scope: Scope, limit: int, now: int) -> list[str]:
        """Ids of the first entities that match."""
        found = self.select(tenant, selection, scope, now)
        if found is None:
            return []
        sql = f"SELECT e.id FROM ({found.sql}) m JOIN entity e ON e.eid = m.eid ORDER BY e.eid LIMIT ?"
        return [id for (id,) in self.connection.execute(sql, (*found.values, limit))]

    def select(
        self, tenant: str, selection: EntitySelection, scope: Scope, now: int, *, past: bool = False
    ) -> Ids | None:
        """None where surely nothing matches. `past`: also entities that are not current; then attributes, q, geo and
        scopeQ are not looked at, since they must hold for the history."""
        self._predicates.clear()
        self.tests.clear()
        tn = self.names.tenant(tenant)
        if tn is None:
            return None
        parts = []
        lingers = not past and bool(self.connection.execute(LINGERS, (now,)).get)

        def lookup(id: str) -> Entity | None:
            row = self.connection.execute(BY_ID, (tn, id)).get
            return None if row is None else seen(row, now, scope, tenant)

        def exact(entity: Entity) -> bool:
            shown = visible(entity, scope, tenant)
            return shown is not None and match.matches(shown, selection, lookup)

        for grant, sought, whole in self._views(tenant, selection, scope, past):
            stale = now if lingers else None
            part = _Part(self, tn, sought, grant, None if whole else exact, stale, past, lookup).compile()
            if part is not None:
                parts.append(part)
        if parts and lingers:
            sql = f"SELECT eid FROM entity WHERE tn = ? AND live = 1 AND {STALE} AND fulfils(?, doc)"
            token = self.keep(lambda entity: (left := alive(entity, now)) is not None and exact(left))
            parts.append(Ids(sql, [tn, now, token]))
        if len(parts) > 1:
            return Ids(" UNION ".join(part.sql for part in parts), [v for part in parts for v in part.values])
        return parts[0] if parts else None

    def _views(
        self, tenant: str, selection: EntitySelection, scope: Scope, past: bool
    ) -> Iterator[tuple[Grant, EntitySelection, bool]]:
        """The grants as they are searched one by one, and what is sought; whether what one gives is all that need be asked.

        Where a selection looks at several attributes, of which grants show some each, an entity that two of them cover
        may only match by what they show together. So then the search looks at all of that, and a predicate at the entity.
        So it does where a grant shows what lies in a period only, of which the index does not tell, and where a condition is
        about the moment of the last change, which for a grant that hides something is another one.
        """
        allowed = grants(scope, tenant)
        brief = any(map(timed, allowed))
        together, about = (
            mask.allowed(allowed),
            _about(selection) if (len(allowed) > 1 or brief) and not past else set[str](),
        )
        last = not past and "modifiedAt" in asked(selection.q)

        for grant in allowed if past or last or len(allowed) == 1 else _needed(allowed, selection, about):
            names = grant.attributes
            if last and limited(grant):
                yield (
                    msgspec.structs.replace(grant, attributes=together),
                    msgspec.structs.replace(selection, q=None),
                    False,
                )
            elif about and timed(grant):
                yield msgspec.structs.replace(grant, attributes=together), _wider(selection), False
            elif names is None or len(about) < 2 or about <= names or about.isdisjoint(names):
                yield grant, selection, True
            else:
                wider = _wider(selection) if brief else selection
                yield msgspec.structs.replace(grant, attributes=together), wider, False

    def alone(self, tenant: str, selection: EntitySelection, scope: Scope) -> int | None:
        """The number of the grant that gives all that the scope gives of the selection; None where several are needed."""
        allowed = grants(scope, tenant)
        about = _about(selection)
        needed = allowed if "modifiedAt" in asked(selection.q) else _needed(allowed, selection, about)
        sure = len(needed) == 1 and (needed[0].attributes is None or about <= needed[0].attributes)
        return next(number for number, grant in enumerate(allowed) if grant is needed[0]) if sure else None

    def order(self, keys: Sequence[Order], tenant: str, scope: Scope) -> Sql:
        """The ORDER BY list over entity e; after `select`."""
        return self._ordering.by(keys, grants(scope, tenant))


def _about(selection: EntitySelection) -> set[str]:
    """The attributes that the selection looks at."""
    found = set(selection.attributes)
    if selection.geo is not None:
        found.add(selection.geo.property)
    found.update(name for name in asked(selection.q) if ":" in name)
    return found


def _needed(allowed: list[Grant], selection: EntitySelection, about: set[str]) -> list[Grant]:
    """The grants without those of which another one gives all that they give, and which therefore need not be searched."""
    wanted = _simple_types(selection.types)
    for grant in allowed:
        typed = grant.types is None or (wanted is not None and grant.types.issuperset(wanted))
        named = grant.attributes is None or about <= grant.attributes
        if typed and named and grant.area is None and not timed(grant):
            # Whatever another grant shows of what is asked, this one does, but for types that it leaves out.
            others = [other for other in allowed if other is not grant and not grant.without <= other.without]
            return [grant, *others]
    return allowed


def _wider(selection: EntitySelection) -> EntitySelection:
    """The selection without what another instance of an attribute, if it is hidden, could wrongly rule out."""
    return msgspec.structs.replace(selection, q=None) if denies(selection.q) else selection


def denies(query: Any) -> bool:
    """The query may fail by another instance of an attribute than the one by which it holds."""
    if isinstance(query, All | Any_):
        return any(map(denies, query.of))
    return isinstance(query, Compare) and query.op.startswith("!")


class _Part:
    """The selection as one grant sees it. `stale`: leave out of what something has expired by this moment."""

    def __init__(
        self, selector: Selector, tn: int, selection: EntitySelection, grant: Grant, exact: Predicate | None,
        stale: int | None,
        past: bool, lookup: match.Lookup,
    ) -> None:  # fmt: skip
        self._of = selector
        self._tn = tn
        self._selection = selection
        self._grant = grant
        self._exact = exact
        self._stale = stale
        self._past = past
        self._lookup = lookup
        self._where: list[str] = []
        self._values: Parameters = []
        self._live = "" if past else " AND live = 1"

    def compile(self) -> Ids | None:
        driver = self._driver()
        if driver is None:
            return None
        if driver.unique and not self._where:
            return driver
        where = f" WHERE {' AND '.join(self._where)}" if self._where else ""
        rows, values = f"d.eid AS eid FROM ({driver.sql}) d{where}", [*driver.others, *self._values]
        if driver.unique:
            return Ids(f"SELECT {rows}", values, driver.places)
        return Ids(f"SELECT DISTINCT {rows}", values, rows=f"SELECT {rows}")

    def _tid(self, iri: str) -> int | None:
        return self._of.names.number(self._tn, "t", iri)

    def _tids(self, iris: Sequence[str] | frozenset[str]) -> list[int]:
        return [tid for tid in map(self._tid, iris) if tid is not None]

    def _and(self, sql: str, values: Sequence[object] = ()) -> None:
        self._where.append(sql)
        self._values += values

    def _has_type(self, tids: list[int]) -> str:
        listed = ", ".join(map(str, tids)) or NO_TYPES
        live = "IN (0, 1)" if self._past else "= 1"
        return f"EXISTS (SELECT 1 FROM entity_type t WHERE t.tid IN ({listed}) AND t.live {live} AND t.eid = d.eid)"

    def _type_condition(self, selection: Any) -> str:
        if isinstance(selection, TypeIs):
            return self._has_type(self._tids([selection.iri]))
        word = " AND " if isinstance(selection, All) else " OR "
        return "(" + word.join(self._type_condition(part) for part in selection.of) + ")"

    def _driver(self) -> _Start | None:
        """Where the search begins; adds everything else as conditions. None where nothing can match."""
        wanted = _simple_types(self._selection.types)
        allowed = None if self._grant.types is None else self._tids(self._grant.types)
        tids = self._tids(wanted) if wanted is not None else allowed
        if (tids is not None and not tids) or (allowed is not None and not allowed):
            return None
        if allowed is not None and wanted is not None and not set(wanted) <= set(self._grant.types or ()):
            self._and(self._has_type(allowed))
        if wanted is None and self._selection.types is not None:
            self._and(self._type_condition(self._selection.types))
        self._conditions()
        starts = self._starts(tids)
        if starts is None:
            return None
        if not starts:
            return self._all(tids)
        if tids is not None and not any(start.typed for start in starts):
            self._and(self._has_type(tids))
        for other in starts[1:]:
            self._and(f"d.eid IN ({other.sql})", other.values)
        return starts[0]

    def _conditions(self) -> None:
        """What can only be asked of each candidate."""
        selection = self._selection
        without = self._tids(self._grant.without)
        if without:
            self._and("NOT " + self._has_type(without))
        if selection.id_pattern:
            self._of.tests.append(pattern.compile(selection.id_pattern).search)
            self._and("passes(?, (SELECT id FROM entity WHERE eid = d.eid))", [len(self._of.tests) - 1])
        if self._past:
            return
        if self._stale is not None:
            self._and(f"d.eid NOT IN (SELECT eid FROM entity WHERE {STALE})", [self._stale])
        scope_q = selection.scope_q
        if scope_q is not None:
            self._fulfils(lambda entity: match.scope(entity, scope_q))
        if self._exact is not None:
            self._fulfils(self._exact)

    def _fulfils(self, predicate: Predicate) -> None:
        self._and("fulfils(?, (SELECT doc FROM entity WHERE eid = d.eid))", [self._of.keep(predicate)])

    def _starts(self, tids: list[int] | None) -> list[_Start] | None:
        """The searches that an index answers, each a place where the whole search may begin."""
        selection, starts = self._selection, list[_Start]()
        if selection.ids:
            ids = msgspec.json.encode(selection.ids).decode()
            sql = f"SELECT eid FROM entity WHERE tn = ? AND id IN (SELECT value FROM json_each(?)){self._live}"
            starts.append(_Start(sql, [self._tn, ids], unique=True))
        if self._past:
            return starts
        hidden = _hidden(self._grant)
        conditions = Conditions(self._aid, self._type_list(tids), self._of.keep, hidden, self._lookup)
        query = selection.q
        for part in query.of if isinstance(query, All) else [query] if query is not None else []:
            found = conditions.ids(part)
            if found is None:
                self._and(*conditions.holds(part))
            else:
                starts.append(_Start(*found, typed=True))
        areas = [] if self._grant.area is None else [Geo("intersects", self._grant.area, LOCATION)]
        if selection.geo is not None:
            if hidden(selection.geo.property):
                return None
            areas.append(selection.geo)
        starts += [self._near(geo, tids) for geo in areas]
        if selection.attributes:
            starts.append(_Start(*conditions.has_any(selection.attributes), typed=True))
        return starts

    def _aid(self, iri: str) -> int | None:
        return self._of.names.number(self._tn, "a", iri)

    def _type_list(self, tids: list[int] | None) -> str:
        if tids is not None:
            return ", ".join(map(str, tids))
        return f"SELECT nid FROM name WHERE tn = {self._tn} AND kind = 't'"

    def _all(self, tids: list[int] | None) -> _Start:
        if tids is None:
            return _Start(f"SELECT eid FROM entity WHERE tn = ?{self._live}", [self._tn], unique=True)
        live = "IN (0, 1)" if self._past else "= 1"
        listed = ", ".join(map(str, tids))
        sql = f"SELECT eid FROM entity_type WHERE tid IN ({listed}) AND live {live}"
        return _Start(sql, [], unique=len(tids) == 1, typed=True)

    def _near(self, geo: Geo, tids: list[int] | None) -> _Start:
        """The entities of which a place fulfils the geo-query, found through the R*Tree and checked exactly."""
        aid = self._aid(geo.property)
        families = [] if aid is None else self._of.names.families(self._tn, aid, tids)
        return _Start(LISTED, [], Places(self._of.connection, families, geo, self._of.check), unique=True, typed=True)


def listed(numbers: Sequence[int]) -> Ids:
    """Numbers of entities that are known, each once, as a SELECT."""
    return Ids(LISTED, [_json(numbers)])


def _json(numbers: Sequence[int]) -> str:
    return msgspec.json.encode(numbers).decode()


def _simple_types(selection: Any) -> list[str] | None:
    """The types where any one of them will do; None where none is asked for or the selection is not that simple."""
    if isinstance(selection, TypeIs):
        return [selection.iri]
    if isinstance(selection, Any_) and all(isinstance(part, TypeIs) for part in selection.of):
        return [part.iri for part in selection.of]
    return None


def _hidden(grant: Grant) -> Callable[[str], bool]:
    names = grant.attributes
    return (lambda iri: False) if names is None else (lambda iri: iri not in names)
