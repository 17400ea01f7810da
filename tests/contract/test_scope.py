# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every read takes a scope, and no read shows, counts or lets anyone probe what the scope hides."""

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
    TypeIs,
    Window,
)
from hanze.store.base import Store
from hanze.store.scope import EVERYTHING, NOTHING, Grant, Scope
from tests.contract.making import entity, iri, point, save

ONLY_A = Scope((Grant(types=frozenset({iri("A")})),))
WITHOUT_A = Scope((Grant(without=frozenset({iri("A")})),))
ONLY_NAME = Scope((Grant(attributes=frozenset({iri("name")})),))
AREA = {"type": "Polygon", "coordinates": [[[4, 52], [5, 52], [5, 53], [4, 53], [4, 52]]]}


def fill(store: Store) -> None:
    save(store, entity("1", "A", name="one", secret=1), entity("2", "B", name="two", secret=2))


def seen(store: Store, scope: Scope, selection: EntitySelection | None = None) -> list[str]:
    page = store.query("", selection or EntitySelection(), scope, limit=10, count=True)
    assert page.count == len(page.entities)
    return [one.id.rpartition(":")[2] for one in page.entities]


def test_no_grant_shows_nothing(store: Store) -> None:
    fill(store)
    assert seen(store, NOTHING) == []
    assert store.get("", "urn:ngsi-ld:A:1", NOTHING) is None
    assert store.types("", NOTHING) == [] and store.attributes("", NOTHING) == []


def test_types(store: Store) -> None:
    fill(store)
    assert seen(store, ONLY_A) == ["1"]
    assert seen(store, WITHOUT_A) == ["2"]
    assert seen(store, Scope((*ONLY_A.grants, *WITHOUT_A.grants))) == ["1", "2"]
    assert seen(store, ONLY_A, EntitySelection(types=TypeIs(iri("B")))) == []
    assert store.get("", "urn:ngsi-ld:B:2", ONLY_A) is None
    assert store.types("", WITHOUT_A) == [iri("B")]
    assert store.type_details("", iri("A"), WITHOUT_A) is None


def test_a_hidden_attribute_is_neither_shown_nor_probed(store: Store) -> None:
    fill(store)
    found = store.get("", "urn:ngsi-ld:A:1", ONLY_NAME)
    assert found is not None and list(found.attributes) == [iri("name")]
    secret = Compare(Path(iri("secret")), "==", (Literal("number", 1),))
    assert seen(store, ONLY_NAME, EntitySelection(q=secret)) == []
    assert seen(store, ONLY_NAME, EntitySelection(q=Exists(Path(iri("secret"))))) == []
    deep = Exists(Path(iri("secret"), ("unitCode",)))
    assert seen(store, ONLY_NAME, EntitySelection(q=deep)) == []
    assert seen(store, ONLY_NAME, EntitySelection(attributes=(iri("secret"),))) == []
    assert store.attributes("", ONLY_NAME) == [iri("name")]


def test_area(store: Store) -> None:
    location = "https://uri.etsi.org/ngsi-ld/location"
    inside, outside = entity("in", "A"), entity("out", "A")
    inside.attributes[location] = [point(4.5, 52.5)]
    outside.attributes[location] = [point(6.5, 52.5)]
    save(store, inside, outside, entity("nowhere", "A"))
    scope = Scope((Grant(area=AREA),))
    assert seen(store, scope) == ["in"]
    assert store.get("", outside.id, scope) is None
    everywhere = Geo("disjoint", {"type": "Point", "coordinates": [0, 0]}, location)
    assert seen(store, scope, EntitySelection(geo=everywhere)) == ["in"]


def test_another_tenant_is_out_of_a_grant(store: Store) -> None:
    save(store, entity("1", a=1), tenant="north")
    scope = Scope((Grant(tenants=frozenset({""})),))
    assert store.get("north", "urn:ngsi-ld:T:1", scope) is None
    assert store.query("north", EntitySelection(), scope, limit=5, count=True).count == 0


def test_a_hidden_attribute_places_nothing(store: Store) -> None:
    save(store, *(entity(str(n), name=n, secret=9 - n, place=point(9.0 - n, 52.0)) for n in (1, 2, 3)))
    orders = [Order(Path(iri("secret"))), Order(Path(iri("place")), False, {"type": "Point", "coordinates": [0, 52]})]

    def ordered(scope: Scope, by: Order) -> list[str]:
        page = store.query("", EntitySelection(), scope, limit=10, order=[by])
        return [one.id.rpartition(":")[2] for one in page.entities]

    assert [ordered(EVERYTHING, by) for by in orders] == [["3", "2", "1"]] * 2
    assert [ordered(ONLY_NAME, by) for by in orders] == [["1", "2", "3"]] * 2
    assert ordered(ONLY_NAME, Order(Path(iri("name")), descending=True)) == ["3", "2", "1"]


def test_where_it_is_hidden_of_some_those_come_last(store: Store) -> None:
    save(store, *(entity(str(n), type, rank=9 - n) for n, type in ((1, "A"), (2, "B"), (3, "A"), (4, "B"))))
    some = Scope((Grant(types=frozenset({iri("A")})), Grant(attributes=frozenset())))
    page = store.query("", EntitySelection(), some, limit=10, order=[Order(Path(iri("rank")))])
    assert [one.id.rpartition(":")[2] for one in page.entities] == ["3", "1", "2", "4"]


def test_what_is_no_place_is_at_no_distance(store: Store) -> None:
    odd = [
        entity("1", where="text"),
        entity("2", where=point(1.0, 52.0)),
        entity("3", where={"type": "Property", "value": {"a": 1}}),
    ]
    save(store, *odd)
    by = Order(Path(iri("where")), False, {"type": "Point", "coordinates": [0, 52]})
    page = store.query("", EntitySelection(), EVERYTHING, limit=10, order=[by])
    assert [one.id.rpartition(":")[2] for one in page.entities] == ["2", "1", "3"]


TOGETHER = Scope(
    (
        Grant(types=frozenset({iri("A")}), attributes=frozenset({iri("a")})),
        Grant(attributes=frozenset({iri("b"), "https://uri.etsi.org/ngsi-ld/location"})),
    )
)


def test_grants_show_together_what_a_condition_may_look_at(store: Store) -> None:
    one, two = entity("1", "A", a=1, b=1, c=1), entity("2", "B", a=1, b=1, c=1)
    for each in (one, two):
        each.attributes["https://uri.etsi.org/ngsi-ld/location"] = [point(4.5, 52.5)]
    save(store, one, two)
    a, b, c = (Compare(Path(iri(name)), "==", (Literal("number", 1),)) for name in "abc")
    near = Geo("within", AREA, "https://uri.etsi.org/ngsi-ld/location")
    for selection, expected in (
        (EntitySelection(q=a), ["1"]),
        (EntitySelection(q=b), ["1", "2"]),
        (EntitySelection(q=All((a, b))), ["1"]),
        (EntitySelection(q=Any_((a, b))), ["1", "2"]),
        (EntitySelection(q=All((b, c))), []),
        (EntitySelection(q=a, geo=near), ["1"]),
        (EntitySelection(q=b, geo=near), ["1", "2"]),
        (EntitySelection(q=a, attributes=(iri("b"),)), ["1"]),
        (EntitySelection(q=a, attributes=(iri("c"),)), []),
    ):
        assert seen(store, TOGETHER, selection) == expected, selection
        window = Window(property="modifiedAt", relation="after", start=0)
        page = store.temporal_query("", selection, window, TOGETHER, limit=10, count=True)
        assert [found.id.rpartition(":")[2] for found in page.entities] == expected, selection
        assert page.count == len(expected)


def test_what_only_hidden_entities_have_is_not_told(store: Store) -> None:
    """Here an entity with two types hides behind one of them, and brings an attribute and a kind with it."""
    both = entity("2", "A", secret=1, plain={"type": "Relationship", "object": "urn:x:1"})
    both.types.append(iri("R"))
    save(store, entity("1", "A", plain=1), both)
    scope = Scope((Grant(without=frozenset({iri("R")})),))
    assert store.types("", scope) == [iri("A")] and store.attributes("", scope) == [iri("plain")]
    assert store.type_details("", iri("A"), scope) == (1, {iri("plain"): ["Property"]})
    assert store.attribute_details("", iri("plain"), scope) == (1, ["Property"], [iri("A")])
    assert store.attribute_details("", iri("secret"), scope) is None
    of_r = Scope((Grant(types=frozenset({iri("R")})),))
    assert store.type_details("", iri("A"), of_r) == (1, {iri("plain"): ["Relationship"], iri("secret"): ["Property"]})
