# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Contexts out of URLs, objects and lists, and what is refused with a sentence that says why."""

from typing import Any

import pytest

from hanze.errors import BadRequestData
from hanze.ngsild.context import MissingDocument, build
from hanze.ngsild.context.build import DEEPEST, LONGEST_CHAIN, MOST_DOCUMENTS, MOST_TERMS
from hanze.ngsild.entity import DEFAULT_VOCABULARY

A, B = "http://a.example/", "http://b.example/"


def doc(context: Any) -> dict[str, Any]:
    return {"@context": context}


def test_terms_prefixes_and_vocabulary() -> None:
    context = build({"ex": A, "speed": "ex:speed", "road": {"@id": B + "road", "@type": "@id"}, "@vocab": B}, {})
    assert {name: context.expand(name) for name in ("speed", "road", "ex:size", "size", A + "x", "ex://x")} == {
        "speed": A + "speed", "road": B + "road", "ex:size": A + "size", "size": B + "size", A + "x": A + "x",
        "ex://x": "ex://x",
    }  # fmt: skip


def test_the_later_of_a_list_wins_and_an_earlier_one_keeps_the_meaning_it_had() -> None:
    context = build([{"ex": A, "speed": "ex:speed", "size": A + "size"}, {"ex": B, "size": B + "size"}], {})
    assert context.expand("speed") == A + "speed"
    assert context.expand("size") == B + "size"
    assert context.expand("ex:other") == B + "other"


def test_a_later_one_is_defined_by_the_terms_of_an_earlier_one() -> None:
    documents = {A: doc({"ex": B}), B: doc([A, {"road": "ex:road"}])}
    assert build([A, {"speed": "ex:speed"}], documents).expand("speed") == B + "speed"
    assert build(B, documents).expand("road") == B + "road"


@pytest.mark.parametrize("user", [[{"@vocab": A}, {"@vocab": None}], [{"speed": A + "speed", "@vocab": A}, None]])
def test_null_takes_back_what_stood_before(user: Any) -> None:
    assert build(user, {}).expand("speed") == DEFAULT_VOCABULARY + "speed"


def test_a_term_that_is_null_is_a_name_like_any_other() -> None:
    assert build([{"speed": A + "speed"}, {"speed": None}], {}).expand("speed") == DEFAULT_VOCABULARY + "speed"
    assert build([{"ex": A}, {"ex": None}], {}).expand("ex:speed") == "ex:speed"


def test_a_prefix_of_the_core_serves_where_the_user_has_none_of_that_name() -> None:
    assert build({"speed": "ngsi-ld:v"}, {}).expand("speed") == "https://uri.etsi.org/ngsi-ld/v"
    assert build({"ngsi-ld": A, "speed": "ngsi-ld:v"}, {}).expand("speed") == A + "v"
    assert build({"ngsi-ld": None, "speed": "ngsi-ld:v"}, {}).expand("speed") == "ngsi-ld:v"


def test_every_name_becomes_an_iri_whatever_the_vocabulary() -> None:
    assert build({"@vocab": "city/"}, {}).expand("speed") == DEFAULT_VOCABULARY + "city/speed"
    assert build([{"ex": A}, {"@vocab": "ex:city#"}], {}).expand("speed") == A + "city#speed"
    assert build({"@vocab": ""}, {}).expand("speed") == DEFAULT_VOCABULARY + "speed"


@pytest.mark.parametrize(
    ("definition", "is_prefix"),
    [
        (A, True), ("http://a.example/ns#", True), ("urn:a:", True), ("http://a.example/x?", True),
        ("http://a.example/x", False), ("http://a.example/x=", False), ({"@id": A}, False),
        ({"@id": "http://a.example/x", "@prefix": True}, True),
    ],
)  # fmt: skip
def test_a_prefix_is_a_simple_term_whose_iri_ends_as_a_namespace_or_one_declared(
    definition: Any, is_prefix: bool
) -> None:
    expanded = build({"ex": definition}, {}).expand("ex:speed")
    space = definition["@id"] if isinstance(definition, dict) else definition
    assert expanded == (space + "speed" if is_prefix else "ex:speed")


@pytest.mark.parametrize("key", ["@version", "@protected", "@language", "@base", "@propagate"])
def test_what_says_nothing_about_names_is_passed_over(key: str) -> None:
    assert build({key: True, "speed": A + "speed"}, {}).expand("speed") == A + "speed"


def test_addresses_in_a_document_are_relative_to_it() -> None:
    documents = {"http://a.example/x/one": doc("../two"), "http://a.example/two": doc({"speed": A + "speed"})}
    assert build("http://a.example/x/one", documents).expand("speed") == A + "speed"


def test_a_document_that_is_not_at_hand_is_asked_for() -> None:
    with pytest.raises(MissingDocument) as missing:
        build([A, B], {A: doc({})})
    assert missing.value.url == B


@pytest.mark.parametrize(
    ("user", "says"),
    [
        (5, "@context is 5"),
        (True, "@context is True"),
        ("speed", "@context is 'speed'"),
        ([["http://a.example/"]], "a list inside a list"),
        ({"speed": 5}, "defines 'speed' as 5"),
        ({"speed": ["x" * 9999]}, "defines 'speed'"),
        ({"speed": {"@id": 5}}, "defines 'speed' as 5"),
        ({"Car": {"@id": A, "@context": {"speed": A}}}, "defines 'Car' with a context of its own"),
        ({"Car": {"@id": A, "@context": None}}, "defines 'Car' with a context of its own"),
        ({"": A}, "defines ''"),
        ({"@vocab": 5}, "@vocab is 5"),
        ({"a": "b", "b": "a"}, "by way of itself"),
        ({"ex": "ex:more/"}, "'ex' by way of itself"),
        ({"a": "b:x", "b": "c:y/", "c": "a:z/"}, "by way of itself"),
        ([{}] * (MOST_DOCUMENTS + 1), f"at most {MOST_DOCUMENTS}"),
        ({f"t{n}": A for n in range(MOST_TERMS + 1)}, f"more than {MOST_TERMS} terms"),
        ([{f"t{n}": A for n in range(MOST_TERMS)}, {"speed": A}], f"more than {MOST_TERMS} terms"),
        ({f"t{n}": f"t{n + 1}" for n in range(LONGEST_CHAIN + 2)}, f"more than {LONGEST_CHAIN} terms"),
    ],
)
def test_no_context(user: Any, says: str) -> None:
    with pytest.raises(BadRequestData) as error:
        build(user, {})
    assert says in error.value.detail
    assert len(error.value.detail) < 300


@pytest.mark.parametrize("body", [[], "text", 5, None, {"context": {}}, [{"@context": {}}]])
def test_a_document_without_a_context(body: Any) -> None:
    with pytest.raises(BadRequestData, match=f"@context {A} is no JSON object with a member @context"):
        build(A, {A: body})


def test_a_document_that_includes_itself() -> None:
    with pytest.raises(BadRequestData, match=f"@context {A} includes itself"):
        build(A, {A: doc([B]), B: doc({"x": B}) | doc([A])})


def test_too_many_documents_inside_each_other() -> None:
    chain = {f"http://a.example/{n}": doc(f"http://a.example/{n + 1}") for n in range(DEEPEST + 1)}
    last = {f"http://a.example/{DEEPEST}": doc({"speed": A + "speed"})}
    assert build("http://a.example/1", chain | last).expand("speed") == A + "speed"
    with pytest.raises(BadRequestData, match=f"{DEEPEST} inside each other"):
        build("http://a.example/0", chain | last)


def test_a_few_documents_that_name_each_other_often_are_not_read_without_end() -> None:
    bomb = {f"http://a.example/{n}": doc([f"http://a.example/{n + 1}"] * 20) for n in range(9)}
    with pytest.raises(BadRequestData, match=f"at most {MOST_DOCUMENTS} in all"):
        build("http://a.example/0", bomb | {"http://a.example/9": doc({})})


def test_definitions_far_down_the_chain_that_is_allowed() -> None:
    terms = {f"t{n}": f"t{n + 1}" for n in range(LONGEST_CHAIN)} | {f"t{LONGEST_CHAIN}": A + "end"}
    assert build(terms, {}).expand("t0") == A + "end"
