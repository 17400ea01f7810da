# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Entities as they come in: their own members, and names that no attribute may have."""

from typing import Any

import pytest

from hanze.errors import BadRequestData
from hanze.ngsild import parse
from hanze.ngsild.context import CORE
from hanze.ngsild.entity import CORE as NAMESPACE
from hanze.ngsild.entity import NULL, Entity
from tests.ngsild.making import iri

HERE = {"type": "Point", "coordinates": [4.9, 52.4]}
LOCATION = NAMESPACE + "location"


def room(**members: Any) -> Entity:
    return parse.entity({"id": "urn:x:1", "type": "Room", **members}, CORE)


def refused(reason: str, **members: Any) -> None:
    with pytest.raises(BadRequestData, match=reason):
        room(**members)


@pytest.mark.parametrize("name", ["datasetId", "instanceId", "observedAt"])
def test_members_of_attributes_are_no_attributes(name: str) -> None:
    refused(f"{name} is no name of an attribute", **{name: {"value": 1}})


def test_what_the_node_says_of_an_entity_is_passed_over() -> None:
    assert room(createdAt="2020-01-01T00:00:00Z", modifiedAt=1, deletedAt=None).attributes == {}


def test_a_value_is_a_name_as_any_other() -> None:
    assert room(value={"type": "Property", "value": 1}).attributes[CORE.expand("value")][0]["value"] == 1


def test_null_is_nobody_s_id() -> None:
    refused("id is 'urn:ngsi-ld:null'", id=NULL)


@pytest.mark.parametrize("value", [NULL, "9", ["/a", NULL]])
def test_a_new_entity_has_no_null_scope(value: Any) -> None:
    refused("scope is", scope=value)
    assert parse.fragment({"scope": NULL}, CORE, nulls=True).scopes == [NULL]


def test_an_entity_expires_at_a_moment_in_utc() -> None:
    assert room(expiresAt="2030-01-01T00:00:00Z").expires == "2030-01-01T00:00:00Z"
    refused("expiresAt is", expiresAt="2030-01-01T00:00:00+01:00")
    assert parse.fragment({"expiresAt": NULL}, CORE, nulls=True).expires == NULL


@pytest.mark.parametrize(
    "given", [HERE, {"value": HERE}, {"type": "GeoProperty", "value": HERE}, {"type": "Property", "value": HERE}]
)
def test_a_location_is_always_a_place(given: Any) -> None:
    assert room(location=given).attributes[LOCATION] == [{"type": "GeoProperty", "value": HERE}]


@pytest.mark.parametrize(
    "given",
    [7, "Utrecht", {"type": "Property", "value": 7}, {"object": "urn:x:2"}, {"vocab": "a"}, {"value": {"a": 1}}],
)
@pytest.mark.parametrize("name", ["location", "observationSpace", "operationSpace"])
def test_a_location_is_nothing_else(name: str, given: Any) -> None:
    refused(f"{name} is a", **{name: given})


def test_a_place_that_cannot_be_is_refused_also_as_a_property() -> None:
    refused("longitude", location={"type": "Property", "value": {"type": "Point", "coordinates": [52.4, 200]}})


def test_a_patch_may_delete_a_location_or_change_what_is_said_of_it() -> None:
    for given in (NULL, {"type": "GeoProperty", "value": NULL}, {"observedAt": "2026-01-01T00:00:00Z"}):
        assert LOCATION in parse.fragment({"location": given}, CORE, nulls=True).attributes


def test_other_names_may_hold_a_geometry_as_a_property() -> None:
    found = room(shape={"type": "Property", "value": HERE}).attributes[iri("shape")]
    assert found == [{"type": "Property", "value": HERE}]
