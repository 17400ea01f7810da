# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Every read takes a scope, and no read shows, counts or lets anyone probe what the scope hides."""

from hanze.ngsild.selection import Compare, EntitySelection, Exists, Geo, Literal, Path, TypeIs
from hanze.store.base import Store
from hanze.store.scope import NOTHING, Grant, Scope
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
