# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Operations on one attribute of an entity."""

import copy
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanze.errors import BadRequestData, ResourceNotFound
from hanze.ngsild import operations
from hanze.ngsild.entity import NULL, SCOPE, Change, Entity, Instance, Outcome
from tests.ngsild.making import (
    EARLIER,
    NOW,
    ONE,
    TWO,
    bare,
    contents,
    entities,
    entity,
    geo,
    instances,
    iri,
    lang,
    old,
    prop,
    rel,
    vocab,
)  # fmt: skip

SPEED = iri("speed")
CAR = entity(speed=[prop(1, unitCode="KMH", observedAt=EARLIER), prop(2, datasetId=ONE)], name=prop("Car"))


def the(outcome: Outcome, name: str = "speed") -> list[Instance]:
    assert outcome.after is not None
    return outcome.after.attributes[iri(name)]


# patch


def test_a_patch_replaces_the_members_that_it_gives_and_leaves_the_others() -> None:
    outcome = operations.patch_attribute(CAR, SPEED, [{"type": "Property", "value": 9, "observedAt": NOW}], NOW)
    after = {**prop(9, unitCode="KMH", observedAt=NOW), "createdAt": EARLIER, "modifiedAt": NOW}
    assert the(outcome) == [after, CAR.attributes[SPEED][1]]
    assert outcome.changes == [Change(SPEED, CAR.attributes[SPEED][0], after)]
    assert outcome.updated == [SPEED]


def test_a_patch_renews_when_the_entity_was_modified_and_nothing_else_of_it() -> None:
    after = operations.patch_attribute(CAR, SPEED, [prop(9)], NOW).after
    assert after is not None
    assert (after.created, after.modified) == (EARLIER, NOW)
    assert after.attributes[iri("name")] is CAR.attributes[iri("name")]


def test_a_patch_may_give_sub_attributes_only() -> None:
    source = {iri("source"): [prop("GPS")]}
    assert bare(the(operations.patch_attribute(CAR, SPEED, [source], NOW))[0])[iri("source")] == [prop("GPS")]


def test_a_patch_with_a_dataset_is_about_the_instance_of_that_dataset() -> None:
    outcome = operations.patch_attribute(CAR, SPEED, [{"value": 7, "datasetId": ONE}], NOW)
    assert [one["value"] for one in the(outcome)] == [1, 7]


def test_a_patch_of_an_instance_that_is_not_there_finds_nothing() -> None:
    for name, one in ((iri("colour"), prop(1)), (SPEED, prop(1, datasetId=TWO))):
        with pytest.raises(ResourceNotFound, match=r"urn:ngsi-ld:T:1 has no attribute"):
            operations.patch_attribute(CAR, name, [one], NOW)


def test_a_patch_keeps_the_type() -> None:
    with pytest.raises(BadRequestData, match="speed is a Property, not a Relationship"):
        operations.patch_attribute(CAR, SPEED, [rel("urn:ngsi-ld:X:1")], NOW)


def test_a_patch_replaces_a_language_map_as_a_whole() -> None:
    before = entity(street=lang(fr="Grand Place", nl="Grote Markt"))
    outcome = operations.patch_attribute(before, iri("street"), [lang(fr="Grand Place", es="Gran Lugar")], NOW)
    assert the(outcome, "street")[0]["languageMap"] == {"fr": "Grand Place", "es": "Gran Lugar"}


NULLS: list[tuple[Instance, Instance]] = [
    (prop(1), prop(NULL)),
    (rel("urn:ngsi-ld:X:1"), rel(NULL)),
    (geo(1, 2), {"type": "GeoProperty", "value": NULL}),
    (lang(nl="straat"), {"type": "LanguageProperty", "languageMap": {"@none": NULL}}),
    (vocab(iri("museum")), vocab(NULL)),
    ({"type": "JsonProperty", "json": {"a": 1}}, {"type": "JsonProperty", "json": NULL}),
    ({"type": "ListProperty", "valueList": [1]}, {"type": "ListProperty", "valueList": NULL}),
    ({"type": "ListRelationship", "objectList": []}, {"type": "ListRelationship", "objectList": NULL}),
    ({"type": "ListProperty", "valueList": [2]}, {"type": "ListProperty", "valueList": [NULL]}),
    ({"type": "ListRelationship", "objectList": ["urn:x:1"]}, {"type": "ListRelationship", "objectList": [NULL]}),
]


@pytest.mark.parametrize(("there", "null"), NULLS, ids=[there["type"] for there, _ in NULLS])
def test_a_patch_with_null_deletes_the_instance(there: Instance, null: Instance) -> None:
    before = entity(speed=[there, {**there, "datasetId": ONE}])
    outcome = operations.patch_attribute(before, SPEED, [null], NOW)
    assert the(outcome) == [old({**there, "datasetId": ONE})]
    assert outcome.changes == [Change(SPEED, old(there), None)]
    last = operations.patch_attribute(before, SPEED, [null, {**null, "datasetId": ONE}], NOW)
    assert last.after is not None and last.after.attributes == {}


def test_a_patch_with_null_for_a_member_or_sub_attribute_takes_it_away() -> None:
    before = entity(speed=prop(1, unitCode="KMH", observedAt=EARLIER) | {iri("source"): [prop("GPS")]})
    one: dict[str, Any] = {"unitCode": NULL, "observedAt": NULL, iri("source"): [prop(NULL)]}
    assert bare(the(operations.patch_attribute(before, SPEED, [one], NOW))[0]) == prop(1)


@pytest.mark.parametrize("value", [{"country": NULL}, {"geo": {"country": NULL}}, ["a", NULL], [{"a": NULL}]])
def test_a_patch_with_null_inside_a_value_is_refused(value: Any) -> None:
    with pytest.raises(BadRequestData, match="only a merge may have it there"):
        operations.patch_attribute(CAR, SPEED, [prop(value)], NOW)


def test_no_dataset_can_be_deleted() -> None:
    with pytest.raises(BadRequestData, match="no datasetId can be deleted"):
        operations.patch_attribute(CAR, SPEED, [{"datasetId": NULL}], NOW)


def test_a_sub_attribute_needs_a_value() -> None:
    with pytest.raises(BadRequestData, match="source has no value"):
        operations.patch_attribute(CAR, SPEED, [{iri("source"): [{"observedAt": NOW}]}], NOW)


def test_a_value_that_is_an_empty_list_stays() -> None:
    outcome = operations.patch_attribute(CAR, SPEED, [prop([], unitCode=NULL)], NOW)
    assert bare(the(outcome)[0]) == prop([], observedAt=EARLIER)


# replace


def test_an_instance_is_replaced_as_a_whole_and_keeps_when_it_was_created() -> None:
    outcome = operations.replace_attribute(CAR, SPEED, [rel("urn:ngsi-ld:X:1")], NOW)
    replaced = {**rel("urn:ngsi-ld:X:1"), "createdAt": EARLIER, "modifiedAt": NOW}
    assert the(outcome) == [replaced, CAR.attributes[SPEED][1]]


def test_replacing_what_is_not_there_finds_nothing() -> None:
    with pytest.raises(ResourceNotFound):
        operations.replace_attribute(CAR, SPEED, [prop(1, datasetId=TWO)], NOW)


def test_replacing_without_a_value_is_refused() -> None:
    with pytest.raises(BadRequestData, match="has no value"):
        operations.replace_attribute(CAR, SPEED, [{"observedAt": NOW}], NOW)


def test_the_scope_is_neither_patched_nor_replaced() -> None:
    for operation in (operations.patch_attribute, operations.replace_attribute):
        with pytest.raises(BadRequestData, match="scope"):
            operation(entity(["/NL"]), SCOPE, [prop("/BE")], NOW)


# delete


def test_without_a_dataset_the_default_instance_goes_only() -> None:
    outcome = operations.delete_attribute(CAR, SPEED, NOW)
    assert [bare(one) for one in the(outcome)] == [prop(2, datasetId=ONE)]
    assert outcome.changes == [Change(SPEED, CAR.attributes[SPEED][0], None)]


def test_with_a_dataset_that_instance_goes() -> None:
    assert len(the(operations.delete_attribute(CAR, SPEED, NOW, dataset=ONE))) == 1
    with pytest.raises(ResourceNotFound, match=TWO):
        operations.delete_attribute(CAR, SPEED, NOW, dataset=TWO)


def test_every_instance_goes() -> None:
    outcome = operations.delete_attribute(CAR, SPEED, NOW, every=True)
    assert outcome.after is not None and SPEED not in outcome.after.attributes
    assert len(outcome.changes) == 2


def test_where_no_default_instance_is_there_is_nothing_to_delete() -> None:
    with pytest.raises(ResourceNotFound, match="without datasetId"):
        operations.delete_attribute(entity(speed=prop(1, datasetId=ONE)), SPEED, NOW)
    with pytest.raises(ResourceNotFound, match="colour"):
        operations.delete_attribute(CAR, iri("colour"), NOW, every=True)


def test_the_scope_can_be_deleted() -> None:
    outcome = operations.delete_attribute(entity(["/NL"]), SCOPE, NOW)
    assert outcome.after is not None and outcome.after.scopes == []
    assert outcome.changes == [Change(SCOPE, {"type": "Property", "value": "/NL"}, None)]
    with pytest.raises(ResourceNotFound, match="has no scope"):
        operations.delete_attribute(CAR, SCOPE, NOW)


def test_several_attributes_go_at_once() -> None:
    outcome = operations.delete_attributes(CAR, {SPEED, iri("name"), iri("colour")}, NOW)
    assert outcome.after is not None and outcome.after.attributes == {}
    assert [(change.attribute, change.after) for change in outcome.changes] == [
        (SPEED, None), (SPEED, None), (iri("name"), None)
    ]  # fmt: skip
    none = operations.delete_attributes(CAR, {iri("colour")}, NOW)
    assert (none.after, none.changes) == (CAR, [])


# properties


@given(entities().filter(lambda e: e.attributes), st.data())
def test_a_patch_says_what_was_given_and_changes_nothing_in_place(before: Entity, data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(before.attributes)))
    target = data.draw(st.sampled_from(before.attributes[name]))
    patch = data.draw(instances(dataset=target.get("datasetId"), kind=target["type"]))
    kept = copy.deepcopy((before, patch))
    outcome = operations.patch_attribute(before, name, [patch], NOW)
    assert (before, patch) == kept
    found = [one for one in the_of(outcome, name) if one.get("datasetId") == target.get("datasetId")]
    assert len(found) == 1 and patch.items() <= found[0].items()
    again = operations.patch_attribute(outcome.after or before, name, [patch], NOW)
    assert contents(again.after) == contents(outcome.after)


def the_of(outcome: Outcome, name: str) -> list[Instance]:
    assert outcome.after is not None
    return outcome.after.attributes[name]
