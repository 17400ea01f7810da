# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What a query asks for, as values: the parsed form of type selection, q, geoQ, scopeQ and order.

Parsers of the text forms stand in `hanze.ngsild.language`; the store compiles these values to its
own query, `hanze.ngsild.match` evaluates them on one entity. All names are expanded IRIs.

Source: ETSI GS CIM 009 V1.8.1, clauses 4.9 (q), 4.10 (geoQ), 4.17 (types), 4.19 (scopeQ), 4.23 (order).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec

from hanze.ngsild.collation import Collation


class _Value(msgspec.Struct, frozen=True, tag=True):
    pass


class All(_Value, frozen=True):
    """Every one of `of` holds (`;`)."""

    of: tuple[Any, ...]


class Any_(_Value, frozen=True):
    """At least one of `of` holds (`|` or `,`)."""

    of: tuple[Any, ...]


class Path(_Value, frozen=True):
    """What a condition looks at.

    `attribute`: IRI of the attribute. `sub`: IRIs of sub-attributes, or one of the short names observedAt,
    createdAt, modifiedAt, unitCode, datasetId (from `a.b.c`). `inner`: keys inside the value (from `a[x.y]`,
    for a LanguageProperty the language, `*` for any). An `attribute` without a colon is a member of the
    entity itself: id, type, createdAt, modifiedAt.
    """

    attribute: str
    sub: tuple[str, ...] = ()
    inner: tuple[str, ...] = ()


class Literal(_Value, frozen=True):
    """A value of a condition. `kind`: number, text (quoted), word (unquoted: date, time, URI or vocab), boolean.

    `expanded`: for a text or word its expansion by the @context where that is asked for (expandValues), to compare with
    a VocabProperty.
    """

    kind: str
    value: float | int | str | bool
    expanded: str = ""


class Range(_Value, frozen=True):
    """From low to high, both included (`low..high`)."""

    low: Literal
    high: Literal


class Exists(_Value, frozen=True):
    """The path has a value."""

    path: Path


class Compare(_Value, frozen=True):
    """`op` is one of == != > >= < <= ~= !~=.

    `values`: for == and != one or more Literal or Range (a list: any of them); for the others exactly one
    (for ~= and !~= a text with the pattern). An entity without the path never matches, also not for != and !~=.
    """

    path: Path
    op: str
    values: tuple[Literal | Range, ...]


class Linked(_Value, frozen=True):
    """An entity that a relationship points at, and that has one of the types (none given: any), fulfils `query`."""

    path: Path
    types: tuple[str, ...]
    query: Any


Query = All | Any_ | Exists | Compare | Linked


def asked(query: Any) -> Iterator[str]:
    """The attributes (IRIs, or members of the entity) that a query is about; None asks of nothing."""
    if isinstance(query, All | Any_):
        for part in query.of:
            yield from asked(part)
    elif query is not None:
        yield query.path.attribute


def linked(query: Any) -> int:
    """How many relationships deep a query follows."""
    if isinstance(query, All | Any_):
        return max((linked(part) for part in query.of), default=0)
    return 1 + linked(query.query) if isinstance(query, Linked) else 0


class TypeIs(_Value, frozen=True):
    """The entity has this type (an IRI)."""

    iri: str


TypeSelection = All | Any_ | TypeIs


class ScopeIs(_Value, frozen=True):
    """The entity has a scope that fits the segments; `+` fits one segment, a last `#` any number, also none."""

    segments: tuple[str, ...]


ScopeQuery = All | Any_ | ScopeIs


class Geo(_Value, frozen=True):
    """`relation`: near, within, contains, intersects, equals, disjoint, overlaps.

    `geometry`: GeoJSON geometry (lon, lat). `property`: IRI of the GeoProperty. Distances in metres, near only.
    """

    relation: str
    geometry: dict[str, Any]
    property: str
    max_distance: float | None = None
    min_distance: float | None = None


class Order(_Value, frozen=True):
    """One sort key: a path (of an attribute, or of a member of the entity such as id or modifiedAt).

    With `geometry`, by the distance in metres of the GeoProperty at the path to it; with `collation`, texts by that,
    else by their code points.
    """

    path: Path
    descending: bool = False
    geometry: dict[str, Any] | None = None
    collation: Collation | None = None


class EntitySelection(msgspec.Struct, frozen=True, kw_only=True):
    """Which entities: every member that is given must hold. `attributes`: has at least one of them."""

    types: TypeSelection | None = None
    ids: tuple[str, ...] = ()
    id_pattern: str | None = None
    attributes: tuple[str, ...] = ()
    q: Query | None = None
    geo: Geo | None = None
    scope_q: ScopeQuery | None = None


class Window(msgspec.Struct, frozen=True, kw_only=True):
    """Which instants: `relation` before, after, between (or empty: all), microseconds; see clause 4.11.

    `property`: observedAt, createdAt, modifiedAt or deletedAt. `last`: at most so many latest instances per attribute.
    """

    relation: str = ""
    start: int | None = None
    end: int | None = None
    property: str = "observedAt"
    last: int | None = None
