# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The three forms of an attribute, and what is said where it is none of them."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanze.errors import BadRequestData
from hanze.ngsild import parse
from hanze.ngsild.context import CORE, build
from hanze.ngsild.entity import NULL, VALUE_MEMBER, Instance
from hanze.ngsild.parse.attribute import DEEPEST
from hanze.ngsild.parse.entity import MOST_ATTRIBUTES
from tests.ngsild.making import ONE, TWO, iri, prop, rel
from tests.ngsild.parse.making import JSON

HERE = {"type": "Point", "coordinates": [4.9, 52.4]}
WORD = iri("monument")

WHOLE: list[tuple[Any, Instance]] = [
    ({"type": "Property", "value": 5}, prop(5)),
    ({"type": "GeoProperty", "value": HERE}, {"type": "GeoProperty", "value": HERE}),
    ({"type": "Relationship", "object": "urn:x:1"}, rel("urn:x:1")),
    ({"type": "Relationship", "object": ["urn:x:1", "urn:x:2"]}, rel(["urn:x:1", "urn:x:2"])),
    (
        {"type": "LanguageProperty", "languageMap": {"nl": "x"}},
        {"type": "LanguageProperty", "languageMap": {"nl": "x"}},
    ),
    ({"type": "VocabProperty", "vocab": "monument"}, {"type": "VocabProperty", "vocab": WORD}),
    ({"type": "VocabProperty", "vocab": ["monument"]}, {"type": "VocabProperty", "vocab": [WORD]}),
    ({"type": "JsonProperty", "json": {"type": 1}}, {"type": "JsonProperty", "json": {"type": 1}}),
    ({"type": "ListProperty", "valueList": [1, [2]]}, {"type": "ListProperty", "valueList": [1, [2]]}),
    (
        {"type": "ListRelationship", "objectList": [{"object": "urn:x:1"}, "urn:x:2"]},
        {"type": "ListRelationship", "objectList": ["urn:x:1", "urn:x:2"]},
    ),
]


def one(payload: Any, **more: Any) -> Instance:
    (found,) = parse.instances(payload, CORE, **more)
    return found


@pytest.mark.parametrize(("payload", "instance"), WHOLE)
def test_normalised(payload: Any, instance: Instance) -> None:
    assert one(payload) == instance
    assert one({**payload, "@type": payload["type"]}) == instance


@pytest.mark.parametrize(("payload", "instance"), WHOLE)
def test_concise(payload: Any, instance: Instance) -> None:
    assert one({key: value for key, value in payload.items() if key != "type"}) == instance


@pytest.mark.parametrize("value", [5, 1.5, True, "text", [1, 2], [], {"x": 1}, {}, [{"x": 1}], {"unit": "CEL"}])
def test_simplified(value: Any) -> None:
    assert one(value) == prop(value)
    assert one({"value": value}) == prop(value)


def test_a_geometry_is_a_geoproperty_in_every_form() -> None:
    for payload in (HERE, {"value": HERE}, {"type": "GeoProperty", "value": HERE}):
        assert one(payload) == {"type": "GeoProperty", "value": HERE}
    assert one({"type": "Property", "value": HERE}) == prop(HERE)


@pytest.mark.parametrize(
    ("kind", "value", "instance"),
    [
        ("Relationship", "urn:x:1", rel("urn:x:1")),
        ("LanguageProperty", {"nl": "x"}, {"type": "LanguageProperty", "languageMap": {"nl": "x"}}),
        ("JsonProperty", {"x": 1}, {"type": "JsonProperty", "json": {"x": 1}}),
        ("ListProperty", [1], {"type": "ListProperty", "valueList": [1]}),
        ("ListRelationship", ["urn:x:1"], {"type": "ListRelationship", "objectList": ["urn:x:1"]}),
        ("GeoProperty", HERE, {"type": "GeoProperty", "value": HERE}),
        ("Property", 5, prop(5)),
    ],
)
def test_a_simplified_value_is_of_the_kind_that_the_attribute_has(kind: str, value: Any, instance: Instance) -> None:
    assert one(value, kind=kind, nulls=True) == instance


@pytest.mark.parametrize(
    ("payload", "parts"), [({"unitCode": "CEL"}, {"unitCode": "CEL"}), ({"x": {"y": 1}}, {iri("x"): [prop({"y": 1})]})]
)
def test_an_object_that_is_the_members_of_an_attribute_is_no_value(payload: Any, parts: Instance) -> None:
    assert one(payload) == prop(payload)
    assert one(payload, members=True, nulls=True) == parts
    with pytest.raises(BadRequestData, match="speed has no value"):
        one(payload, members=True, field="speed")


@pytest.mark.parametrize(
    ("payload", "instance"), [*WHOLE, (HERE, {"type": "GeoProperty", "value": HERE}), (5, prop(5))]
)
def test_a_whole_attribute_is_the_same_as_members(payload: Any, instance: Instance) -> None:
    assert one(payload, members=True) == instance


def test_parts_in_every_form() -> None:
    found = one(
        {
            "value": 1,
            "source": "x",
            "owner": {"object": "urn:x:1"},
            "quality": {"type": "Property", "value": 2, "unit": 3},
        }
    )
    assert found == prop(1) | {
        iri("source"): [prop("x")],
        iri("owner"): [rel("urn:x:1")],
        iri("quality"): [prop(2) | {iri("unit"): [prop(3)]}],
    }


def test_names_and_words_are_expanded_by_the_context() -> None:
    context = build({"speed": "http://x.example/v", "T": "http://x.example/T", "@vocab": "http://y.example/"}, {})
    found = parse.entity(
        {
            "id": "urn:x:1", "type": ["T", "U"], "speed": {"value": 1, "size": 2}, "kind": {"vocab": "T"},
            "owner": {"object": "urn:x:2", "objectType": "T"},
        },
        context,
    )  # fmt: skip
    assert found.types == ["http://x.example/T", "http://y.example/U"]
    assert found.attributes == {
        "http://x.example/v": [prop(1) | {"http://y.example/size": [prop(2)]}],
        "http://y.example/kind": [{"type": "VocabProperty", "vocab": "http://x.example/T"}],
        "http://y.example/owner": [rel("urn:x:2", objectType="http://x.example/T")],
    }


# several instances


def test_the_default_instance_comes_first_and_each_dataset_once() -> None:
    default, first, second = {"value": 1}, {"value": 2, "datasetId": ONE}, {"value": 3, "datasetId": TWO}
    assert parse.instances([first, default, second], CORE) == [prop(1), prop(2, datasetId=ONE), prop(3, datasetId=TWO)]
    assert parse.instances([default | {"datasetId": "@none"}], CORE) == [prop(1)]
    for twice in ([default, default], [first, second, first], [default, default | {"datasetId": "@none"}]):
        with pytest.raises(BadRequestData, match="two instances with the same datasetId"):
            parse.instances(twice, CORE)
        assert len(parse.instances(twice, CORE, several=True)) == len(twice)


def test_a_list_that_holds_no_instances_is_a_value() -> None:
    for value in ([{"x": 1}], [{"value": 1}, 5], [[{"value": 1}]], [{"type": "Thing"}]):
        assert parse.instances(value, CORE) == [prop(value)]


# what is none


@pytest.mark.parametrize(
    ("payload", "says"),
    [
        (None, "is null"),
        ({"value": None}, "is null"),
        ({"type": "Property"}, "is a Property without value"),
        ({"type": "Relationship", "value": 5}, "a Relationship has object"),
        ({"type": "Thing", "value": 5}, "type is 'Thing'; give one of Property"),
        ({"type": 5}, "type is 5"),
        ({"type": []}, "type is []"),
        ({"type": {}, "coordinates": []}, "type is {}"),
        ({"value": 1, "object": "urn:x:1"}, "has value; a Relationship has object"),
        ({"object": "no uri"}, "object is 'no uri'; give an absolute URI"),
        ({"object": 5}, "object is 5"),
        ({"object": []}, "object is []"),
        ({"object": ["urn:x:1", 5]}, "object is 5"),
        ({"languageMap": "x"}, "languageMap is 'x'; give an object"),
        ({"languageMap": {}}, "languageMap is {}"),
        ({"languageMap": {"nl": 5}}, "languageMap.nl is 5"),
        ({"languageMap": {"nl": ["x", 5]}}, "languageMap.nl is ['x', 5]"),
        ({"vocab": 5}, "is 5; give a word"),
        ({"vocab": []}, "is []; give a word"),
        ({"vocab": ["x", ""]}, "give a word"),
        ({"valueList": 5}, "valueList is 5; give a list"),
        ({"objectList": "urn:x:1"}, "objectList is 'urn:x:1'; give a list"),
        ({"objectList": [5]}, "objectList is 5"),
        ({"objectList": [{"object": []}]}, "objectList is []"),
        ({"type": "GeoProperty", "value": 5}, "is 5; give a GeoJSON geometry"),
        ({"type": "GeoProperty", "value": {"type": [], "coordinates": []}}, "has type []"),
        ({"value": 1, "unitCode": 5}, "unitCode is 5"),
        ({"value": 1, "datasetId": "x"}, "datasetId is 'x'"),
        ({"value": 1, "datasetId": []}, "datasetId is []"),
        ({"value": 1, "observedAt": {}}, "observedAt is {}"),
        ({"value": 1, "two words": 2}, "two words is 'two words'; give a name"),
        ({"value": 1, "part": None}, "part is null"),
        ({"object": "urn:x:1", "objectType": 5}, "objectType is 5"),
        (NULL, "which only a patch may have"),
        ({"value": NULL}, "which only a patch may have"),
        ({"languageMap": {"nl": NULL}}, "which only a patch may have"),
    ],
)
def test_what_is_no_attribute(payload: Any, says: str) -> None:
    with pytest.raises(BadRequestData) as error:
        parse.instances(payload, CORE, field="speed")
    assert error.value.detail.startswith("speed") and says in error.value.detail


def test_parts_of_parts_end_somewhere() -> None:
    def nested(deep: int) -> Any:
        return {"value": 1, "part": nested(deep - 1)} if deep else 1

    assert one(nested(DEEPEST))
    with pytest.raises(BadRequestData, match=f"more than {DEEPEST} sub-attributes deep"):
        one(nested(DEEPEST + 1))


@pytest.mark.parametrize(
    ("payload", "says"),
    [
        ([], "An entity is a JSON object"),
        ("urn:x:1", "An entity is a JSON object"),
        ({}, "id is missing"),
        ({"type": "T"}, "id is missing"),
        ({"id": "urn:x:1"}, "type is missing"),
        ({"id": "room", "type": "T"}, "id is 'room'; give an absolute URI"),
        ({"id": 5, "type": "T"}, "id is 5"),
        ({"id": "urn:x:1", "type": []}, "type is an empty list"),
        ({"id": "urn:x:1", "type": 5}, "type is 5"),
        ({"id": "urn:x:1", "type": ["T", None]}, "type is None"),
        ({"id": "urn:x:1", "type": "two words"}, "type is 'two words'"),
        ({"id": "urn:x:1", "type": "T", "a b": 1}, "attribute name is 'a b'"),
        ({"id": "urn:x:1", "type": "T", "x" * 2000: 1}, "attribute name is 'xxx"),
        ({"id": "urn:x:1", "type": "T", "scope": 5}, "scope is 5"),
        ({"id": "urn:x:1", "type": "T", **{f"a{n}": 1 for n in range(MOST_ATTRIBUTES)}}, f"at most {MOST_ATTRIBUTES}"),
    ],
)
def test_what_is_no_entity(payload: Any, says: str) -> None:
    with pytest.raises(BadRequestData) as error:
        parse.entity(payload, CORE)
    assert says in error.value.detail
    assert len(error.value.detail) < 300


def test_a_type_counts_once() -> None:
    assert parse.entity({"id": "urn:x:1", "type": ["T", "U", iri("T")]}, CORE).types == [iri("T"), iri("U")]


def test_a_fragment_needs_neither_id_nor_type() -> None:
    assert parse.fragment({"a": 1}, CORE).attributes == {iri("a"): [prop(1)]}
    assert parse.fragment({}, CORE).id == ""


def test_a_history_has_many_instances_of_one_dataset() -> None:
    found = parse.temporal({"id": "urn:x:1", "type": "T", "a": [{"value": 1}, {"value": 2}]}, CORE)
    assert found.attributes == {iri("a"): [prop(1), prop(2)]}


@given(JSON, st.booleans(), st.booleans(), st.sampled_from((None, *VALUE_MEMBER)))
def test_no_json_makes_another_error(payload: Any, nulls: bool, members: bool, kind: str | None) -> None:
    """What is taken has a value of its kind, unless it is a patch."""
    try:
        found = parse.instances(payload, CORE, nulls=nulls, members=members, kind=kind)
    except BadRequestData as error:
        assert error.detail.endswith(".") and len(error.detail) < 400
        return
    for instance in found:
        assert nulls or VALUE_MEMBER[instance["type"]] in instance


@given(JSON)
def test_no_json_makes_another_error_as_an_entity(payload: Any) -> None:
    members = payload if isinstance(payload, dict) else {"a": payload}
    try:
        found = parse.entity({"id": "urn:x:1", **members, "type": "T"}, CORE)
    except BadRequestData:
        return
    assert all(":" in name for name in found.attributes)
