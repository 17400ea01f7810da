# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Histories."""

from typing import Any

import pytest

from hanze.ngsild.context import CORE
from hanze.ngsild.entity import NULL, SCOPE, Entity, Instance
from hanze.ngsild.render import PLAIN, Form, Selector, temporal
from tests.ngsild.making import EARLIER, LATER, NOW, ONE, geo, iri, lang, old, prop, rel, vocab

T1, T2 = "2020-08-01T12:03:00Z", "2020-08-01T12:05:00Z"
GONE = {"deletedAt": LATER, "instanceId": "urn:x:instance:3"}


def history(**attributes: list[Instance]) -> Entity:
    return Entity("urn:x:1", [iri("T")], {iri(name): found for name, found in attributes.items()}, [], EARLIER, NOW)


def shown(e: Entity, form: Form = PLAIN, **how: Any) -> dict[str, Any]:
    return temporal(e, CORE, form, **how)


SPEEDS = [old(prop(120, observedAt=T1, instanceId="urn:x:instance:1")), old(prop(80, observedAt=T2))]


def test_each_attribute_is_a_list_of_instances_also_of_one() -> None:
    e = history(speed=SPEEDS, level=[prop(1)])
    assert shown(e) == {
        "id": "urn:x:1", "type": "T",
        "speed": [prop(120, observedAt=T1, instanceId="urn:x:instance:1"), prop(80, observedAt=T2)],
        "level": [prop(1)],
    }  # fmt: skip


def test_the_times_of_the_node_show_only_where_asked() -> None:
    made = shown(history(speed=SPEEDS), Form(sys=True))
    assert (made["createdAt"], made["modifiedAt"]) == (EARLIER, NOW)
    assert made["speed"] == SPEEDS


def test_members_and_attributes_are_picked_or_omitted() -> None:
    e = history(speed=SPEEDS, level=[prop(1)])
    assert list(shown(e, Form(pick=(Selector("id"), Selector(iri("speed")))))) == ["id", "speed"]
    assert list(shown(e, Form(omit=(Selector("type"), Selector(iri("speed")))))) == ["id", "level"]


def test_a_deleted_entity_says_when() -> None:
    assert shown(history(), deleted=LATER) == {"id": "urn:x:1", "type": "T", "deletedAt": LATER}


@pytest.mark.parametrize(
    ("kind", "member", "null"),
    [
        ("Property", "value", NULL),
        ("GeoProperty", "value", NULL),
        ("Relationship", "object", NULL),
        ("LanguageProperty", "languageMap", {"@none": NULL}),
        ("VocabProperty", "vocab", NULL),
        ("JsonProperty", "json", NULL),
        ("ListProperty", "valueList", NULL),
        ("ListRelationship", "objectList", NULL),
    ],
)
def test_a_deletion_is_null_in_the_place_of_the_value(kind: str, member: str, null: Any) -> None:
    mark = {"type": kind, "datasetId": ONE, **GONE, "observedAt": T1, "modifiedAt": LATER}
    assert shown(history(speed=[mark]))["speed"] == [{"type": kind, member: null, "datasetId": ONE, **GONE}]
    assert shown(history(speed=[mark]), Form(sys=True))["speed"][0]["modifiedAt"] == LATER


def test_concise_instances_have_no_type() -> None:
    assert shown(history(speed=SPEEDS[1:]), Form("concise"))["speed"] == [{"value": 80, "observedAt": T2}]


# values with their times

PLURALS: list[tuple[Instance, str, Any]] = [
    (prop(1), "values", 1),
    (geo(1, 2), "values", {"type": "Point", "coordinates": [1, 2]}),
    (rel("urn:x:2"), "objects", "urn:x:2"),
    (lang(nl="straat"), "languageMaps", {"languageMap": {"nl": "straat"}}),
    (vocab(iri("museum")), "vocabs", {"vocab": "museum"}),
    ({"type": "JsonProperty", "json": {"a": 1}}, "jsons", {"json": {"a": 1}}),
    ({"type": "ListProperty", "valueList": [1, 2]}, "valueLists", [1, 2]),
    ({"type": "ListRelationship", "objectList": ["urn:x:2"]}, "objectLists", ["urn:x:2"]),
]


@pytest.mark.parametrize(("instance", "member", "value"), PLURALS)
def test_each_kind_has_its_values_with_their_times(instance: Instance, member: str, value: Any) -> None:
    made = shown(history(speed=[{**instance, "observedAt": T1}]), temporal_values=True)
    assert made["speed"] == {"type": instance["type"], member: [[value, T1]]}


@pytest.mark.parametrize(
    ("kind", "member", "null"),
    [
        ("Property", "values", NULL),
        ("Relationship", "objects", NULL),
        ("LanguageProperty", "languageMaps", {"languageMap": {"@none": NULL}}),
        ("VocabProperty", "vocabs", {"vocab": NULL}),
        ("ListRelationship", "objectLists", NULL),
    ],
)
def test_a_deletion_is_null_with_the_time_of_it(kind: str, member: str, null: Any) -> None:
    made = shown(history(speed=[{"type": kind, **GONE}]), temporal_values=True, time_property="deletedAt")
    assert made["speed"] == {"type": kind, member: [[null, LATER]]}


def test_datasets_and_kinds_stand_apart() -> None:
    e = history(speed=[prop(1, observedAt=T1), prop(2, observedAt=T1, datasetId=ONE), prop(3, observedAt=T2)])
    assert shown(e, temporal_values=True)["speed"] == [
        {"type": "Property", "values": [[1, T1], [3, T2]]},
        {"type": "Property", "datasetId": ONE, "values": [[2, T1]]},
    ]
    chosen = shown(e, Form(datasets=(ONE,)), temporal_values=True)["speed"]
    assert chosen == {"type": "Property", "datasetId": ONE, "values": [[2, T1]]}
    assert "speed" not in shown(history(speed=[prop(1)]), Form(datasets=(ONE,)))
    mixed = history(speed=[prop(1, observedAt=T1), rel("urn:x:2", observedAt=T2)])
    assert [one["type"] for one in shown(mixed, temporal_values=True)["speed"]] == ["Property", "Relationship"]


def test_the_time_is_the_one_that_was_asked_for_or_the_next_best() -> None:
    one = {**prop(1, observedAt=T1), "createdAt": EARLIER, "modifiedAt": NOW}
    for name, moment in (("observedAt", T1), ("createdAt", EARLIER), ("modifiedAt", NOW)):
        made = shown(history(speed=[one]), temporal_values=True, time_property=name)
        assert made["speed"]["values"] == [[1, moment]]
    assert shown(history(speed=[old(prop(1))]), temporal_values=True)["speed"]["values"] == [[1, EARLIER]]


def test_a_language_turns_language_maps_into_values() -> None:
    e = history(street=[{**lang(nl="straat", en="street"), "observedAt": T1}, {"type": "LanguageProperty", **GONE}])
    made = shown(e, Form(lang="en"), temporal_values=True)["street"]
    assert made == {"type": "Property", "values": [["street", T1], [NULL, LATER]]}


# scope


def test_the_history_of_the_scope_stands_in_the_place_of_the_scope() -> None:
    e = Entity("urn:x:1", [iri("T")], {SCOPE: [prop("/Old", observedAt=T1), prop("/New", observedAt=T2)]}, ["/New"])
    assert shown(e)["scope"] == [prop("/Old", observedAt=T1), prop("/New", observedAt=T2)]
    assert shown(e, temporal_values=True)["scope"] == {"type": "Property", "values": [["/Old", T1], ["/New", T2]]}
    assert shown(e, Form(pick=(Selector("scope"),))).keys() == {"scope"}
    assert "scope" not in shown(e, Form(omit=(Selector("scope"),)))
    assert len(shown(e, Form(datasets=(ONE,)))["scope"]) == 2


def test_without_a_history_the_scope_is_the_present_one() -> None:
    assert shown(Entity("urn:x:1", [iri("T")], {}, ["/New"]))["scope"] == "/New"


def test_a_deleted_scope_is_an_empty_list() -> None:
    e = Entity("urn:x:1", [iri("T")], {SCOPE: [{"type": "Property", "deletedAt": LATER}]})
    assert shown(e)["scope"] == [{"type": "Property", "value": [], "deletedAt": LATER}]
    assert shown(e, temporal_values=True)["scope"] == {"type": "Property", "values": [[[], LATER]]}
