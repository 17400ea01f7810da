# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""NGSI-LD Null in fragments."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanze.errors import BadRequestData
from hanze.ngsild import operations, parse
from hanze.ngsild.context import CORE
from hanze.ngsild.entity import NULL, VALUE_MEMBER, Instance
from hanze.ngsild.operations.complete import complete
from hanze.ngsild.operations.nulls import holds_null, is_null, removes, stored
from tests.ngsild.making import NOW, VALUES, entity, instances, iri, lang, prop


def test_only_the_value_of_its_kind_makes_an_instance_null() -> None:
    assert is_null(prop(NULL)) and is_null({"type": "LanguageProperty", "languageMap": {"@none": NULL}})
    assert not is_null(prop({"@none": NULL})) and not is_null(lang(nl=NULL)) and not is_null(prop(1, unitCode=NULL))
    assert not is_null({"observedAt": NULL}) and not is_null({"type": "Property"})


def test_where_a_list_is_needed_a_list_with_null_alone_makes_an_instance_null() -> None:
    for kind, member in (("ListProperty", "valueList"), ("ListRelationship", "objectList")):
        assert is_null({"type": kind, member: [NULL]}) and is_null({"type": kind, member: NULL})
        assert not is_null({"type": kind, member: [NULL, NULL]}) and not is_null({"type": kind, member: []})
    assert not is_null(prop([NULL])) and not is_null({"type": "ListProperty"})


def test_a_member_goes_where_it_is_null_or_every_instance_of_it_is() -> None:
    assert removes(NULL) and removes([prop(NULL), prop(NULL)])
    assert not removes([]) and not removes([prop(NULL), prop(1)]) and not removes(["a"]) and not removes(5)


@given(instances())
def test_an_instance_without_nulls_is_stored_as_it_is(one: Instance) -> None:
    assert stored(one, "speed") is one


def test_null_sub_attributes_are_not_stored() -> None:
    one = prop(1, unitCode=NULL) | {iri("x"): [prop(NULL)], iri("y"): [prop(NULL), prop(2, datasetId="urn:x:1")]}
    assert stored(one, "speed") == prop(1) | {iri("y"): [prop(2, datasetId="urn:x:1")]}


@pytest.mark.parametrize("member", ["value", "json", "languageMap", "valueList"])
def test_a_null_inside_a_value_is_refused_by_name(member: str) -> None:
    with pytest.raises(BadRequestData, match=f"{member} of speed"):
        stored({member: [{"a": [NULL]}]}, "speed")


@given(VALUES)
def test_null_is_found_at_any_depth(value: Any) -> None:
    assert not holds_null(value)
    assert holds_null({"a": [value, {"b": NULL}]})


NULLED = st.recursive(
    st.sampled_from((NULL, 1)),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(st.sampled_from(("a", "unitCode", *VALUE_MEMBER.values())), inner, max_size=2)
    ),
    max_leaves=5,
)


@given(NULLED, instances())
def test_no_merge_of_anything_stores_a_null(payload: Any, there: Instance) -> None:
    for before in (entity(), entity(a=there)):
        try:
            outcome = operations.merge(before, parse.fragment({"a": payload}, CORE, nulls=True), NOW)
        except BadRequestData:
            continue
        assert outcome.after is not None and not holds_null(outcome.after.attributes)


def test_an_instance_is_complete_with_a_kind_and_its_value() -> None:
    assert complete(prop(1), "speed") == prop(1)
    assert complete({"value": 1}, "speed", "Property") == prop(1)
    with pytest.raises(BadRequestData, match="speed has no value"):
        complete({"observedAt": NOW}, "speed")
    with pytest.raises(BadRequestData, match="speed is a Relationship without object"):
        complete({"type": "Relationship", "value": 1}, "speed")
