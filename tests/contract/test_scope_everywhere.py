# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""For any data and any scope, every read shows exactly what the naive filter of `naive` says, and nothing else."""

import itertools
from collections.abc import Iterator
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hanze.errors import NoRightToAccess
from hanze.ngsild import operations
from hanze.ngsild.duration import parse as duration
from hanze.ngsild.entity import SCOPE, Entity
from hanze.ngsild.selection import (
    EntitySelection,
    Order,
    Path,
    Window,
)
from hanze.ngsild.times import parse, text
from hanze.store import sqlite
from hanze.store.base import Store, UnitOfWork
from hanze.store.scope import Grant, Scope
from tests.contract import naive
from tests.contract.conftest import Clock
from tests.contract.drawn import (
    NAMES,
    TYPES,
    Thing,
    orders,
    scopes,
    selections,
    things,
    windows,
)
from tests.contract.naive import LOCATION, Data, Row

WHOLE = duration("PT0S")
MANY = settings(max_examples=max(250, settings().max_examples))


@pytest.fixture(scope="module", params=["sqlite"])
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """One store for all examples: each has two tenants of its own."""
    opened = sqlite.open(tmp_path_factory.mktemp("scope"), clock=Clock())
    yield opened
    opened.close()


numbers = itertools.count()


def fill(store: Store, found: list[Thing]) -> tuple[str, Data]:
    """Makes the entities in a tenant of their own; what is then in it."""
    number = next(numbers)
    tenant = f"here{number}"
    data = Data([], [], {})

    def work(uow: UnitOfWork) -> None:
        for n, thing in enumerate(found):
            made = Entity(f"urn:x:{n}", thing.types, thing.attributes, thing.scopes)
            made = operations.create(made, uow.stamp).after or made
            uow.save(tenant, operations.create(made, uow.stamp))
            kept = data.history[made.id] = [
                Row(name, parse(one["observedAt"]) if "observedAt" in one else uow.now, "observedAt" in one, one)
                for name, all_ in made.attributes.items() for one in all_
            ]  # fmt: skip
            if made.scopes:
                kept.append(Row(SCOPE, uow.now, True, {"type": "Property", "value": made.scopes[0]}))
            for name, at, value in thing.observed:
                seen = {"type": "Property", "value": value, "observedAt": text(at)}
                uow.append_history(tenant, Entity(made.id, thing.types, {name: [seen]}))
                kept.append(Row(name, at, True, seen))
            if thing.deleted:
                uow.save(tenant, operations.delete(made))
                data.past.append(msgspec.structs.replace(made, attributes={}))
            else:
                data.entities.append(made)

    store.submit(work).result()
    return tenant, data


def in_tenant(scope: Scope, tenant: str) -> Scope:
    """The scope with `here` for the example's own tenant."""

    def named(grant: Grant) -> Grant:
        tenants = grant.tenants and frozenset({tenant} if "here" in grant.tenants else {"elsewhere"})
        return msgspec.structs.replace(grant, tenants=tenants)

    return Scope(tuple(named(grant) for grant in scope.grants))


@MANY
@given(things, scopes, selections, orders, st.integers(0, 3), st.integers(1, 3))
def test_what_is_current(
    store: Store,
    found: list[Thing],
    scope: Scope,
    selection: EntitySelection,
    order: list[Order],
    offset: int,
    limit: int,
) -> None:
    tenant, data = fill(store, found)
    scope = in_tenant(scope, tenant)
    for n in range(len(found)):
        expected = next((one for one in naive.visible(data, scope, tenant) if one.id == f"urn:x:{n}"), None)
        assert store.get(tenant, f"urn:x:{n}", scope) == expected
    expected_page = naive.query(data, selection, scope, tenant, order)
    page = store.query(tenant, selection, scope, limit=10, order=order)
    assert (page.entities, page.count) == (expected_page, None)
    plain = naive.query(data, selection, scope, tenant)
    for _ in range(2):
        # Where what was tried for the first page did not pay, it is not tried for the next one.
        assert store.query(tenant, selection, scope, limit=limit).entities == plain[:limit]
    page = store.query(tenant, selection, scope, limit=limit, offset=offset, count=True, order=order)
    assert (page.entities, page.count) == (expected_page[offset : offset + limit], len(expected_page))
    assert store.query(tenant, selection, scope, limit=0, count=True).count == len(expected_page)


def standing(found: list[Thing]) -> list[Thing]:
    """None is deleted: a store may tell kinds that an attribute only had before."""
    return [msgspec.structs.replace(thing, deleted=False) for thing in found]


@given(things.map(standing), scopes)
def test_types_and_attributes(store: Store, found: list[Thing], scope: Scope) -> None:
    tenant, data = fill(store, found)
    scope = in_tenant(scope, tenant)
    seen = naive.visible(data, scope, tenant)
    assert store.types(tenant, scope) == sorted({type for one in seen for type in one.types})
    assert store.attributes(tenant, scope) == sorted({name for one in seen for name in one.attributes})
    for type in TYPES:
        having = [one for one in seen if type in one.types]
        known = {name: naive.kinds(having, name) for name in NAMES if naive.kinds(having, name)}
        assert store.type_details(tenant, type, scope) == ((len(having), known) if having else None)
    for name in NAMES:
        having = [one for one in seen if name in one.attributes]
        known_types = sorted({type for one in having for type in one.types})
        told = (len(having), naive.kinds(having, name), known_types) if having else None
        assert store.attribute_details(tenant, name, scope) == told


def told(rows: list[Row]) -> dict[str, list[tuple[int, Any]]]:
    """Per attribute moments and values, oldest first."""
    made: dict[str, list[tuple[int, Any]]] = {}
    for row in sorted(rows, key=lambda row: row.at):
        value = row.instance.get("value", row.instance.get("object"))
        made.setdefault(row.attribute, []).append((row.at, value))
    return made


def counted(store: Store, tenant: str, id: str, name: str, window: Window, scope: Scope) -> int:
    buckets = store.aggregate(tenant, id, name, None, window, scope, ("totalCount",), WHOLE)
    return sum(bucket.values["totalCount"] for bucket in buckets)


def refused_or_counted(store: Store, tenant: str, id: str, name: str, window: Window, scope: Scope) -> int | str:
    try:
        return counted(store, tenant, id, name, window, scope)
    except NoRightToAccess as error:
        return error.detail


@given(things, scopes, windows)
def test_the_history_of_one_entity(store: Store, found: list[Thing], scope: Scope, window: Window) -> None:
    tenant, data = fill(store, found)
    scope = in_tenant(scope, tenant)
    for entity in (*data.entities, *data.past):
        rows = naive.rows(data, entity, scope, tenant, window)
        got = store.temporal(tenant, entity.id, window, scope)
        assert got is None or naive.covering(entity, scope, tenant)
        assert compared(got.attributes if got else {}) == compared(told(rows))
        summed = {name for name in NAMES if naive.summed(entity, scope, tenant, name)}
        series = [one for one in store.series(tenant, entity.id, window, scope) if one.attribute not in summed]
        assert {(one.attribute, one.kind) for one in series} == {(row.attribute, row.instance["type"]) for row in rows}
        for name in NAMES:
            of = [row for row in rows if row.attribute == name and "datasetId" not in row.instance]
            known = any(row.attribute == name for row in data.history[entity.id])
            if name in summed and known:
                with pytest.raises(NoRightToAccess, match="PT1H"):
                    counted(store, tenant, entity.id, name, window, scope)
            else:
                assert counted(store, tenant, entity.id, name, window, scope) == len(of)


@MANY
@given(things, scopes, selections, windows, st.integers(0, 2), st.integers(1, 3))
def test_histories_of_those_that_match(
    store: Store, found: list[Thing], scope: Scope, selection: EntitySelection, window: Window, offset: int, limit: int
) -> None:
    tenant, data = fill(store, found)
    scope = in_tenant(scope, tenant)
    expected = naive.recalled(data, selection, scope, tenant, window)
    by_id = [Order(Path("id"))]
    page = store.temporal_query(tenant, selection, window, scope, limit=10, count=True, order=by_id)
    assert page.count == len(expected)
    ids = sorted(expected)
    assert [one.id for one in page.entities] == ids
    for one in page.entities:
        assert compared(one.attributes) == compared(told(expected[one.id]))
    page = store.temporal_query(tenant, selection, window, scope, limit=limit, offset=offset, order=by_id)
    assert [one.id for one in page.entities] == ids[offset : offset + limit]


def compared(found: dict[str, Any]) -> dict[str, list[Any]]:
    """Values per attribute, as a set with numbers: rows of one moment have no order among them."""
    made: dict[str, list[Any]] = {}
    for name, rows in found.items():
        made[name] = sorted(
            str(row[1] if isinstance(row, tuple) else row.doc.get("value", row.doc.get("object"))) for row in rows
        )
    return made


def without(found: list[Thing], name: str) -> list[Thing]:
    """The same things as if they had never had the attribute."""
    return [
        msgspec.structs.replace(
            thing,
            attributes={key: value for key, value in thing.attributes.items() if key != name},
            observed=[one for one in thing.observed if one[0] != name],
        )
        for thing in found
    ]


def hiding(scope: Scope, name: str) -> Scope:
    """A scope of which no grant shows the attribute, or depends on it."""

    def narrow(grant: Grant) -> Grant:
        seen = frozenset(NAMES if grant.attributes is None else grant.attributes) - {name}
        return msgspec.structs.replace(grant, attributes=seen, area=None if name == LOCATION else grant.area)

    return Scope(tuple(narrow(grant) for grant in scope.grants))


@MANY
@given(things.map(standing), scopes, selections, orders, windows, st.sampled_from(NAMES))
def test_what_is_hidden_makes_no_difference(
    store: Store,
    found: list[Thing],
    scope: Scope,
    selection: EntitySelection,
    order: list[Order],
    window: Window,
    name: str,
) -> None:
    """Whatever is asked, the answers are those of a store that does not have it."""
    answers = []
    for content in (found, without(found, name)):
        tenant, _ = fill(store, content)
        narrow = in_tenant(hiding(scope, name), tenant)
        by_id = [Order(Path("id"))]
        answers.append(
            (
                store.query(tenant, selection, narrow, limit=10, count=True, order=order),
                store.types(tenant, narrow),
                store.attributes(tenant, narrow),
                [store.attribute_details(tenant, one, narrow) for one in NAMES],
                [
                    (one.id, compared(one.attributes))
                    for one in store.temporal_query(tenant, selection, window, narrow, limit=10, order=by_id).entities
                ],
                [store.series(tenant, f"urn:x:{n}", window, narrow) for n in range(len(found))],
                [refused_or_counted(store, tenant, "urn:x:0", one, window, narrow) for one in NAMES],
            )
        )
    assert answers[0] == answers[1]
