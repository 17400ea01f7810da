# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""What is shown is, taken in again, the same entity: normalised and concise, in the names of any context."""

import copy
from typing import Any

import msgspec
import pytest
from hypothesis import given, reject
from hypothesis import strategies as st

from hanze.errors import BadRequestData
from hanze.http.request import json
from hanze.ngsild import parse, render
from hanze.ngsild.context import CORE, Context, build
from hanze.ngsild.context.core import TERMS
from hanze.ngsild.entity import Entity
from hanze.ngsild.render import Form
from hanze.ngsild.render.form import Representation
from tests.ngsild.context.making import NAMES, Given, contexts
from tests.ngsild.making import contents, entities, geo, instances, iri, prop
from tests.ngsild.parse.making import JSON

FORMS = st.sampled_from((Form("normalized"), Form("concise")))


def again(e: Entity, context: Context, form: Form) -> Entity:
    """The entity shown as JSON, and taken in from it."""
    shown = msgspec.json.encode(render.entity(e, context, form))
    return parse.entity(json(shown), context)


@given(entities(), FORMS)
def test_shown_and_taken_in(e: Entity, form: Form) -> None:
    assert contents(again(e, CORE, form)) == contents(e)


@given(contexts(), st.data(), FORMS)
def test_in_the_names_of_any_context(given_context: Given, data: st.DataObject, form: Form) -> None:
    try:
        context = build(*given_context)
    except BadRequestData:
        reject()
    drawn = data.draw(st.lists(st.sampled_from(NAMES).map(context.expand), unique=True, max_size=4))
    names = [name for name in drawn if name not in TERMS.values()]
    one = data.draw(instances())
    parts = {name: [prop(1)] for name in names if one["type"] == "Property"}
    e = Entity("urn:ngsi-ld:T:1", names or [iri("T")], {name: [{**one, **parts}] for name in names})
    assert contents(again(e, context, form)) == contents(e)


@given(entities(), FORMS)
def test_nothing_that_is_shown_or_taken_in_changes(e: Entity, form: Form) -> None:
    kept = copy.deepcopy(e)
    shown = render.entity(e, CORE, form)
    before = copy.deepcopy(shown)
    parse.entity(shown, CORE)
    assert shown == before and e == kept


@given(JSON, FORMS)
def test_what_is_taken_in_from_anybody_is_the_same_once_shown(payload: Any, form: Form) -> None:
    members = payload if isinstance(payload, dict) else {"a": payload}
    try:
        e = parse.entity({"id": "urn:x:1", **members, "type": "T"}, CORE)
    except BadRequestData:
        return
    assert contents(again(e, CORE, form)) == contents(e)
    for plain in (Form("simplified"), Form("simplified", lang="nl"), Form(lang="nl,en;q=0.5"), Form(sys=True)):
        assert json(msgspec.json.encode(render.entity(e, CORE, plain)))["id"] == e.id


@given(instances(depth=2), FORMS)
def test_an_attribute_alone(one: dict[str, Any], form: Form) -> None:
    shown = render.attribute.attribute([one], CORE, form)
    assert parse.instances(shown, CORE) == [one]


@pytest.mark.parametrize(
    "value",
    [
        0, -1, 1.5, True, "", "urn:x:y", [], {}, [[]], [1, "a", None], {"a": None}, 2**63, 10**30, 1e308, 5e-324, -0.0,
        {"type": "Thing"}, {"value": 1}, {"type": "Property", "value": 1}, [{"type": "Property", "value": 1}],
        [{"value": 1}, 2], {"type": "Point", "coordinates": [1.0, 2.0]}, {"type": "Point", "coordinates": "no place"},
        {"type": [], "coordinates": {}}, {"object": "urn:x:y"}, {"languageMap": {"nl": "x"}}, {"@value": 1}, {"id": "x"},
        {"unitCode": "CEL"}, {"coordinates": [1, 2], "type": "LineString"},
    ],
)  # fmt: skip
@pytest.mark.parametrize("representation", ["normalized", "concise"])
def test_any_value_of_a_property(value: Any, representation: Representation) -> None:
    for more in ({}, {"unitCode": "CEL"}, {"datasetId": "urn:x:d"}, {iri("part"): [prop(value)]}):
        e = Entity("urn:ngsi-ld:T:1", [iri("T")], {iri("a"): [prop(value, **more)], iri("b"): [geo(1.0, 2.0, **more)]})
        if "unitCode" in more:
            del e.attributes[iri("b")][0]["unitCode"]
        assert contents(again(e, CORE, Form(representation))) == contents(e)
