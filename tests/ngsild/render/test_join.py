# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Linked entities, inline and flat."""

from collections.abc import Callable
from typing import Any

import pytest

from hanze.errors import TooComplexQuery
from hanze.ngsild.context import CORE
from hanze.ngsild.entity import Entity, Instance
from hanze.ngsild.render import PLAIN, Form, Selector, join
from tests.ngsild.making import ONE, iri, old, prop, rel

BUILDING, PARIS, FRANCE = "urn:ngsi-ld:Building:1", "urn:ngsi-ld:City:Paris", "urn:ngsi-ld:Country:France"
LOCATED, COUNTRY, NAME = iri("locatedAt"), iri("isInCountry"), iri("name")
SIMPLIFIED = Form("simplified")


def thing(id: str, type: str, **attributes: Any) -> Entity:
    made = {iri(n): [old(i) for i in (f if isinstance(f, list) else [f])] for n, f in attributes.items()}
    return Entity(id, [iri(type)], made)


TOWER = thing(BUILDING, "Building", name=prop("Tower"), locatedAt=rel(PARIS))
CITY = thing(PARIS, "City", name=prop("Paris"), isInCountry=rel(FRANCE))
LAND = thing(FRANCE, "Country", name=prop("France"))


def among(*entities: Entity) -> Callable[[str], Entity | None]:
    return {e.id: e for e in entities}.get


ALL = among(TOWER, CITY, LAND)
FRANCE_SHOWN = {"id": FRANCE, "type": "Country", "name": prop("France")}
CITY_SHOWN = {"id": PARIS, "type": "City", "name": prop("Paris"), "isInCountry": rel(FRANCE)}
TOWER_SHOWN = {"id": BUILDING, "type": "Building", "name": prop("Tower"), "locatedAt": rel(PARIS)}


def picks(*names: str | Selector) -> tuple[Selector, ...]:
    return tuple(name if isinstance(name, Selector) else Selector(name) for name in names)


# inline


def test_a_relationship_carries_the_entity_that_it_points_at() -> None:
    shown = join.inline(TOWER, CORE, PLAIN, ALL, 1)
    assert shown == TOWER_SHOWN | {"locatedAt": rel(PARIS, entity=CITY_SHOWN)}


def test_the_level_says_how_far_links_are_followed() -> None:
    assert join.inline(TOWER, CORE, PLAIN, ALL, 0) == TOWER_SHOWN
    city = CITY_SHOWN | {"isInCountry": rel(FRANCE, entity=FRANCE_SHOWN)}
    assert join.inline(TOWER, CORE, PLAIN, ALL, 2) == TOWER_SHOWN | {"locatedAt": rel(PARIS, entity=city)}


def test_simplified_the_entity_stands_in_the_place_of_its_id() -> None:
    city = {"id": PARIS, "type": "City", "name": "Paris", "isInCountry": FRANCE}
    assert join.inline(TOWER, CORE, SIMPLIFIED, ALL, 1)["locatedAt"] == city


def test_concise_relationships_carry_it_too() -> None:
    shown = join.inline(TOWER, CORE, Form("concise"), ALL, 1)
    assert shown["locatedAt"]["object"] == PARIS and shown["locatedAt"]["entity"]["name"] == "Paris"


def test_what_is_not_there_leaves_the_relationship_as_it_is() -> None:
    assert join.inline(TOWER, CORE, PLAIN, among(), 3) == TOWER_SHOWN
    assert join.inline(TOWER, CORE, SIMPLIFIED, among(), 3)["locatedAt"] == PARIS


def test_an_entity_is_never_put_inside_itself() -> None:
    one = thing("urn:x:1", "T", next=rel("urn:x:2"))
    two = thing("urn:x:2", "T", next=rel("urn:x:1"))
    inner = {"id": "urn:x:2", "type": "T", "next": rel("urn:x:1")}
    assert join.inline(one, CORE, PLAIN, among(one, two), 9)["next"] == rel("urn:x:2", entity=inner)


def test_what_the_asker_has_already_is_not_put_in() -> None:
    assert join.inline(TOWER, CORE, PLAIN, ALL, 2, [PARIS]) == TOWER_SHOWN


def test_several_objects_give_several_entities() -> None:
    e = thing("urn:x:1", "T", to=rel([PARIS, "urn:x:nowhere", FRANCE]))
    linked = join.inline(e, CORE, PLAIN, ALL, 1)["to"]["entity"]
    assert [one["id"] for one in linked] == [PARIS, FRANCE]
    simple = join.inline(e, CORE, SIMPLIFIED, ALL, 1)["to"]
    assert [one if isinstance(one, str) else one["id"] for one in simple] == [PARIS, "urn:x:nowhere", FRANCE]


def test_a_list_of_relationships_has_a_list_of_entities() -> None:
    route: Instance = {"type": "ListRelationship", "objectList": [PARIS]}
    e = thing("urn:x:1", "T", route=route)
    assert join.inline(e, CORE, PLAIN, ALL, 1)["route"] == {
        "type": "ListRelationship", "objectList": [{"object": PARIS}], "entityList": [CITY_SHOWN],
    }  # fmt: skip
    assert [one["id"] for one in join.inline(e, CORE, SIMPLIFIED, ALL, 1)["route"]] == [PARIS]


def test_each_instance_carries_its_own() -> None:
    e = thing("urn:x:1", "T", to=[rel(PARIS), rel("urn:x:nowhere", datasetId=ONE)])
    assert join.inline(e, CORE, PLAIN, ALL, 1)["to"] == [
        rel(PARIS, entity=CITY_SHOWN), rel("urn:x:nowhere", datasetId=ONE),
    ]  # fmt: skip
    simple = join.inline(e, CORE, SIMPLIFIED, ALL, 1)["to"]["dataset"]
    assert simple["@none"]["id"] == PARIS and simple[ONE] == "urn:x:nowhere"
    chosen = join.inline(e, CORE, Form(datasets=("@none",)), ALL, 1)["to"]
    assert chosen == rel(PARIS, entity=CITY_SHOWN)


def test_an_attribute_of_mixed_kinds_is_left_as_it_is() -> None:
    mixed = [rel(PARIS), prop("Paris", datasetId=ONE)]
    assert join.inline(thing("urn:x:1", "T", to=mixed), CORE, PLAIN, ALL, 1)["to"] == mixed


def test_the_form_goes_with_the_link() -> None:
    pick = picks("id", Selector(LOCATED, picks("id", NAME, Selector(COUNTRY, picks(NAME)))))
    assert join.inline(TOWER, CORE, Form(pick=pick), ALL, 2) == {
        "id": BUILDING,
        "locatedAt": rel(PARIS, entity={
            "id": PARIS, "name": prop("Paris"), "isInCountry": rel(FRANCE, entity={"name": prop("France")}),
        }),
    }  # fmt: skip
    omit = picks("type", Selector(LOCATED, picks(NAME)))
    shown = join.inline(TOWER, CORE, Form(omit=omit), ALL, 2)
    assert list(shown) == ["id", "name", "locatedAt"]
    assert list(shown["locatedAt"]["entity"]) == ["id", "type", "isInCountry"]
    assert shown["locatedAt"]["entity"]["isInCountry"]["entity"] == FRANCE_SHOWN


def test_links_that_are_not_shown_are_not_followed() -> None:
    def forbidden(id: str) -> Entity | None:
        raise AssertionError(id)

    assert join.inline(TOWER, CORE, Form(pick=picks("id", NAME)), forbidden, 2) == {
        "id": BUILDING,
        "name": prop("Tower"),
    }
    assert len(join.flat([TOWER], CORE, Form(omit=picks(LOCATED)), forbidden, 2)) == 1


# flat


def test_linked_entities_stand_beside_each_other_nearest_first() -> None:
    assert join.flat([TOWER], CORE, PLAIN, ALL, 1) == [TOWER_SHOWN, CITY_SHOWN]
    assert join.flat([TOWER], CORE, PLAIN, ALL, 2) == [TOWER_SHOWN, CITY_SHOWN, FRANCE_SHOWN]
    assert join.flat([TOWER], CORE, PLAIN, among(), 2) == [TOWER_SHOWN]


def test_each_entity_is_there_once() -> None:
    other = thing("urn:ngsi-ld:Building:2", "Building", locatedAt=rel(PARIS))
    ids = [one["id"] for one in join.flat([TOWER, other, CITY], CORE, PLAIN, ALL, 9)]
    assert ids == [BUILDING, other.id, PARIS, FRANCE]


def test_flat_leaves_out_what_the_asker_has_already() -> None:
    assert join.flat([TOWER], CORE, PLAIN, ALL, 2, [PARIS]) == [TOWER_SHOWN]


def test_flat_shows_each_in_the_form_of_its_link() -> None:
    pick = picks("id", Selector(LOCATED, picks("id", NAME)))
    assert join.flat([TOWER], CORE, Form(pick=pick), ALL, 2) == [
        {"id": BUILDING, "locatedAt": rel(PARIS)}, {"id": PARIS, "name": prop("Paris")},
    ]  # fmt: skip


def test_entities_of_which_nothing_is_picked_are_left_out() -> None:
    assert join.flat([TOWER, LAND], CORE, Form(pick=picks(LOCATED)), among(), 1) == [{"locatedAt": rel(PARIS)}]


def test_there_is_a_most_of_linked_entities(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(join, "MOST_LINKED", 1)
    assert join.flat([TOWER], CORE, PLAIN, ALL, 1) and join.inline(TOWER, CORE, PLAIN, ALL, 1)
    for show in (lambda: join.flat([TOWER], CORE, PLAIN, ALL, 2), lambda: join.inline(TOWER, CORE, PLAIN, ALL, 2)):
        with pytest.raises(TooComplexQuery, match="More than 1 entities are linked"):
            show()
