# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Evaluates selections on one entity: the meaning of q, geoQ, scopeQ and types, which the store's SQL must agree with.

A condition looks at every instance of the attribute, and at every element where the value is an array; one that fits is
enough. Numbers compare with numbers, texts with texts, booleans with booleans. A word that is a date and time compares with
dates and times. `!=` and `!~=` hold where the path has a value and no element fits. Relationships are the same or not,
they have no order and no pattern. Source: ETSI GS CIM 009 V1.8.1, clause 4.9.
"""

from collections.abc import Callable, Iterator
from typing import Any

from hanze.errors import BadRequestData
from hanze.ngsild import geometry, pattern, times
from hanze.ngsild.entity import VALUE_MEMBER, Entity, Instance
from hanze.ngsild.selection import (
    All,
    Any_,
    Compare,
    EntitySelection,
    Exists,
    Geo,
    Linked,
    Literal,
    Path,
    Range,
    ScopeIs,
    TypeIs,
)

Lookup = Callable[[str], Entity | None]
"""The current entity with this id as the asker may see it; None where there is none."""

LINKS = frozenset({"Relationship", "ListRelationship"})


def _nothing(e: Entity) -> list[Any]:
    return []


_ENTITY_MEMBERS: dict[str, Callable[[Entity], list[Any]]] = {
    "id": lambda e: [e.id],
    "type": lambda e: list(e.types),
    "createdAt": lambda e: [e.created] if e.created else [],
    "modifiedAt": lambda e: [e.modified] if e.modified else [],
}


def matches(e: Entity, selection: EntitySelection, lookup: Lookup | None = None) -> bool:
    """The entity fulfils the whole selection. `lookup`: for conditions on what relationships lead to; these never hold
    without it."""
    return (
        (not selection.ids or e.id in selection.ids)
        and (selection.types is None or types(e, selection.types))
        and (selection.id_pattern is None or bool(pattern.compile(selection.id_pattern).search(e.id)))
        and (not selection.attributes or any(name in e.attributes for name in selection.attributes))
        and (selection.q is None or query(e, selection.q, lookup))
        and (selection.scope_q is None or scope(e, selection.scope_q))
        and (selection.geo is None or geo(e, selection.geo))
    )


def types(e: Entity, selection: Any) -> bool:
    if isinstance(selection, TypeIs):
        return selection.iri in e.types
    check = all if isinstance(selection, All) else any
    return check(types(e, part) for part in selection.of)


def scope(e: Entity, scope_q: Any) -> bool:
    if isinstance(scope_q, ScopeIs):
        return any(_fits(one.strip("/").split("/"), scope_q.segments) for one in e.scopes)
    check = all if isinstance(scope_q, All) else any
    return check(scope(e, part) for part in scope_q.of)


def _fits(segments: list[str], wanted: tuple[str, ...]) -> bool:
    if wanted[-1] == "#":
        wanted = wanted[:-1]
        segments = segments[: len(wanted)]
    return len(segments) == len(wanted) and all(w in ("+", s) for s, w in zip(segments, wanted, strict=True))


def geo(e: Entity, wanted: Geo) -> bool:
    return any(
        one["type"] == "GeoProperty" and geometry.holds(wanted, geometry.shape(one["value"]))
        for one in e.attributes.get(wanted.property, ())
    )


def query(e: Entity, q: Any, lookup: Lookup | None = None) -> bool:
    """q holds; see `matches` for `lookup`."""
    if isinstance(q, All):
        return all(query(e, part, lookup) for part in q.of)
    if isinstance(q, Any_):
        return any(query(e, part, lookup) for part in q.of)
    if isinstance(q, Exists):
        return next(elements(e, q.path), None) is not None
    if isinstance(q, Compare):
        return _compares(q, list(elements(e, q.path)))
    return lookup is not None and any(
        _leads(q, target, lookup) for kind, target in elements(e, q.path) if kind in LINKS
    )


def _leads(q: Linked, target: str, lookup: Lookup) -> bool:
    """The target is an entity that is asked for and fulfils the query."""
    found = lookup(target)
    return (
        found is not None
        and (not q.types or not set(q.types).isdisjoint(found.types))
        and query(found, q.query, lookup)
    )


def elements(e: Entity, path: Path) -> Iterator[tuple[str, Any]]:
    """Kind and value of everything that the path leads to; arrays give each of their elements."""
    if ":" not in path.attribute:
        for value in _ENTITY_MEMBERS.get(path.attribute, _nothing)(e):
            yield "Property", value
        return
    for instance in e.attributes.get(path.attribute, ()):
        yield from _below(instance, path.sub, path.inner)


def _below(instance: Instance, sub: tuple[str, ...], inner: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    if not sub:
        yield from _values(instance, inner)
    elif ":" not in sub[0]:
        if sub[0] in instance and len(sub) == 1:
            yield "Property", instance[sub[0]]
    else:
        for part in instance.get(sub[0], ()):
            yield from _below(part, sub[1:], inner)


def _values(instance: Instance, inner: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    kind = instance["type"]
    value = instance[VALUE_MEMBER[kind]]
    if kind == "LanguageProperty":
        if not inner or inner[0] == "*":
            for text in value.values():
                yield from _flat(kind, text)
        elif inner[0] in value:
            yield from _flat(kind, value[inner[0]])
        return
    for key in inner:
        if not isinstance(value, dict) or key not in value:
            return
        value = value[key]
    yield from _flat(kind, value)


def _flat(kind: str, value: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(value, list) and value:
        for element in value:
            yield kind, element
    else:
        yield kind, value


def _compares(q: Compare, found: list[tuple[str, Any]]) -> bool:
    if q.op not in ("==", "!="):
        found = [(kind, value) for kind, value in found if kind not in LINKS]
    if not found:
        return False
    if q.op in ("!=", "!~="):
        positive = Compare(q.path, q.op.replace("!", "", 1) if q.op == "!~=" else "==", q.values)
        return not _compares(positive, found)
    return any(_holds(q.op, kind, value, wanted) for kind, value in found for wanted in q.values)


def _holds(op: str, kind: str, value: Any, wanted: Literal | Range) -> bool:
    if isinstance(wanted, Range):
        if kind in LINKS:
            return False
        return _holds(">=", kind, value, wanted.low) and _holds("<=", kind, value, wanted.high)
    if op == "~=":
        return isinstance(value, str) and bool(pattern.compile(str(wanted.value)).search(value))
    if kind == "VocabProperty":
        return op == "==" and value in (wanted.value, wanted.expanded)
    left, right = _pair(value, wanted)
    if left is None:
        return False
    if op == "==":
        return bool(left == right)
    if isinstance(left, bool):
        return False
    return bool(
        left > right if op == ">" else left >= right if op == ">=" else left < right if op == "<" else left <= right
    )


def _pair(value: Any, wanted: Literal) -> tuple[Any, Any]:
    """Both sides as values that compare, or None where they do not."""
    if isinstance(value, dict) and "@value" in value:
        value = value["@value"]
    if wanted.kind == "boolean":
        return (value, wanted.value) if isinstance(value, bool) else (None, None)
    if wanted.kind == "number":
        fits = isinstance(value, int | float) and not isinstance(value, bool)
        return (value, wanted.value) if fits else (None, None)
    if not isinstance(value, str):
        return None, None
    if wanted.kind == "word":
        moment = _moment(wanted.value)
        if moment is not None:
            other = _moment(value)
            return (value, wanted.value) if other is None else (other, moment)
    return value, wanted.value


def _moment(text: Any) -> int | None:
    if not isinstance(text, str) or not text[:1].isdigit() or "T" not in text:
        return None
    try:
        return times.parse(text)
    except BadRequestData:
        return None
