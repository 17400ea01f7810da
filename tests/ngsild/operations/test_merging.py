# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The merge of values, by the examples of RFC 7396 with NGSI-LD Null for null."""

import copy
from typing import Any

import pytest
from hypothesis import given

from hanze.ngsild.entity import NULL, Instance
from hanze.ngsild.operations.merging import alike, fresh, merged, merged_value
from hanze.ngsild.operations.nulls import holds_null
from tests.ngsild.making import NOW, VALUES, instances, iri, lang, prop, rel

# RFC 7396, appendix A; where it has a JSON null in a value that is not merged into, NGSI-LD has none.
RFC_7396: list[tuple[Any, Any, Any]] = [
    ({"a": "b"}, {"a": "c"}, {"a": "c"}),
    ({"a": "b"}, {"b": "c"}, {"a": "b", "b": "c"}),
    ({"a": "b"}, {"a": NULL}, {}),
    ({"a": "b", "b": "c"}, {"a": NULL}, {"b": "c"}),
    ({"a": ["b"]}, {"a": "c"}, {"a": "c"}),
    ({"a": "c"}, {"a": ["b"]}, {"a": ["b"]}),
    ({"a": {"b": "c"}}, {"a": {"b": "d", "c": NULL}}, {"a": {"b": "d"}}),
    ({"a": [{"b": "c"}]}, {"a": [1]}, {"a": [1]}),
    (["a", "b"], ["c", "d"], ["c", "d"]),
    ({"a": "b"}, ["c"], ["c"]),
    ({"a": "foo"}, "bar", "bar"),
    ([1, 2], {"a": "b", "c": NULL}, {"a": "b"}),
    ({}, {"a": {"bb": {"ccc": NULL}}}, {"a": {"bb": {}}}),
]


@pytest.mark.parametrize(("old", "patch", "result"), RFC_7396)
def test_examples_of_the_rfc(old: Any, patch: Any, result: Any) -> None:
    assert merged_value(old, patch) == result


@given(VALUES, VALUES)
def test_a_merge_of_values_is_idempotent_and_changes_nothing_in_place(old: Any, patch: Any) -> None:
    kept = copy.deepcopy((old, patch))
    once = merged_value(old, patch)
    assert merged_value(once, patch) == once
    assert (old, patch) == kept


def test_a_merge_into_nothing_leaves_no_null() -> None:
    one: Instance = prop({"a": NULL, "b": 1}, observedAt=NULL) | {
        iri("x"): [prop(NULL)],
        iri("y"): [prop(1, unitCode=NULL)],
    }
    made = fresh(one)
    assert made == prop({"b": 1}) | {iri("y"): [prop(1)]}
    assert fresh(lang(nl=NULL)) is None and fresh(prop(1) | {iri("x"): [lang(nl=NULL)]}) == prop(1)
    assert not holds_null(made)


def test_another_kind_is_not_merged() -> None:
    assert merged(prop(1, unitCode="CEL"), rel("urn:ngsi-ld:X:1")) == rel("urn:ngsi-ld:X:1")


@given(instances())
def test_an_instance_merged_with_itself_stays(one: Instance) -> None:
    assert merged(one, one) == one


def test_a_text_becomes_a_language_and_keeps_what_stands_beside_it() -> None:
    there: Instance = {"type": "LanguageProperty", "languageMap": {"nl": "straat"}}
    given_text = prop("rue", observedAt=NOW)
    assert alike(there, given_text, "fr", simplified=False) == {
        "type": "LanguageProperty", "languageMap": {"fr": "rue"}, "observedAt": NOW,
    }  # fmt: skip
    assert alike(there, prop(5), "fr", simplified=False) == prop(5)


def test_a_simplified_value_that_cannot_be_of_the_kind_stays_a_property() -> None:
    listed: Instance = {"type": "ListProperty", "valueList": [1]}
    route: Instance = {"type": "ListRelationship", "objectList": []}
    for there, one in (
        (rel("urn:ngsi-ld:X:1"), prop(5)),
        (listed, prop(5)),
        (route, prop([5])),
        (route, prop("urn:x:1")),
    ):
        assert alike(there, one, None, simplified=True) == one
