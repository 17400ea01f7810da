# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Operations with a fragment of an entity."""

import copy
from typing import Any

import pytest
from hypothesis import given

from hanze.errors import BadRequestData
from hanze.ngsild import operations
from hanze.ngsild.entity import NULL, SCOPE, Change, Entity, Instance, Outcome
from hanze.ngsild.operations.editing import ABSENT, PRESENT
from tests.ngsild.making import (
    EARLIER,
    LATER,
    NOW,
    ONE,
    TWO,
    bare,
    contents,
    entities,
    entity,
    fragment,
    fragments,
    geo,
    iri,
    lang,
    old,
    prop,
    rel,
    vocab,
)  # fmt: skip

SPEED, NAME = iri("speed"), iri("name")
CAR = entity(speed=[prop(1, unitCode="KMH"), prop(2, datasetId=ONE)])
ADDRESS = prop({"street": "Straat", "city": "Delft", "country": "NL"})
ALL = [operations.append, operations.update, operations.merge]


def the(outcome: Outcome, name: str = "speed") -> list[Instance]:
    assert outcome.after is not None
    return [bare(one) for one in outcome.after.attributes[iri(name)]]


def value(outcome: Outcome, name: str) -> Any:
    return the(outcome, name)[0]["value"]


# what all of them do


@pytest.mark.parametrize("operation", ALL)
class TestAll:
    def test_a_new_attribute_and_a_new_dataset_come_in(self, operation: Any) -> None:
        outcome = operation(CAR, fragment(name=prop("Car"), speed=prop(3, datasetId=TWO)), NOW)
        assert [one["value"] for one in the(outcome)] == [1, 2, 3]
        assert outcome.after.attributes[NAME] == [old(prop("Car"), NOW)]
        assert outcome.updated == [NAME, SPEED] and outcome.not_updated == []
        assert {(c.attribute, c.before) for c in outcome.changes} == {(NAME, None), (SPEED, None)}

    def test_a_default_instance_that_comes_in_stands_first(self, operation: Any) -> None:
        before = entity(speed=[prop(2, datasetId=ONE)])
        assert [one["value"] for one in the(operation(before, fragment(speed=prop(1)), NOW))] == [1, 2]

    def test_what_is_overwritten_keeps_when_it_was_created(self, operation: Any) -> None:
        outcome = operation(CAR, fragment(speed=prop(9)), NOW)
        made = outcome.after.attributes[SPEED][0]
        assert (made["value"], made["createdAt"], made["modifiedAt"]) == (9, EARLIER, NOW)
        assert outcome.changes == [Change(SPEED, CAR.attributes[SPEED][0], made)]
        assert outcome.after.modified == NOW and outcome.after.created == EARLIER

    def test_null_deletes_the_instance_of_its_dataset(self, operation: Any) -> None:
        assert [one["value"] for one in the(operation(CAR, fragment(speed=prop(NULL)), NOW))] == [2]
        assert [one["value"] for one in the(operation(CAR, fragment(speed=prop(NULL, datasetId=ONE)), NOW))] == [1]
        both = [prop(NULL), prop(NULL, datasetId=ONE)]
        assert operation(CAR, fragment(speed=both), NOW).after.attributes == {}

    def test_types_are_only_added(self, operation: Any) -> None:
        outcome = operation(CAR, fragment(["Vehicle", "T", "Vehicle"]), NOW)
        assert outcome.after.types == [iri("T"), iri("Vehicle")]
        assert outcome.changes == [] and outcome.after.modified == NOW

    def test_a_scope_replaces_the_scopes_that_are_there(self, operation: Any) -> None:
        outcome = operation(entity(["/NL", "/BE"]), fragment(_scopes=["/DE"]), NOW)
        assert outcome.after.scopes == ["/DE"]
        observed = {"createdAt": NOW, "modifiedAt": NOW, "observedAt": NOW}
        assert outcome.changes == [Change(SCOPE, prop(["/NL", "/BE"]), prop("/DE") | observed)]

    def test_null_takes_the_scope_away(self, operation: Any) -> None:
        outcome = operation(entity(["/NL"]), fragment(_scopes=[NULL]), NOW)
        assert outcome.after.scopes == [] and outcome.changes == [Change(SCOPE, prop("/NL"), None)]

    def test_the_same_scope_is_no_change(self, operation: Any) -> None:
        before = entity(["/NL"])
        assert operation(before, fragment(_scopes=["/NL"]), NOW).after is before

    def test_expiry_is_set_and_taken_away_without_a_change_of_an_attribute(self, operation: Any) -> None:
        outcome = operation(CAR, fragment(_expires=LATER), NOW)
        assert outcome.after.expires == LATER and outcome.changes == [] and outcome.after != CAR
        assert operation(entity(_expires=LATER), fragment(), NOW).after.expires == LATER
        assert operation(entity(_expires=LATER), fragment(_expires=NULL), NOW).after.expires is None

    def test_an_empty_fragment_changes_nothing(self, operation: Any) -> None:
        outcome = operation(CAR, fragment(), NOW)
        assert outcome.after is CAR and outcome.changes == []

    def test_an_attribute_without_value_that_is_not_there_yet_is_refused(self, operation: Any) -> None:
        for one in ({"observedAt": NOW}, {"type": "Property", "observedAt": NOW}):
            with pytest.raises(BadRequestData, match="name"):
                operation(CAR, fragment(name=one), NOW)

    def test_no_dataset_can_be_deleted(self, operation: Any) -> None:
        with pytest.raises(BadRequestData, match="datasetId"):
            operation(CAR, fragment(speed=prop(1, datasetId=NULL)), NOW)


# append


def test_append_overwrites_as_a_whole() -> None:
    assert the(operations.append(CAR, fragment(speed=rel("urn:ngsi-ld:X:1")), NOW))[0] == rel("urn:ngsi-ld:X:1")


def test_append_without_overwriting_leaves_what_is_there_and_tells() -> None:
    outcome = operations.append(CAR, fragment(speed=prop(9), name=prop("Car")), NOW, overwrite=False)
    assert value(outcome, "speed") == 1 and value(outcome, "name") == "Car"
    assert outcome.not_updated == [(SPEED, PRESENT)] and outcome.updated == [NAME]


def test_append_without_overwriting_adds_another_dataset() -> None:
    outcome = operations.append(CAR, fragment(speed=prop(9, datasetId=TWO)), NOW, overwrite=False)
    assert len(the(outcome)) == 3 and outcome.not_updated == []


def test_append_of_nothing_new_leaves_the_entity_as_it_was() -> None:
    assert operations.append(CAR, fragment(speed=prop(9)), NOW, overwrite=False).after is CAR


def test_append_without_overwriting_adds_scopes() -> None:
    outcome = operations.append(entity(["/NL"]), fragment(_scopes=["/BE", "/NL"]), NOW, overwrite=False)
    assert outcome.after is not None and outcome.after.scopes == ["/NL", "/BE"]


# update


def test_update_replaces_the_whole_attribute() -> None:
    assert the(operations.update(CAR, fragment(speed=prop(9)), NOW))[0] == prop(9)


def test_update_without_a_kind_keeps_the_kind() -> None:
    before = entity(street=lang(nl="straat"))
    outcome = operations.update(before, fragment(street={"languageMap": {"en": "street"}}), NOW)
    assert the(outcome, "street") == [lang(en="street")]


def test_update_of_a_scope_needs_one_that_is_there() -> None:
    outcome = operations.update(CAR, fragment(_scopes=["/NL"]), NOW)
    assert outcome.after is CAR
    assert [name for name, _ in outcome.not_updated] == [SCOPE]


def test_update_with_null_for_what_is_not_there_tells() -> None:
    outcome = operations.update(CAR, fragment(name=prop(NULL)), NOW)
    assert outcome.after is CAR and outcome.not_updated == [(NAME, ABSENT)]


def test_update_with_null_inside_a_value_is_refused() -> None:
    with pytest.raises(BadRequestData, match="only a merge"):
        operations.update(CAR, fragment(speed=prop({"a": NULL})), NOW)


# merge


def test_merge_keeps_members_that_it_does_not_give() -> None:
    before = entity(speed=prop(1, unitCode="KMH", expiresAt=LATER) | {iri("source"): [prop("GPS")]})
    outcome = operations.merge(before, fragment(speed=prop(2)), NOW)
    assert the(outcome) == [prop(2, unitCode="KMH", expiresAt=LATER) | {iri("source"): [prop("GPS")]}]


def test_merge_takes_away_members_that_are_null() -> None:
    before = entity(speed=prop(1, unitCode="KMH", observedAt=EARLIER, expiresAt=LATER))
    gone = {"unitCode": NULL, "observedAt": NULL, "expiresAt": NULL}
    assert the(operations.merge(before, fragment(speed=gone), NOW, observed_at=LATER)) == [prop(1)]


def test_merge_goes_into_a_value_that_is_an_object() -> None:
    before = entity(address=ADDRESS)
    outcome = operations.merge(before, fragment(address=prop({"street": "Plein", "country": NULL})), NOW)
    assert value(outcome, "address") == {"street": "Plein", "city": "Delft"}
    assert before.attributes[iri("address")][0]["value"]["country"] == "NL"


def test_merge_never_stores_a_null() -> None:
    outcome = operations.merge(CAR, fragment(name=prop({"a": NULL, "b": {"c": NULL}}, unitCode=NULL)), NOW)
    assert the(outcome, "name") == [prop({"b": {}})]


def test_merge_with_null_for_what_is_not_there_does_nothing() -> None:
    for null in (prop(NULL), lang(nl=NULL), {"type": "ListProperty", "valueList": [NULL]}):
        outcome = operations.merge(CAR, fragment(name=null), NOW)
        assert outcome.after is CAR and outcome.not_updated == []


LISTED: list[Instance] = [
    prop([1, NULL]), prop([NULL]), prop({"a": [{"b": NULL}]}), rel(["urn:x:1", NULL]), vocab([NULL]), lang(nl=["a", NULL]),
    {"type": "JsonProperty", "json": {"a": [NULL]}}, {"type": "ListProperty", "valueList": [[NULL]]},
    {"type": "ListRelationship", "objectList": ["urn:x:1", NULL]}, prop(1) | {iri("source"): [prop([NULL])]},
]  # fmt: skip


@pytest.mark.parametrize("one", LISTED, ids=repr)
def test_merge_with_a_null_in_a_list_is_refused(one: Instance) -> None:
    for before in (CAR, entity(name=one)):
        with pytest.raises(BadRequestData, match=r"of .*(name|source) holds 'urn:ngsi-ld:null' in a list"):
            operations.merge(before, fragment(name=one), NOW)


def test_merge_takes_away_a_language_and_with_the_last_one_the_attribute() -> None:
    before = entity(street=lang(nl="straat", en="street"))
    assert the(operations.merge(before, fragment(street=lang(nl=NULL)), NOW), "street") == [lang(en="street")]
    gone = operations.merge(before, fragment(street=lang(nl=NULL, en=NULL)), NOW)
    assert gone.after is not None and gone.after.attributes == {}
    assert gone.changes == [Change(iri("street"), before.attributes[iri("street")][0], None)]


def test_merge_of_another_kind_takes_the_whole_place() -> None:
    outcome = operations.merge(CAR, fragment(speed=rel("urn:ngsi-ld:X:1")), NOW)
    assert the(outcome)[0] == rel("urn:ngsi-ld:X:1")


def test_merge_replaces_a_geometry_as_a_whole() -> None:
    line = {"type": "LineString", "coordinates": [[0, 0], [1, 1]], "bbox": [0, 0, 1, 1]}
    before = entity(location={"type": "GeoProperty", "value": line})
    assert the(operations.merge(before, fragment(location=geo(5, 6)), NOW), "location") == [geo(5, 6)]


def test_merge_goes_into_sub_attributes() -> None:
    source = iri("source")
    before = entity(speed=prop(1) | {source: [prop({"a": 1}, unitCode="C62"), prop(2, datasetId=ONE)]})
    change = {source: [prop({"b": 2}), prop(NULL, datasetId=ONE), prop(3, datasetId=TWO)]}
    assert the(operations.merge(before, fragment(speed=change), NOW))[0][source] == [
        prop({"a": 1, "b": 2}, unitCode="C62"), prop(3, datasetId=TWO),
    ]  # fmt: skip
    gone = operations.merge(before, fragment(speed={source: [prop(NULL), prop(NULL, datasetId=ONE)]}), NOW)
    assert the(gone) == [prop(1)]


def test_merge_of_a_new_sub_attribute_needs_a_value() -> None:
    with pytest.raises(BadRequestData, match="source"):
        operations.merge(CAR, fragment(speed={iri("source"): [{"observedAt": NOW}]}), NOW)


def test_a_common_time_is_for_attributes_that_have_one_and_get_none() -> None:
    before = entity(speed=prop(1, observedAt=EARLIER), level=prop(1, observedAt=EARLIER), name=prop("Car"))
    change = fragment(speed=prop(2), level=prop(2, observedAt=NOW), name=prop("Bus"), colour=prop("red"))
    outcome = operations.merge(before, change, NOW, observed_at=LATER)
    assert the(outcome) == [prop(2, observedAt=LATER)]
    assert the(outcome, "level") == [prop(2, observedAt=NOW)]
    assert the(outcome, "name") == [prop("Bus")] and the(outcome, "colour") == [prop("red")]


def test_a_text_is_in_the_language_that_is_asked_for() -> None:
    before = entity(street=lang(nl="straat", en="street"), name=prop("Car"))
    outcome = operations.merge(before, fragment(street=prop("rue"), name=prop("Auto")), NOW, lang="fr")
    assert the(outcome, "street") == [lang(nl="straat", en="street", fr="rue")]
    assert value(outcome, "name") == "Auto"


def test_without_a_language_a_text_is_a_property() -> None:
    outcome = operations.merge(entity(street=lang(nl="straat")), fragment(street=prop("rue")), NOW)
    assert the(outcome, "street") == [prop("rue")]


def test_a_simplified_value_is_of_the_kind_that_the_attribute_has() -> None:
    listed: Instance = {"type": "ListProperty", "valueList": [1]}
    route: Instance = {"type": "ListRelationship", "objectList": ["urn:ngsi-ld:R:1"]}
    before = entity(owner=rel("urn:ngsi-ld:P:1"), levels=listed, route=route, speed=prop(1))
    change = fragment(
        owner=prop("urn:ngsi-ld:P:2"), levels=prop([2, 3]), route=prop(["urn:ngsi-ld:R:2"]), speed=prop([4])
    )
    outcome = operations.merge(before, change, NOW, simplified=True)
    assert the(outcome, "owner") == [rel("urn:ngsi-ld:P:2")]
    assert the(outcome, "levels") == [{"type": "ListProperty", "valueList": [2, 3]}]
    assert the(outcome, "route") == [{"type": "ListRelationship", "objectList": ["urn:ngsi-ld:R:2"]}]
    assert value(outcome, "speed") == [4]
    plain = operations.merge(before, change, NOW)
    assert the(plain, "owner") == [prop("urn:ngsi-ld:P:2")]


# properties


@given(entities(), fragments())
def test_merge_is_idempotent(before: Entity, change: Entity) -> None:
    once = operations.merge(before, change, NOW).after
    assert once is not None
    assert contents(operations.merge(once, change, LATER).after) == contents(once)


@given(entities())
def test_merge_with_itself_is_the_same(before: Entity) -> None:
    same = Entity(
        before.id, before.types, {n: [bare(i) for i in f] for n, f in before.attributes.items()}, before.scopes
    )
    assert contents(operations.merge(before, same, NOW).after) == contents(before)


@given(entities(), fragments())
def test_nothing_is_changed_in_place_and_the_changes_lead_from_before_to_after(before: Entity, change: Entity) -> None:
    kept = copy.deepcopy((before, change))
    for operation in ALL:
        outcome = operation(before, change, NOW)
        assert (before, change) == kept
        assert outcome.after is not None
        state = {(name, one.get("datasetId")): one for name, found in before.attributes.items() for one in found}
        for step in outcome.changes:
            if step.attribute == SCOPE:
                continue
            one = step.after if step.after is not None else step.before
            assert one is not None
            key = (step.attribute, one.get("datasetId"))
            assert state.get(key) == step.before
            if step.after is None:
                del state[key]
            else:
                state[key] = step.after
        after = {(n, one.get("datasetId")): one for n, found in outcome.after.attributes.items() for one in found}
        assert after == state


@given(entities(), fragments())
def test_the_default_instance_always_stands_first(before: Entity, change: Entity) -> None:
    for operation in ALL:
        after = operation(before, change, NOW).after
        assert after is not None
        for found in after.attributes.values():
            assert found and all("datasetId" in one for one in found[1:])


@given(entities(), fragments())
def test_what_is_appended_can_be_deleted_again(before: Entity, change: Entity) -> None:
    after = operations.append(before, change, NOW).after
    assert after is not None
    for name, found in change.attributes.items():
        for one in found:
            after = operations.delete_attribute(after, name, LATER, dataset=one.get("datasetId")).after
            assert after is not None
    for name, found in after.attributes.items():
        assert all(one in before.attributes[name] for one in found)
