# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Which entities fulfil a temporal query: conditions of q, geo and scopeQ on what was known in a window.

A condition holds where one instance in the window fulfils it. Beside windows of observedAt, what is current and has no
observedAt counts too: a name or a place that was given once holds at any time.
Source: ETSI GS CIM 009 V1.8.1, clause 5.7.4.4.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import apsw
import msgspec

from hanze.ngsild import match
from hanze.ngsild.entity import SCOPE, Entity, Instance
from hanze.ngsild.selection import All, Any_, Compare, EntitySelection, Exists, Geo, Literal, ScopeQuery, Window
from hanze.store import mask
from hanze.store.mask import LOCATION
from hanze.store.scope import Grant, Scope
from hanze.store.sqlite import validity
from hanze.store.sqlite.condition import Sql
from hanze.store.sqlite.connect import scalar
from hanze.store.sqlite.kept import decode
from hanze.store.sqlite.lens import SOURCE, WHOLLY, Question, period, shown
from hanze.store.sqlite.names import Names
from hanze.store.sqlite.places import Places
from hanze.store.sqlite.select import Ids, Selector, listed
from hanze.store.sqlite.values import BIGGEST_INTEGER

ATTRIBUTES = """WITH RECURSIVE known(aid) AS (
SELECT min(aid) FROM history WHERE eid = d.eid UNION ALL
SELECT (SELECT min(aid) FROM history WHERE eid = d.eid AND aid > known.aid) FROM known WHERE aid IS NOT NULL)"""
"""The attributes of entity d, each found by one search of the index."""

Test = Callable[[Entity], bool]

NEVER: Sql = ("0", [])

ALONE = ":"
"""What the one attribute of an instance that is tested alone is called."""


class Recall:
    """Compiles temporal queries for one connection."""

    def __init__(self, connection: apsw.Connection, names: Names, selector: Selector) -> None:
        self._connection = connection
        self._names = names
        self._selector = selector
        self._tests: list[Test] = []
        scalar(connection, "recalls", self._recalls, 4)

    def _recalls(self, token: int, template: str, value: Any, doc: str | None) -> bool:
        """An instance, as the only one that there is, passes the test."""
        instance = {**decode(template), "value": value} if doc is None else decode(doc)
        return self._tests[token](Entity("", [], {ALONE: [instance]}))

    def candidates(
        self, tenant: str, tn: int, selection: EntitySelection, allowed: Sequence[Grant]
    ) -> Iterator[tuple[tuple[int, ...], Ids]]:
        """The entities of the selection by the grants that cover them (their numbers), before any look into the history."""
        covering: dict[int, list[int]] = {}
        for number, grant in enumerate(allowed):
            found = self._selector.select(tenant, selection, Scope((grant,)), 0, past=True)
            if found is None:
                continue
            if grant.area is not None:
                inside = self._inside(tn, grant.area)
                found = Ids(f"SELECT d.eid AS eid FROM ({found.sql}) d WHERE {inside[0]}", [*found.values, *inside[1]])
            if len(allowed) == 1:
                yield (0,), found
                return
            rows: Any = self._connection.execute(found.sql, found.values).fetchall()
            for (eid,) in rows:
                covering.setdefault(eid, []).append(number)
        groups: dict[tuple[int, ...], list[int]] = {}
        for eid, together in covering.items():
            groups.setdefault(tuple(together), []).append(eid)
        for key, eids in groups.items():
            yield key, listed(eids)

    def ids(
        self, tn: int, candidates: Ids, selection: EntitySelection, attributes: Sequence[str], window: Window,
        question: Question, covering: Sequence[Grant], more: Sql | None = None,
    ) -> Ids:  # fmt: skip
        """Those of the candidates that match as the grants that cover them show them. `more`: what will do instead of an
        instance that may be seen."""
        self._tests.clear()
        timeless = window.property == "observedAt" and bool(window.relation)
        part = _Part(self, tn, covering, question, timeless=timeless)
        some = part.any_instance(attributes or selection.attributes)
        conditions = [some if more is None else (f"({some[0]} OR {more[0]})", [*some[1], *more[1]])]
        if selection.q is not None:
            conditions.append(part.holds(selection.q))
        if selection.geo is not None:
            conditions.append(part.near(selection.geo))
        if selection.scope_q is not None:
            conditions.append(self._scoped(tn, selection.scope_q, window, covering))
        where = " AND ".join(sql for sql, _ in conditions)
        values = [value for _, values in conditions for value in values]
        return Ids(f"SELECT d.eid AS eid FROM ({candidates.sql}) d WHERE {where}", [*candidates.values, *values])

    def number(self, tn: int, attribute: str) -> int | None:
        return self._names.number(tn, "a", attribute)

    def keep(self, test: Test) -> int:
        self._tests.append(test)
        return len(self._tests) - 1

    def entity(self, test: Test) -> Sql:
        """The condition that the current entity passes the test."""
        token = self._selector.keep(test)
        return "fulfils(?, (SELECT doc FROM entity WHERE eid = d.eid))", [token]

    def _scoped(self, tn: int, scope_q: ScopeQuery, window: Window, covering: Sequence[Grant]) -> Sql:
        """The entity had a fitting scope in the window; where its scope has no history that may be seen, it has one."""
        now = self.entity(lambda entity: match.scope(entity, scope_q))
        aid = self.number(tn, SCOPE)
        if aid is None or shown(covering, SCOPE) != WHOLLY:
            return now
        test = self.keep(lambda entity: validity.fits(entity.attributes[ALONE][0]["value"], scope_q))
        then = validity.condition(aid, test, window)
        known = f"EXISTS (SELECT 1 FROM history WHERE eid = d.eid AND aid = {aid})"
        return f"CASE WHEN {known} THEN {then[0]} ELSE {now[0]} END", [*then[1], *now[1]]

    def _inside(self, tn: int, area: dict[str, Any]) -> Sql:
        aid = self.number(tn, LOCATION)
        families = [] if aid is None else self._names.families(tn, aid, None)
        inside = listed(Places(self._connection, families, Geo("intersects", area, LOCATION)).every().tolist())
        return f"d.eid IN ({inside.sql})", inside.values


class _Part:
    """Conditions on d.eid as the grants that cover the entity show its history."""

    def __init__(self, of: Recall, tn: int, covering: Sequence[Grant], question: Question, *, timeless: bool) -> None:
        self._of = of
        self._tn = tn
        self._covering = covering
        self._question = question
        self._timeless = timeless

    def _rows(self, visible: Sql) -> Sql:
        asked = self._question
        return f"h.eid = d.eid AND {asked.where} AND {visible[0]}", [*asked.values, *visible[1]]

    def any_instance(self, attributes: Sequence[str]) -> Sql:
        """There is an instance of one of the attributes (none given: of any)."""
        parts = [self._any_shown(grant, attributes) for grant in self._covering]
        return "(" + " OR ".join(sql for sql, _ in parts) + ")", [value for _, values in parts for value in values]

    def _any_shown(self, grant: Grant, attributes: Sequence[str]) -> Sql:
        rows, values = self._rows(period(grant))
        if not attributes and grant.attributes is None:
            some = f"EXISTS (SELECT 1 FROM {SOURCE} WHERE h.aid = known.aid AND {rows})"
            return f"EXISTS ({ATTRIBUTES} SELECT 1 FROM known WHERE aid IS NOT NULL AND {some})", values
        wanted = [name for name in attributes or grant.attributes or () if shown([grant], name) is not None]
        aids = [self._of.number(self._tn, name) for name in wanted]
        numbers = ", ".join(str(aid) for aid in aids if aid is not None)
        return (f"EXISTS (SELECT 1 FROM {SOURCE} WHERE h.aid IN ({numbers}) AND {rows})", values) if numbers else NEVER

    def holds(self, query: Any) -> Sql:
        if isinstance(query, All | Any_):
            word = " AND " if isinstance(query, All) else " OR "
            parts = [self.holds(part) for part in query.of]
            return "(" + word.join(sql for sql, _ in parts) + ")", [value for _, values in parts for value in values]
        if not isinstance(query, Exists | Compare):
            return NEVER
        if ":" not in query.path.attribute:
            return self._of.entity(lambda entity: match.query(mask.shown(entity, self._covering), query))
        alone = msgspec.structs.replace(query, path=msgspec.structs.replace(query.path, attribute=ALONE))
        return self._some(
            query.path.attribute,
            lambda entity: match.query(entity, alone),
            lambda entity: match.query(entity, query),
            _quick(query),
        )

    def near(self, geo: Geo) -> Sql:
        alone = msgspec.structs.replace(geo, property=ALONE)
        return self._some(geo.property, lambda entity: match.geo(entity, alone), lambda entity: match.geo(entity, geo))

    def _some(self, attribute: str, alone: Test, whole: Test, quick: Sql | None = None) -> Sql:
        """Some instance passes: one in the window, asked alone, or a current one without observedAt."""
        aid, visible = self._of.number(self._tn, attribute), shown(self._covering, attribute)
        if aid is None or visible is None:
            return NEVER
        rows, values = self._rows(visible)
        passes: Sql = ("recalls(?, s.template, h.value, h.doc)", [self._of.keep(alone)])
        if quick is not None:
            passes = f"CASE WHEN h.doc IS NULL THEN {quick[0]} ELSE {passes[0]} END", [*quick[1], *passes[1]]
        sql = f"EXISTS (SELECT 1 FROM {SOURCE} WHERE h.aid = {aid} AND {rows} AND {passes[0]})"
        values = [*values, *passes[1]]
        if self._timeless:
            current = self._of.entity(lambda entity: whole(_timeless(entity, attribute, self._covering)))
            return f"({sql} OR {current[0]})", [*values, *current[1]]
        return sql, values


def _timeless(entity: Entity, attribute: str, covering: Sequence[Grant]) -> Entity:
    """The entity with what has no observedAt of this attribute, and may be seen."""
    current = mask.instances(covering, attribute, entity.attributes.get(attribute, ()))
    found: list[Instance] = [one for one in current if "observedAt" not in one]
    return msgspec.structs.replace(entity, attributes={attribute: found})


def _quick(query: Exists | Compare) -> Sql | None:
    """The condition without opening the instance, for rows whose value says all; None where it must be opened."""
    if query.path.sub or query.path.inner:
        return None
    if isinstance(query, Exists):
        return "1", []
    literal = query.values[0]
    if len(query.values) != 1 or not isinstance(literal, Literal):
        return None
    if literal.kind == "text" and query.op in ("==", "!="):
        return f"h.value {query.op} ?", [literal.value]
    if literal.kind != "number" or query.op not in QUICK:
        return None
    if isinstance(literal.value, int) and not -BIGGEST_INTEGER <= literal.value < BIGGEST_INTEGER:
        return None
    if query.op == "!=":
        return "h.value != ?", [literal.value]
    return f"typeof(h.value) <> 'text' AND h.value {query.op} ?", [literal.value]


QUICK = frozenset({"==", "!=", ">", ">=", "<", "<="})
