# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Names out of IRIs and back."""

import pytest
from hypothesis import given, reject
from hypothesis import strategies as st

from hanze.errors import BadRequestData
from hanze.ngsild.context import CORE, Context, build
from hanze.ngsild.context.context import MOST_REMEMBERED
from hanze.ngsild.entity import DEFAULT_VOCABULARY
from tests.ngsild.context.making import NAMES, Given, contexts

A = "http://a.example/"
WORDS = st.text(
    st.characters(codec="ascii", exclude_characters=" <>\"'=;()[]|\\", min_codepoint=33), min_size=1, max_size=9
)


def built(given_context: Given) -> Context:
    try:
        return build(*given_context)
    except BadRequestData:
        reject()


@given(given_context=contexts(), name=st.sampled_from(NAMES) | WORDS)
def test_a_name_is_an_iri_and_comes_back_as_a_name_of_it(given_context: Given, name: str) -> None:
    context = built(given_context)
    iri = context.expand(name)
    assert ":" in iri or iri.startswith("@")
    shown = context.compact(iri)
    assert context.expand(shown) == iri
    # A term of the user is taken also where it is longer than the IRI.
    assert shown in context.terms or len(shown) <= len(iri)


@given(given_context=contexts(), name=WORDS)
def test_no_attribute_comes_back_as_a_member_of_the_entity(given_context: Given, name: str) -> None:
    context = built(given_context)
    for iri in (
        context.vocabulary + name,
        A + name,
        *(context.vocabulary + word for word in ("id", "type", "@context")),
    ):
        assert context.compact(iri) not in ("id", "type") and not context.compact(iri).startswith("@")


@given(given_context=contexts())
def test_a_context_made_of_anothers_parts_is_the_same(given_context: Given) -> None:
    """As those of subscriptions are kept."""
    one = built(given_context)
    other = Context(one.user, one.terms, one.prefixes, one.vocabulary)
    for name in NAMES:
        assert other.expand(name) == one.expand(name)
        assert other.compact(one.expand(name)) == one.compact(one.expand(name))


@pytest.mark.parametrize("member", ["id", "type"])
def test_the_members_of_an_entity_are_no_terms(member: str) -> None:
    context = build({member: A + "x", "@vocab": A}, {})
    assert context.expand(member) == "@" + member
    assert context.compact(A + member) == A + member
    assert context.compact(A + "x") == "x"


def test_the_shortest_name_is_taken_then_the_first_of_the_alphabet() -> None:
    context = build({"speedOfCar": A + "v", "v2": A + "v", "v1": A + "v", "longer": A, "ex": A}, {})
    assert context.compact(A + "v") == "v1"
    assert context.compact(A + "w") == "ex:w"
    assert build({"ex": A, "deep": A + "deep/"}, {}).compact(A + "deep/x") == "deep:x"


def test_a_name_that_would_mean_something_else_is_not_taken() -> None:
    context = build(
        {"ex": A, "ex:a": "http://b.example/", "speed": "http://b.example/v", "@vocab": "http://c.example/"}, {}
    )
    assert context.compact(A + "a") == A + "a"
    assert context.compact("http://c.example/speed") == "http://c.example/speed"
    assert context.compact(A + "/x") == "ex:/x"
    assert context.compact(A + "//x") == A + "//x"


def test_a_name_of_the_default_context_stays_whole_where_the_user_has_it_for_something_else() -> None:
    context = build({"speed": A + "speed"}, {})
    assert context.compact(DEFAULT_VOCABULARY + "speed") == "ngsi-ld:default-context/speed"
    assert context.compact(DEFAULT_VOCABULARY + "size") == "size"


def test_what_comes_back_is_a_name_that_may_be_given() -> None:
    assert CORE.compact(DEFAULT_VOCABULARY + "1st") == "ngsi-ld:default-context/1st"
    assert build({"@vocab": A}, {}).compact(A + "1st") == A + "1st"


def test_the_memory_of_names_is_bounded() -> None:
    context = build({"@vocab": A}, {})
    for number in range(MOST_REMEMBERED + 10):
        assert context.compact(context.expand(f"n{number}")) == f"n{number}"
    assert len(context._expanded) <= MOST_REMEMBERED and len(context._compacted) <= MOST_REMEMBERED


def test_the_core_alone() -> None:
    assert CORE.expand("speed") == DEFAULT_VOCABULARY + "speed"
    assert CORE.compact(DEFAULT_VOCABULARY + "speed") == "speed"
    assert CORE.expand("ngsi-ld:thing") == "https://uri.etsi.org/ngsi-ld/thing"
    assert CORE.compact("https://uri.etsi.org/ngsi-ld/thing") == "ngsi-ld:thing"
    assert CORE.compact("urn:x:y") == CORE.expand("urn:x:y") == "urn:x:y"
