# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Whole entities and GeoJSON Features."""

import copy
from typing import Any

import pytest
from hypothesis import given

from hanze.ngsild.context import CORE, build
from hanze.ngsild.entity import CORE as ETSI
from hanze.ngsild.entity import Entity
from hanze.ngsild.render import PLAIN, Form, Selector, feature
from hanze.ngsild.render.entity import entity as show
from hanze.ngsild.render.form import MEMBERS, only
from tests.ngsild.making import EARLIER, LATER, ONE, contents, entities, entity, iri, old, prop, rel

LOCATION = ETSI + "location"
HERE = {"type": "Point", "coordinates": [1.0, 2.0]}
THERE = {"type": "Point", "coordinates": [9.0, 9.0]}
CAR = entity(["/NL"], LATER, name=prop("Car"), owner=rel("urn:ngsi-ld:P:1"))
ID, TYPE = Selector("id"), Selector("type")


def test_a_plain_entity() -> None:
    assert show(CAR, CORE, PLAIN) == {
        "id": "urn:ngsi-ld:T:1", "type": "T", "scope": "/NL", "name": prop("Car"), "owner": rel("urn:ngsi-ld:P:1"),
    }  # fmt: skip


def test_several_types_and_scopes_are_lists() -> None:
    shown = show(Entity("urn:x:1", [iri("T"), iri("U")], {}, ["/NL", "/BE"]), CORE, PLAIN)
    assert shown == {"id": "urn:x:1", "type": ["T", "U"], "scope": ["/NL", "/BE"]}


def test_the_times_of_the_node_show_only_where_asked() -> None:
    shown = show(CAR, CORE, Form(sys=True))
    assert (shown["createdAt"], shown["modifiedAt"], shown["expiresAt"]) == (EARLIER, EARLIER, LATER)
    assert "createdAt" in shown["name"]
    assert not show(CAR, CORE, PLAIN).keys() & {"createdAt", "modifiedAt", "expiresAt"}
    assert "expiresAt" not in show(entity(), CORE, Form(sys=True))


def test_names_are_those_of_the_context() -> None:
    shown = show(CAR, build({"naam": iri("name"), "Ding": iri("T")}, {}), PLAIN)
    assert shown["type"] == "Ding" and shown["naam"] == prop("Car")


@pytest.mark.parametrize(
    ("pick", "omit", "members"),
    [
        ((Selector(iri("name")),), (), ["name"]),
        ((ID, Selector(iri("name"))), (), ["id", "name"]),
        ((ID,), (), ["id"]),
        ((Selector("scope"),), (), ["scope"]),
        ((Selector("name"),), (), []),
        ((), (Selector(iri("name")),), ["id", "type", "scope", "owner"]),
        ((), (TYPE, Selector("scope")), ["id", "name", "owner"]),
        ((), (ID,), ["type", "scope", "name", "owner"]),
        ((ID, Selector(iri("owner"), (TYPE,))), (), ["id", "owner"]),
        ((), (TYPE, Selector(iri("owner"), (TYPE,))), ["id", "scope", "name", "owner"]),
    ],
)
def test_members_are_picked_or_omitted(
    pick: tuple[Selector, ...], omit: tuple[Selector, ...], members: list[str]
) -> None:
    assert list(show(CAR, CORE, Form(pick=pick, omit=omit))) == members


def test_asking_for_attributes_leaves_the_other_members() -> None:
    shown = show(CAR, CORE, Form(sys=True, pick=only([iri("name")])))
    assert list(shown) == ["id", "type", "scope", "createdAt", "modifiedAt", "expiresAt", "name"]
    assert shown.keys() - set(MEMBERS) == {"name"}


def test_an_attribute_without_a_chosen_dataset_is_not_there() -> None:
    e = entity(name=[prop("A"), prop("B", datasetId=ONE)], owner=rel("urn:ngsi-ld:P:1"))
    shown = show(e, CORE, Form(datasets=(ONE,)))
    assert shown == {"id": e.id, "type": "T", "name": prop("B", datasetId=ONE)}


@given(entities())
def test_showing_changes_nothing_in_place(e: Entity) -> None:
    kept = copy.deepcopy(e)
    forms = [PLAIN, Form(sys=True), Form("concise"), Form("simplified"), Form(lang="nl"), Form(datasets=(ONE,))]
    for form in forms:
        show(e, CORE, form)
    assert e == kept and contents(e) == contents(kept)


# GeoJSON


def place(*instances: dict[str, Any]) -> Entity:
    return Entity("urn:x:1", [iri("T")], {LOCATION: [old(one) for one in instances], iri("speed"): [old(prop(5))]})


def geometry(value: Any, **more: Any) -> dict[str, Any]:
    return {"type": "GeoProperty", "value": value, **more}


def test_a_feature_has_its_geometry_and_all_else_in_properties() -> None:
    assert feature(place(geometry(HERE)), CORE, PLAIN, LOCATION) == {
        "id": "urn:x:1",
        "type": "Feature",
        "geometry": HERE,
        "properties": {"type": "T", "location": geometry(HERE), "speed": prop(5)},
    }


def test_the_default_instance_gives_the_geometry_unless_another_is_asked_for() -> None:
    e = place(geometry(HERE), geometry(THERE, datasetId=ONE))
    assert feature(e, CORE, PLAIN, LOCATION)["geometry"] == HERE
    assert feature(e, CORE, Form(datasets=(ONE,)), LOCATION)["geometry"] == THERE


def test_without_a_geometry_it_is_null() -> None:
    e = place(geometry(HERE))
    for name in (iri("speed"), iri("observationSpace")):
        assert feature(e, CORE, PLAIN, name)["geometry"] is None


def test_a_simplified_feature() -> None:
    e = place(geometry(HERE), geometry(THERE, datasetId=ONE))
    shown = feature(e, CORE, Form("simplified"), LOCATION)
    assert shown["geometry"] == HERE
    assert shown["properties"] == {"type": "T", "location": {"dataset": {"@none": HERE, ONE: THERE}}, "speed": 5}
