# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Conditions on what relationships lead to, and on relationships themselves: the store finds what the model says."""

import pytest

from hanze.ngsild.entity import Instance
from hanze.ngsild.selection import All, Any_, Compare, EntitySelection, Exists, Linked, Literal, Path, Range, TypeIs
from hanze.store.base import Store
from hanze.store.scope import Grant, Scope
from tests.contract.conftest import Clock
from tests.contract.making import entity, iri, prop, remove, save
from tests.contract.test_current import ids, number

HOUSE = "urn:ngsi-ld:House:1"
STREET = "urn:ngsi-ld:Street:1"
INSIDE = Path(iri("inside"))


def to(*targets: str) -> Instance:
    return {"type": "Relationship", "object": targets[0] if len(targets) == 1 else list(targets)}


def linked(query: object, *types: str) -> EntitySelection:
    return EntitySelection(types=TypeIs(iri("T")), q=Linked(INSIDE, tuple(map(iri, types)), query))


@pytest.fixture(autouse=True)
def there(store: Store) -> None:
    save(
        store,
        entity("1", inside=to(HOUSE)),
        entity("2", inside=to("urn:ngsi-ld:House:9", HOUSE), n=1),
        entity("3", inside=to("urn:ngsi-ld:House:9")),
        entity("4", inside=HOUSE),
        entity("1", "House", floors=prop(3, expiresAt="2026-01-01T00:01:00Z"), on=to(STREET)),
        entity("1", "Street", name="Oudegracht"),
    )


def test_what_a_relationship_leads_to_fulfils_a_condition(store: Store) -> None:
    assert ids(store, linked(number("floors", "==", 3))) == ["1", "2"]
    assert ids(store, linked(number("floors", ">", 3))) == []
    assert ids(store, linked(number("floors", "==", 3), "House")) == ["1", "2"]
    assert ids(store, linked(number("floors", "==", 3), "Tower")) == []
    name = Compare(Path(iri("name")), "==", (Literal("text", "Oudegracht"),))
    assert ids(store, linked(Linked(Path(iri("on")), (iri("Street"),), name))) == ["1", "2"]


def test_such_a_condition_joins_others(store: Store) -> None:
    deep = Linked(INSIDE, (), number("floors", "==", 3))
    both = EntitySelection(types=TypeIs(iri("T")), q=All((deep, number("n", "==", 1))))
    either = EntitySelection(types=TypeIs(iri("T")), q=Any_((number("n", "==", 2), deep)))
    assert ids(store, both, count=True) == ["2"]
    assert ids(store, either) == ["1", "2"]


def test_only_what_is_there_now_counts(store: Store, clock: Clock) -> None:
    clock.forward(61)
    assert ids(store, linked(number("floors", "==", 3))) == []
    assert ids(store, linked(Exists(Path(iri("on"))))) == ["1", "2"]
    remove(store, HOUSE)
    assert ids(store, linked(Exists(Path(iri("on"))))) == []


def test_what_a_scope_hides_cannot_be_asked_through_a_relationship(store: Store) -> None:
    wanted = linked(number("floors", "==", 3))

    def found(*grants: Grant) -> int:
        return len(store.query("", wanted, Scope(grants), limit=9).entities)

    only_t = Grant(types=frozenset({iri("T")}))
    houses = Grant(types=frozenset({iri("House")}))
    assert found(only_t) == 0
    assert found(only_t, houses) == 2
    assert found(only_t, Grant(types=frozenset({iri("House")}), attributes=frozenset({iri("on")}))) == 0
    assert found(Grant(attributes=frozenset({iri("floors")}))) == 0


@pytest.mark.parametrize(
    ("op", "values", "found"),
    [
        ("==", (Literal("text", HOUSE),), ["1", "2", "4"]),
        ("==", (Literal("word", HOUSE),), ["1", "2", "4"]),
        ("!=", (Literal("text", HOUSE),), ["3"]),
        (">", (Literal("text", "urn:a"),), ["4"]),
        ("<=", (Literal("word", HOUSE),), ["4"]),
        ("==", (Range(Literal("text", "a"), Literal("text", "z")),), ["4"]),
        ("~=", (Literal("text", "House"),), ["4"]),
    ],
)
def test_relationships_are_the_same_or_not(
    store: Store, op: str, values: tuple[Literal | Range, ...], found: list[str]
) -> None:
    assert ids(store, EntitySelection(types=TypeIs(iri("T")), q=Compare(INSIDE, op, values))) == found


def test_a_word_of_a_vocabulary_is_found_whole_or_expanded(store: Store) -> None:
    save(store, entity("5", use={"type": "VocabProperty", "vocab": iri("office")}))

    def found(literal: Literal) -> list[str]:
        return ids(store, EntitySelection(types=TypeIs(iri("T")), q=Compare(Path(iri("use")), "==", (literal,))))

    assert found(Literal("word", "office")) == []
    assert found(Literal("word", "office", iri("office"))) == ["5"]
    assert found(Literal("text", iri("office"))) == ["5"]
