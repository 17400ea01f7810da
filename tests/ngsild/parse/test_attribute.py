# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Attributes as they come in: what each kind may have and what it may not."""

from typing import Any

import pytest

from hanze.errors import BadRequestData
from hanze.ngsild import parse
from hanze.ngsild.context import CORE, build
from hanze.ngsild.entity import NULL, Instance
from tests.ngsild.making import iri

HERE = {"type": "Point", "coordinates": [4.9, 52.4]}


def one(payload: Any, *, nulls: bool = False) -> Instance:
    found = parse.instances(payload, CORE, nulls=nulls, field="it")
    assert len(found) == 1
    return found[0]


def refused(payload: Any, reason: str, *, nulls: bool = False) -> None:
    with pytest.raises(BadRequestData, match=reason):
        one(payload, nulls=nulls)


@pytest.mark.parametrize("moment", ["2026-08-10T12:00:00Z", "2026-08-10T12:00:00.123456Z", "2026-08-10T12:00:00,5Z"])
def test_a_moment_in_utc(moment: str) -> None:
    assert one({"value": 1, "observedAt": moment})["observedAt"] == moment


@pytest.mark.parametrize(
    "moment",
    [
        "2026-08-10T12:00:00+02:00",
        "2026-08-10T12:00:00+00:00",
        "2026-08-10T12:00:00",
        "2026-08-10",
        "noon",
        5,
        None,
        {"value": 1},
    ],
)
@pytest.mark.parametrize("member", ["observedAt", "expiresAt"])
def test_what_is_no_moment_in_utc(member: str, moment: Any) -> None:
    refused({"value": 1, member: moment}, f"it.{member} is")


@pytest.mark.parametrize(
    "payload",
    [
        {"type": "Relationship", "object": "urn:x:1"}, {"object": "urn:x:1"}, {"json": {}}, {"vocab": "a"},
        {"languageMap": {"en": "a"}}, {"objectList": ["urn:x:1"]},
    ],
)  # fmt: skip
def test_only_what_can_be_a_number_has_a_unit(payload: dict[str, Any]) -> None:
    assert one(payload)["type"]
    refused({**payload, "unitCode": "MTR"}, "has a unitCode")


@pytest.mark.parametrize("payload", [{"value": 1}, {"valueList": [1, 2]}])
def test_what_has_a_unit(payload: dict[str, Any]) -> None:
    assert one({**payload, "unitCode": "MTR"})["unitCode"] == "MTR"


def test_a_patch_may_give_a_unit_alone() -> None:
    assert one({"unitCode": "MTR"}, nulls=True) == {"unitCode": "MTR"}


def test_an_attribute_has_no_context_of_its_own() -> None:
    refused({"value": 1, "@context": {"a": "https://example.org/a"}}, "has an @context")


def test_what_the_node_says_is_passed_over() -> None:
    found = one({"value": 1, "createdAt": "2020-01-01T00:00:00Z", "instanceId": "urn:x:1", "previousValue": 0})
    assert found == {"type": "Property", "value": 1}


@pytest.mark.parametrize("value", [{}, {"speed": 1, "type": "raw"}, [{"a": 1}, {}], []])
def test_a_json_property_keeps_objects_as_they_are(value: Any) -> None:
    assert one({"json": value}) == {"type": "JsonProperty", "json": value}


@pytest.mark.parametrize("value", [5, "text", True, [1], [{}, "a"], None])
def test_what_is_no_raw_json(value: Any) -> None:
    refused({"type": "JsonProperty", "json": value}, "it")


def test_the_json_text_of_a_geometry_is_that_geometry() -> None:
    text = '{"type": "Point", "coordinates": [4.9, 52.4]}'
    assert one({"type": "GeoProperty", "value": text}) == {"type": "GeoProperty", "value": HERE}


@pytest.mark.parametrize(
    "text", ["somewhere", "5", '"a"', '{"type": "Point"}', '{"type": "Point", "coordinates": [200, 0]}', "[" * 5000]
)
def test_another_text_is_no_geometry(text: str) -> None:
    refused({"type": "GeoProperty", "value": text}, "it")


def test_a_language_has_a_name() -> None:
    refused({"languageMap": {"": "street"}}, "language without a name")


def test_the_datatype_of_a_value() -> None:
    context = build({"xsd": "http://www.w3.org/2001/XMLSchema#"}, {})
    found = parse.instances({"value": 1, "valueType": "xsd:double"}, context)[0]
    assert found == {"type": "Property", "value": 1, "valueType": "http://www.w3.org/2001/XMLSchema#double"}
    refused({"value": 1, "valueType": ["a", "b"]}, "one datatype")
    refused({"value": 1, "valueType": 5}, "it.valueType")


def test_the_datatype_of_languages_is_always_the_same() -> None:
    found = one({"languageMap": {"en": "a"}, "valueType": "langString"})
    assert found["valueType"] == "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"
    refused({"languageMap": {"en": "a"}, "valueType": "Text"}, "is langString")
    assert one({"languageMap": {"en": "a"}, "valueType": NULL}, nulls=True)["valueType"] == NULL


@pytest.mark.parametrize("value", [{"country": NULL}, {"a": {"b": NULL}}, [1, NULL], [{"a": [NULL]}]])
@pytest.mark.parametrize("concise", [True, False])
def test_no_null_inside_a_value_but_in_a_patch(value: Any, concise: bool) -> None:
    payload = {"value": value} if concise else {"type": "Property", "value": value}
    refused(payload, "inside its value")
    assert one(payload, nulls=True)["value"] == value


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("object", ["urn:x:1", NULL]), ("vocab", [NULL]), ("json", {"a": NULL}), ("json", [{"a": [NULL]}]),
        ("valueList", [NULL]), ("valueList", [[1, NULL]]), ("objectList", ["urn:x:1", NULL]),
    ],
)  # fmt: skip
def test_no_null_inside_a_value_of_any_kind(member: str, value: Any) -> None:
    refused({member: value}, "inside its value")
    refused({"value": 1, "part": {member: value}}, "it.part has")


def test_an_object_in_a_list_of_relationships_is_no_null_either() -> None:
    refused({"objectList": [{"object": NULL}]}, "inside its value")


def test_parts_follow_the_same_rules() -> None:
    found = one({"value": 1, "source": {"value": 2, "observedAt": "2026-01-01T00:00:00Z"}})
    assert found[iri("source")] == [{"type": "Property", "value": 2, "observedAt": "2026-01-01T00:00:00Z"}]
    refused({"value": 1, "source": {"value": 2, "observedAt": "2026-01-01T00:00:00+01:00"}}, "it.source.observedAt")
