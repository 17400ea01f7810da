# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Scope queries: grammar, and meaning against a regular expression of each scope."""

import re
from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanze.errors import BadRequestData, TooComplexQuery
from hanze.ngsild import match
from hanze.ngsild.entity import Entity
from hanze.ngsild.language import limits, scope
from hanze.ngsild.selection import All, Any_, ScopeIs


def fits(written: str, *scopes: str) -> bool:
    return match.scope(Entity("urn:x:1", [], {}, list(scopes)), scope.parse(written))


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("/A", ScopeIs(("A",))),
        ("A/B", ScopeIs(("A", "B"))),
        ("/A/+/C", ScopeIs(("A", "+", "C"))),
        ("/A/#", ScopeIs(("A", "#"))),
        ("/#", ScopeIs(("#",))),
        ("/A,/B", Any_((ScopeIs(("A",)), ScopeIs(("B",))))),
        ("/A|/B", Any_((ScopeIs(("A",)), ScopeIs(("B",))))),
        ("/A;/B,/C", Any_((All((ScopeIs(("A",)), ScopeIs(("B",)))), ScopeIs(("C",))))),
        ("/A;(/B,/C)", All((ScopeIs(("A",)), Any_((ScopeIs(("B",)), ScopeIs(("C",))))))),
    ],
)
def test_grammar(written: str, found: Any) -> None:
    assert scope.parse(written) == found


@pytest.mark.parametrize(
    "written", ["", "/", "//A", "/A/", "/A//B", "/#/A", "/A/#/B", "/A;", ",/A", "(/A", "/A)", "/A;;/B"]
)
def test_what_is_malformed(written: str) -> None:
    with pytest.raises(BadRequestData) as error:
        scope.parse(written)
    assert error.value.detail.startswith(f"scopeQ is {written!r}: at position ")


@pytest.mark.parametrize(
    "written",
    ["(" * (limits.DEEPEST + 1) + "A" + ")" * (limits.DEEPEST + 1), "A" * 9000, ",".join("A" for _ in range(201))],
)
def test_what_is_too_large(written: str) -> None:
    with pytest.raises(TooComplexQuery, match="scopeQ has"):
        scope.parse(written)


@pytest.mark.parametrize(
    ("written", "scopes", "found"),
    [
        ("/A", ["/A"], True), ("A", ["/A"], True), ("/A", ["/A/B"], False), ("/A/B", ["/A"], False), ("/A", ["/AB"], False),
        ("/A/+", ["/A/B"], True), ("/A/+", ["/A"], False), ("/A/+", ["/A/B/C"], False), ("/+/B", ["/A/B"], True),
        ("/A/#", ["/A"], True), ("/A/#", ["/A/B/C"], True), ("/A/#", ["/B/A"], False), ("/#", ["/A"], True), ("/#", [], False),
        ("/A/+/#", ["/A/B"], True), ("/A/+/#", ["/A"], False),
        ("/A;/B", ["/A", "/B"], True), ("/A;/B", ["/A"], False), ("/A,/B", ["/B"], True), ("/A", [], False),
    ],
)  # fmt: skip
def test_meaning(written: str, scopes: list[str], found: bool) -> None:
    assert fits(written, *scopes) is found


# a scope query as written, and what it means for the scopes of an entity


class Query(NamedTuple):
    written: str
    holds: Callable[[list[str]], bool]


def single(segments: list[str], below: bool) -> Query:
    written = "/" + "/".join([*segments, "#"] if below else segments)
    pattern = "".join("/[^/]+" if segment == "+" else "/" + segment for segment in segments) + (
        "(/.*)?" if below else ""
    )
    return Query(written, lambda scopes: any(re.fullmatch(pattern, one) for one in scopes))


def joined(parts: list[Query], sign: str) -> Query:
    every = sign == ";"
    return Query(
        sign.join(f"({part.written})" for part in parts),
        lambda scopes: (all if every else any)(part.holds(scopes) for part in parts),
    )


SCOPES = st.lists(
    st.lists(st.sampled_from("AB"), min_size=1, max_size=3).map(lambda parts: "/" + "/".join(parts)), max_size=2
)
QUERIES = st.recursive(
    st.builds(single, st.lists(st.sampled_from("AB+"), min_size=1, max_size=3), st.booleans()),
    lambda inner: st.builds(joined, st.lists(inner, min_size=2, max_size=3), st.sampled_from(";,|")),
    max_leaves=4,
)


@given(SCOPES, QUERIES)
def test_meaning_of_any_query(scopes: list[str], query: Query) -> None:
    assert fits(query.written, *scopes) is query.holds(scopes)
