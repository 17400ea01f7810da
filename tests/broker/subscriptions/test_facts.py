# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What happened to an entity, and what of it someone with a scope may know."""

from typing import Any

import msgspec
import pytest

from hanze.broker.subscriptions.facts import MOST_VIEWS, Facts, differs, facts
from hanze.broker.subscriptions.model import TRIGGERS
from hanze.ngsild.entity import SCOPE, Change, Entity
from hanze.store.base import JournalRow
from hanze.store.mask import LOCATION
from hanze.store.scope import EVERYTHING, NOTHING, Grant, Scope
from tests.broker.subscriptions.making import change, definition
from tests.contract.making import entity, iri, point, prop

DEFAULTS = frozenset({"attributeCreated", "attributeUpdated"})
NONE: frozenset[str] = frozenset()


def test_created_updated_deleted() -> None:
    before = entity("1", a=1, b=1, c=[prop(1), prop(2, datasetId="urn:a:1")], d=1)
    after = entity("1", a=1, b=2, c=[prop(1), prop(3, datasetId="urn:a:2")], e=1)
    found = change(before, after)
    assert found.created == {iri("c"), iri("e")}
    assert found.updated == {iri("b")}
    assert found.deleted == {iri("c"), iri("d")}
    assert found.changed() == {iri(name) for name in "bcde"}


def test_the_scope_of_an_entity_is_no_attribute() -> None:
    one = entity("1", a=1)
    changes = [
        Change(SCOPE, None, prop("/NL")),
        Change(SCOPE, prop("/NL"), prop("/BE")),
        Change(SCOPE, prop("/BE"), None),
    ]
    found = Facts(JournalRow(1, 0, "", one.id, one.types, "updated", [SCOPE], changes, one), one)
    assert found.changed() == set()
    assert not found.happened(TRIGGERS, NONE)


def test_of_a_deleted_entity_everything_is_deleted() -> None:
    found = change(entity("1", a=1, b=1), None)
    assert (found.created, found.updated, found.deleted) == (set(), set(), {iri("a"), iri("b")})
    assert found.entity.attributes.keys() == {iri("a"), iri("b")}


@pytest.mark.parametrize(
    ("other", "different"),
    [
        (prop(1), False),
        (prop(1, createdAt="2020-01-01T00:00:00Z", modifiedAt="2020-01-02T00:00:00Z"), False),
        (prop(2), True),
        (prop(1.5), True),
        (prop(1, unitCode="CEL"), True),
        (prop(1, observedAt="2026-01-01T00:00:00Z"), True),
        ({"type": "Relationship", "object": "urn:a:1"}, True),
        (prop(1, **{"https://example.org/by": [prop("me")]}), True),
    ],
)
def test_what_is_a_difference(other: dict[str, Any], different: bool) -> None:
    assert differs(prop(1), other) is different
    assert differs(other, prop(1)) is different


def test_triggers() -> None:
    created, gone = change(None, entity("1", a=1)), change(entity("1", a=1), None)
    updated = change(entity("1", a=1, b=1), entity("1", a=2, b=1))
    assert created.happened(DEFAULTS, NONE)
    assert updated.happened(DEFAULTS, frozenset({iri("a")}))
    assert not updated.happened(DEFAULTS, frozenset({iri("b")}))
    assert not gone.happened(DEFAULTS, NONE)
    assert gone.happened(frozenset({"entityDeleted"}), frozenset({iri("b")}))
    assert created.happened(frozenset({"entityCreated"}), frozenset({iri("b")}))
    assert not updated.happened(frozenset({"entityCreated", "entityDeleted", "attributeDeleted"}), NONE)
    assert not change(entity("1", a=1), entity("1", a=1)).happened(DEFAULTS, NONE)


def placed(**attributes: int) -> Entity:
    made = entity("1", "T", **attributes)
    return msgspec.structs.replace(made, attributes={**made.attributes, LOCATION: [point(5, 52)]})


def scope(**grant: Any) -> Scope:
    return Scope((Grant(**grant),))


def test_what_a_scope_shows_of_a_change() -> None:
    found = change(placed(a=1, b=1), placed(a=2, b=2))
    assert found.within(EVERYTHING) is found
    assert found.within(NOTHING) is None
    assert found.within(scope(types=frozenset({iri("U")}))) is None
    assert found.within(scope(types=frozenset({iri("T")}))) is found
    assert found.within(scope(without=frozenset({iri("T")}))) is None
    assert found.within(scope(tenants=frozenset({"other"}))) is None
    some = found.within(scope(attributes=frozenset({iri("a")})))
    assert some is not None
    assert some.updated == {iri("a")}
    assert list(some.entity.attributes) == [iri("a")]
    assert [one.attribute for one in some.changes] == [iri("a")]
    assert (some.seq, some.at, some.tenant, some.kind, some.weight) == (1, 0, "", "updated", 100)
    assert list(found.entity.attributes) == [iri("a"), iri("b"), LOCATION], "the change itself stays"
    square = {"type": "Polygon", "coordinates": [[[4, 51], [6, 51], [6, 53], [4, 53], [4, 51]]]}
    assert found.within(scope(area=square)) is found
    far = {"type": "Polygon", "coordinates": [[[14, 51], [16, 51], [16, 53], [14, 53], [14, 51]]]}
    assert found.within(scope(area=far)) is None


SQUARE = {"type": "Polygon", "coordinates": [[[4, 51], [6, 51], [6, 53], [4, 53], [4, 51]]]}


def at(east: float, **values: int) -> Entity:
    made = entity("1", "T", **values)
    made.attributes[LOCATION] = [point(east, 52.0)]
    return made


@pytest.mark.parametrize("of", [{}, {"attributes": frozenset({LOCATION, iri("a")})}])
def test_of_what_comes_into_an_area_nothing_is_told_of_before(of: dict[str, Any]) -> None:
    outside = at(7.0, a=1)
    found = change(outside, at(5.0, a=2))
    scoped = scope(area=SQUARE, **of)
    came = found.within(scoped)
    assert came is not None
    assert {one.attribute: (one.before, one.after is not None) for one in came.changes} == {
        LOCATION: (None, True), iri("a"): (None, True),
    }  # fmt: skip
    assert (came.created, came.updated) == ({LOCATION, iri("a")}, set())
    moved = change(at(4.0, a=1), found.entity).within(scoped)
    assert moved is not None and moved.updated == {LOCATION, iri("a")}
    placed = change(entity("1", "T", a=1), found.entity).within(scoped)
    assert placed is not None and placed.created == {LOCATION, iri("a")}
    assert change(found.entity, outside).within(scoped) is None
    both = found.within(Scope((Grant(area=SQUARE), Grant())))
    assert both is found


def test_what_is_rendered_for_few_views_is_kept() -> None:
    found = change(None, entity("1", a=1))
    views = [
        definition(notification={"endpoint": {"uri": "http://example.org/"}, "pick": [f"a{n}"]}).view for n in range(9)
    ]
    for number, view in enumerate(views):
        assert found.shown(view) is None
        found.keep(view, b"%d" % number)
    assert [found.shown(view) for view in views] == [b"%d" % n if n < MOST_VIEWS else None for n in range(9)]
    again = definition(notification={"endpoint": {"uri": "http://elsewhere.org/"}, "pick": ["a1"]}).view
    assert found.shown(again) == b"1", "the receiver does not matter"
    some = found.within(scope(attributes=frozenset({iri("a")})))
    assert some is not None
    assert some.shown(again) is None, "what was rendered of more is not shown to who may see less"


def test_rows_that_tell_nothing() -> None:
    one: Entity = entity("1", a=1)
    assert facts(JournalRow(1, 0, "", one.id, one.types, "updated", [], [], None)) is None
    assert facts(JournalRow(1, 0, "", one.id, one.types, "bulk", [], [], one)) is None
