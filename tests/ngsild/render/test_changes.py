# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Entities in notifications: deletions and values before."""

from typing import Any

import pytest

from hanze.ngsild import operations
from hanze.ngsild.context import CORE
from hanze.ngsild.entity import NULL, Entity, Instance, Outcome
from hanze.ngsild.render import PLAIN, Form, Selector, notified
from tests.ngsild.making import EARLIER, NOW, ONE, TWO, entity, fragment, geo, iri, lang, prop, rel, vocab

SIMPLIFIED = Form("simplified")

KINDS: list[tuple[Instance, Any, Instance, dict[str, Any]]] = [
    (prop("Tower"), NULL, prop("Tour"), {"previousValue": "Tower"}),
    (geo(1, 2), NULL, geo(3, 4), {"previousValue": {"type": "Point", "coordinates": [1, 2]}}),
    (rel("urn:x:1"), NULL, rel("urn:x:2"), {"previousObject": "urn:x:1"}),
    (lang(nl="a"), {"@none": NULL}, lang(nl="b"), {"previousLanguageMap": {"nl": "a"}}),
    (vocab(iri("museum")), NULL, vocab(iri("monument")), {"previousVocab": "museum"}),
    (
        {"type": "JsonProperty", "json": {"a": 1}}, NULL,
        {"type": "JsonProperty", "json": {"a": 2}}, {"previousJson": {"a": 1}},
    ),
    (
        {"type": "ListProperty", "valueList": [1]}, NULL,
        {"type": "ListProperty", "valueList": [2]}, {"previousValueList": [1]},
    ),
    (
        {"type": "ListRelationship", "objectList": ["urn:x:1"]}, NULL,
        {"type": "ListRelationship", "objectList": ["urn:x:2"]}, {"previousObjectList": [{"object": "urn:x:1"}]},
    ),
]  # fmt: skip
MEMBERS = ("value", "object", "languageMap", "vocab", "json", "valueList", "objectList")


def told(outcome: Outcome, form: Form = PLAIN, **how: Any) -> dict[str, Any]:
    state = outcome.after or outcome.before
    assert state is not None
    return notified(state, outcome.changes, CORE, form, NOW, deleted=outcome.after is None, **how)


def value_of(shown: dict[str, Any]) -> Any:
    return next(shown[member] for member in MEMBERS if member in shown)


def without(e: Entity, name: str = "speed", **how: Any) -> Outcome:
    return operations.delete_attribute(e, iri(name), NOW, **how)


# deletions


@pytest.mark.parametrize(("before", "null", "_after", "previous"), KINDS)
def test_a_deleted_attribute_is_null(before: Instance, null: Any, _after: Instance, previous: dict[str, Any]) -> None:
    outcome = without(entity(speed=before, name=prop("Car")))
    shown = told(outcome)
    assert shown.keys() == {"id", "type", "name", "speed"}
    assert shown["speed"].keys() == {"type", *(set(MEMBERS) & before.keys())} and value_of(shown["speed"]) == null
    assert told(outcome, SIMPLIFIED)["speed"] == NULL
    assert told(outcome, show=True)["speed"] == shown["speed"] | previous
    assert "type" not in told(outcome, Form("concise"))["speed"]


def test_a_deletion_says_when_where_the_times_of_the_node_are_asked_for() -> None:
    assert told(without(entity(speed=prop(1))), Form(sys=True))["speed"] == {
        "type": "Property", "value": NULL, "createdAt": EARLIER, "modifiedAt": EARLIER, "deletedAt": NOW,
    }  # fmt: skip


def test_a_deleted_instance_stands_beside_those_that_are_left() -> None:
    e = entity(speed=[prop(1), prop(2, datasetId=ONE), prop(3, datasetId=TWO)])
    outcome = without(e, dataset=ONE)
    assert told(outcome)["speed"] == [prop(1), prop(3, datasetId=TWO), prop(NULL, datasetId=ONE)]
    assert told(outcome, SIMPLIFIED)["speed"] == {"dataset": {"@none": 1, TWO: 3, ONE: NULL}}


def test_one_null_is_enough_where_all_instances_went() -> None:
    outcome = without(entity(speed=[prop(1), prop(2, datasetId=ONE)]), every=True)
    assert told(outcome)["speed"] == prop(NULL)
    assert told(outcome, show=True)["speed"] == [
        prop(NULL, previousValue=1), prop(NULL, datasetId=ONE, previousValue=2),
    ]  # fmt: skip


def test_datasets_and_picks_choose_among_what_changed() -> None:
    outcome = without(entity(speed=[prop(1), prop(2, datasetId=ONE)]), dataset=ONE)
    assert told(outcome, Form(datasets=("@none",)))["speed"] == prop(1)
    assert told(outcome, Form(datasets=(ONE,)))["speed"] == prop(NULL, datasetId=ONE)
    assert "speed" not in told(outcome, Form(datasets=(TWO,)))
    assert "speed" not in told(outcome, Form("simplified", datasets=(TWO,)))
    assert told(outcome, Form(pick=(Selector("id"),))).keys() == {"id"}


def test_a_deleted_entity_is_id_type_deleted_at_and_the_attributes_that_count() -> None:
    e = entity(["/NL"], speed=prop(1), street=lang(nl="straat"))
    outcome = operations.delete(e)
    head = {"id": e.id, "type": "T", "deletedAt": NOW}
    assert notified(e, [], CORE, PLAIN, NOW, deleted=True) == head
    assert notified(e, [], CORE, Form(sys=True), NOW, deleted=True) == head | {
        "createdAt": EARLIER, "modifiedAt": EARLIER,
    }  # fmt: skip
    assert told(outcome) == head | {
        "speed": prop(NULL), "street": {"type": "LanguageProperty", "languageMap": {"@none": NULL}},
    }  # fmt: skip
    assert told(outcome, show=True)["speed"] == prop(NULL, previousValue=1)


# values before


@pytest.mark.parametrize(("before", "_null", "after", "previous"), KINDS)
def test_a_changed_attribute_shows_its_value_before(
    before: Instance, _null: Any, after: Instance, previous: dict[str, Any]
) -> None:
    outcome = operations.update(entity(speed=before), fragment(speed=after), NOW)
    plain = told(outcome)
    assert not any(member.startswith("previous") for member in plain["speed"])
    assert told(outcome, show=True) == {**plain, "speed": plain["speed"] | previous}
    assert told(outcome, SIMPLIFIED, show=True) == told(outcome, SIMPLIFIED)
    assert told(outcome, Form("concise"), show=True)["speed"].items() >= previous.items()


def test_only_the_instance_that_changed_shows_it() -> None:
    e = entity(speed=[prop(1), prop(2, datasetId=ONE)], name=prop("Car"))
    outcome = operations.patch_attribute(e, iri("speed"), [{"value": 5, "datasetId": ONE}], NOW)
    shown = told(outcome, show=True)
    assert shown["speed"] == [prop(1), prop(5, datasetId=ONE, previousValue=2)]
    assert shown["name"] == prop("Car")


def test_what_is_new_has_nothing_before() -> None:
    assert told(operations.update(entity(), fragment(speed=prop(1)), NOW), show=True)["speed"] == prop(1)
    created = operations.create(Entity("urn:x:1", [iri("T")], {iri("speed"): [prop(1)]}), NOW)
    assert told(created, show=True)["speed"] == prop(1)


def test_a_change_of_scope_shows_as_the_scope() -> None:
    outcome = operations.merge(entity(["/NL"]), fragment(_scopes=["/BE"]), NOW)
    assert told(outcome, show=True) == {"id": "urn:ngsi-ld:T:1", "type": "T", "scope": "/BE"}
    gone = operations.merge(entity(["/NL"]), fragment(_scopes=[NULL]), NOW)
    assert told(gone, show=True) == {"id": "urn:ngsi-ld:T:1", "type": "T"}
