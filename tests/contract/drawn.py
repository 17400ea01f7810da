# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is drawn at random for tests of scopes: things with a history, grants, and what is asked."""

from typing import Any, TypeVar

import msgspec
from hypothesis import strategies as st

from hanze.ngsild.entity import Instance
from hanze.ngsild.selection import (
    All,
    Any_,
    Compare,
    EntitySelection,
    Exists,
    Geo,
    Literal,
    Order,
    Path,
    ScopeIs,
    TypeIs,
    Window,
)
from hanze.ngsild.times import text
from hanze.store.scope import Grant, Scope
from tests.contract.conftest import START
from tests.contract.making import iri
from tests.contract.naive import LOCATION

T = TypeVar("T")
HOUR = 3_600_000_000
TYPES = [iri(name) for name in "ABC"]
A, B = iri("a"), iri("b")
NAMES = [A, B, LOCATION]
FAR_WEST = {"type": "Point", "coordinates": [-3.0, 0.0]}

values = st.integers(0, 3)
moments = st.integers(1, 6).map(lambda hour: START + hour * HOUR)


def maybe(strategy: st.SearchStrategy[T], *, often: bool = False) -> st.SearchStrategy[T | None]:
    """None in three of four cases, or in one."""
    nothing = st.none()
    return st.one_of(nothing, strategy, strategy, strategy) if often else st.one_of(nothing, nothing, nothing, strategy)


def point(x: int) -> Instance:
    return {"type": "GeoProperty", "value": {"type": "Point", "coordinates": [float(x), 0.0]}}


def box(bounds: tuple[int, int]) -> dict[str, Any]:
    west, east = min(bounds) - 0.5, max(bounds) + 0.5
    ring = [[west, -1.0], [east, -1.0], [east, 1.0], [west, 1.0], [west, -1.0]]
    return {"type": "Polygon", "coordinates": [ring]}


boxes = st.tuples(values, values).map(box)
half_hours = st.integers(1, 5).map(lambda hour: text(START + hour * HOUR + HOUR // 2))
instances = st.one_of(
    values.map(lambda value: {"type": "Property", "value": value}),
    st.builds(lambda value, at: {"type": "Property", "value": value, "observedAt": at}, values, half_hours),
    values.map(lambda value: {"type": "Property", "value": value, "unitCode": "CEL"}),
    values.map(lambda value: {"type": "Relationship", "object": f"urn:x:{value}"}),
)
several = st.one_of(
    instances.map(lambda one: [one]),
    st.tuples(instances, instances)
    .map(lambda two: [two[0], {**two[1], "type": two[0]["type"], "datasetId": "urn:d:1"}])
    .filter(
        lambda two: (
            two[0].keys() - {"observedAt"} <= two[1].keys() | {"unitCode"} and "value" in two[0] and "value" in two[1]
        )
    ),
)
attributes = st.tuples(maybe(several, often=True), maybe(several, often=True), maybe(values)).map(
    lambda found: {
        name: some for name, some in zip(NAMES, (*found[:2], found[2] and [point(found[2])]), strict=True) if some
    }
)  # fmt: skip
types = st.lists(st.sampled_from(TYPES), min_size=1, max_size=2, unique=True)
observations = st.lists(st.tuples(st.sampled_from([A, B]), moments, values), max_size=5, unique_by=lambda one: one[:2])


class Thing(msgspec.Struct, frozen=True):
    """One entity to be made, and what was observed of it."""

    types: list[str]
    attributes: dict[str, list[Instance]]
    scopes: list[str]
    observed: list[tuple[str, int, int]]
    deleted: bool


things = st.lists(
    st.builds(
        Thing, types, attributes, st.lists(st.sampled_from(["/x", "/x/y", "/z"]), max_size=1), observations,
        st.sampled_from([False, False, False, True]),
    ),
    min_size=1,
    max_size=5,
)  # fmt: skip
names = st.sampled_from([frozenset(), frozenset({A}), frozenset({B}), frozenset({A, LOCATION}), frozenset({LOCATION})])
grants = st.builds(
    Grant,
    tenants=st.sampled_from([None, None, "here", "elsewhere"]).map(lambda name: name and frozenset({name})),
    types=maybe(st.frozensets(st.sampled_from(TYPES), max_size=2)),
    without=maybe(st.frozensets(st.sampled_from(TYPES), min_size=1, max_size=1)).map(
        lambda found: found or frozenset()
    ),
    attributes=maybe(names, often=True),
    area=maybe(boxes),
    since=maybe(moments),
    until=maybe(moments),
    level=st.sampled_from([None, None, None, None, HOUR]),
)
scopes = st.lists(grants, min_size=1, max_size=3).map(lambda found: Scope(tuple(found)))


def literal(value: int) -> Literal:
    return Literal("number", value)


atoms = st.one_of(
    st.sampled_from([A, B, LOCATION]).map(lambda name: Exists(Path(name))),
    st.sampled_from([A, B]).map(lambda name: Exists(Path(name, ("unitCode",)))),
    st.builds(
        lambda name, op, value: Compare(Path(name), op, (literal(value),)),
        st.sampled_from([A, B]), st.sampled_from(["==", "!=", ">", "<"]), values,
    ),
    st.builds(
        lambda op, at: Compare(Path("modifiedAt"), op, (Literal("word", text(at)),)),
        st.sampled_from([">", "<="]), st.integers(-1, 3).map(lambda minutes: START + minutes * 60_000_000),
    ),
)  # fmt: skip
conditions = st.recursive(
    atoms,
    lambda inner: st.builds(
        lambda word, parts: word(tuple(parts)), st.sampled_from([All, Any_]), st.lists(inner, min_size=2, max_size=2)
    ),
    max_leaves=3,
)
geos = boxes.map(lambda area: Geo("intersects", area, LOCATION))
selections = st.builds(
    EntitySelection,
    types=maybe(st.sampled_from(TYPES).map(TypeIs)),
    ids=st.sampled_from([(), (), ("urn:x:0", "urn:x:2")]),
    attributes=maybe(st.lists(st.sampled_from(NAMES), min_size=1, max_size=2, unique=True)).map(
        lambda found: tuple(found or ())
    ),
    q=maybe(conditions, often=True),
    geo=maybe(geos),
    scope_q=maybe(st.just(ScopeIs(("x", "#")))),
)
orders = st.lists(
    st.one_of(
        st.builds(Order, st.sampled_from([A, B, "id", "modifiedAt"]).map(Path), st.booleans()),
        st.builds(Order, st.sampled_from([LOCATION, A]).map(Path), st.booleans(), st.just(FAR_WEST)),
    ),
    max_size=2,
)
windows = st.one_of(
    st.just(Window()),
    st.just(Window(relation="after", start=START)),
    st.builds(Window, relation=st.sampled_from(["before", "after"]), start=moments),
    st.builds(Window, relation=st.just("between"), start=moments, end=moments),
)
