# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""One attribute in the three representations."""

from typing import Any

import pytest
from hypothesis import given

from hanze.ngsild import parse
from hanze.ngsild.context import CORE, build
from hanze.ngsild.entity import Entity, Instance
from hanze.ngsild.render.attribute import attribute
from hanze.ngsild.render.entity import entity
from hanze.ngsild.render.form import PLAIN, Form
from tests.ngsild.making import (
    EARLIER,
    LATER,
    ONE,
    TWO,
    contents,
    entities,
    geo,
    iri,
    lang,
    old,
    prop,
    rel,
    vocab,
)

CONCISE, SIMPLIFIED, SYS = Form("concise"), Form("simplified"), Form(sys=True)

JSON: Instance = {"type": "JsonProperty", "json": {"type": "raw", "a": None}}
LIST: Instance = {"type": "ListProperty", "valueList": [1.2, 3.4]}
ROUTE: Instance = {"type": "ListRelationship", "objectList": ["urn:ngsi-ld:R:1", "urn:ngsi-ld:R:2"]}
POINT = {"type": "Point", "coordinates": [1.0, 2.0]}
OBJECTS = [{"object": "urn:ngsi-ld:R:1"}, {"object": "urn:ngsi-ld:R:2"}]

# instance, normalised, concise, simplified
KINDS: list[tuple[Instance, Any, Any, Any]] = [
    (prop(5), prop(5), 5, 5),
    (prop(0), prop(0), 0, 0),
    (prop([1, "a"]), prop([1, "a"]), [1, "a"], [1, "a"]),
    (prop([{"a": 1}]), prop([{"a": 1}]), {"value": [{"a": 1}]}, [{"a": 1}]),
    (prop({"a": 1}), prop({"a": 1}), {"value": {"a": 1}}, {"a": 1}),
    (prop(POINT), prop(POINT), prop(POINT), POINT),
    (prop(5, unitCode="CEL"), prop(5, unitCode="CEL"), {"value": 5, "unitCode": "CEL"}, 5),
    (geo(1.0, 2.0), geo(1.0, 2.0), POINT, POINT),
    (rel("urn:x:1"), rel("urn:x:1"), {"object": "urn:x:1"}, "urn:x:1"),
    (rel(["urn:x:1", "urn:x:2"]), rel(["urn:x:1", "urn:x:2"]), {"object": ["urn:x:1", "urn:x:2"]},
     ["urn:x:1", "urn:x:2"]),
    (
        rel("urn:x:1", objectType=iri("City")), rel("urn:x:1", objectType="City"),
        {"object": "urn:x:1", "objectType": "City"}, "urn:x:1",
    ),
    (lang(nl="straat"), lang(nl="straat"), {"languageMap": {"nl": "straat"}}, {"languageMap": {"nl": "straat"}}),
    (vocab(iri("museum")), vocab("museum"), {"vocab": "museum"}, {"vocab": "museum"}),
    (
        vocab([iri("museum"), "https://example.org/x"]), vocab(["museum", "https://example.org/x"]),
        {"vocab": ["museum", "https://example.org/x"]}, {"vocab": ["museum", "https://example.org/x"]},
    ),
    (JSON, JSON, {"json": JSON["json"]}, {"json": JSON["json"]}),
    (LIST, LIST, {"valueList": [1.2, 3.4]}, [1.2, 3.4]),
    (ROUTE, {**ROUTE, "objectList": OBJECTS}, {"objectList": ROUTE["objectList"]}, ROUTE["objectList"]),
]  # fmt: skip


@pytest.mark.parametrize(("instance", "normalized", "concise", "simplified"), KINDS)
def test_each_kind_in_each_representation(instance: Instance, normalized: Any, concise: Any, simplified: Any) -> None:
    given_instance = old(instance)
    assert attribute([given_instance], CORE, PLAIN) == normalized
    assert attribute([given_instance], CORE, CONCISE) == concise
    assert attribute([given_instance], CORE, SIMPLIFIED) == simplified
    assert given_instance == old(instance)


def test_the_times_of_the_node_show_only_where_asked() -> None:
    one = old(prop(5, expiresAt=LATER, observedAt=EARLIER))
    assert attribute([one], CORE, PLAIN) == prop(5, observedAt=EARLIER)
    assert attribute([one], CORE, SYS) == one
    assert attribute([one], CORE, Form("concise", sys=True)) == {k: v for k, v in one.items() if k != "type"}


def test_sub_attributes_have_the_representation_of_the_attribute() -> None:
    one = prop(5) | {iri("source"): [rel("urn:x:1")], iri("quality"): [prop(1), prop(2, datasetId=ONE)]}
    assert attribute([one], CORE, PLAIN) == prop(5) | {
        "source": rel("urn:x:1"),
        "quality": [prop(1), prop(2, datasetId=ONE)],
    }
    assert attribute([one], CORE, CONCISE) == {
        "value": 5,
        "source": {"object": "urn:x:1"},
        "quality": [{"value": 1}, {"value": 2, "datasetId": ONE}],
    }
    assert attribute([one], CORE, SIMPLIFIED) == 5


def test_times_of_sub_attributes_follow_the_same_rule() -> None:
    one = prop(5) | {iri("source"): [prop("GPS", expiresAt=LATER)]}
    assert attribute([one], CORE, PLAIN) == prop(5) | {"source": prop("GPS")}
    assert attribute([one], CORE, SYS) == prop(5) | {"source": prop("GPS", expiresAt=LATER)}


def test_names_are_those_of_the_context() -> None:
    context = build({"bron": iri("source"), "stad": iri("City")}, {})
    one = rel("urn:x:1", objectType=[iri("City"), "https://example.org/x"]) | {iri("source"): [vocab(iri("City"))]}
    assert attribute([one], context, PLAIN) == rel("urn:x:1", objectType=["stad", "https://example.org/x"]) | {
        "bron": vocab("stad")
    }


def test_a_bare_value_beside_the_sub_attributes_stays_bare() -> None:
    sealed = "https://uri.etsi.org/ngsi-ld/entityIdSealed"
    shown = attribute([prop(5) | {sealed: "urn:ngsi-ld:T:1"}], CORE, PLAIN)
    assert list(shown.values()) == ["Property", 5, "urn:ngsi-ld:T:1"]


def test_several_instances_are_a_list_or_simplified_a_map_of_datasets() -> None:
    found = [prop(1), prop(2, datasetId=ONE)]
    assert attribute(found, CORE, PLAIN) == found
    assert attribute(found, CORE, CONCISE) == [{"value": 1}, {"value": 2, "datasetId": ONE}]
    assert attribute(found, CORE, SIMPLIFIED) == {"dataset": {"@none": 1, ONE: 2}}


def test_one_instance_with_a_dataset_is_no_list() -> None:
    assert attribute([prop(2, datasetId=ONE)], CORE, PLAIN) == prop(2, datasetId=ONE)
    assert attribute([prop(2, datasetId=ONE)], CORE, SIMPLIFIED) == 2


def test_datasets_choose_instances() -> None:
    found = [prop(1), prop(2, datasetId=ONE), prop(3, datasetId=TWO)]
    assert attribute(found, CORE, Form(datasets=(ONE,))) == found[1]
    assert attribute(found, CORE, Form(datasets=("@none", TWO))) == [found[0], found[2]]
    assert attribute(found[1:], CORE, Form(datasets=("@none",))) is None


def test_a_language_turns_a_language_property_into_a_property() -> None:
    one = lang(nl="straat", en="street") | {"observedAt": EARLIER, iri("short"): [lang(nl="str.", en="st.")]}
    dutch = {"type": "Property", "value": "straat", "lang": "nl"}
    assert attribute([one], CORE, Form(lang="nl")) == {
        **dutch, "observedAt": EARLIER, "short": {**dutch, "value": "str."},
    }  # fmt: skip
    assert attribute([one], CORE, Form("simplified", lang="nl")) == "straat"
    assert attribute([lang(nl="straat")], CORE, Form("concise", lang="nl")) == {"value": "straat", "lang": "nl"}


@given(entities())
def test_normalised_and_concise_say_the_same(e: Entity) -> None:
    for form in (PLAIN, CONCISE):
        assert contents(parse.entity(entity(e, CORE, form), CORE)) == contents(e)
